"""What is said of a lot of ours on its way: who writes it, what left, how its file is, what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from models.commands.settle_lot import SentLot
from models.domain.exchanges import Arl, LotFile, LotStatus
from models.domain.states import Signature
from models.queries.lots import KnownLot, LotPlace
from tui.text.sent_lots import file_sentence, lot_status, sending_given_up, sheets_due, writing_sentence

OUTBOX = Path("/cabinet/lots")
LOT = KnownLot(
    7, 12, "331234567", LotStatus.SENT, date(2026, 11, 6), "01331", Signature.DEGRADED, "lot-012.b2", 3, 5670
)


def sent(invoices: int, *, degraded: bool = False) -> SentLot:
    """A lot of so many invoices that left."""
    return SentLot(12, "331234567", OUTBOX / "lot-012.b2", invoices, 5670, degraded)


def test_who_is_writing_a_lot_is_named_with_since_when() -> None:
    owned = replace(LOT, owner="nadia")
    assert writing_sentence(owned) == "Lot 012 en cours d’écriture par nadia."
    since = writing_sentence(replace(owned, since=datetime(2026, 11, 6, 9, 5)))
    assert since == "Lot 012 en cours d’écriture par nadia depuis 09:05."


@pytest.mark.parametrize(
    ("lots", "says"),
    [
        ([], "Arrêté : rien n’a été transmis."),
        ([sent(1)], "Arrêté : 1 lot transmis (1 facture), le reste attend."),
        ([sent(1), sent(4)], "Arrêté : 2 lots transmis (5 factures), le reste attend."),
    ],
)
def test_a_sending_that_was_stopped_says_what_left(lots: list[SentLot], says: str) -> None:
    assert sending_given_up(lots) == says


def test_the_sheets_of_what_left_in_degraded_mode_alone_are_due() -> None:
    assert list(sheets_due([sent(4)], "menu « Papiers »")) == []
    assert list(sheets_due([sent(4), sent(1, degraded=True)], "menu « Papiers »")) == [
        "1 feuille de soins à envoyer à la caisse : menu « Papiers »."
    ]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (LotFile.WHOLE, "Son fichier est dans le dossier d’envoi, entier."),
        (LotFile.OTHER, "Le fichier de ce nom dans le dossier d’envoi n’est pas celui qui fut préparé."),
        (LotFile.ASIDE, "Son fichier est dans le dossier d’envoi, déjà mis de côté (.annule)."),
        (LotFile.MISSING, "Son fichier n’est pas dans le dossier d’envoi."),
    ],
)
def test_how_the_file_of_a_lot_in_doubt_is(file: LotFile, says: str) -> None:
    assert file_sentence(LotPlace(str(OUTBOX), OUTBOX, file), OUTBOX) == says


def test_another_folder_is_named_and_one_that_is_not_known_is_said_not_to_be() -> None:
    other = LotPlace("/mnt/poste2/envoi", Path("/mnt/poste2/envoi"), LotFile.WHOLE)
    assert file_sentence(other, OUTBOX) == "Son fichier est dans « /mnt/poste2/envoi », entier."
    unknown = LotPlace(None, OUTBOX, LotFile.MISSING)
    assert file_sentence(unknown, OUTBOX) == (
        "Son fichier n’est pas dans le dossier d’envoi (où il fut écrit n’est pas connu)."
    )


@pytest.mark.parametrize(
    ("status", "arl", "owner", "says"),
    [
        (LotStatus.IN_DOUBT, Arl.NONE, "", "EN DOUTE"),
        (LotStatus.IN_DOUBT, Arl.NONE, "nadia", "en cours"),
        (LotStatus.SENT, Arl.NONE, "", "transmis"),
        (LotStatus.SENT, Arl.POSITIVE, "", "ARL reçu"),
        (LotStatus.SENT, Arl.NEGATIVE, "", "en partie"),
        (LotStatus.REDONE, Arl.NEGATIVE, "", "refusé"),
        (LotStatus.REDONE, Arl.NONE, "", "refait"),
        (LotStatus.VOID, Arl.NONE, "", "annulé"),
    ],
)
def test_what_became_of_a_lot_is_a_word_or_two(status: LotStatus, arl: Arl, owner: str, says: str) -> None:
    assert lot_status(replace(LOT, status=status, arl=arl, owner=owner)) == says

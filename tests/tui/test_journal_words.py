"""Each kind of entry of the journal in its own sentence, true of one document, of many and of what does not read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest

from models.commands.file_away import Filed, file_invoices
from models.commands.note_arl import ArlNoted, ArlWord, note_arl
from models.commands.settle_answer import settle_answer
from models.commands.take_back import withdraw_note
from models.domain.actions import Action
from models.domain.exchanges import Arl, LotStatus
from models.domain.filing import FiledAs
from models.domain.place import Practice
from models.domain.states import InvoiceKind, RightSource
from models.queries.history import KnownRight
from models.queries.journal import FEW, JournalView, Numbered, Recorded, Subject, every_entry
from models.queries.returns import aside_answers
from models.tables.lots import Lot
from tests.models.damage import damaged
from tests.models.practice import CLAIRE, SOPHIE, an_answer, an_invoice, cancelled, hear, sheet, take_in
from tui.text.journal import LONGEST, cells, documents, sentence

INVOICE = Subject("invoice", 3, 1003)
DRE = Subject("invoice", 4, 900000001, InvoiceKind.DRE)
RETURN = Subject("return", 7, name="R7.noe")
NOTE = Subject("return", 8)
LOT = Subject("batch", 12, 12, name="L012.b2", held=3)
PATIENT = Subject("patient", 1, name="DUPONT Marie")
ONE, OTHER = Numbered(3, 1003, InvoiceKind.INVOICE), Numbered(4, 900000001, InvoiceKind.DRE)
OPEN = KnownRight("4", date(2026, 1, 1), None, RightSource.CARD, date(2026, 11, 24))
CLOSED = KnownRight("3", date(2026, 1, 1), date(2026, 12, 31), RightSource.ATTESTATION, date(2026, 11, 24))


class Told(NamedTuple):
    """An entry, and what is said of it behind the name."""

    action: Action | None
    says: str
    detail: Mapping[str, Any] = {}
    subject: Subject = Subject("practice")
    invoices: tuple[Numbered, ...] = ()
    right: KnownRight | None = None
    reasons: tuple[str, ...] = ()
    touched: int = 0


def recorded(told: Told, *, legible: bool = True) -> Recorded:
    """The entry as it is read."""
    stored = told.action or "teleport"
    return Recorded(
        *(1, datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "nadia", told.action, stored, told.subject, told.detail),
        *(told.touched or len(told.invoices), told.invoices, told.right, told.reasons, legible),
    )


TOLD = (
    Told(
        Action.IMPORT,
        "a importé le fichier « L012.b2 » : lots 012, 013, 5 factures, 1 réponse qui attendait appliquée, "
        "3 factures du lot 011 reprises",
        {"lots": [12, 13], "count": 5, "rejoined": 1, "redone": [[11, 3]]},
        Subject("file", name="L012.b2"),
    ),
    Told(Action.IMPORT, "a importé un fichier : lot 012, 1 facture", {"lots": [12], "count": 1}, Subject("file")),
    Told(
        Action.RECEIVE,
        "a relevé le retour n° 7 « R7.noe » : 2 réponses appliquées, 1 déjà connue, 3 à trancher",
        {"answers": {"applied": 2, "duplicate": 1, "late": 2, "unknown": 1}},
        RETURN,
    ),
    Told(
        Action.SETTLE,
        "a appliqué la réponse gardée de côté pour la facture n° 1003",
        {"decision": "taken"},
        Subject("answer", 5, 1003),
    ),
    Told(
        Action.SETTLE,
        "a écarté la réponse gardée de côté pour la DRE n° 900000001",
        {"decision": "dismissed"},
        Subject("answer", 5, 900000001, InvoiceKind.DRE),
    ),
    Told(
        Action.SETTLE_RETURN,
        "a appliqué le retour n° 7 « R7.noe », dont un total est faux : 1 réponse appliquée",
        {"decision": "taken", "answers": {"applied": 1}},
        RETURN,
    ),
    Told(
        Action.SETTLE_RETURN,
        "a écarté le retour n° 7 « R7.noe », dont un total est faux",
        {"decision": "dismissed", "answers": {}},
        RETURN,
    ),
    Told(
        Action.NOTE,
        "a noté un rejet 0450 054 (AMO) pour la facture n° 1003",
        {"share": "amo", "said": "rejected", "paid": 0, "code": "0450 054"},
        NOTE,
        (ONE,),
    ),
    Told(
        Action.NOTE,
        "a noté un paiement de 18,90 € (AMC) pour la DRE n° 900000001",
        {"share": "amc", "said": "paid", "paid": 1890, "code": ""},
        NOTE,
        (OTHER,),
    ),
    Told(
        Action.NOTE,
        "a noté un recyclage par la caisse (AMO) pour la facture n° 1003",
        {"share": "amo", "said": "deferred", "paid": 0, "code": ""},
        NOTE,
        (ONE,),
    ),
    Told(Action.NOTE_ARL, "a noté un ARL positif du lot 012", {"arl": "positive", "lot": 12, "count": 3}, NOTE),
    Told(
        Action.NOTE_ARL,
        "a noté un ARL négatif du lot 012 : 3 factures à corriger",
        {"arl": "negative", "lot": 12, "count": 3},
        NOTE,
    ),
    Told(Action.WITHDRAW_NOTE, "a retiré ce qui était noté pour la facture n° 1003", {}, NOTE, (ONE,)),
    Told(Action.UNDO_RETURN, "a défait le retour n° 7 « R7.noe », relevé par erreur", {}, RETURN),
    Told(
        Action.CANCEL,
        "a annulé la facture n° 1003 (rejet 0450 054) : elle est devenue la n° 1061",
        {"old": 1003, "new": 1061, "rejection": "0450054"},
        INVOICE,
    ),
    Told(
        Action.CANCEL,
        "a annulé 2 factures : n° 1003 devenue 1061, n° 1004 devenue 1062",
        {"cancelled": [{"old": 1003, "new": 1061}, {"old": 1004, "new": 1062}]},
    ),
    Told(Action.CANCEL, "a annulé la facture n° 1003 : elle est devenue la n° ?", {"old": 1003}, INVOICE),
    Told(
        Action.REMIND,
        "a noté la relance du 23/11/2026 pour les n° 1003, 1004 : « appel »",
        {"on": "2026-11-23", "numbers": [1003, 1004]},
        reasons=("appel",),
    ),
    Told(
        Action.WITHDRAW_REMINDER,
        "a ôté la relance du 23/11/2026 pour le n° 1003",
        {"on": "2026-11-23", "numbers": [1003]},
        INVOICE,
    ),
    Told(
        Action.SEND_SHEETS,
        "a noté envoyées le 23/11/2026 les feuilles de soins des lots 012, 013 : « suivi 1A »",
        {"on": "2026-11-23", "lots": [12, 13]},
        reasons=("suivi 1A",),
    ),
    Told(
        Action.TAKE_BACK_SHEETS,
        "a repris l’envoi du 23/11/2026 des feuilles de soins du lot 012",
        {"on": "2026-11-23", "lots": [12]},
    ),
    Told(
        Action.NOTE_DOCUMENT,
        "a noté une pièce numérisée le 23/11/2026 (ordonnance) pour le n° 1003",
        {"kind": "prescription", "step": "scanned", "on": "2026-11-23", "numbers": [1003]},
    ),
    Told(
        Action.FILE,
        "a classé la facture n° 1003 jusqu’au 15/12/2026 : réclamation déposée : « réf. 45 »",
        {"filed_as": "claimed", "until": "2026-12-15"},
        INVOICE,
        (ONE,),
        reasons=("réf. 45",),
    ),
    Told(Action.UNFILE, "a déclassé la facture n° 1003", {}, INVOICE, (ONE,)),
    Told(
        Action.FILED_DUE,
        "a ouvert le poste au terme du classement de 2 factures (facture n° 1003, DRE n° 900000001)",
        invoices=(ONE, OTHER),
    ),
    Told(
        Action.GIVE_UP,
        "a retiré la n° 1061 (le cabinet renonce à la refaire) : la n° 1003 attend de nouveau",
        {"number": 1061, "stands": 1003, "cause": "renounced"},
    ),
    Told(
        Action.GIVE_UP,
        "a retiré la n° 1061 (?) : la n° 1003 attend de nouveau",
        {"number": 1061, "stands": 1003, "cause": "a word of tomorrow"},
    ),
    Told(
        Action.RESEND_DRE,
        "a refait la DRE de la facture n° 1003 : DRE n° 900000002",
        {"old": 1003, "new": 900000002},
        INVOICE,
    ),
    Told(
        Action.CORRECT,
        "a corrigé la facture n° 1003 : Code exonération, Prescripteur",
        {"fields": ["exemption", "prescriber"]},
        INVOICE,
    ),
    Told(Action.CORRECT, "a corrigé la DRE n° 900000001", {"fields": []}, DRE),
    Told(Action.BILL, "a facturé la facture n° 1003 en mode dégradé", {"signature": "degraded"}, INVOICE),
    Told(Action.LEAVE_DEGRADED, "a sorti du dégradé la facture n° 1003", {}, INVOICE),
    Told(
        Action.RECORD_RIGHT,
        "a noté un droit de DUPONT Marie : exonération 4 depuis le 01/01/2026, vue sur la carte Vitale",
        {"right": 1},
        PATIENT,
        right=OPEN,
    ),
    Told(
        Action.WITHDRAW_RIGHT,
        "a retiré un droit de ce patient : exonération 3 du 01/01/2026 au 31/12/2026, vue sur une attestation",
        {"right": 1},
        Subject("patient", 1),
        right=CLOSED,
    ),
    Told(Action.RECORD_RIGHT, "a noté un droit de DUPONT Marie", {"right": 9}, PATIENT),
    Told(Action.VALIDATE, "a validé la facture n° 1003", {}, INVOICE),
    Told(
        Action.VALIDATE,
        "a validé la facture n° 1003 en écartant 2 conseils : « vu ; carte relue »",
        {"overrides": 2},
        INVOICE,
        reasons=("vu", "carte relue"),
    ),
    Told(Action.VALIDATE, "a validé la facture n° 1003 en écartant 1 conseil", {"overrides": 1}, INVOICE),
    Told(Action.REOPEN, "a remis la facture n° 1003 parmi les non validées", {}, INVOICE),
    Told(Action.PREPARE_LOT, "a préparé le lot 012 (3 factures, fichier « L012.b2 »)", {"lot": 12}, LOT),
    Told(Action.SEND_LOT, "a envoyé le lot 012 (3 factures, fichier « L012.b2 »)", {"lot": 12}, LOT),
    Told(
        Action.VOID_LOT,
        "a annulé le lot 012, qui n’est pas parti : ses factures attendent de nouveau",
        {"lot": 12},
        Subject("batch", 12),
    ),
    Told(
        Action.RESERVE_NUMBERS,
        "a réservé les numéros d’Accueil : à la suite de ceux des fichiers",
        {"first_invoice": 1, "first_dre": 1},
    ),
    Told(
        Action.RESERVE_NUMBERS,
        "a réservé les numéros d’Accueil : factures à partir de 8000, DRE à partir de 9000",
        {"first_invoice": 8000, "first_dre": 9000},
    ),
    Told(Action.RESERVE_NUMBERS, "a réservé les numéros d’Accueil"),
    Told(Action.MOVE, "a lancé le déménagement du cabinet vers « /srv/cabinet.db »", {"to": "/srv/cabinet.db"}),
    Told(
        Action.OPERATORS,
        "a inscrit Sophie sur la liste des utilisateurs (responsable)",
        {"role": "manager", "active": True},
        Subject("operator", 1, name="Sophie"),
    ),
    Told(
        Action.OPERATORS,
        "a retiré quelqu’un de la liste des utilisateurs",
        {"role": "manager", "active": False},
        Subject("operator", 1),
    ),
    Told(Action.UNLOCK_CODE, "a changé un code de déverrouillage"),
    Told(Action.BACK_UP, "a sauvegardé le cabinet dans « /disque/cabinet-2 »", {"place": "/disque/cabinet-2"}),
    Told(Action.RESTORE, "a restauré le cabinet depuis « /disque/cabinet-2 »", {"copy": "/disque/cabinet-2"}),
    Told(Action.CHANGE_KEY, "a changé la clé de la base, dans « /etc/cle »", {"place": "/etc/cle"}),
    Told(Action.EXPORT_KEY, "a copié la clé de la base dans « /usb/cle »", {"place": "/usb/cle"}),
    Told(Action.PURGE, "a purgé ce qui n’a plus à être gardé"),
    Told(
        Action.SEAL_ROWS,
        "a scellé ce que la version d’avant ne scellait pas, tel que c’était : 40 lignes",
        {"taken_as_they_stood": 40},
    ),
    Told(None, "a fait « teleport », que cette version d’Accueil ne connaît pas"),
    Told(None, "a fait « teleport », que cette version d’Accueil ne connaît pas (n° 1003)", invoices=(ONE,)),
    Told(None, "a fait « teleport », que cette version d’Accueil ne connaît pas (40 factures)", touched=40),
)


@pytest.mark.parametrize("told", TOLD, ids=lambda told: str(told.action))
def test_an_entry_is_one_sentence(told: Told) -> None:
    assert sentence(recorded(told)) == f"nadia {told.says}."


def test_no_action_is_forgotten_and_none_falls_where_its_detail_does_not_read() -> None:
    assert {told.action for told in TOLD} == {*Action, None}
    for action in Action:
        unread = Told(action, f"a fait « {action} », dont le détail ne se lit plus dans la base")
        assert sentence(recorded(unread, legible=False)) == f"nadia {unread.says}."


def test_what_names_many_documents_is_cut_and_a_spreadsheet_gets_each_on_its_own() -> None:
    many = [{"old": 1000 + one, "new": 2000 + one} for one in range(60)]
    said = sentence(recorded(Told(Action.CANCEL, "", {"cancelled": many})))
    assert (len(said), said[:29], said[-1]) == (LONGEST, "nadia a annulé 60 factures : ", "…")
    told = recorded(Told(Action.FILED_DUE, "", invoices=(ONE, OTHER)))
    assert cells(told)[1:4] == ("nadia", "filed_due", "facture n° 1003, DRE n° 900000001")
    about = recorded(Told(Action.SETTLE, "", {}, Subject("answer", 5, 900000001, InvoiceKind.DRE)))
    assert documents(about) == (Numbered(5, 900000001, InvoiceKind.DRE),)
    assert documents(recorded(Told(Action.BACK_UP, ""))) == ()


def last() -> str:
    """What is said of the latest entry."""
    return sentence(list(every_entry(JournalView()))[-1])


def test_many_classified_together_are_counted(empty: Practice) -> None:
    made = [an_invoice(1001 + one) for one in range(FEW + 1)]
    take_in(*made)
    found = [sheet(one.number) for one in made]
    outcome = file_invoices([(one.id, one.version) for one in found], FiledAs.CLAIMED, "", date(2026, 12, 15), SOPHIE)
    assert isinstance(outcome, Filed)
    assert last() == f"sophie a classé {FEW + 1} factures jusqu’au 15/12/2026 : réclamation déposée."


def test_an_arl_that_is_withdrawn_names_its_lot_and_no_invoice(empty: Practice) -> None:
    take_in(an_invoice(1001), an_invoice(1002), lot=12)
    lot = Lot.get()
    assert lot.status == LotStatus.SENT
    for word in (ArlWord(Arl.POSITIVE, SOPHIE.day, "appel"), ArlWord(Arl.NEGATIVE, SOPHIE.day, "appel", "illisible")):
        noted = note_arl(lot.id, word, SOPHIE)
        assert isinstance(noted, ArlNoted), noted
        withdraw_note(noted.note_id, "erreur", CLAIRE)
        assert last() == "claire a retiré l’ARL noté du lot 012."


def test_an_answer_without_a_number_is_set_aside_without_one(empty: Practice) -> None:
    take_in(an_invoice(1001))
    hear(an_answer(an_invoice(1001), "paid", number=0))
    (waiting,) = aside_answers()
    settle_answer(waiting.id, False, SOPHIE)
    assert last() == "sophie a écarté la réponse gardée de côté sans numéro de facture."


def test_an_entry_whose_detail_is_damaged_says_so_among_the_others(empty: Practice) -> None:
    cancelled(1001)
    before = len(list(every_entry(JournalView())))
    with damaged(empty, "UPDATE journal_entry SET detail = '[' WHERE action = 'cancel'"):
        told = [sentence(one) for one in every_entry(JournalView())]
    assert len(told) == before
    assert [one for one in told if "cancel" in one] == [
        "sophie a fait « cancel », dont le détail ne se lit plus dans la base."
    ]

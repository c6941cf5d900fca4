"""What is said of a lot of ours that did not reach its end: who is writing it, where its file lies and how it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from models.domain.exchanges import Arl, LotFile, LotStatus
from tui.text.display import clean, path_end, plural
from tui.text.words import Words

if TYPE_CHECKING:
    from models.commands.settle_lot import SentLot
    from models.queries.lots import KnownLot, LotPlace

WRITING: Final = "en cours"
LOT_STATUS: Final = Words(
    {
        LotStatus.IN_DOUBT: "EN DOUTE",
        LotStatus.SENT: "transmis",
        LotStatus.VOID: "annulé",
        LotStatus.REDONE: "refait",
    },
    "abîmé",
)

ARL_TAKEN: Final = "ARL reçu"
ARL_REFUSED: Final = "refusé"
ARL_IN_PART: Final = "en partie"
"""What a noted ARL says of the lot: all came in, nothing did, some of its invoices did."""


def writing_sentence(lot: KnownLot) -> str:
    """Who is writing a lot, since when: nothing is to be decided."""
    since = f" depuis {lot.since:%H:%M}" if lot.since else ""
    return clean(f"Lot {lot.number:03d} en cours d’écriture par {lot.owner}{since}.", 1000)


def sending_given_up(sent: Sequence[SentLot]) -> str:
    """What left before the person stopped it; the rest waits as it was."""
    if not sent:
        return "Arrêté : rien n’a été transmis."
    invoices = plural(sum(lot.invoices for lot in sent), "facture", "factures")
    return f"Arrêté : {plural(len(sent), 'lot transmis', 'lots transmis')} ({invoices}), le reste attend."


def sheets_due(sent: Sequence[SentLot], where: str) -> Iterator[str]:
    """What the lots that just left in degraded mode still owe the caisse, and `where` that is followed."""
    sheets = sum(lot.invoices for lot in sent if lot.degraded)
    if sheets:
        yield f"{plural(sheets, 'feuille de soins', 'feuilles de soins')} à envoyer à la caisse : {where}."


def file_sentence(place: LotPlace, outbox: Path, width: int = 1000) -> str:
    """What is there of the file of a lot en doute; the folder is named where it is not the practice's own."""
    own = place.folder == outbox
    where = "le dossier d’envoi" if own else f"« {path_end(str(place.folder), max(width - 40, 20))} »"
    unsure = " (où il fut écrit n’est pas connu)" if place.kept is None and place.file is LotFile.MISSING else ""
    match place.file:
        case LotFile.WHOLE:
            return f"Son fichier est dans {where}, entier."
        case LotFile.OTHER:
            return f"Le fichier de ce nom dans {where} n’est pas celui qui fut préparé."
        case LotFile.ASIDE:
            return f"Son fichier est dans {where}, déjà mis de côté (.annule)."
        case LotFile.MISSING:
            return f"Son fichier n’est pas dans {where}{unsure}."


def lot_status(lot: KnownLot) -> str:
    """What became of a lot of ours, in a word or two; the one that asks for a decision stands out."""
    if lot.owner:
        return WRITING
    refused = lot.arl == Arl.NEGATIVE
    if lot.status == LotStatus.REDONE and refused:
        return ARL_REFUSED
    if lot.status == LotStatus.SENT and lot.arl:
        return ARL_IN_PART if refused else ARL_TAKEN
    return LOT_STATUS[lot.status]

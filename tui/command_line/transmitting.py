"""`accueil transmettre`: write the validated invoices as lots; or decide on a lot that a crash left en doute."""

from __future__ import annotations

from pathlib import Path

from models.commands.settle_lot import ReleasedLot, SentLot, settle_doubt
from models.commands.transmit import SendingStopped, transmit_all
from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault
from models.domain.refusals import Refusal, Refused, RefusedFault
from models.queries.lots import KnownLot, lot_place, own_lots
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import bar, between_steps
from tui.command_line.session import Session, session_of
from tui.command_line.speech import INTERRUPTED, REFUSED, out, talk
from tui.text.display import clean, money, plural
from tui.text.refusals import refusal_sentence
from tui.text.sent_lots import file_sentence, sending_given_up, sheets_due, writing_sentence
from tui.text.sentences import released_sentence
from tui.text.typed_path import typed_path

_ALL = 1_000_000
"""More lots than a practice ever makes."""


def send(practice: NamedPractice, folder: str | None) -> int:
    """Send what is validated, to this folder or else to the outbox; the exit code."""
    session = session_of(practice)
    session.open()
    return _send(_outbox(folder, session), session)


def decide(
    practice: NamedPractice, folder: str | None, number: int, practitioner: str | None, *, was_sent: bool
) -> int:
    """Settle one lot in doubt; its folder, where it is not the one that it was, is this one. The exit code."""
    session = session_of(practice)
    session.open()
    found_in = None if folder is None else _outbox(folder, session)
    return _settle(number, practitioner, was_sent, found_in, session)


def _outbox(typed: str | None, session: Session) -> Path:
    """Where the lots go; refused before anything is numbered if it cannot be a folder."""
    if typed is None:
        return session.practice.outbox
    folder = typed_path(typed).absolute()
    if folder.exists() and not folder.is_dir():
        raise PracticeFault(f"--vers : « {clean(str(folder))} » n’est pas un dossier, donnez celui où écrire les lots.")
    return folder


def _send(outbox: Path, session: Session) -> int:
    begun = own_lots(LotStatus.IN_DOUBT, _ALL)
    try:
        with bar("Factures à transmettre") as step, between_steps(step) as kept:
            sent = transmit_all(outbox, session.author(), kept.step)
    except SendingStopped as stopped:
        _print_lots(stopped.sent)
        raise
    _print_lots(sent)
    if kept.stopped:
        talk(sending_given_up(sent))
        return INTERRUPTED
    if not sent:
        talk("Aucune facture validée à transmettre.")
    for lot in begun:
        talk(_doubt(lot, session.practice.outbox) if lot.in_doubt else writing_sentence(lot))
    return REFUSED if any(lot.in_doubt for lot in begun) else 0


def _print_lots(sent: tuple[SentLot, ...]) -> None:
    for lot in sent:
        count = plural(lot.invoices, "facture", "factures")
        where = clean(str(lot.file), 1000)
        out(f"Lot {lot.number:03d} du professionnel {lot.practitioner} : {count}, {money(lot.total)} €, {where}")
    for sentence in sheets_due(sent, "accueil papiers"):
        talk(sentence)


def _doubt(lot: KnownLot, outbox: Path) -> str:
    place = lot_place(lot.id, outbox)
    head = f"Lot {lot.number:03d} du professionnel {lot.practitioner} en doute ({clean(lot.file_name)})"
    if place.folder is None:
        away = Refused(Refusal.LOT_OUT_OF_REACH, lot.number, place.kept or "")
        return f"{head}. {clean(refusal_sentence(away), 1000)}"
    return (
        f"{head}. {file_sentence(place, outbox)} S’il est parti, accueil transmettre --lot-parti {lot.number} ; "
        f"sinon, --lot-non-parti {lot.number}."
    )


def _settle(number: int, practitioner: str | None, was_sent: bool, found_in: Path | None, session: Session) -> int:
    lot = _lot_in_doubt(number, practitioner)
    outbox = session.practice.outbox
    outcome = settle_doubt(lot.id, was_sent, outbox, session.author(), found_in=found_in)
    match outcome:
        case SentLot():
            out(f"Lot {outcome.number:03d} parti : ses factures sont transmises.")
        case ReleasedLot(number):
            out(released_sentence(number))
        case Refused() as refused:
            raise RefusedFault(refused)
    return 0


def _lot_in_doubt(number: int, practitioner: str | None) -> KnownLot:
    found = [
        lot
        for lot in own_lots(LotStatus.IN_DOUBT, _ALL)
        if lot.number == number and practitioner in (None, lot.practitioner)
    ]
    if not found:
        raise PracticeFault(f"Aucun lot {number:03d} en doute : accueil transmettre dit lesquels le sont.")
    if len(found) > 1:
        owners = " et ".join(lot.practitioner for lot in found)
        raise PracticeFault(
            f"Les professionnels {owners} ont chacun un lot {number:03d} en doute : "
            f"ajoutez --professionnel {found[0].practitioner}."
        )
    return found[0]

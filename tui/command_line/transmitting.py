"""`accueil transmettre`: write the validated invoices as lots; or decide on a lot that a crash left en doute."""

from __future__ import annotations

from pathlib import Path

from models.commands.transmit import ReleasedLot, SendingStopped, SentLot, settle_doubt, transmit_all
from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault
from models.domain.refusals import Refused, RefusedFault
from models.queries.lots import KnownLot, own_lots
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import Session, session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.text.display import clean, money, plural
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
    """Settle one lot in doubt, whose file is in this folder or else in the outbox; the exit code."""
    session = session_of(practice)
    session.open()
    return _settle(number, practitioner, was_sent, _outbox(folder, session), session)


def _outbox(typed: str | None, session: Session) -> Path:
    """Where the lots go; refused before anything is numbered if it cannot be a folder."""
    if typed is None:
        return session.practice.outbox
    folder = typed_path(typed).absolute()
    if folder.exists() and not folder.is_dir():
        raise PracticeFault(f"--vers : « {clean(str(folder))} » n’est pas un dossier, donnez celui où écrire les lots.")
    return folder


def _send(outbox: Path, session: Session) -> int:
    doubtful = own_lots(LotStatus.IN_DOUBT, _ALL)
    try:
        sent = transmit_all(outbox, session.author())
    except SendingStopped as stopped:
        _print_lots(stopped.sent)
        raise
    _print_lots(sent)
    if not sent:
        talk("Aucune facture validée à transmettre.")
    for lot in doubtful:
        talk(_doubt(lot))
    return REFUSED if doubtful else 0


def _print_lots(sent: tuple[SentLot, ...]) -> None:
    for lot in sent:
        count = plural(lot.invoices, "facture", "factures")
        where = clean(str(lot.file), 1000)
        out(f"Lot {lot.number:03d} du professionnel {lot.practitioner} : {count}, {money(lot.total)} €, {where}")


def _doubt(lot: KnownLot) -> str:
    return (
        f"Lot {lot.number:03d} du professionnel {lot.practitioner} en doute ({clean(lot.file_name)}) : "
        f"s’il est parti, accueil transmettre --lot-parti {lot.number} ; sinon, --lot-non-parti {lot.number}."
    )


def _settle(number: int, practitioner: str | None, was_sent: bool, outbox: Path, session: Session) -> int:
    lot = _lot_in_doubt(number, practitioner)
    outcome = settle_doubt(lot.id, was_sent, outbox, session.author())
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

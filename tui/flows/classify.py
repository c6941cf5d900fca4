"""Classer: out of « À traiter » with a reason and a day; and, of what is classified, back to it."""

from __future__ import annotations

from collections.abc import Sequence

from models.commands.file_away import Filed, TakenOut, file_invoices, take_out
from models.commands.outcomes import Stale
from models.domain.filing import LATER
from models.domain.refusals import Refused
from models.domain.states import InvoiceKind
from models.queries.invoice_row import InvoiceRow
from tui.base.desk_screen import DeskScreen
from tui.base.invoice_screen import InvoiceScreen
from tui.base.underway import Underway
from tui.dialogs.classify import ClassifyDialog
from tui.dialogs.confirm import Confirm
from tui.text import display
from tui.text.columns import patient
from tui.text.filing import filed_line
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence
from tui.text.state_words import document


async def classify(screen: DeskScreen, row: InvoiceRow) -> None:
    """Classify the invoice at hand, or bring it back where it is classified."""
    if row.filed_until is not None:
        await _take_out(screen, row)
        return
    await classify_several(screen, (row,))


async def classify_several(screen: DeskScreen, rows: Sequence[InvoiceRow]) -> bool:
    """One question for all that may be classified; whether some were."""
    wanted = [row for row in rows if row.file_refusal is None]
    today = screen.desk.today()
    answer = await screen.ask(ClassifyDialog(_title(wanted), _lines(rows, wanted), today, today + LATER))
    if answer is None:
        screen.tell("Rien n’a été classé.")
        return False
    author = screen.desk.author()
    marked = [(row.id, row.version) for row in wanted]
    underway = Underway(screen, "Classement…")
    outcome = await screen.perform(lambda: file_invoices(marked, *answer, author, underway.step))
    if isinstance(outcome, Filed) and outcome.numbers and len(rows) == 1:
        _say(screen, _done(wanted[0].kind, outcome))
    if outcome is None and underway.stopped:
        _say(screen, "Arrêté : rien n’a été classé.")
    screen.command_done()
    if isinstance(outcome, Refused):
        await screen.show("Rien n’a été classé", refusal_sentence(outcome))
    if not isinstance(outcome, Filed):
        return False  # said already, here or by `perform`
    left = tuple(f"N° {one.number}, laissée : {_why(one.why)}" for one in outcome.left)
    if len(rows) > 1 or left:
        await screen.show(_done(wanted[0].kind, outcome) if outcome.numbers else "Rien n’a été classé", *left)
    return bool(outcome.numbers)


async def _take_out(screen: DeskScreen, row: InvoiceRow) -> None:
    said = filed_line(row.state, row.filed_until, row.filing)
    lines = (
        f"{patient(row)} · {display.money(row.total)} €",
        " ".join(said) if said else "",
        "OUI : elle attend de nouveau. NON : elle reste classée.",
    )
    if not await screen.ask(Confirm(f"Déclasser la {document(row.kind, row.number)} ?", lines)):
        screen.tell(f"La {document(row.kind, row.number)} reste classée.")
        return
    author = screen.desk.author()
    outcome = await screen.perform(lambda: take_out(row.id, row.version, author))
    if isinstance(outcome, TakenOut):
        _say(screen, f"La {document(row.kind, row.number)} n’est plus classée.")
    screen.command_done()
    match outcome:
        case Refused():
            await screen.show("Rien n’a été changé", refusal_sentence(outcome))
        case Stale():
            await screen.show("Rien n’a été changé", stale_sentence(outcome))
        case _:
            pass  # done, or `perform` has said why


def _say(screen: DeskScreen, text: str) -> None:
    """On a list, in the place of its figures, which are read again."""
    if isinstance(screen, InvoiceScreen):
        screen.desk.announce(text)
    else:
        screen.tell(text)


def _done(kind: InvoiceKind, outcome: Filed) -> str:
    several = f"{len(outcome.numbers)} factures sont classées"
    what = several if len(outcome.numbers) > 1 else f"La {document(kind, outcome.numbers[0])} est classée"
    return f"{what} jusqu’au {display.day(outcome.until)}."


def _title(wanted: Sequence[InvoiceRow]) -> str:
    if len(wanted) == 1:
        return f"Classer la {document(wanted[0].kind, wanted[0].number)} ?"
    return f"Classer {display.plural(len(wanted), 'facture', 'factures')} ?"


def _lines(rows: Sequence[InvoiceRow], wanted: Sequence[InvoiceRow]) -> tuple[str, ...]:
    total = f"{display.money(sum(row.total for row in wanted))} €"
    lines = [f"{patient(wanted[0])} · {total}" if len(wanted) == 1 else f"En tout {total}."]
    if left := len(rows) - len(wanted):
        others = display.plural(left, "autre, qui ne se classe pas", "autres, qui ne se classent pas")
        lines.append(f"Sans {others}.")
    return tuple(lines)


def _why(why: Refused | Stale) -> str:
    return refusal_sentence(why) if isinstance(why, Refused) else stale_sentence(why)

"""Noter une réponse: what a letter, a call, a statement says of the invoice at hand."""

from __future__ import annotations

from functools import partial
from typing import Final

from models.commands.note_answer import Against, Noted, note_answer
from models.commands.outcomes import Stale
from models.domain.notes import NotedWord
from models.domain.refusals import Refused
from models.domain.states import ShareName, ShareState
from models.queries.invoice_row import InvoiceRow
from models.queries.sheets import InvoiceSheet, invoice_sheet
from tui.base.desk_screen import DeskScreen
from tui.base.invoice_screen import InvoiceScreen
from tui.dialogs.confirm import Confirm
from tui.dialogs.note import NoteChoice, NoteDialog, NoteKind
from tui.text.columns import patient
from tui.text.note_outcomes import against_sentence, likely_share, noted_sentence
from tui.text.noted import note_clause
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence
from tui.text.state_words import STATES, head

_STATES: Final = {
    NoteKind.REJECTION: ShareState.REJECTED,
    NoteKind.PAYMENT: ShareState.PAID,
    NoteKind.REPROCESSING: ShareState.DEFERRED,
}
_NOT_DONE: Final = "Rien n’a été noté"


async def note(screen: DeskScreen, row: InvoiceRow) -> None:
    """Ask what was said, note it, tell what the invoice has become."""
    sheet = await screen.perform(partial(invoice_sheet, row.id))
    if sheet is None:
        return
    lines = [f"{head(row.kind, row.number)}, {patient(row)}.", _known(sheet)]
    kind = await screen.ask(NoteChoice(lines, frozenset(_STATES)))
    state = _STATES.get(kind)
    if state is None:
        screen.tell(f"{_NOT_DONE}.")
        return
    owed = {ShareName.AMO: sheet.amo - sheet.amo_paid, ShareName.AMC: sheet.amc - sheet.amc_paid}
    form = NoteDialog(state, lines[:1], screen.book, likely_share(sheet), owed, screen.desk.today())
    word = await screen.ask(form)
    if word is None:
        screen.tell(f"{_NOT_DONE}.")
        return
    outcome = await _noted(screen, row, word, against=False)
    if isinstance(outcome, Against):
        if not await screen.ask(Confirm("Noter malgré tout ?", (against_sentence(outcome), "NON : rien ne change."))):
            screen.tell(f"{_NOT_DONE}.")
            return
        outcome = await _noted(screen, row, word, against=True)
    if isinstance(outcome, Noted) and isinstance(screen, InvoiceScreen):
        screen.desk.announce(noted_sentence(outcome))  # said once the list has been read again
    screen.command_done()
    match outcome:
        case Noted():
            screen.tell(noted_sentence(outcome))
        case Refused() as refused:
            await screen.show(_NOT_DONE, refusal_sentence(refused))
        case Stale():
            await screen.show(_NOT_DONE, stale_sentence(outcome))
        case _:
            pass  # `perform` has said why


async def _noted(
    screen: DeskScreen, row: InvoiceRow, word: NotedWord, *, against: bool
) -> Noted | Against | Refused | Stale | None:
    author = screen.desk.author()
    return await screen.perform(lambda: note_answer(row.id, row.version, word, author, against=against))


def _known(sheet: InvoiceSheet) -> str:
    """What is known of it, and by whose note."""
    said = f"Connue : {STATES[sheet.state].whole}"
    return f"{said}, noté {note_clause(sheet.noted)}." if sheet.noted else f"{said}."

"""Noter une réponse: what a letter, a call, a statement says of the invoice at hand."""

from __future__ import annotations

from functools import partial
from typing import Final

from models.commands.note_answer import Against, Noted, note_answer
from models.commands.outcomes import Stale
from models.commands.take_back import BuiltOn, TakenBack, withdraw_note
from models.domain.exchanges import Arl
from models.domain.notes import NotedWord
from models.domain.refusals import Refused
from models.domain.states import InvoiceState, ShareName, ShareState
from models.queries.invoice_row import InvoiceRow
from models.queries.notes import arl_notes, notes_of
from models.queries.sheets import InvoiceSheet, invoice_sheet
from tui.base.desk_screen import DeskScreen
from tui.base.invoice_screen import InvoiceScreen
from tui.dialogs.confirm import Confirm
from tui.dialogs.note import NoteChoice, NoteDialog, NoteKind, WithdrawDialog
from tui.flows import arl
from tui.text.columns import patient
from tui.text.note_outcomes import against_sentence, kept_lines, likely_share, noted_sentence, withdrawn_sentence
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
    notes = await screen.perform(lambda: notes_of([row.id])) or {}
    lines = [f"{head(row.kind, row.number)}, {patient(row)}.", _known(sheet)]
    kinds = set(_STATES) if sheet.state != InvoiceState.PAID else set()
    if row.id in notes:
        kinds.add(NoteKind.WITHDRAWAL)
    elif row.state == InvoiceState.TRANSMITTED and row.lot_id is not None and not await _arrived(screen, row.lot_id):
        kinds.add(NoteKind.NEGATIVE_ARL)
    kind = await screen.ask(NoteChoice(lines, frozenset(kinds)))
    if kind == NoteKind.WITHDRAWAL:
        await _withdraw(screen, row, lines, notes[row.id][-1].id)
        return
    if kind == NoteKind.NEGATIVE_ARL and row.lot_id is not None:
        _reread(screen, await arl.note(screen, row.lot_id, Arl.NEGATIVE, lines[0], row.id))
        return
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
    _reread(screen, noted_sentence(outcome) if isinstance(outcome, Noted) else "")
    match outcome:
        case Refused() as refused:
            await screen.show(_NOT_DONE, refusal_sentence(refused))
        case Stale():
            await screen.show(_NOT_DONE, stale_sentence(outcome))
        case _:
            pass  # it was noted, or `perform` has said why


async def _withdraw(screen: DeskScreen, row: InvoiceRow, lines: list[str], note_id: int) -> None:
    """Ask why, withdraw the note, tell what the invoice is again."""
    kept = "La note n’a pas été retirée"
    why = await screen.ask(WithdrawDialog(lines))
    if why is None:
        screen.tell(f"{kept}.")
        return
    author = screen.desk.author()
    outcome = await screen.perform(lambda: withdraw_note(note_id, why, author))
    _reread(screen, withdrawn_sentence(outcome) if isinstance(outcome, TakenBack) else "")
    match outcome:
        case BuiltOn() | Refused():
            await screen.show(kept, *kept_lines(outcome))
        case _:
            pass  # it was withdrawn, or `perform` has said why


def _reread(screen: DeskScreen, said: str) -> None:
    """Show what has changed, and say it: a list says it once it has been read again."""
    if said and isinstance(screen, InvoiceScreen):
        screen.desk.announce(said)
    screen.command_done()
    if said:
        screen.tell(said)


async def _arrived(screen: DeskScreen, lot_id: int) -> bool:
    """Whether a positive ARL of its lot is noted: a negative one of an invoice of it would be refused."""
    kept = await screen.perform(partial(arl_notes, lot_id)) or ()
    return any(word == Arl.POSITIVE for _, word, _, _ in kept)


async def _noted(
    screen: DeskScreen, row: InvoiceRow, word: NotedWord, *, against: bool
) -> Noted | Against | Refused | Stale | None:
    author = screen.desk.author()
    return await screen.perform(lambda: note_answer(row.id, row.version, word, author, against=against))


def _known(sheet: InvoiceSheet) -> str:
    """What is known of it, and by whose note."""
    said = f"Connue : {STATES[sheet.state].whole}"
    return f"{said}, noté {note_clause(sheet.noted)}." if sheet.noted else f"{said}."

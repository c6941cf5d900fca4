"""Noter un ARL: of a whole lot of ours, or of one invoice that left; negative, what it refuses is to be corrected."""

from __future__ import annotations

from functools import partial

from models.commands.note_arl import ArlNoted, note_arl
from models.commands.take_back import BuiltOn, TakenBack, withdraw_note
from models.domain.exchanges import Arl, LotStatus
from models.domain.refusals import Refusal, Refused
from models.queries.lots import KnownLot
from models.queries.notes import arl_notes
from tui.base.desk_screen import DeskScreen
from tui.dialogs.note import ArlDialog, NoteChoice, NoteKind, WithdrawDialog
from tui.text import display
from tui.text.note_outcomes import arl_sentence, kept_lines, withdrawn_sentence
from tui.text.noted import arl_clause
from tui.text.refusals import refusal_sentence

_NOT_DONE = "Rien n’a été noté"


async def note_of_lot(screen: DeskScreen, lot: KnownLot) -> str:
    """Ask what its ARL says, or whether a note of it is withdrawn; what to say, '' where it was shown."""
    kept = await screen.perform(partial(arl_notes, lot.id))
    if kept is None:
        return ""
    kinds = {NoteKind.NEGATIVE_ARL, NoteKind.POSITIVE_ARL} if lot.status == LotStatus.SENT else set()
    if any(arl == Arl.POSITIVE for _, arl, _, _ in kept):
        kinds = {NoteKind.WITHDRAWAL}  # first: a negative one would be refused
    elif kept:
        kinds = (kinds - {NoteKind.POSITIVE_ARL}) | {NoteKind.WITHDRAWAL}
    if not kinds:
        await screen.show(_NOT_DONE, refusal_sentence(Refused(Refusal.LOT_NOT_SENT, lot.number)))
        return ""
    head = f"Lot {lot.number:03d}, {display.plural(lot.invoices, 'facture', 'factures')}, {display.money(lot.total)} €."
    lines = [head, *(f"ARL {arl_clause(arl, mark, reason)}." for _, arl, mark, reason in kept)]
    kind = await screen.ask(NoteChoice(lines, frozenset(kinds)))
    if kind == NoteKind.WITHDRAWAL:
        return await _withdraw(screen, lines, kept[-1][0])
    arl = {NoteKind.NEGATIVE_ARL: Arl.NEGATIVE, NoteKind.POSITIVE_ARL: Arl.POSITIVE}.get(kind)
    return f"{_NOT_DONE}." if arl is None else await note(screen, lot.id, arl, head)


async def note(screen: DeskScreen, lot_id: int, arl: Arl, head: str, invoice_id: int | None = None) -> str:
    """Ask for what the ARL says, and note it; what is to be said of it, '' where that was shown.

    Args:
        screen: where it is asked.
        lot_id: the lot.
        arl: positive or negative.
        head: the lot, or the invoice, in a line.
        invoice_id: the one invoice that it is about; None: the whole lot.
    """
    effect = (
        "Ce qu’il refuse revient à corriger, sous le même numéro ; le lot se refait."
        if arl == Arl.NEGATIVE
        else "La caisse a bien reçu le lot : ses réponses suivront."
    )
    word = await screen.ask(ArlDialog(arl, (head, effect), screen.desk.today()))
    if word is None:
        return f"{_NOT_DONE}."
    author = screen.desk.author()
    outcome = await screen.perform(lambda: note_arl(lot_id, word, author, invoice_id=invoice_id))
    match outcome:
        case ArlNoted():
            return arl_sentence(outcome)
        case Refused() as refused:
            await screen.show(_NOT_DONE, refusal_sentence(refused))
        case None:
            pass  # `perform` has said why
    return ""


async def _withdraw(screen: DeskScreen, lines: list[str], note_id: int) -> str:
    why = await screen.ask(WithdrawDialog(lines))
    if why is None:
        return "La note n’a pas été retirée."
    author = screen.desk.author()
    outcome = await screen.perform(lambda: withdraw_note(note_id, why, author))
    match outcome:
        case TakenBack():
            return withdrawn_sentence(outcome)
        case BuiltOn() | Refused():
            await screen.show("La note n’a pas été retirée", *kept_lines(outcome))
        case None:
            pass  # `perform` has said why
    return ""

"""Retirer: an invoice that has not left is given up, with a reason; what it replaced, or asked again, waits anew.

For a cancellation that should not have been, or that leads nowhere: the caisse pays the old invoice after all, or the
practice renounces. The number stays the invoice's own; the old one, cancelled, is rejected as it was, and an answer to
it that was kept aside can be taken. Annuler (or the DRE's own path) takes the very same invoice up again.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import answers_stale, open_change
from models.commands.outcomes import Stale
from models.commands.records import set_state
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import AnswerOutcome
from models.domain.filing import LONGEST_NOTE, FiledAs
from models.domain.lifecycle import why_not_give_up
from models.domain.refusals import Refused
from models.domain.states import InvoiceState
from models.tables.filing import Filing
from models.tables.invoice import Invoice
from models.tables.returns import IS_ASIDE, Answer
from models.tables.unsaved import UnsavedForm


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Done and committed: `number` will not leave; `stands` is the invoice that waits again in its place."""

    number: int
    stands: int


@answers_stale
def give_up(
    invoice_id: int, version: int | None, cause: FiledAs, note: str, author: Author
) -> GivenUp | Refused | Stale:
    """Give up an unvalidated invoice, or DRE, that was made in the place of a rejected one.

    Args:
        invoice_id: the successor.
        version: as it was read; None from the command line.
        cause: one of `CAUSES`.
        note: in the person's own words, or nothing.
        author: who gives it up.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.GIVE_UP) as change:
        new = change.invoice(invoice_id)
        if refused := why_not_give_up(new.state, new.replaces_id or new.dre_of_id):
            return refused
        change.refuse_stale(new, version)
        old = change.invoice(new.replaces_id or new.dre_of_id or 0)
        set_state(new, InvoiceState.GIVEN_UP)
        change.save(new)
        if new.replaces_id is not None:
            set_state(old, InvoiceState.REJECTED)
            change.save(old)
            late = (Answer.invoice == old.id) & IS_ASIDE & (Answer.outcome == AnswerOutcome.LATE)
            Answer.update(outcome=AnswerOutcome.CONTRADICTORY).where(late).execute()  # no longer late: to be decided on
        UnsavedForm.delete().where(UnsavedForm.invoice == new.id).execute()
        filing = Filing.create(
            invoice=new,
            filed_as=cause,
            note=" ".join(note.split())[:LONGEST_NOTE],
            until=None,
            made_at=author.at.isoformat(),
            made_by=author.operator,
        )
        change.record(
            f"invoice {new.id}", {"number": new.number, "stands": old.number, "cause": cause, "filing": filing.id}
        )
        return GivenUp(new.number, old.number)


def taken_up_again(successor: Invoice | None) -> Invoice | None:
    """The successor that was given up, unvalidated again; None where there is none. Whoever asks saves it."""
    if successor is None or successor.state != InvoiceState.GIVEN_UP:
        return None
    set_state(successor, InvoiceState.UNVALIDATED)
    return successor

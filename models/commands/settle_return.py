"""Trancher un retour: one decision on all the answers of a return whose sums do not agree."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass

from models.commands.answers import Hearing, heard_of, save_judged
from models.commands.change import open_change
from models.commands.receive import note
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import AnswerOutcome, Decision
from models.domain.patience import Step
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState
from models.store.database import A_SET, rows
from models.store.in_bulk import in_bulk
from models.tables.returns import Answer, Return
from models.tables.sets import rows_with, update_rows


@dataclass(frozen=True, slots=True)
class ReturnSettled:
    """Done and committed: the answers are taken or dismissed; `outcomes` counts what was made of them when taken."""

    file_name: str
    decision: Decision
    answers: int
    outcomes: dict[AnswerOutcome, int]
    states: dict[InvoiceState, int]

    @property
    def aside(self) -> int:
        """How many answers still wait, each for a decision of its own."""
        return sum(count for outcome, count in self.outcomes.items() if outcome.aside)


def settle_return(return_id: int, take: bool, author: Author, progress: Step | None = None) -> ReturnSettled | Refused:
    """Decide on a return that was held.

    Args:
        return_id: the return.
        take: judge and apply each answer as if the sums had agreed; else set them all aside for good.
        author: who decides.
        progress: called with (answers judged, in all).

    Raises:
        PracticeFault: the database refused; nothing was changed.
        GivenUp: raised by `progress`; nothing was changed.
    """
    with in_bulk(), open_change(author, Action.SETTLE_RETURN) as change:
        waits = (Answer.outcome == AnswerOutcome.WRONG_TOTAL) & (Answer.settled == Decision.NONE)
        ids = [row_id for (row_id,) in rows(Answer.select(Answer.id).where(Answer.source == return_id, waits))]
        if not ids:
            return Refused(Refusal.RETURN_NOT_HELD)
        states: dict[int, InvoiceState] = {}
        outcomes: Tally[AnswerOutcome] = Tally()
        if take:
            for start in range(0, len(ids), A_SET):
                if progress:
                    progress(start, len(ids))
                some = [answer for _, answer in sorted(rows_with(Answer, sorted(ids)[start : start + A_SET]).items())]
                hearing = Hearing(change, heard_of(some))
                note(hearing.judge(), outcomes, states)
                save_judged(some)
                hearing.save()
        else:
            update_rows(Answer, ((row_id, {"settled": Decision.DISMISSED}) for row_id in ids))
        decision = Decision.TAKEN if take else Decision.DISMISSED
        change.record(f"return {return_id}", {"decision": decision, "answers": dict(outcomes)})
        source = Return.get_by_id(return_id)
        return ReturnSettled(source.file_name, decision, len(ids), dict(outcomes), dict(Tally(states.values())))

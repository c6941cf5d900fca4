"""Retirer un droit: what was noted by mistake stays in the record, and counts no more."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.refusals import Refusal, Refused
from models.tables.rights import Right, RightWithdrawal


@dataclass(frozen=True, slots=True)
class RightWithdrawn:
    """Done and committed: the checks look at it no more."""

    exemption: str


def withdraw_right(right_id: int, reason: str, author: Author) -> RightWithdrawn | Refused:
    """Take back a right that was noted by mistake; the entry that noted it stays, and this one stands beside it.

    Args:
        right_id: the right.
        reason: why, in the words of who withdraws it.
        author: who withdraws it.

    Raises:
        PracticeFault: the database refused, or there is no such right; nothing was changed.
    """
    if not reason.strip():
        return Refused(Refusal.NO_RIGHT_REASON)
    with open_change(author, Action.WITHDRAW_RIGHT) as change:
        right = Right.get_by_id(right_id)
        if RightWithdrawal.get_or_none(RightWithdrawal.right == right_id) is not None:
            return Refused(Refusal.RIGHT_WITHDRAWN)
        RightWithdrawal.create(
            right=right_id, reason=reason.strip(), withdrawn_on=author.day, withdrawn_by=author.operator
        )
        change.record(f"patient {right.patient_id}", {"right": right_id})
        return RightWithdrawn(right.exemption)

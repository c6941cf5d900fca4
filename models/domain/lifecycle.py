"""The states of an invoice and the only moves between them; and when « Annuler » must not be done, with its reason.

Sources: the guide « Annuler une facture transmise suite à un rejet » (precondition: third-party payer, rejected
by the caisse, no reprocessing by the caisse); NOEMIE entities 198 and 199 for the states of the shares.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceKind, InvoiceState, Settlement, ShareState, Signature

CERTIFICATION: Final[dict[Signature, str]] = {
    Signature.CARD: "S",
    Signature.NO_CARD: "F",
    Signature.DEGRADED: "D",
    Signature.UNSECURED: "",
}
"""How an invoice is signed, and the letter of its lot (B2 record 1, position 81)."""

DESK_RANK: Final[dict[InvoiceState, int]] = {
    InvoiceState.REJECTED: 0,
    InvoiceState.REPROCESSING: 1,
    InvoiceState.PARTLY_PAID: 2,
    InvoiceState.TRANSMITTED: 3,
    InvoiceState.PAID: 4,
    InvoiceState.CANCELLED: 5,
    InvoiceState.UNVALIDATED: 8,
    InvoiceState.VALIDATED: 9,
    InvoiceState.GIVEN_UP: 10,
}
"""The order of the desk's attention: rejected first. From 8 on, not sent."""

FILED_RANK: Final = 6
"""Where an invoice stands while it is classified, whatever its state: behind all that was sent."""

FILEABLE: Final[frozenset[InvoiceState]] = frozenset(
    {InvoiceState.REJECTED, InvoiceState.REPROCESSING, InvoiceState.PARTLY_PAID, InvoiceState.TRANSMITTED}
)
"""The states in which something is still waited for or to be done, and which « Classer » puts aside."""

FIRST_UNSENT: Final = 8
"""From this rank on, an invoice has not been transmitted."""

TRANSITIONS: Final[frozenset[tuple[InvoiceState, InvoiceState]]] = frozenset(
    {
        (InvoiceState.UNVALIDATED, InvoiceState.VALIDATED),
        (InvoiceState.VALIDATED, InvoiceState.UNVALIDATED),
        (InvoiceState.VALIDATED, InvoiceState.TRANSMITTED),
        (InvoiceState.TRANSMITTED, InvoiceState.UNVALIDATED),
        (InvoiceState.TRANSMITTED, InvoiceState.REPROCESSING),
        (InvoiceState.TRANSMITTED, InvoiceState.REJECTED),
        (InvoiceState.TRANSMITTED, InvoiceState.PAID),
        (InvoiceState.TRANSMITTED, InvoiceState.PARTLY_PAID),
        (InvoiceState.REPROCESSING, InvoiceState.REJECTED),
        (InvoiceState.REPROCESSING, InvoiceState.PAID),
        (InvoiceState.REPROCESSING, InvoiceState.PARTLY_PAID),
        (InvoiceState.PARTLY_PAID, InvoiceState.PAID),
        (InvoiceState.REJECTED, InvoiceState.CANCELLED),
        (InvoiceState.REJECTED, InvoiceState.PAID),
        (InvoiceState.REJECTED, InvoiceState.PARTLY_PAID),
        (InvoiceState.REJECTED, InvoiceState.REPROCESSING),
        (InvoiceState.UNVALIDATED, InvoiceState.GIVEN_UP),
        (InvoiceState.GIVEN_UP, InvoiceState.UNVALIDATED),
        (InvoiceState.CANCELLED, InvoiceState.REJECTED),
    }
)
"""Every allowed move. From « transmitted » back to « unvalidated »: only by the negative ARL of its lot. From
« rejected » to a payment or a reprocessing: only when a person takes the answer. From « cancelled » back to
« rejected »: only when its successor is given up; what was given up is taken up again only where what it replaces is
cancelled, or its DRE made, anew."""

COMPLEMENTARY_ASKED: Final[frozenset[str]] = frozenset(
    {Settlement.BOTH_SHARES, Settlement.DRE_ALONE, Settlement.SPECIAL_REGIME}
)
"""The settlements in which the complementary share is asked of the payer."""


_ANSWERED: Final = frozenset(
    {
        *(InvoiceState.TRANSMITTED, InvoiceState.REPROCESSING, InvoiceState.REJECTED),
        *(InvoiceState.PARTLY_PAID, InvoiceState.PAID),
    }
)
"""The states between which only what is said of an invoice moves it."""

TAKEN_BACK: Final[frozenset[tuple[InvoiceState, InvoiceState]]] = frozenset(
    {(after, before) for before, after in TRANSITIONS if {before, after} <= _ANSWERED}
    | {(InvoiceState.UNVALIDATED, InvoiceState.TRANSMITTED)}
)
"""The moves that end where nothing had been said: only when a note is withdrawn, or a return undone."""


def rank_of(state: InvoiceState, *, filed: bool = False) -> int:
    """Where an invoice stands in the desk's order."""
    return FILED_RANK if filed else DESK_RANK[state]


class ForbiddenMove(Exception):
    """A move that is not in `TRANSITIONS`: a defect of the program, refused before anything changes."""


def move(before: InvoiceState, after: InvoiceState) -> InvoiceState:
    """Give `after` back if the move is allowed (or no move at all).

    Raises:
        ForbiddenMove: it is not.
    """
    if before != after and (before, after) not in TRANSITIONS:
        raise ForbiddenMove(f"{before} → {after}")
    return after


def move_back(now: InvoiceState, before: InvoiceState) -> InvoiceState:
    """Give back the state of before what was said of the invoice, if that is what led to this one.

    Raises:
        ForbiddenMove: it is not.
    """
    if before != now and (now, before) not in TAKEN_BACK:
        raise ForbiddenMove(f"{now} ← {before}")
    return before


class Share(NamedTuple):
    """One share of an invoice: its state, what was asked and what was paid, in cents."""

    state: ShareState
    asked: int
    paid: int

    @property
    def settled(self) -> bool:
        """Whether the payer owes nothing more on it."""
        return self.state == ShareState.NONE or (self.state == ShareState.PAID and self.paid >= self.asked)


def asked_shares(settlement: str, amc: int) -> tuple[ShareState, ShareState]:
    """The states of the two shares at transmission: `pending` where the payer is asked, else `none`."""
    amo = ShareState.NONE if settlement in {Settlement.PATIENT, Settlement.DRE_ALONE} else ShareState.PENDING
    amc_state = ShareState.PENDING if settlement in COMPLEMENTARY_ASKED and amc > 0 else ShareState.NONE
    return amo, amc_state


def state_of(amo: Share, amc: Share) -> InvoiceState:
    """The state of a transmitted invoice from those of its shares.

    Anything paid on an invoice whose AMO share is not settled makes it partly paid: cancelling it would risk a
    second payment.
    """
    alone = amo.state == ShareState.NONE and amc.state != ShareState.NONE
    leading, following = (amc, amo) if alone else (amo, amc)
    match leading.state:
        case ShareState.DEFERRED:
            return InvoiceState.PARTLY_PAID if following.paid > 0 else InvoiceState.REPROCESSING
        case ShareState.REJECTED:
            return InvoiceState.PARTLY_PAID if following.paid > 0 else InvoiceState.REJECTED
        case ShareState.PAID:
            return InvoiceState.PAID if leading.settled and following.settled else InvoiceState.PARTLY_PAID
        case ShareState.PENDING | ShareState.NONE:
            return InvoiceState.PARTLY_PAID if following.paid > 0 else InvoiceState.TRANSMITTED


def why_not_cancel(
    *,
    state: InvoiceState,
    amo_state: ShareState,
    amc_state: ShareState,
    settlement: str,
    kind: InvoiceKind = InvoiceKind.INVOICE,
    replaced_by: int | None = None,
    aside: bool = False,
    filed: bool = False,
) -> Refused | None:
    """Why « Annuler » must not be done on this invoice; None where it may.

    Args:
        state: of the invoice.
        amo_state: of its obligatory share.
        amc_state: of its complementary share.
        settlement: destinataire de règlement, two digits.
        kind: a facture, or a DRE alone.
        replaced_by: the successor's number if there is one.
        aside: whether an answer about it was kept aside and waits for a decision.
        filed: whether it is classified.
    """
    if state == InvoiceState.CANCELLED:
        return Refused(Refusal.CANCELLED, replaced_by)
    if state == InvoiceState.GIVEN_UP:
        return Refused(Refusal.GIVEN_UP)
    if state.unsent:
        return Refused(Refusal.NOT_SENT)
    if settlement == Settlement.PATIENT:
        return Refused(Refusal.NO_THIRD_PARTY)
    if kind == InvoiceKind.DRE or amo_state == ShareState.NONE:
        return Refused(Refusal.DRE_ALONE)
    if state == InvoiceState.PAID:
        return Refused(Refusal.PAID)
    if amo_state == ShareState.DEFERRED or state == InvoiceState.REPROCESSING:
        return Refused(Refusal.REPROCESSING)
    if state == InvoiceState.PARTLY_PAID and amc_state == ShareState.REJECTED:
        return Refused(Refusal.DRE_REJECTED_ALONE)
    if state == InvoiceState.PARTLY_PAID:
        return Refused(Refusal.PARTLY_PAID)
    if amo_state != ShareState.REJECTED:
        return Refused(Refusal.NOT_REJECTED)
    if aside:
        return Refused(Refusal.CONTRADICTED)
    if filed:
        return Refused(Refusal.FILED)
    return None


def why_not_note(
    *, state: InvoiceState, amo_state: ShareState, amc_state: ShareState, replaced_by: int | None = None
) -> Refused | None:
    """Why nothing can be noted of what is said of this invoice; None where it can.

    Args:
        state: of the invoice.
        amo_state: of its obligatory share.
        amc_state: of its complementary share.
        replaced_by: the successor's number if there is one.
    """
    if state == InvoiceState.CANCELLED:
        return Refused(Refusal.CANCELLED, replaced_by)
    if state.unsent:
        return Refused(Refusal.NOT_SENT)
    if (amo_state, amc_state) == (ShareState.NONE, ShareState.NONE):
        return Refused(Refusal.NOTHING_ASKED)
    if state == InvoiceState.PAID:
        return Refused(Refusal.PAID_WHOLE)
    return None


def why_not_dre(
    *,
    state: InvoiceState,
    amo_state: ShareState,
    amc_state: ShareState,
    number: int,
    replaced_by: int | None,
    filed: bool = False,
) -> Refused | None:
    """Why the rejected DRE of this invoice cannot be sent again alone now; None where it may.

    The guide orders: the invoice's rejection first, then the DRE's.
    """
    if amc_state != ShareState.REJECTED:
        return Refused(Refusal.DRE_NOT_REJECTED)
    if state == InvoiceState.CANCELLED:
        return Refused(Refusal.DRE_FOLLOWS, replaced_by)
    if amo_state == ShareState.REJECTED:
        return Refused(Refusal.DRE_AFTER_INVOICE, number)
    if amo_state == ShareState.DEFERRED:
        return Refused(Refusal.DRE_WHILE_REPROCESSING)
    if amo_state == ShareState.PENDING:
        return Refused(Refusal.DRE_BEFORE_ANSWER)
    if filed:
        return Refused(Refusal.FILED)
    return None


def why_not_give_up(state: InvoiceState, instead_of: int | None) -> Refused | None:
    """Why this invoice cannot be given up; None where it may.

    Args:
        state: its own.
        instead_of: the invoice that it replaces, or whose DRE it is; None where there is none.
    """
    if state == InvoiceState.VALIDATED:
        return Refused(Refusal.GIVE_UP_VALIDATED)
    if state == InvoiceState.GIVEN_UP:
        return Refused(Refusal.GIVEN_UP)
    if state != InvoiceState.UNVALIDATED or instead_of is None:
        return Refused(Refusal.GIVE_UP_SENT)
    return None


def why_not_file(state: InvoiceState, replaced_by: int | None = None, *, filed: bool = False) -> Refused | None:
    """Why this invoice cannot be classified now; None where it may."""
    if filed:
        return Refused(Refusal.FILED)
    if state in FILEABLE:
        return None
    if state == InvoiceState.CANCELLED:
        return Refused(Refusal.CANCELLED, replaced_by)
    return Refused(Refusal.NOTHING_WAITS)

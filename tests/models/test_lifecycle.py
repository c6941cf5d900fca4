"""The moves between the states: by the table, by the shares' answers, and by the commands themselves."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, get_args

import pytest

from models.commands.answers import read_share
from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.give_up import GivenUp, give_up
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.transmit import transmit_all
from models.commands.validate import Reopened, Validated, reopen_invoice, validate_invoice
from models.domain.filing import FiledAs
from models.domain.lifecycle import (
    DESK_RANK,
    TRANSITIONS,
    ForbiddenMove,
    Share,
    asked_shares,
    move,
    state_of,
    why_not_cancel,
    why_not_dre,
)
from models.domain.place import Practice
from models.domain.refusals import Refused
from models.domain.states import InvoiceKind, InvoiceState, ShareState, Signature
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from tests.models.practice import SOPHIE, Said, an_answer, an_invoice, cancelled, contents, hear, ready, sheet, take_in
from tui.text.refusals import refusal_sentence


@pytest.mark.parametrize(("before", "after"), list(product(InvoiceState, InvoiceState)))
def test_only_the_moves_of_the_table_are_made(before: InvoiceState, after: InvoiceState) -> None:
    if before == after or (before, after) in TRANSITIONS:
        assert move(before, after) == after
    else:
        with pytest.raises(ForbiddenMove):
            move(before, after)


def test_the_final_states_lead_nowhere_but_back_from_a_successor_given_up() -> None:
    assert "paid" not in {before for before, _ in TRANSITIONS}
    assert [after for before, after in TRANSITIONS if before == "cancelled"] == ["rejected"]
    assert [after for before, after in TRANSITIONS if before == "given_up"] == ["unvalidated"]
    assert [before for before, after in TRANSITIONS if after == "given_up"] == ["unvalidated"]
    assert {after for _, after in TRANSITIONS if after == "cancelled"} == {"cancelled"}
    assert [before for before, after in TRANSITIONS if after == "cancelled"] == ["rejected"]
    assert set(DESK_RANK) == set(InvoiceState)
    assert len(set(DESK_RANK.values())) == len(InvoiceState)


def test_whatever_the_answers_and_their_order_the_state_only_makes_moves_of_the_table() -> None:
    """Every answer that would be applied, from every pair of shares that can be reached, one share at a time."""
    seen: set[tuple[Share, Share]] = set()
    for settlement, amc in product(("05", "15", "25"), (0, 400)):
        amo_state, amc_state = asked_shares(settlement, amc)
        todo = [(Share(amo_state, 1000, 0), Share(amc_state, amc, 0))]
        while todo:
            shares = todo.pop()
            if shares in seen:
                continue
            seen.add(shares)
            for which, said, part in product(
                (0, 1), (ShareState.PAID, ShareState.REJECTED, ShareState.DEFERRED), (1, 2)
            ):
                known = shares[which]
                reading = read_share(known, said, known.asked, known.asked // part if said == ShareState.PAID else 0)
                if reading.outcome != "applied":
                    continue
                after = (reading.share, shares[1]) if which == 0 else (shares[0], reading.share)
                assert move(state_of(*shares), state_of(*after)) in InvoiceState
                todo.append(after)
    assert len(seen) > 40


@pytest.mark.parametrize(
    ("settlement", "amc", "states"),
    [
        ("05", 400, ("pending", "none")),
        ("15", 400, ("pending", "pending")),
        ("15", 0, ("pending", "none")),
        ("25", 400, ("none", "pending")),
        ("25", 0, ("none", "none")),
        ("00", 0, ("none", "none")),
    ],
)
def test_a_payer_is_awaited_only_where_something_is_asked_of_it(
    settlement: str, amc: int, states: tuple[str, str]
) -> None:
    assert asked_shares(settlement, amc) == states


# fmt: off
CANCEL_TABLE = [
    # state          amo         amc        settl. kind       aside  what the refusal says; None: allowed
    ("rejected",     "rejected", "none",     "05", "invoice", False, None),
    ("rejected",     "rejected", "rejected", "15", "invoice", False, None),
    ("rejected",     "rejected", "pending",  "15", "invoice", False, None),
    ("rejected",     "rejected", "none",     "05", "invoice", True,  "contredit ce rejet"),
    ("rejected",     "rejected", "none",     "00", "invoice", False, "hors tiers payant"),
    ("rejected",     "none",     "rejected", "25", "dre",     False, "DRE seule"),
    ("transmitted",  "pending",  "none",     "05", "invoice", False, "Aucun rejet"),
    ("transmitted",  "pending",  "rejected", "15", "invoice", False, "Aucun rejet"),
    ("transmitted",  "none",     "none",     "00", "invoice", False, "hors tiers payant"),
    ("transmitted",  "none",     "pending",  "25", "dre",     False, "DRE seule"),
    ("reprocessing", "deferred", "none",     "05", "invoice", False, "Recyclage"),
    ("reprocessing", "deferred", "rejected", "15", "invoice", False, "Recyclage"),
    ("paid",         "paid",     "none",     "05", "invoice", False, "payer deux fois"),
    ("paid",         "paid",     "paid",     "15", "invoice", False, "payer deux fois"),
    ("partly_paid",  "paid",     "rejected", "15", "invoice", False, "DRE seule rejetée"),
    ("partly_paid",  "paid",     "pending",  "15", "invoice", False, "payée en partie"),
    ("partly_paid",  "pending",  "paid",     "15", "invoice", False, "payée en partie"),
    ("partly_paid",  "rejected", "paid",     "15", "invoice", False, "payée en partie"),
    ("cancelled",    "rejected", "none",     "05", "invoice", False, "devenue la facture n° 1061"),
    ("unvalidated",  "none",     "none",     "05", "invoice", False, "Pas encore transmise"),
    ("given_up",     "none",     "none",     "05", "invoice", False, "retirée avant"),
    ("validated",    "none",     "none",     "05", "invoice", False, "Pas encore transmise"),
]
DRE_TABLE = [
    ("partly_paid",  "paid",     "rejected", None),
    ("rejected",     "none",     "rejected", None),
    ("rejected",     "rejected", "rejected", "D’abord la facture"),
    ("reprocessing", "deferred", "rejected", "Recyclage"),
    ("transmitted",  "pending",  "rejected", "pas encore répondu"),
    ("cancelled",    "rejected", "rejected", "suit la facture n° 1061"),
    ("paid",         "paid",     "paid",     "Aucun rejet de DRE"),
    ("rejected",     "rejected", "none",     "Aucun rejet de DRE"),
]
# fmt: on


@pytest.mark.parametrize(("state", "amo", "amc", "settlement", "kind", "aside", "says"), CANCEL_TABLE)
def test_why_an_invoice_must_not_be_cancelled(
    state: str, amo: str, amc: str, settlement: str, kind: str, aside: bool, says: str | None
) -> None:
    reason = why_not_cancel(
        state=InvoiceState(state),
        amo_state=ShareState(amo),
        amc_state=ShareState(amc),
        settlement=settlement,
        kind=InvoiceKind(kind),
        replaced_by=1061 if state == "cancelled" else None,
        aside=aside,
    )
    assert reason is None if says is None else reason is not None and says in refusal_sentence(reason)


@pytest.mark.parametrize(("state", "amo", "amc", "says"), DRE_TABLE)
def test_why_a_dre_must_not_go_again_alone(state: str, amo: str, amc: str, says: str | None) -> None:
    reason = why_not_dre(
        state=InvoiceState(state),
        amo_state=ShareState(amo),
        amc_state=ShareState(amc),
        number=1003,
        replaced_by=1061,
    )
    assert reason is None if says is None else reason is not None and says in refusal_sentence(reason)


def in_state(state: str, practice: Practice) -> InvoiceSheet:
    """An invoice that the practice's own life has brought to this state."""
    if state == "unvalidated":
        return cancelled()
    if state == "validated":
        return ready()
    if state == "given_up":
        new = cancelled()
        assert isinstance(give_up(new.id, new.version, FiledAs.RENOUNCED, "", SOPHIE), GivenUp)
        return invoice_sheet(new.id)
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    said: dict[str, tuple[Said | None, Said | None]] = {
        "transmitted": (None, None),
        "reprocessing": ("deferred", "deferred"),
        "rejected": ("rejected", "rejected"),
        "paid": ("paid", "paid"),
        "partly_paid": ("paid", "rejected"),
        "cancelled": ("rejected", "rejected"),
    }
    if state != "transmitted":
        hear(an_answer(invoice, *said[state]))
    if state == "cancelled":
        assert isinstance(cancel_invoice(sheet(1001).id, None, SOPHIE), Cancelled)
    return sheet(1001)


EVENTS: dict[str, Callable[[InvoiceSheet, Practice], Any]] = {
    "cancel": lambda seen, _: cancel_invoice(seen.id, seen.version, SOPHIE),
    "bill": lambda seen, _: bill_invoice(seen.id, seen.version, Signature.CARD, SOPHIE),
    "correct": lambda seen, _: save_correction(seen.id, seen.version, seen.draft.with_rate(70), SOPHIE),
    "validate": lambda seen, _: validate_invoice(seen.id, seen.version, SOPHIE, book=our_book()),
    "reopen": lambda seen, _: reopen_invoice(seen.id, seen.version, SOPHIE),
    "dre": lambda seen, _: resend_dre(seen.id, seen.version, "0088888888", SOPHIE),
    "transmit": lambda _, practice: transmit_all(practice.outbox, SOPHIE),
}
ALLOWED: dict[tuple[str, str], tuple[type, str]] = {
    ("rejected", "cancel"): (Cancelled, "cancelled"),
    ("unvalidated", "bill"): (Billed, "unvalidated"),
    ("unvalidated", "correct"): (Saved, "unvalidated"),
    ("validated", "reopen"): (Reopened, "unvalidated"),
    ("validated", "transmit"): (tuple, "transmitted"),
    ("partly_paid", "dre"): (DreMade, "partly_paid"),
}


@pytest.mark.parametrize(("state", "event"), list(product(InvoiceState, EVENTS)))
def test_each_event_in_each_state_is_done_or_refused_without_a_trace(
    practice: Practice, state: str, event: str
) -> None:
    seen = in_state(state, practice)
    assert seen.state == state
    before = contents()
    outcome = EVENTS[event](seen, practice)
    if (state, event) in ALLOWED:
        kind, after = ALLOWED[state, event]
        assert isinstance(outcome, kind)
        assert not isinstance(outcome, Refused)
        assert invoice_sheet(seen.id).state == after
        assert contents() != before
    else:
        assert outcome == () if event == "transmit" else isinstance(outcome, Refused)
        assert contents() == before
    assert list(breaches(practice)) == []


def test_an_unvalidated_invoice_that_is_billed_is_validated(practice: Practice) -> None:
    seen = in_state("unvalidated", practice)
    billed = bill_invoice(seen.id, seen.version, Signature.CARD, SOPHIE)
    assert isinstance(billed, Billed)
    assert isinstance(validate_invoice(seen.id, billed.version, SOPHIE, book=our_book()), Validated)
    assert invoice_sheet(seen.id).state == "validated"


# fmt: off
RECEIVED = [
    # state          said        what becomes of the answer   the state after
    ("transmitted",  "paid",     "applied",       "partly_paid"),
    ("transmitted",  "rejected", "applied",       "rejected"),
    ("transmitted",  "deferred", "applied",       "reprocessing"),
    ("reprocessing", "paid",     "applied",       "partly_paid"),
    ("reprocessing", "rejected", "applied",       "rejected"),
    ("reprocessing", "deferred", "duplicate",     "reprocessing"),
    ("rejected",     "paid",     "contradictory", "rejected"),
    ("rejected",     "rejected", "duplicate",     "rejected"),
    ("rejected",     "deferred", "contradictory", "rejected"),
    ("paid",         "paid",     "duplicate",     "paid"),
    ("paid",         "rejected", "after_payment", "paid"),
    ("paid",         "deferred", "contradictory", "paid"),
    ("partly_paid",  "rejected", "after_payment", "partly_paid"),
    ("cancelled",    "paid",     "late",          "cancelled"),
    ("cancelled",    "rejected", "late",          "cancelled"),
    ("unvalidated",  "paid",     "not_sent",      "unvalidated"),
    ("validated",    "paid",     "not_sent",      "validated"),
]
# fmt: on


@pytest.mark.parametrize(("state", "said", "outcome", "after"), RECEIVED)
def test_each_answer_in_each_state_is_applied_or_kept_aside(
    practice: Practice, state: str, said: Said, outcome: str, after: str
) -> None:
    assert get_args(Said) == ("paid", "rejected", "deferred")
    seen = in_state(state, practice)
    (line,) = seen.draft.acts
    named = an_invoice(seen.number, settlement=seen.draft.settlement, billed_on=seen.billed_on, rate=line.rate)
    answer = an_answer(named, said)
    received = hear(answer, reference="R00099")
    assert received.outcomes == {outcome: 1}
    assert invoice_sheet(seen.id).state == after
    assert (invoice_sheet(seen.id).version == seen.version) == (outcome != "applied")
    assert list(breaches(practice)) == []

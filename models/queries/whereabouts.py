"""Where the money is: each cent that was sent in one place, and each cent that the returns brought in one place too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from models.domain.damage import is_damaged, stored_member
from models.domain.exchanges import AnswerOutcome, Decision
from models.domain.filing import FiledAs
from models.domain.lifecycle import asked_shares
from models.domain.states import InvoiceState, ShareState
from models.domain.whereabouts import Place, Standing, unpaid_places
from models.store.database import execute, snapshot
from models.store.faults import spoken
from models.tables.aside import TAKEN


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """What is in one place; a share that was paid in part is counted in two."""

    place: Place
    shares: int
    cents: int


@dataclass(frozen=True, slots=True)
class Brought:
    """What the returns that stand brought, by what was made of it. Signed cents."""

    applied: int
    """Of files: what counts on the invoices."""
    noted: int
    """Of notes by hand that count."""
    repeated: int
    """Said again of what was known: a note that a file confirms, a return in another wrapping."""
    waiting: int
    """Of answers that wait for a decision, alone or with their whole return."""
    dismissed: int
    lump: int
    """Lump payments and recalls, outside the invoices (NOEMIE 261)."""
    withheld: int
    """Withholdings outside the invoices (NOEMIE 250)."""

    @property
    def by_files(self) -> int:
        """What the transfers of the returns come to."""
        return self.applied + self.repeated + self.waiting + self.dismissed + self.lump + self.withheld


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """All of it, as it stood at one moment."""

    places: tuple[PlaceLine, ...]
    """Those in which there is something, in their order; `cents` add up to `sent`."""
    sent: int
    """Cents that were asked of payers, under whatever number; twice what was asked twice."""
    beyond: int
    """Cents that were paid beyond what was asked, as a person took them."""
    brought: Brought

    def cents(self, *places: Place) -> int:
        """What is in these places."""
        return sum(line.cents for line in self.places if line.place in places)

    @property
    def asked(self) -> int:
        """What was sent, each claim counted once however often it was sent."""
        return self.sent - self.cents(Place.SENT_AGAIN)


@spoken()
def whereabouts() -> Whereabouts:
    """Where every cent is now: four statements, whatever the number of invoices."""
    found: dict[Place, list[int]] = {}
    sent = beyond = 0
    with snapshot():
        for standing, count, amo, amc in _standings():
            if any(map(is_damaged, standing)):
                continue  # where their cents are is not known
            for place, share in zip(unpaid_places(standing), (amo, amc), strict=True):
                if place is None:
                    continue
                sent += share.asked
                beyond += share.beyond
                _put(found, Place.PAID, share.paying, share.paid)
                _put(found, place, count - share.whole, share.asked - share.paid)
        for paid, back in _taken_back():
            _put(found, Place.PAID, -1 if back == paid else 0, -back)
            _put(found, Place.TAKEN_BACK, 1, back)
        lines = tuple(PlaceLine(place, *found[place]) for place in Place if place in found and any(found[place]))
        return Whereabouts(lines, sent, beyond, _brought())


def _put(found: dict[Place, list[int]], place: Place, shares: int, cents: int) -> None:
    there = found.setdefault(place, [0, 0])
    there[0] += shares
    there[1] += cents


@dataclass(frozen=True, slots=True)
class _Asked:
    """One share of invoices that stand alike: what was asked, paid, paid beyond. Cents."""

    asked: int
    paid: int
    beyond: int
    paying: int
    """How many had something paid."""
    whole: int
    """How many are owed nothing more."""


_SHARE: Final = (
    "sum({share}), sum(CASE WHEN {share}_paid < {share} THEN {share}_paid ELSE {share} END),"
    " sum(CASE WHEN {share}_paid > {share} THEN {share}_paid - {share} ELSE 0 END),"
    " sum(CASE WHEN {share}_paid > 0 THEN 1 ELSE 0 END), sum(CASE WHEN {share}_paid >= {share} THEN 1 ELSE 0 END)"
)
_STANDINGS: Final = (
    "SELECT i.state, i.amo_state, i.amc_state,"  # noqa: S608
    f" CASE WHEN i.state = '{InvoiceState.CANCELLED}' THEN (SELECT s.state FROM invoice s WHERE s.replaces_id = i.id"
    f" AND s.state <> '{InvoiceState.GIVEN_UP}') END,"
    f" CASE WHEN i.amc_state = '{ShareState.REJECTED}' THEN (SELECT d.state FROM invoice d WHERE d.dre_of_id = i.id"
    f" AND d.state <> '{InvoiceState.GIVEN_UP}') END,"
    " CASE WHEN i.filed_until IS NOT NULL THEN (SELECT f.filed_as FROM filing f WHERE f.id ="
    " (SELECT max(l.id) FROM filing l WHERE l.invoice_id = i.id)) END,"
    f" i.settlement, i.amc > 0, count(*), {_SHARE.format(share='amo')}, {_SHARE.format(share='amc')} FROM invoice i"
    f" WHERE i.state NOT IN ('{InvoiceState.UNVALIDATED}', '{InvoiceState.VALIDATED}', '{InvoiceState.GIVEN_UP}')"
    f" OR i.replaces_id IS NULL AND i.dre_of_id IS NULL AND i.state <> '{InvoiceState.GIVEN_UP}'"
    " GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
)
"""Of what has not left, only what was refused by an ARL without replacing anything: else what it replaces tells."""


def _standings() -> Iterator[tuple[Standing, int, _Asked, _Asked]]:
    for state, amo, amc, successor, dre, filed_as, settlement, asks, count, *sums in execute(_STANDINGS).fetchall():
        shares = stored_member(ShareState, amo), stored_member(ShareState, amc)
        if stored_member(InvoiceState, state).unsent:
            shares = asked_shares(settlement, 1 if asks else 0)
        standing = Standing(
            stored_member(InvoiceState, state),
            *shares,
            stored_member(InvoiceState, successor) if successor else None,
            stored_member(InvoiceState, dre) if dre else None,
            stored_member(FiledAs, filed_as) if filed_as else None,
        )
        amounts = [int(one) for one in sums]
        yield standing, int(count), _Asked(*amounts[:5]), _Asked(*amounts[5:])


_BACK: Final = (
    "SELECT i.id, i.amo_paid, i.amc_paid, a.amo_paid, a.amc_paid, a.outcome FROM answer a"  # noqa: S608
    " JOIN invoice i ON i.id = a.invoice_id WHERE a.invoice_id IN (SELECT invoice_id FROM answer"
    f" WHERE (amo_paid < 0 OR amc_paid < 0) AND settled IN ('{Decision.NONE}', '{Decision.DISMISSED}'))"
    f" AND a.settled IN ('{Decision.NONE}', '{Decision.DISMISSED}') AND a.outcome <> '{AnswerOutcome.APPLIED}'"
    " ORDER BY i.id, a.id"
)
"""What was said and not applied of the invoices of which something was taken back."""


def _taken_back() -> Iterator[tuple[int, int]]:
    """Of each share of which money was taken back and not given again: cents paid, cents taken of them."""
    back: dict[int, tuple[tuple[int, int], list[int]]] = {}
    for invoice, amo, amc, *said, outcome in execute(_BACK).fetchall():
        paid, taken = back.setdefault(invoice, ((amo, amc), [0, 0]))
        for share, cents in enumerate(said):
            if cents < 0 or outcome == AnswerOutcome.DUPLICATE:  # what is given again repeats the payment
                taken[share] = min(max(taken[share] - cents, 0), max(paid[share], 0))
    for paid, taken in back.values():
        yield from ((was, gone) for was, gone in zip(paid, taken, strict=True) if gone)


_ONCE: Final = f"a.settled = '{Decision.NONE}' AND a.outcome"
_SUM: Final = "coalesce(sum(CASE WHEN {such} THEN a.amo_paid + a.amc_paid END), 0)"
_BROUGHT: Final = ", ".join(
    _SUM.format(such=such)
    for such in (
        f"{TAKEN} AND r.noted_by = ''",
        f"{TAKEN} AND r.noted_by <> ''",
        f"{_ONCE} = '{AnswerOutcome.DUPLICATE}'",
        f"{_ONCE} NOT IN ('{AnswerOutcome.APPLIED}', '{AnswerOutcome.DUPLICATE}')",
        f"a.settled = '{Decision.DISMISSED}'",
    )
)
_OF_ANSWERS: Final = f'SELECT {_BROUGHT} FROM answer a JOIN "return" r ON r.id = a.return_id'  # noqa: S608
_BESIDE: Final = (
    "SELECT coalesce(sum(CASE WHEN m.withheld THEN 0 ELSE m.amount END), 0),"
    " coalesce(sum(CASE WHEN m.withheld THEN m.amount ELSE 0 END), 0)"
    " FROM return_movement m JOIN \"return\" r ON r.id = m.return_id WHERE r.undone_at = ''"
)


def _brought() -> Brought:
    said: tuple[Any, ...] = execute(_OF_ANSWERS).fetchone()
    beside: tuple[Any, ...] = execute(_BESIDE).fetchone()
    return Brought(*(int(cents) for cents in (*said, *beside)))

"""What holds of a practice whatever happens to it, written again from what a receptionist knows.

Each invariant names its promises of `models/INVARIANTS.md`. The rules here are on purpose not those of
`models.domain.lifecycle`: `test_state_machine` holds one against the other.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from models.commands.outcomes import Stale
from models.commands.validate import Faulty
from models.domain.content import InvoiceContent
from models.domain.refusals import Refused
from models.practice import close_practice, open_practice
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.store.database import db
from models.tables.invoice import Invoice
from tests import on_server
from tests.models.practice import contents
from tests.practices import copy_practice


@dataclass
class Known:
    """What the model knows of an invoice; `sealed` is its content once it was validated for its last sending."""

    number: int
    state: str
    settlement: str
    amo: str = "none"
    amc: str = "none"
    aside: int = 0
    dre_again: bool = False
    dre: int | None = None
    """Its DRE made again, given up or not."""
    filed: bool = False
    filed_as: str = ""
    successor: int | None = None
    """What replaces it, once it was made; a given up one too."""
    sealed: tuple[object, ...] | None = None


def state_after(known: Known) -> str:
    """The state that follows from what was said of both shares."""
    lead, other = (known.amc, "none") if known.amo == "none" else (known.amo, known.amc)
    if lead == "paid":
        return "paid" if other in {"none", "paid"} else "partly_paid"
    if other == "paid":
        return "partly_paid"
    return {"pending": "transmitted", "deferred": "reprocessing", "rejected": "rejected"}[lead]


MOVING = {
    *("state", "desk_rank", "version", "amo_state", "amc_state", "amo_paid", "amc_paid", "search"),
    *("amo_rejection", "amc_rejection", "filed_until"),
}
SAID = ", ".join(field.column_name for field in Invoice._meta.sorted_fields if field.name not in MOVING)


def table(sql: str) -> list[tuple[Any, ...]]:
    """The rows of this query, by the shortest way: it runs after every step."""
    return list(db.execute_sql(sql).fetchall())


def content() -> dict[int, tuple[object, ...]]:
    """What a sent invoice says, with its lines: all but where it stands."""
    lines: dict[int, list[object]] = {}
    for line in table("SELECT invoice_id, * FROM act ORDER BY id"):
        lines.setdefault(line[0], []).append(line)
    return {row[0]: (*row[1:], lines[row[0]]) for row in table(f"SELECT id, {SAID} FROM invoice")}


class Life(RuleBasedStateMachine):
    """A practice with what is known of it, and the invariants."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="accueil-"))
        self.practice = copy_practice(self.template, self.folder)
        open_practice(self.practice)
        self.known: dict[int, Known] = {}
        self.changes = 0
        self.files = 0
        self.next_import = 1001
        self.numbers: dict[int, int] = {}
        self.given_up_dre: dict[int, int] = {}
        self.old_versions: list[tuple[int, int, InvoiceContent]] = []

    def teardown(self) -> None:
        """Everything is checked once more by the program's own verification."""
        try:
            assert list(breaches(self.practice)) == []
        finally:
            close_practice()
            on_server.drop_within(self.folder)
            shutil.rmtree(self.folder)

    # -- helpers

    def some(self, pick: int, *states: str) -> int | None:
        """One of the invoices in these states."""
        ids = [key for key, known in sorted(self.known.items()) if not states or known.state in states]
        return ids[pick % len(ids)] if ids else None

    def refused(self, before: dict[str, Any], outcome: object) -> None:
        """A forbidden move is refused aloud and changes nothing (P6)."""
        assert isinstance(outcome, Refused | Stale | Faulty), outcome
        assert contents() == before

    def states(self) -> set[str]:
        """The states that some invoice is in."""
        return {known.state for known in self.known.values()}

    def highest(self) -> int:
        """The highest number of an invoice; DRE have a series of their own, far above."""
        return max((known.number for known in self.known.values() if known.settlement != "25"), default=0)

    def leaving(self) -> list[int]:
        """What « Transmettre » must send now."""
        return [key for key, known in self.known.items() if known.state == "validated" and not invoice_sheet(key).lot]

    def seal(self, key: int) -> None:
        """It was sent as it is now."""
        self.known[key].sealed = content()[key]

    def done(self) -> None:
        """One change was committed."""
        self.changes += 1

    # -- what always holds

    @invariant()
    def states_are_those_of_the_model(self) -> None:
        """P6, P7, P13: and every invoice ever known is there."""
        found = {key: (number, state) for key, number, state in table("SELECT id, number, state FROM invoice")}
        assert found == {key: (known.number, known.state) for key, known in self.known.items()}

    @invariant()
    def what_is_classified_stands_apart(self) -> None:
        """P28: behind all that was sent, with a day and a reason, and only where something is waited for."""
        found = {key for (key,) in table("SELECT id FROM invoice WHERE filed_until IS NOT NULL")}
        assert found == {key for key, known in self.known.items() if known.filed}
        assert found == {key for (key,) in table("SELECT id FROM invoice WHERE desk_rank = 6")}
        assert found <= {key for (key,) in table("SELECT invoice_id FROM filing")}
        waiting = {"rejected", "reprocessing", "partly_paid", "transmitted"}
        assert {self.known[key].state for key in found} <= waiting

    @invariant()
    def numbers_are_unique_and_contiguous(self) -> None:
        """P1, P2, P3: invoices and DRE each in their series."""
        own = table("SELECT kind, number FROM invoice WHERE origin = 'own'")
        given = [
            (kind, number)
            for kind, first, last in table("SELECT name, first, last FROM counter WHERE name IN ('invoice', 'dre')")
            for number in range(first, last + 1)
        ]
        assert sorted(own) == sorted(given)
        every = {key: known.number for key, known in self.known.items()}
        assert len(set(every.values())) == len(every)
        assert {key: every[key] for key in self.numbers} == self.numbers, "a number changed its owner"
        self.numbers = every

    @invariant()
    def a_cancelled_invoice_has_one_successor(self) -> None:
        """P9, P10: cancelled if and only if exactly one replaces it, and was not given up."""
        live = "replaces_id IS NOT NULL AND state <> 'given_up'"
        replaced = [old for (old,) in table(f"SELECT replaces_id FROM invoice WHERE {live}")]
        assert sorted(replaced) == sorted(key for key, known in self.known.items() if known.state == "cancelled")

    @invariant()
    def what_was_sent_does_not_change(self) -> None:
        """P12."""
        now = content()
        assert {key: now[key] for key, known in self.known.items() if known.sealed} == {
            key: known.sealed for key, known in self.known.items() if known.sealed
        }

    @invariant()
    def amounts_are_those_of_the_lines(self) -> None:
        """P15, P17."""
        wrong = table(
            "SELECT i.number FROM invoice i JOIN (SELECT invoice_id, sum(fee) AS fee, sum(amo) AS amo, sum(amc) AS amc"
            " FROM act WHERE removed_in = 0 GROUP BY invoice_id) l ON l.invoice_id = i.id"
            " WHERE i.total <> l.fee OR i.amo <> l.amo OR i.amc <> l.amc OR i.total < i.amo + i.amc"
            " OR i.amo_paid NOT BETWEEN 0 AND i.amo OR i.amc_paid NOT BETWEEN 0 AND i.amc"
        )
        assert wrong == []

    @invariant()
    def each_change_has_one_entry(self) -> None:
        """P24."""
        assert table("SELECT count(*) FROM journal_entry") == [(self.changes,)]

    @invariant()
    def no_transaction_is_left_open(self) -> None:
        """P6 again: a refusal ends its transaction."""
        assert db.transaction_depth() == 0

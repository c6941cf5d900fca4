"""The unit of work: all of a change with its one entry, or nothing at all; and no other way to write."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from models.commands.change import Change, UnrecordedChange, answers_stale, open_change
from models.commands.outcomes import Stale
from models.domain.actions import Action
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import Signature
from models.practice import open_practice
from models.store.database import db, execute, execute_many, transaction
from models.tables import sets
from models.tables.journal import JournalEntry
from models.tables.people import Prescriber
from tests.models.kill_points import COMMANDS
from tests.models.practice import CLAIRE, SOPHIE, cancelled, contents
from tests.models.test_crash import a_busy_day

MODELS = Path(__file__).parents[2] / "models"


def sign(invoice_id: int, change: Change) -> None:
    """What most commands do: change one column."""
    invoice = change.invoice(invoice_id)
    invoice.signature = Signature.CARD
    change.save(invoice)


def forgets_its_entry(invoice_id: int) -> Refused | None:
    with open_change(SOPHIE, Action.BILL) as change:
        sign(invoice_id, change)
        return None


def writes_then_refuses(invoice_id: int) -> Refused | None:
    with open_change(SOPHIE, Action.BILL) as change:
        sign(invoice_id, change)
        return Refused(Refusal.PAID)


def writes_behind_its_change_then_refuses(_: int) -> Refused | None:
    with open_change(SOPHIE, Action.BILL):
        Prescriber.create(number="123456789", name="")
        return Refused(Refusal.PAID)


def says_it_twice(invoice_id: int) -> Refused | None:
    with open_change(SOPHIE, Action.BILL) as change:
        sign(invoice_id, change)
        change.record(f"invoice {invoice_id}")
        change.record(f"invoice {invoice_id}")
        return None


@pytest.mark.parametrize(
    "command",
    [forgets_its_entry, writes_then_refuses, writes_behind_its_change_then_refuses, says_it_twice],
)
def test_a_command_that_does_not_say_once_what_it_wrote_writes_nothing(
    practice: Practice, command: Callable[[int], Refused | None]
) -> None:
    new, before = cancelled(), contents()
    with pytest.raises(UnrecordedChange):
        command(new.id)
    assert contents() == before


def test_a_change_is_kept_whole_with_its_entry(practice: Practice) -> None:
    new = cancelled()
    with open_change(CLAIRE, Action.BILL) as change:
        sign(new.id, change)
        change.record(f"invoice {new.id}", {"signature": "card"})
    last = JournalEntry.select().order_by(JournalEntry.id.desc()).first()
    assert (last.operator, last.action, last.subject) == ("claire", "bill", f"invoice {new.id}")
    assert f'"invoices":[[{new.id},2,' in last.detail


def test_an_invoice_saved_twice_in_a_change_is_at_its_next_version_only(practice: Practice) -> None:
    new = cancelled()
    with open_change(SOPHIE, Action.BILL) as change:
        sign(new.id, change)
        sign(new.id, change)
        change.record(f"invoice {new.id}")
    with open_change(SOPHIE, Action.BILL) as change:
        assert change.invoice(new.id).version == new.version + 1


def test_a_refusal_leaves_no_trace(practice: Practice) -> None:
    new, before = cancelled(), contents()
    with open_change(SOPHIE, Action.BILL) as change:
        change.invoice(new.id)
    assert contents() == before


def test_an_error_in_the_middle_leaves_no_trace(practice: Practice) -> None:
    new, before = cancelled(), contents()

    def breaks_off() -> None:
        with open_change(SOPHIE, Action.BILL) as change:
            sign(new.id, change)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        breaks_off()
    assert contents() == before


def test_who_comes_too_late_is_told_who_came_first(practice: Practice) -> None:
    new = cancelled()
    with open_change(CLAIRE, Action.BILL) as change:
        sign(new.id, change)
        change.record(f"invoice {new.id}")
    before = contents()

    @answers_stale
    def late() -> int | Stale:
        with open_change(SOPHIE, Action.CORRECT) as change:
            return change.invoice(new.id, new.version).id

    outcome = late()
    assert isinstance(outcome, Stale)
    assert (outcome.by, outcome.action, outcome.version) == ("claire", Action.BILL, new.version + 1)
    assert contents() == before


def test_what_the_database_refuses_is_a_sentence(practice: Practice) -> None:
    with pytest.raises(PracticeFault, match="n’est pas dans ce cabinet"), open_change(SOPHIE, Action.BILL) as change:
        change.invoice(77)
    cancelled()
    with transaction():
        db.execute_sql('ALTER TABLE "invoice" RENAME TO "elsewhere"')
    with pytest.raises(PracticeFault, match="a refusé"), open_change(SOPHIE, Action.BILL) as change:
        change.invoice(1)


@pytest.fixture
def busy(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """Something for every command to do."""
    a_busy_day(practice, monkeypatch)
    open_practice(practice)
    return practice


@pytest.mark.parametrize("times", [0, 2], ids=["forgotten", "doubled"])
def test_no_command_is_kept_without_its_one_entry(busy: Practice, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    record = Change.record

    def planted(change: Change, subject: str, detail: Mapping[str, object] | None = None) -> None:
        for _ in range(times):
            record(change, subject, detail)

    before = contents()
    monkeypatch.setattr(Change, "record", planted)
    for name, command in COMMANDS.items():
        with pytest.raises(UnrecordedChange):
            command(busy)
        assert contents() == before, name


CHANGE = "models/commands/change.py"
STANDING = "models/tables/standing_rows.py"
GUARDED = {
    "append": {CHANGE},
    "journal.append": {CHANGE, STANDING},
    "transaction": {
        CHANGE,
        STANDING,
        "models/demo/place.py",
        "models/commands/keep_typed.py",
        "models/commands/move_practice.py",
        "models/commands/note_accesses.py",
    },
    "db.atomic": set(),
}
"""Who may add an entry, and who may open a transaction (the demonstration: one around all of its commands; what is
typed and not saved, what was looked at: no change of the practice; the copy that
moves, read and marked as moved in one; the rows of an older version, sealed at the first
opening)."""


def breaches(path: str, source: str) -> Iterator[str]:
    """Where this source adds an entry or opens a transaction though it must leave that to `open_change`."""
    for node in ast.walk(ast.parse(source)):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if path not in GUARDED.get(called, {path}):
            yield f"{path}: {called}"


def test_only_a_change_opens_a_transaction_and_writes_the_journal() -> None:
    for file in MODELS.rglob("*.py"):
        path = file.relative_to(MODELS.parent).as_posix()
        if path != "models/store/database.py":
            assert list(breaches(path, file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "planted",
    ["journal.append(author, action, 'invoice 1', {})", "with transaction(): pass", "with db.atomic(): pass"],
)
def test_a_command_that_goes_round_its_change_is_seen(planted: str) -> None:
    assert list(breaches("models/commands/bill.py", planted)) != []


def test_the_search_text_is_written_where_the_name_changed_alone(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every index of the lists holds it: written again as it is, it costs a lot that leaves a third of its time."""
    old = cancelled()
    written: list[str] = []

    def noted(sql: str, rows: Iterable[Sequence[object]]) -> None:
        written.append(sql)
        execute_many(sql, rows)

    monkeypatch.setattr(sets, "execute_many", noted)
    for first_name in (old.draft.first_name, "Renée"):
        with open_change(SOPHIE, Action.BILL) as change:
            invoice = change.invoice(old.id)
            invoice.signature, invoice.first_name = Signature.CARD, first_name
            change.save(invoice)
            change.record(f"invoice {old.id}")
    assert ['"search"' in sql for sql in written if sql.startswith('UPDATE "invoice"')] == [False, True]
    assert execute("SELECT search FROM invoice WHERE id = ?", (old.id,)).fetchone()[0].endswith("renee")

"""What takes long is given up between two of its steps, whichever: nothing of it was done, and nothing lies about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

import pytest

from models.commands.back_up import back_up
from models.commands.change_key import change_key
from models.commands.file_away import file_invoices
from models.commands.move_practice import move_practice
from models.commands.purge import purge, what_goes
from models.commands.restore import preparing
from models.commands.settle_return import settle_return
from models.commands.take_back import undo_return
from models.domain.author import Author
from models.domain.filing import FiledAs
from models.domain.patience import GivenUp, Step, in_sight
from models.domain.place import Practice, locate
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from models.store import long_statement
from models.tables.returns import Return
from tests.models.practice import CLAIRE, SOPHIE, contents, rejected, sheet
from tests.models.test_held_returns import wrong

LATER: Final = Author("sophie", datetime(2033, 1, 10, 9, 0, tzinfo=UTC))
BEFORE: Final = date(2028, 1, 1)
CALLS: Final = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144)
"""The step at which it is given up; a gesture that has fewer is done."""


def a_return_undone(_: Practice, step: Step) -> None:
    undo_return(Return.select().order_by(Return.id.desc()).first().id, CLAIRE, step)


def a_return_settled(_: Practice, step: Step) -> None:
    settle_return(Return.select().order_by(Return.id.desc()).first().id, True, CLAIRE, step)


def invoices_classified(_: Practice, step: Step) -> None:
    wanted = [(sheet(number).id, None) for number in (1001, 1002)]
    file_invoices(wanted, FiledAs.CLAIMED, "", date(2026, 12, 1), SOPHIE, step)


def names_purged(practice: Practice, step: Step) -> None:
    what_goes(practice, BEFORE, LATER, step)
    purge(practice, BEFORE, LATER, step)


def backed_up(practice: Practice, step: Step) -> None:
    back_up(practice, None, SOPHIE, step)


def moved(practice: Practice, step: Step) -> None:
    move_practice(practice, locate(str(practice.folder / "là" / "cabinet.db"), practice.folder), SOPHIE, step)


def another_key(practice: Practice, step: Step) -> None:
    change_key(practice, SOPHIE, step)


def restored(practice: Practice, step: Step) -> None:
    with preparing(practice, None, None, step):
        pass


GESTURES: Final[dict[Callable[[Practice, Step], None], int]] = {
    a_return_undone: 1,
    a_return_settled: 1,
    invoices_classified: 2,
    names_purged: 7,
    backed_up: 1,
    moved: 4,
    another_key: 4,
    restored: 4,
}
"""Each, and at how many of `CALLS` at the least it is given up."""


@pytest.mark.parametrize("gesture", GESTURES, ids=lambda gesture: gesture.__name__)
def test_what_is_given_up_was_not_begun(
    practice: Practice, gesture: Callable[[Practice, Step], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_statement, "_OFTEN", 1000)
    if gesture is a_return_settled:
        wrong()
    else:
        rejected(1001)
        rejected(1002)
    if gesture is restored:
        back_up(practice, None, SOPHIE)
    times = 0
    for call in CALLS:
        files, rows = lying(practice), contents()
        if not gives_up(gesture, practice, call):
            break
        times += 1
        close_practice()
        open_practice(practice)
        now = contents()
        if gesture is moved:  # its entry comes first, by itself
            assert len(now.pop("journal_entry")) == len(rows.pop("journal_entry")) + 1
        assert (lying(practice), now) == (files, rows)
    assert times >= GESTURES[gesture]
    if gesture is not moved:
        close_practice()
        open_practice(practice)
        assert list(breaches(practice)) == []


def gives_up(gesture: Callable[[Practice, Step], None], practice: Practice, call: int) -> bool:
    """Whether it was given up at that step; else it was done before."""
    count = 0

    def step(_: int, __: int) -> None:
        nonlocal count
        count += 1
        if count == call:
            raise GivenUp

    try:
        gesture(practice, step)
    except GivenUp:
        return True
    return False


def lying(practice: Practice) -> set[str]:
    """What lies in the practice's folder; but for locks, and what a move begins with again."""
    found = (path.relative_to(practice.folder) for path in practice.folder.rglob("*") if path.is_file())
    return {str(path) for path in found if path.suffix in {".db", ".pdf", ".cle"} and path.parts[0] != "là"}


def test_a_long_list_is_told_now_and_then() -> None:
    told: list[tuple[int, int]] = []
    assert list(in_sight(range(450), lambda *seen: told.append(seen), 450)) == list(range(450))
    assert told == [(0, 450), (200, 450), (400, 450)]

"""The database's files under an open desk: one that is replaced, taken away or put back is noticed before a write."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from models.store.sqlite_file import wal_is_safe
from tests.models.practice import SOPHIE, rejected, sheet


def cancel(number: int) -> int:
    """Cancel it; the number of its successor."""
    outcome = cancel_invoice(sheet(number).id, None, SOPHIE)
    assert isinstance(outcome, Cancelled)
    return outcome.new_number


def put_back(old: Path, place: Path) -> None:
    """Another file under the database's name, as `mv` and most tools for backups do it."""
    fresh = old.with_suffix(".neuf")
    shutil.copy(old, fresh)
    fresh.replace(place)


def take_away(_: Path, place: Path) -> None:
    place.unlink()


def take_the_log_away(_: Path, place: Path) -> None:
    place.with_name(f"{place.name}-wal").unlink()


@pytest.mark.parametrize(
    ("meddle", "says"),
    [
        (put_back, "a été remplacée"),
        (take_away, "n’est plus à sa place"),
        pytest.param(
            take_the_log_away,
            "a été ôté",
            marks=pytest.mark.skipif(not wal_is_safe(), reason="keeps no log beside the database"),
        ),
    ],
)
def test_a_file_that_is_replaced_or_taken_away_under_an_open_desk_stops_its_writing(
    practice: Practice, tmp_path: Path, meddle: Callable[[Path, Path], None], says: str
) -> None:
    rejected(1001)
    rejected(1002)
    close_practice()
    old = tmp_path / "copie.db"
    shutil.copy(practice.location, old)
    open_practice(practice)
    cancel(1001)
    meddle(old, Path(practice.location))
    with pytest.raises(PracticeFault, match=says):
        cancel_invoice(sheet(1002).id, None, SOPHIE)


def test_a_desk_that_starts_again_goes_on_with_the_log_that_is_there_then(practice: Practice) -> None:
    rejected(1001)
    for _ in range(2):
        close_practice()
        open_practice(practice)
    assert cancel(1001) == 1002
    assert list(breaches(practice)) == []

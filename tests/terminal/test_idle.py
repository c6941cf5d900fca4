"""The pauses of a hand: what gestures need is loaded once, what was left is swept up, nothing while one types."""

import asyncio
import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from tui.terminal import idle
from tui.terminal.idle import ENOUGH, Idle


class Left:
    """One of many that hold one another."""

    def __init__(self) -> None:
        self.other = self


@pytest.fixture(autouse=True)
def _collector_of_before() -> Iterator[None]:
    """The collector as it was, its objects with it."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def leave_garbage() -> weakref.ref[Left]:
    """A screen's worth of garbage in cycles."""
    left = [Left() for _ in range(2 * ENOUGH)]
    return weakref.ref(left[0])


async def test_it_loads_once_beside_the_loop_and_sweeps_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "LOADS_AFTER", 0.0)
    monkeypatch.setattr(idle, "QUIET", 0.0)
    loaded: list[str] = []
    looks_after = Idle(lambda: loaded.append(threading.current_thread().name))
    gc.set_threshold(100_000, 1_000, 1_000)  # here only the pauses sweep
    left = leave_garbage()
    while left() is not None:  # the sweep after loading
        await asyncio.sleep(0)
    assert len(loaded) == 1
    assert loaded != [threading.current_thread().name]
    left = leave_garbage()
    for _ in range(20):
        await asyncio.sleep(0)
    assert left() is not None
    looks_after.key()
    while left() is not None:
        await asyncio.sleep(0)
    assert len(loaded) == 1


async def test_not_while_one_types_unless_it_grows_out_of_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "LOADS_AFTER", 60.0)
    monkeypatch.setattr(idle, "QUIET", 60.0)
    looks_after = Idle(lambda: None)
    gc.set_threshold(100_000, 1_000, 1_000)
    left = leave_garbage()
    looks_after.key()
    assert left() is not None
    monkeypatch.setattr(idle, "MUCH", ENOUGH)
    looks_after.key()
    assert left() is None

"""The desk of the quarter, killed on the way: whoever comes next goes on with the task that was cut, and no other."""

from __future__ import annotations

import os
import signal
import traceback
from typing import Final

from models.practice import close_practice, open_practice
from tests.models.kill_points import die_before
from tests.models.quarter import chance
from tests.models.quarter.desk import Today
from tests.models.quarter.life import Quarter

FARTHEST: Final = (10, 40, 160)
"""How many statements one that is to be killed lives at most: in its first change, or well into the day."""


def live_killed(quarter: Quarter, kills: int) -> int:
    """One day of a practice that is closed, in processes of which each but the last is to be killed; how many were.

    Args:
        quarter: before that day.
        kills: how many are to be killed.
    """
    today, done, killed = quarter.comes(), 0, 0
    for attempt in range(kills + 1):
        choice = chance(quarter.seed, "kill", today.day, attempt)
        point = choice.randint(1, choice.choice(FARTHEST)) if attempt < kills else 0
        acknowledged, died = _work(quarter, today, done, point)
        done += acknowledged
        killed += died
        if not died:
            break
    quarter.leaves(today, told=False)
    return killed


def _work(quarter: Quarter, today: Today, first: int, point: int) -> tuple[int, bool]:
    """Let a process go on from this task on, to be killed before that statement; the tasks it ended, whether it was."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            open_practice(quarter.practice)
            if point:
                die_before(point)
            for task in list(quarter.desk(today, told=False).tasks())[first:]:
                task()
                os.write(writing, b".")
            close_practice()
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        ended = len(said.read())
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    assert not os.WIFSIGNALED(status) or os.WTERMSIG(status) == signal.SIGKILL
    return ended, os.WIFSIGNALED(status)

"""A progress bar on the terminal, where there is one and the file is large enough to make a person wait."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

WORTH_A_BAR = 200_000
"""Bytes below which a file is read before a person would look up:"""

Step = Callable[[int, int], None]


@contextmanager
def bar(label: str, size: int) -> Iterator[Step | None]:
    """What to call with (done, in all) while a file of `size` bytes is taken in; None where no bar is drawn."""
    if size < WORTH_A_BAR or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with _terminal_given_back(), Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=None)

        def step(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield step


@contextmanager
def _terminal_given_back() -> Iterator[None]:
    """Let SIGTERM unwind the bar, which hides the cursor; the transaction is rolled back on the way."""

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

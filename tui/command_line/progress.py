"""A progress bar on the terminal, where there is one and a person has to wait."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from types import FrameType

WORTH_A_BAR = 200_000
"""Bytes below which a file is read before a person would look up:"""

WAITED = 0.5
"""Seconds after which a person would."""

Step = Callable[[int, int], None]


@contextmanager
def bar(label: str, size: int = 0) -> Iterator[Step | None]:
    """What to call with (done, in all) while something long is done; None where there is no terminal.

    The bar is drawn at once for a large file, whose reading tells no step, else when the first half second is over.

    Args:
        label: what is done, on the bar.
        size: of the file, in bytes; 0 where there is none.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    since = monotonic()
    with ExitStack() as drawing:
        drawn = drawing.enter_context(_drawn(label)) if size >= WORTH_A_BAR else None

        def step(done: int, total: int) -> None:
            nonlocal drawn
            if drawn is None and monotonic() - since >= WAITED:
                drawn = drawing.enter_context(_drawn(label))
            if drawn is not None:
                drawn(done, total)

        yield step


@contextmanager
def _drawn(label: str) -> Iterator[Step]:
    """The bar on the terminal, and what moves it."""
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
        yield lambda done, total: progress.update(task, completed=done, total=total)


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

"""A progress bar on the terminal, where there is one and a person has to wait."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from types import FrameType
from typing import TypeVar

from models.domain.patience import GivenUp, Step, in_sight

WORTH_A_BAR = 200_000
"""Bytes below which a file is read before a person would look up:"""

WAITED = 0.5
"""Seconds after which a person would."""

Row = TypeVar("Row")


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


class Kept:
    """Ctrl+C of something that is done in steps: kept until the step is done.

    Args:
        progress: what else is to be told of each step.
    """

    def __init__(self, progress: Step | None) -> None:
        self.stopped = False
        """Whether a step was not begun."""
        self._asked = False
        self._progress = progress

    def ask(self, *_: object) -> None:
        """Ctrl+C: once it waits for the step, twice it does not."""
        self._asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def step(self, done: int, total: int) -> None:
        """A step was done.

        Raises:
            GivenUp: the next one is not to begin.
        """
        if self._progress is not None:
            self._progress(done, total)
        if self._asked and (done < total or not total):
            self.stopped = True
            raise GivenUp


@contextmanager
def between_steps(progress: Step | None) -> Iterator[Kept]:
    """In this block Ctrl+C ends what is done between two of its steps, never within one."""
    kept = Kept(progress)
    before = signal.signal(signal.SIGINT, kept.ask)
    try:
        yield kept
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def in_steps(label: str) -> Iterator[Kept]:
    """In this block something long is done, all of it or nothing: how far it is is shown, Ctrl+C ends it in between.

    Args:
        label: what is done, on the bar.
    """
    with bar(label) as step, between_steps(step) as kept:
        yield kept


@contextmanager
def going_out(label: str, rows: Iterable[Row]) -> Iterator[Iterable[Row]]:
    """These rows, on their way to the standard output: how far it is is shown unless they are seen there themselves.

    Args:
        label: what they are, on the bar.
        rows: as they come.
    """
    if sys.stdout is not None and sys.stdout.isatty():
        yield rows
        return
    with in_steps(label) as kept:
        yield in_sight(rows, kept.step)


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
        yield lambda done, total: progress.update(task, completed=done, total=total or None)


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

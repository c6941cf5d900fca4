"""What is typed at a typist's or a scanner's pace is text, and no commands: the pace alone tells one from the other.

Letters act here without Ctrl, so a name typed on a list, as one does in every other program, would be a row of
commands: « casanova orso » asks (a), answers (n), asks again (a), and says OUI (o). No widget is known here, and no
clock: time comes with each key, and another clock under test.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

REST: Final = 0.5
"""Seconds that part two gestures; letters that follow one another sooner are text (20 to 400 ms a key)."""

Cancel = Callable[[], object]
After = Callable[[float, Callable[[], None]], Cancel]
"""Call this so many seconds later; what it gives calls it off."""


class Weight(Enum):
    """What a letter does where it is pressed."""

    SHOWS = auto()
    """It shows, moves or asks, or does nothing: it acts at once."""
    CHANGES = auto()
    """It changes what stands on the screen and is not kept yet: it acts at once, but not as a capital."""
    WRITES = auto()
    """It changes the practice: it acts only when it comes alone."""


class Verdict(Enum):
    """What becomes of a letter."""

    ACTS = auto()
    WAITS = auto()
    """It acts once nothing has followed it."""
    DROPPED = auto()
    TEXT = auto()
    """It belongs to a text, all of which is `Pace.run`."""


@dataclass(frozen=True, slots=True)
class _Held:
    act: Callable[[], None]
    drop: Callable[[], None]
    in_question: bool
    cancel: Cancel


class Pace:
    """The run of letters under way, and the letter that waits to be alone.

    Args:
        now: the clock by which keys are dated.
        after: the timer that goes with it.
    """

    def __init__(self, now: Callable[[], float], after: After) -> None:
        self.now = now
        self.run = ""
        """The letters that came one soon after the other at one place."""
        self.began = -math.inf
        """When the first of them was pressed."""
        self.after = after
        self._last = -math.inf
        self._place: object = None
        self._held: _Held | None = None

    @property
    def holds(self) -> bool:
        """Whether a letter waits."""
        return self._held is not None

    @property
    def holds_answer(self) -> bool:
        """Whether the letter that waits answers a question."""
        return self._held is not None and self._held.in_question

    def rested(self, at: float, since: float) -> bool:
        """Whether at this moment both what came at `since` and the last letter are long enough ago."""
        return at - max(since, self._last) >= REST

    def continues(self, at: float, place: object) -> bool:
        """Whether a letter now would belong to the run of this place."""
        return bool(self.run) and place is self._place and at - self._last < REST

    def letter(self, letter: str, at: float, place: object, weight: Weight, *, since: float = -math.inf) -> Verdict:
        """A letter was pressed where letters act.

        Args:
            letter: as it was typed.
            at: when.
            place: where; a run is text for one place.
            weight: what the letter does there.
            since: since when the question stands that it answers.
        """
        soon, more = at - self._last < REST, self.continues(at, place)
        self.run = self.run + letter if more else letter
        if not more:
            self.began = at
        self._last, self._place = at, place
        if len({*self.run.lower()}) > 1:
            self.drop()
            return Verdict.TEXT
        if weight is not Weight.WRITES:
            return Verdict.ACTS
        if more:  # a key that is held down comes again and again, and says nothing new
            self._wait_again()
        if more or at - since < REST:
            return Verdict.DROPPED
        return Verdict.TEXT if soon else Verdict.WAITS

    def typed(self, at: float) -> None:
        """A letter went where text is expected."""
        self._last, self.run = at, ""

    def end_run(self) -> None:
        """Another key parts the letters before it from those after it."""
        self.run = ""

    def hold(self, act: Callable[[], None], drop: Callable[[], None], *, in_question: bool) -> None:
        """Let a letter act once nothing has followed it; `drop` undoes its mark where something did."""
        self.drop()
        self._held = _Held(act, drop, in_question, self.after(REST, self.flush))

    def _wait_again(self) -> None:
        if self._held is not None:
            self._held.cancel()
            self._held = replace(self._held, cancel=self.after(REST, self.flush))

    def flush(self) -> None:
        """What waits acts now."""
        held, self._held = self._held, None
        if held is not None:
            held.cancel()
            held.act()

    def drop(self) -> None:
        """What waits does not act."""
        held, self._held = self._held, None
        if held is not None:
            held.cancel()
            held.drop()

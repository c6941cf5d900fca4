"""Text or commands: the pace alone tells, with a clock that stands still until it is moved."""

from __future__ import annotations

import pytest

from tests.tui.desk import Clock
from tui.terminal.pace import REST, Pace, Verdict, Weight

LIST = object()
OTHER = object()


class Typist:
    """Presses letters on one list, at a pace."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.pace = Pace(self.clock.now, self.clock.after)
        self.acted: list[str] = []

    def press(self, letter: str, weight: Weight, place: object = LIST, after: float = 10.0) -> Verdict:
        """One letter, so long after the one before."""
        self.clock.passes(after)
        verdict = self.pace.letter(letter, self.clock.now(), place, weight)
        if verdict is Verdict.WAITS:
            self.pace.hold(lambda: self.acted.append(letter), lambda: None, in_question=False)
        return verdict


@pytest.mark.parametrize("after", [0.0, 0.02, 0.12, 0.4])
def test_letters_that_follow_one_another_are_text(after: float) -> None:
    typist = Typist()
    assert typist.press("c", Weight.SHOWS) is Verdict.ACTS
    assert typist.press("a", Weight.SHOWS, after=after) is Verdict.TEXT
    assert typist.press("v", Weight.WRITES, after=after) is Verdict.TEXT
    assert typist.pace.run == "cav"
    typist.clock.passes(10)
    assert typist.acted == []


def test_two_gestures_are_two_commands() -> None:
    typist = Typist()
    assert typist.press("t", Weight.SHOWS) is Verdict.ACTS
    assert typist.press("a", Weight.SHOWS, after=REST) is Verdict.ACTS


def test_what_writes_acts_only_alone() -> None:
    typist = Typist()
    assert typist.press("v", Weight.WRITES) is Verdict.WAITS
    typist.clock.passes(REST - 0.01)
    assert typist.acted == []
    typist.clock.passes(0.02)
    assert typist.acted == ["v"]


def test_what_writes_and_is_followed_never_acts() -> None:
    typist = Typist()
    typist.press("v", Weight.WRITES)
    assert typist.press("i", Weight.SHOWS, after=0.4) is Verdict.TEXT
    typist.clock.passes(10)
    assert typist.acted == []


def test_a_key_that_is_held_down_acts_once() -> None:
    typist = Typist()
    typist.press("v", Weight.WRITES)
    for _ in range(100):
        assert typist.press("v", Weight.WRITES, after=0.03) is Verdict.DROPPED
    typist.clock.passes(10)
    assert typist.acted == ["v"]


def test_what_writes_right_after_a_letter_elsewhere_is_text() -> None:
    typist = Typist()
    typist.press("t", Weight.SHOWS, OTHER)
    assert typist.press("v", Weight.WRITES, after=0.1) is Verdict.TEXT


def test_what_is_let_go_acts_at_once() -> None:
    typist = Typist()
    typist.press("v", Weight.WRITES)
    typist.pace.flush()
    assert typist.acted == ["v"]
    typist.clock.passes(10)
    assert typist.acted == ["v"]

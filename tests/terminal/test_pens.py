"""The pens: the same to the painter and to Textual, in colours that one can read anywhere."""

import pytest
from rich.color import ColorSystem
from textual.strip import Strip

from tui.terminal import pens
from tui.terminal.cells import pen, without_colour

ALL = {name: value for name, value in vars(pens).items() if name.isupper() and isinstance(value, str)}
READABLE = {"31", "32", "35", "94"}
"""As letters on the terminal's own background, whichever it is (DECISIONS.md)."""
ATTRIBUTES = {"1", "2", "4", "7"}


@pytest.mark.parametrize("name", ALL)
def test_a_pen_is_the_same_to_textual(name: str) -> None:
    assert pen(Strip.render_ansi(pens.style(ALL[name]), ColorSystem.STANDARD)) == pen(ALL[name]) == ALL[name]


@pytest.mark.parametrize("name", set(ALL) - {"PLACE"})
def test_only_colours_that_are_read_on_light_and_on_dark(name: str) -> None:
    assert set(ALL[name].split(";")) - {""} <= READABLE | ATTRIBUTES


def test_what_tells_one_pen_from_another_is_not_its_colour_alone() -> None:
    """On a list, beside the selection, without colours: the place, headings and keys, what is off."""
    assert [without_colour(one) for one in (pens.PLACE, pens.HEADING, pens.KEY, pens.OFF, pens.REJECTED)] == [
        "1",
        "1",
        "7",
        "2",
        "1",
    ]

"""The pens: what each meaning is written with, in the terminal's own colours and on its own background.

A pen is the parameters of an SGR in the order of `cells`. Of the sixteen colours these four are those that one can
read on black, on white and on both of Solarized, whatever palette the terminal has (DECISIONS.md, « Four colours »).
Each stands beside a word that says the same; without colours, bold, dim, underline and reverse are left.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.style import Style

PLAIN: Final = ""

PLACE: Final = "1;37;44"
"""The first line: where one is. The only background of our own, so its ink is ours too."""
DEMO: Final = "1;7"
"""The demonstration's name on the first line: nobody takes it for a practice."""
HEADING: Final = "1;94"
"""The line above a list."""
KEY: Final = "7;94"
"""A key in the bar."""
WORD: Final = "1"
"""A word before what is said of it; the summary of the form."""
SELECTED: Final = "7"
"""The line under the cursor."""
SELECTED_AWAY: Final = "1"
"""The same while another widget has the keys."""
CHOSEN: Final = "1;7"
"""The entry of a menu, the choice of a dialog, that Enter takes."""
OFF: Final = "2"
"""What cannot be done now, what was not asked for, what is over."""

REJECTED: Final = "1;31"
"""Rejected; wrong, and to be put right."""
PAID: Final = "32"
WAITING: Final = "94"
"""Sent without an answer yet, or on its way to be sent."""
DEFERRED: Final = "35"
"""Put off by the caisse: recycled, paid in part."""
CHANGED: Final = "35"
"""Different from what was sent, beside what stood there."""


@lru_cache(maxsize=64)
def style(pen: str) -> Style:
    """A pen as Rich has it, for what Textual paints."""
    from rich.color import Color  # the first page does without
    from rich.style import Style

    codes = [int(code) for code in pen.split(";") if code]
    front = next((code for code in codes if 30 <= code <= 37 or 90 <= code <= 97), None)
    back = next((code for code in codes if 40 <= code <= 47), None)
    return Style(
        color=None if front is None else Color.from_ansi(front - 30 if front < 90 else front - 82),
        bgcolor=None if back is None else Color.from_ansi(back - 40),
        bold=1 in codes or None,
        dim=2 in codes or None,
        underline=4 in codes or None,
        reverse=7 in codes or None,
    )

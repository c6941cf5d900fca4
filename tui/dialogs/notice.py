"""A notice that one acknowledges with OK (guide, step 1.7), with another way on where there is one."""

from __future__ import annotations

from rich.text import Text

from tui.dialogs.dialog import Choice, Dialog


class Notice(Dialog[bool]):
    """Says something; True only if the person took the way on.

    Args:
        title: what happened.
        lines: the rest.
        onward: the label of the way on, taken with C (« Corriger »); None for OK alone.
    """

    def __init__(self, title: str, lines: tuple[str, ...] | Text = (), onward: str | None = None) -> None:
        ways = () if onward is None else (Choice(f"{onward} (C)", True, "c"),)
        super().__init__(title, lines, (Choice("OK", False, "k"), *ways), safe_answer=False)

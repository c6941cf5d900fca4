"""OUI / NON (guide, steps 1.5 and 1.6): NON first, marked, on Escape."""

from __future__ import annotations

from tui.dialogs.dialog import Choice, Dialog


class Confirm(Dialog[bool]):
    """Asks before a change that cannot be undone; only OUI gives True.

    Args:
        title: what is asked.
        lines: what it is about and what will happen.
    """

    def __init__(self, title: str, lines: tuple[str, ...]) -> None:
        choices = (Choice("NON (N)", False, "n"), Choice("OUI (O)", True, "o", writes=True))
        super().__init__(title, lines, choices, safe_answer=False)

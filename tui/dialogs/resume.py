"""Reprendre la saisie: what was typed and not saved, offered when its form opens again."""

from __future__ import annotations

from tui.dialogs.dialog import Choice, Dialog


class Resume(Dialog[bool]):
    """Only « Abandonner » gives False; to go on loses nothing, and is what Escape does.

    Args:
        title: since when the typing waits.
        lines: what was typed.
    """

    def __init__(self, title: str, lines: tuple[str, ...]) -> None:
        choices = (Choice("Reprendre (R)", True, "r"), Choice("Abandonner (A)", False, "a", writes=True))
        super().__init__(title, lines, choices, safe_answer=True)

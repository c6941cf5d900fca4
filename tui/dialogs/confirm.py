"""OUI / NON (guide, steps 1.5 and 1.6): NON first, focused, on Escape."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.dialogs.dialog import Dialog
from tui.widgets.choice import Choice


class Confirm(Dialog[bool]):
    """Asks before a change that cannot be undone; only OUI gives True.

    Args:
        title: what is asked.
        lines: what it is about and what will happen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,N", "answer(False)", "NON", show=False),
        Binding("o,O", "answer(True)", "OUI", show=False),
    ]

    def __init__(self, title: str, lines: tuple[str, ...]) -> None:
        super().__init__(title, lines, (Choice("NON (N)", id="non"), Choice("OUI (O)", id="oui")), safe_answer=False)

    def action_answer(self, answer: bool) -> None:
        """By the letter."""
        self.give(answer)

    def on_choice_taken(self, event: Choice.Taken) -> None:
        """By Enter."""
        event.stop()
        self.give(event.choice.id == "oui")

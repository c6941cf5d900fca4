"""A notice that one acknowledges with OK (guide, step 1.7), with another way on where there is one."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tui.dialogs.dialog import Dialog
from tui.widgets.choice import Choice


class Notice(Dialog[bool]):
    """Says something; True only if the person took the way on.

    Args:
        title: what happened.
        lines: the rest.
        onward: the label of the way on, with its letter first (« Corriger »); None for OK alone.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "onward", "Continuer", show=False),
        Binding("k", "safe", "OK", show=False),
    ]

    def __init__(self, title: str, lines: tuple[str, ...] | Text = (), onward: str | None = None) -> None:
        choices = [Choice("OK", id="ok")]
        if onward is not None:
            choices.append(Choice(f"{onward} (C)", id="onward"))
        super().__init__(title, lines, tuple(choices), safe_answer=False)
        self.has_onward = onward is not None

    def action_onward(self) -> None:
        """By the letter, where there is a way on."""
        if self.has_onward:
            self.give(True)

    def on_choice_taken(self, event: Choice.Taken) -> None:
        """By Enter."""
        event.stop()
        self.give(event.choice.id == "onward")

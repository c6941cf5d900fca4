"""A word that one takes with Enter: OUI, NON, OK."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """One choice of a dialog; in reverse and between arrows when Enter would take it."""

    DEFAULT_CSS = "Choice { width: auto; height: 1; margin: 0; }"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", "Choisir", show=False)]

    class Taken(Message):
        """This choice was taken."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            """The choice, for `@on` selectors."""
            return self.choice

    def __init__(self, label: str, *, id: str) -> None:
        super().__init__(id=id)
        self.label = label

    @property
    def cells(self) -> int:
        """How wide it is: the label between its marks."""
        return len(self.label) + 4

    def render(self) -> Text:
        """The label, marked when it has the focus."""
        if self.has_focus:
            return Text(f"▸ {self.label} ◂", Style(reverse=True, bold=True))
        return Text(f"  {self.label}  ")

    def action_take(self) -> None:
        """Take it; a key typed ahead goes to the choice that has the focus by now."""
        focused = self.screen.focused
        taken = focused if isinstance(focused, Choice) else self
        self.post_message(self.Taken(taken))

    def on_click(self, event: Click) -> None:
        """A click takes it too."""
        event.stop()
        self.action_take()

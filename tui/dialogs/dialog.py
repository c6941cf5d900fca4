"""A question on a layer of its own: opaque, small, keeping the focus; not a screen, so the line carries little."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Final, Generic, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from tui import display
from tui.widgets.choice import Choice

Answer = TypeVar("Answer")

INSIDE: Final = 66
"""Cells for text between the borders."""


class Dialog(Vertical, Generic[Answer]):
    """A box with a title, lines of text, and choices in a row; `answer` waits for one of them.

    Left and right (or Tab) go from choice to choice, Enter takes the one in focus. Escape always gives
    `safe_answer`, which changes nothing.
    """

    DEFAULT_CSS = """
    Dialog {
        layer: dialog; width: auto; min-width: 40; max-width: 70;
        height: auto; max-height: 22; padding: 0 1; border: solid ansi_default;
        background: ansi_default;
    }
    Dialog > .choices { height: 1; margin-top: 1; }
    Dialog > .row { height: 1; width: 66; }
    Dialog .row Static { width: 30; }
    Dialog .heading { text-style: bold; margin-bottom: 1; }
    Dialog Static { height: auto; width: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "safe", "Renoncer", show=False),
        Binding("left", "step(-1)", "Choix précédent", show=False),
        Binding("right", "step(1)", "Choix suivant", show=False),
    ]

    def __init__(
        self, title: str, lines: tuple[str, ...] | Text, choices: tuple[Choice, ...], safe_answer: Answer
    ) -> None:
        super().__init__()
        self.lines = lines
        self.choices = choices
        self.safe_answer = safe_answer
        self.border_title = None
        self.heading = title
        self.answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def compose(self) -> ComposeResult:
        """The title, the text, what is particular to a dialog, the choices."""
        yield Static(display.text(self.heading), classes="heading")
        if isinstance(self.lines, Text):
            yield Static(self.lines)
        else:
            yield Static(display.paragraphs(self.lines, INSIDE))
        yield from self.compose_body()
        with Horizontal(classes="choices") as row:
            row.styles.width = sum(choice.cells for choice in self.choices)
            yield from self.choices

    def compose_body(self) -> ComposeResult:
        """Fields between the text and the choices; none unless a dialog has them."""
        yield from ()

    def on_mount(self) -> None:
        """Keep the focus inside until the answer."""
        self.trap_focus()
        self.first_focus()

    def first_focus(self) -> None:
        """Where the focus starts: the first choice, which is the safe one."""
        self.screen.set_focus(self.choices[0])

    def give(self, answer: Answer) -> None:
        """Answer, once."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def action_safe(self) -> None:
        """Change nothing."""
        self.give(self.safe_answer)

    def action_step(self, step: int) -> None:
        """Go to the choice beside."""
        focused = next((index for index, choice in enumerate(self.choices) if choice.has_focus), 0)
        self.screen.set_focus(self.choices[(focused + step) % len(self.choices)])

"""Retours relevés: every return that was read, with what explains each transfer and what was odd."""

from __future__ import annotations

from rich.text import Text

from models.queries.received_returns import ReceivedReturn, received_returns
from tui.base.page import Page
from tui.terminal import pens
from tui.text import display, places
from tui.text.movements import return_lines


class ReceivedReturns(Page):
    """The latest first."""

    PLACE = places.RECEIVED

    def __init__(self) -> None:
        super().__init__()
        self.received: list[ReceivedReturn] | None = None

    def read_again(self) -> None:
        """The returns, and what was odd in them."""
        self.run_worker(self._look(), exclusive=True, group="look")

    async def _look(self) -> None:
        self.received = await self.perform(received_returns)
        self.show_text()

    def text(self, width: int) -> Text:
        """Each return: its head, then its lines, wrapped under it."""
        if self.received == []:
            return Text("Aucun retour n’a été relevé.")
        text = Text()
        for received in reversed(self.received or ()):
            head, *lines = return_lines(received)
            text.append("\n".join(display.wrapped(head, width)) + "\n", pens.style(pens.HEADING))
            for line in lines:
                said = line.lstrip(" ")
                indent = " " * (len(line) - len(said))
                text.append(indent + f"\n{indent}  ".join(display.wrapped(said, width - len(indent) - 2)) + "\n")
            text.append("\n")
        return text

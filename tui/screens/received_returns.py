"""Retours relevés: every return that was read, with what explains each transfer and what was odd."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from models.queries.received_returns import ReceivedReturn
from tui.base.desk_screen import DeskScreen
from tui.base.page import Page
from tui.screens.return_money import ReturnMoneyScreen
from tui.text import display, places
from tui.text.movements import return_lines
from tui.widgets.return_list import ReturnList


class ReceivedReturns(DeskScreen):
    """The latest first; what the selected one said, under the list."""

    PLACE = places.RECEIVED
    KEYS = ("open", "money", "undo", "help", "back")
    AUTO_FOCUS = "ReturnList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Ouvrir", key_display="Entrée", tooltip="Lire le retour sélectionné en entier."),
        Binding("v,f4", "money", "Virements", key_display="V/F4",
                tooltip="Ses virements : les factures et les retenues de chacun, et si la somme concorde."),
        Binding("d,f6", "undo", "Défaire", key_display="D/F6",
                tooltip="Défaire le retour, relevé par erreur : ses réponses sont retirées, il peut être relu."),
    ]  # fmt: skip

    _fault = ""
    returns = getters.query_one(ReturnList)
    said = getters.query_one("#said", Static)

    def compose_body(self) -> ComposeResult:
        """The list, and the selected return."""
        yield ReturnList()
        yield Static("", id="said")

    def read_again(self) -> None:
        """The returns that are visible."""
        if self.returns.size.height:
            self.returns.reload()

    @on(ReturnList.Highlighted)
    def show_return(self, event: ReturnList.Highlighted) -> None:
        """The lines under the list follow the cursor."""
        if event.fault != self._fault:
            self._fault = event.fault
            self.tell(event.fault)
        received = self.returns.row
        lines = return_lines(received)[1:] if received else ()
        self.said.update(_indented(lines, max(self.size.width, 40)))
        self.refresh_keys()

    def refusal(self, action: str) -> str | None:
        """Nothing to open where no return was read."""
        if action in {"open", "money"} and self.returns.row is None:
            return "Aucun retour n’a été relevé."
        if action == "undo":
            received = self.returns.row
            if received is None:
                return "Aucun retour n’a été relevé."
            return "Déjà défait." if received.undone_at else None
        return super().refusal(action)

    def action_open(self) -> None:
        """The selected return in full."""
        if (received := self.returns.row) is None:
            self.refuse(self.refusal("open") or "")
        else:
            self.app.push_screen(OneReturn(received))

    def action_undo(self) -> None:
        """Ask, and take the selected return back."""
        received, reason = self.returns.row, self.refusal("undo")
        if reason is not None or received is None:
            self.refuse(reason or "")
        else:
            self.begin(self._undo(received))

    async def _undo(self, received: ReceivedReturn) -> None:
        from tui.flows.undo import undo

        await undo(self, received)

    def action_money(self) -> None:
        """The money of the selected return."""
        if (received := self.returns.row) is None:
            self.refuse(self.refusal("money") or "")
        else:
            self.app.push_screen(ReturnMoneyScreen(received.id))


class OneReturn(Page):
    """A return in full, however much it said."""

    PLACE = places.ONE_RETURN

    def __init__(self, received: ReceivedReturn) -> None:
        super().__init__()
        self.received = received

    def text(self, width: int) -> Text:
        """Its head, then its lines."""
        return _indented(return_lines(self.received), width)


def _indented(lines: Iterable[str], width: int) -> Text:
    """Each line wrapped, what follows of it two cells further in."""
    found: list[str] = []
    for line in lines:
        said = line.lstrip(" ")
        indent = " " * (len(line) - len(said))
        first, *more = display.wrapped(said, width - len(indent) - 2)
        found += [indent + first, *(f"{indent}  {rest}" for rest in more)]
    return Text("\n".join(found), no_wrap=True, overflow="ellipsis")

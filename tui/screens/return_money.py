"""Virements: the money of one return, each transfer with its invoices and withholdings, and whether the sums agree."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from models.queries.transfers import ReturnMoney, return_money
from tui.base.desk_screen import DeskScreen
from tui.text import places
from tui.text.movements import return_line
from tui.text.return_money import COLUMNS, MoneyLine, money_lines, sums
from tui.widgets.about import About
from tui.widgets.text_list import TextList


class ReturnMoneyScreen(DeskScreen):
    """Every line of it; the sums of the selected one's transfer under the list.

    Args:
        return_id: the return.
    """

    PLACE = places.MONEY
    KEYS = ("open", "help", "back")
    AUTO_FOCUS = "TextList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Ouvrir", key_display="Entrée", tooltip="Voir la facture sélectionnée en entier."),
    ]

    lines = getters.query_one(TextList)
    about = getters.query_one(About)

    def __init__(self, return_id: int) -> None:
        super().__init__()
        self.return_id = return_id
        self.money: ReturnMoney | None = None
        self.rows: tuple[MoneyLine, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The lines, and the sums."""
        yield TextList(COLUMNS, "Ce retour n’annonce aucun paiement.", ruled=True)
        yield About()

    def read_again(self) -> None:
        """The return: an answer of it may have been decided on."""
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        money = await self.perform(partial(return_money, self.return_id))
        if money is not None:
            self.money, self.rows = money, tuple(money_lines(money))
            self.tell_state(return_line(money.received))
            self.lines.reread(tuple(row.said for row in self.rows))
            self.show_sums()

    @property
    def selected(self) -> MoneyLine | None:
        """The line under the cursor."""
        return self.rows[self.lines.cursor] if self.lines.cursor < len(self.rows) else None

    @on(TextList.Highlighted)
    def show_sums(self) -> None:
        """The sums follow the cursor."""
        self.about.position = self.lines.position
        row = self.selected
        self.about.said = () if self.money is None else tuple(sums(self.money, None if row is None else row.sheet))
        self.refresh_keys()

    def refusal(self, action: str) -> str | None:
        """Only a line of an invoice opens one."""
        if action == "open" and (self.selected is None or self.selected.invoice_id is None):
            return "Cette ligne n’est pas une facture de ce cabinet."
        return super().refusal(action)

    def action_open(self) -> None:
        """The selected invoice in full."""
        row = self.selected
        if row is None or row.invoice_id is None:
            self.refuse(self.refusal("open") or "")
        else:
            self.desk.open_detail(row.invoice_id)

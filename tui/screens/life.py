"""The life of one invoice: all that happened to it, under whatever number, in the order of time."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from models.domain.accesses import Looked
from models.queries.dre_waiting import WaitingDre, dre_of_invoice
from models.queries.life import Life, life_of
from tui.base.page import Page
from tui.screens.return_money import ReturnMoneyScreen
from tui.text import places
from tui.text.dre_waiting import dre_lines
from tui.text.entries import entries
from tui.text.life import chain_line, life_pairs

_LABEL = 17
"""Cells of a moment."""


class InvoiceLife(Page):
    """Sent, answered, paid by which transfer, corrected by whom and why, along the whole chain of its numbers.

    Args:
        invoice_id: any invoice of the chain.
    """

    PLACE = places.LIFE
    KEYS = ("money", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,f4", "money", "Virement", key_display="V/F4",
                tooltip="Le dernier virement qui la paie : ses factures, ses retenues, sa somme."),
    ]  # fmt: skip

    def __init__(self, invoice_id: int) -> None:
        super().__init__()
        self.invoice_id = invoice_id
        self.life = Life((), ())
        self.dre: WaitingDre | None = None

    def read_again(self) -> None:
        """All of it: something may have happened since."""
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        shown, today = self.invoice_id, self.desk.today()
        read = await self.perform(lambda: (life_of(shown), dre_of_invoice(shown, today)))
        if read is not None:
            self.life, self.dre = read
            self.desk.looked_at(Looked.SHEET, f"invoice {self.invoice_id}")
            self.tell_state(chain_line(self.life.chain))
            self.refresh_keys()
            self.show_text()

    def text(self, width: int) -> Text:
        """Each moment beside what happened; last, what its complementary payer still owes a word or money for."""
        waits = dre_lines(self.dre, self.invoice_id) if self.dre is not None else ()
        return entries((*life_pairs(self.life), *waits), width, label=_LABEL)

    def refusal(self, action: str) -> str | None:
        """No transfer where nothing was paid."""
        if action == "money" and self.life.last_return is None:
            return "Aucun retour n’annonce de paiement pour elle."
        return super().refusal(action)

    def action_money(self) -> None:
        """The money of the last return that paid something."""
        source = self.life.last_return
        if source is None:
            self.refuse(self.refusal("money") or "")
        else:
            self.app.push_screen(ReturnMoneyScreen(source))

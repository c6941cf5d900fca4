"""The rejection of the selected invoice, in clear: its code, what it means, what to do."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from models.explanations import explain
from models.lifecycle import FIRST_UNSENT
from models.queries.windows import InvoiceRow
from tui.widgets.entries import entries

_WORDS = {
    "transmitted": "Transmise : la caisse n’a pas encore répondu.",
    "reprocessing": "Recyclage par la caisse (traitement manuel) : rien à faire, attendez son résultat.",
    "paid": "Payée.",
    "partly_paid": "Payée en partie.",
    "validated": "Validée : elle partira avec le prochain lot.",
    "unvalidated": "À facturer et à valider.",
}


class RejectionPanel(Widget):
    """Five lines: code and label, remedy, meaning, and why the screen's action is off where it is.

    Args:
        action: the screen's own action on an invoice, as it is written; none where it has none.
        refusal: why it must not be done on this one; None where it may.
    """

    DEFAULT_CSS = "RejectionPanel { height: 6; border-top: solid ansi_default; }"

    row: reactive[InvoiceRow | None] = reactive(None)
    """The selected invoice."""

    def __init__(self, action: str = "", refusal: Callable[[InvoiceRow], str | None] = lambda row: None) -> None:
        super().__init__()
        self.action = action
        self.refusal = refusal

    def render(self) -> Text:
        """The sentences, wrapped; the last one always has its line."""
        return entries(self._said(), self.size.width, label=10, room=self.size.height)

    def _said(self) -> list[tuple[str, str]]:
        row = self.row
        if row is None:
            return []
        said: list[tuple[str, str]] = []
        amo, amc = row.amo_rejection, row.amc_rejection
        if row.desk_rank >= FIRST_UNSENT:
            amo, amc = row.carried, row.carried_amc
        if amo:
            known = explain(amo, row.amo_label or "", "amo")
            said += [(known.code, known.label), ("À faire", known.todo), ("Motif", known.meaning)]
        if amc and row.state != "cancelled":
            known = explain(amc, row.amc_label or "", "amc")
            said.append((f"DRE {known.code}"[:9], f"{known.label}{' (après la facture)' if amo else ''}"))
            if not amo:
                said += [("À faire", known.todo), ("Motif", known.meaning)]
        if not said:
            said.append(("État", _WORDS.get(row.state, "")))
        if reason := self.refusal(row):
            said.insert(1 if said else 0, (self.action, f"impossible. {reason}"))
        return said

"""The rejection of the selected invoice, in clear: its code, what it means, what to do."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from models.explanations import explain
from models.queries.windows import InvoiceRow
from tui import display

_BOLD = Style(bold=True)

_WORDS = {
    "transmitted": "Transmise : la caisse n’a pas encore répondu.",
    "reprocessing": "Recyclage par la caisse (traitement manuel) : rien à faire, attendez son résultat.",
    "paid": "Payée.",
    "partly_paid": "Payée en partie.",
    "validated": "Validée : elle partira avec le prochain lot.",
    "unvalidated": "À facturer et à valider.",
}


class RejectionPanel(Widget):
    """Four lines: code and label, meaning, remedy, and why « Annuler » is off where it is."""

    DEFAULT_CSS = "RejectionPanel { height: 5; border-top: solid ansi_default; }"

    row: reactive[InvoiceRow | None] = reactive(None)
    """The selected invoice."""

    def render(self) -> Text:
        """The lines, each cut at the width."""
        lines = self._lines()
        width = self.size.width
        text = Text(no_wrap=True, overflow="ellipsis")
        for index, (word, sentence) in enumerate(lines[: self.size.height]):
            if index:
                text.append("\n")
            text.append(display.fit(word, 9) + " ", _BOLD)
            text.append(display.clean(sentence, limit=max(width - 10, 1)))
        return text

    def _lines(self) -> list[tuple[str, str]]:
        row = self.row
        if row is None:
            return []
        lines: list[tuple[str, str]] = []
        amo, amc = row.amo_rejection or row.carried, row.amc_rejection or row.carried_amc
        if amo:
            known = explain(amo, row.amo_label or "", "amo")
            lines += [(known.code, known.label), ("Motif", known.meaning), ("À faire", known.todo)]
        if amc and row.state != "cancelled":
            known = explain(amc, row.amc_label or "", "amc")
            after = " (après la facture)" if amo else ""
            lines.append((f"DRE {known.code}", f"{known.label}{after}"))
            if not amo:
                lines += [("Motif", known.meaning), ("À faire", known.todo)]
        if not lines:
            lines.append(("État", _WORDS.get(row.state, "")))
        if row.cancel_refusal and row.desk_rank < 8:
            lines = [*lines[:3], ("Annuler", f"impossible. {row.cancel_refusal}")]
        return lines

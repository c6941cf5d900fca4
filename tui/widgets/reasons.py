"""Beside the form: what was rejected, why, what to ask the patient for, what to do."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from models.domain.exchanges import Arl
from models.domain.states import ShareName
from models.queries.sheets import InvoiceSheet
from models.reference.rejections import RejectionBook, our_book
from tui.terminal import pens
from tui.text import display
from tui.text.amounts import amounts, amounts_sentence
from tui.text.entries import entries, word_pen
from tui.text.noted import arl_clause, note_clause


class Reasons(Widget):
    """The reasons carried along, the invoice's first, the DRE's after."""

    DEFAULT_CSS = "Reasons { width: 1fr; padding-left: 1; border-left: solid ansi_default; }"

    book: reactive[RejectionBook] = reactive(our_book)
    """What is known of rejections."""

    def __init__(self, sheet: InvoiceSheet, book: RejectionBook) -> None:
        super().__init__()
        self.sheet = sheet
        self.set_reactive(Reasons.book, book)

    def in_full(self, width: int) -> Text:
        """Everything, and the amounts as they were sent, for the notice that has room for it."""
        parts = self._parts()
        if self.sheet.rejected_draft is not None:
            parts.append(("Envoyée", amounts_sentence(amounts(self.sheet.rejected_draft))))
        return entries(parts, width, label=11)

    def height_in(self, width: int) -> int:
        """Lines that everything takes in so many cells, the border's two among them."""
        return len(self._lines(width - 2))

    def render(self) -> Text:
        """As much as there is room for; F6 shows the rest."""
        width, height = self.size
        lines = self._lines(width)
        if len(lines) > height > 0:
            last = lines[height - 1]
            lines[height - 1 :] = [(last[0], display.shortened(last[1], width))]
        text = Text()
        for index, (word, line) in enumerate(lines):
            text.append("\n" if index else "")
            text.append(line[: len(word)], pens.style(word_pen(word)))
            text.append(line[len(word) :])
        return text

    def _lines(self, width: int) -> list[tuple[str, str]]:
        """Each line whole, with the word that it begins with, if it does."""
        found: list[tuple[str, str]] = []
        for word, said in self._parts():
            first, *more = display.wrapped(f"{word} : {said}" if word else said, width)
            found += [(word, first), *(("", line) for line in more)]
        return found

    def _parts(self) -> list[tuple[str, str]]:
        parts: list[tuple[str, str]] = []
        for share, code, label in {(r.share, r.code, r.label): None for r in self.sheet.reasons}:
            known = self.book.explain(code, label, share)
            head = known.code if share == ShareName.AMO else f"DRE {known.code}"
            parts.append((head, known.label))
            parts.append(("À faire", known.todo))
            if known.ask:
                parts.append(("Demander", known.ask))
            parts.append(("Motif", known.meaning))
        if back := self.sheet.sent_back:
            parts.append(("ARL", arl_clause(Arl.NEGATIVE, back.mark, back.reason)))
        if not parts:
            parts.append(("", "Aucun rejet : facture à compléter et à valider."))
        if self.sheet.noted:
            parts.append(("Noté", note_clause(self.sheet.noted)))
        parts += [("La caisse dit", remark) for remark in self.sheet.remarks]
        return parts

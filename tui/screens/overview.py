"""Bilan des rejets: by code, by month, and what waits, oldest first, as bars with their numbers beside."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Literal

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widgets import Static

from models.domain.accesses import Listed, Looked, list_subject
from models.domain.lists import ListName
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.overview import CodeLine, Overview, WaitingInvoice, overview
from models.queries.windows import row_at
from models.reference.rejections import RejectionBook
from tui.base.exporting import Exported, GivesAway
from tui.flows.at_hand import AtHand
from tui.screens.detail import Detail
from tui.screens.known_rejection import KnownRejection
from tui.screens.lessons import LessonsScreen
from tui.screens.where_money_is import WhereMoneyIs
from tui.text import display, places
from tui.text.bars import ink
from tui.text.exported import CODE_COLUMNS, code_cells
from tui.text.overview_lines import (
    NONE,
    NONE_WAITING,
    ChartLines,
    code_lines,
    filed,
    month_lines,
    oldest_lines,
    share_lines,
    total,
)
from tui.text.state_words import DOCUMENTS, capital
from tui.widgets.about import About
from tui.widgets.text_list import TextList

View = Literal["codes", "months", "oldest"]

_NO_CARD = "La caisse n’a donné aucun code : voyez les factures, menu « Annuler factures transmises »."
_MONTH_WORDS = "Factures qu’un retour de ce mois a rejetées pour la première fois, payées ou corrigées depuis ou non."


class OverviewScreen(GivesAway, AtHand):
    """The amounts that wait above, one of three lists, what is known of the selected line below."""

    PLACE = places.OVERVIEW
    KEYS = ("codes", "months", "oldest", "money", "lessons", "help", "back")
    HELP_LINES = (
        ("Attente", "Factures rejetées, ni payées, ni annulées, et dont la DRE n’est pas refaite."),
        ("3 sur 5", "Trois factures attendent, des cinq qui ont reçu ce rejet un jour."),
    )
    DEFAULT_CSS = "OverviewScreen #shares { height: 2; } OverviewScreen TextList { margin-top: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,f10", "classify", "Classer", key_display="L/F10",
                tooltip="Sortir la facture sélectionnée de « À traiter » jusqu’à un jour, ou l’y remettre."),
        Binding("a,f7", "cancel", "Annuler", key_display="A/F7", tooltip="Annuler la facture sélectionnée."),
        Binding("d,f8", "resend", "DRE", key_display="D/F8", tooltip="Refaire la DRE de la facture sélectionnée."),
        Binding("c,f4", "codes", "Par code", key_display="C/F4", tooltip="Les rejets par code."),
        Binding("m,f5", "months", "Par mois", key_display="M/F5",
                tooltip="Les rejets par mois, à la date du retour de la caisse."),
        Binding("p,f6", "oldest", "Anciennes", key_display="P/F6",
                tooltip="Les dix factures rejetées qui attendent depuis le plus longtemps."),
        Binding("n,f9", "lessons", "Enseign.", key_display="N/F9",
                tooltip="Ce que le cabinet apprend : acceptées d’emblée, coût des rejets, conseils passés outre."),
        Binding("o,f3", "money", "Argent", key_display="O/F3",
                tooltip="Où est chaque centime envoyé : payé, attendu, rejeté, à corriger, classé ; ce qui est reçu."),
        Binding("e,f11", "export", "Exporter", key_display="E/F11",
                tooltip="Écrire les rejets par code dans un fichier pour tableur (CSV)."),
        Binding("ctrl+p", "print", "Imprimer", key_display="Ctrl+P",
                tooltip="La même liste, en PDF, et à l’imprimante s’il y a lieu."),
        Binding("enter", "open", "Ouvrir", key_display="Entrée",
                tooltip="Ouvrir la fiche du rejet, ou la facture."),
    ]  # fmt: skip

    shares = getters.query_one("#shares", Static)
    lines = getters.query_one(TextList)
    about = getters.query_one(About)

    def __init__(self) -> None:
        super().__init__()
        self.found: Overview | None = None
        self.rows: dict[int, InvoiceRow] = {}
        self.view: View = "codes"

    def compose_body(self) -> ComposeResult:
        """The shares, the list, what is known of the selected line."""
        yield Static("", id="shares")
        yield TextList("", NONE, ruled=True)
        yield About()

    def on_mount(self) -> None:
        """The list has the keys."""
        super().on_mount()
        self.lines.focus()

    def read_again(self) -> None:
        """Count again: an invoice may have been treated."""
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        read = await self.perform(lambda: _with_rows(overview(self.book)))
        if read is not None:
            self.found, self.rows = read
            self._show()

    def on_resize(self, event: Resize) -> None:
        """Draw the bars again in the width that there is."""
        super().on_resize(event)
        self._show()

    def _show(self) -> None:
        found = self.found
        if found is None:
            return
        width, character = self.size.width, ink(self.desk.ascii_signs)
        self.tell_state(" · ".join(filter(None, (total(found), filed(found)))))
        self.shares.update(display.text("\n".join(share_lines(found.by_share, width, character)), limit=1000))
        shown = self._view_lines(found, width - 2, character)
        self.lines.heading = shown.heading
        self.lines.empty = NONE_WAITING if self.view == "oldest" and found.by_code else NONE
        self.lines.reread(shown.rows)
        self.lines.refresh()
        self._show_selected()

    def _view_lines(self, found: Overview, width: int, character: str) -> ChartLines:
        if self.view == "codes":
            return code_lines(found.by_code, width, character)
        if self.view == "months":
            return month_lines(found.by_month, width, character)
        return oldest_lines(found.oldest, width, character)

    @on(TextList.Highlighted)
    def follow(self) -> None:
        """What is known of the selected line."""
        self._show_selected()

    def _show_selected(self) -> None:
        self.about.position = self.lines.position
        self.about.said = self._said()
        self.refresh_keys()

    @property
    def selected(self) -> CodeLine | WaitingInvoice | None:
        """What Enter would open."""
        if self.found is None or self.view == "months":
            return None
        lines = self.found.by_code if self.view == "codes" else self.found.oldest
        return lines[self.lines.cursor] if self.lines.cursor < len(lines) else None

    def _said(self) -> tuple[tuple[str, str], ...]:
        match self.selected:
            case CodeLine(code="", label=label):
                return (("–", label), ("À faire", _NO_CARD))
            case CodeLine(code=code, label=label, share=share):
                known = self.book.explain(code, label, share)
                return ((code, label), ("À faire", known.todo), ("Motif", known.meaning))
            case WaitingInvoice() as invoice:
                return tuple(waiting_pairs(invoice, self.book))
            case _:
                return (("Par mois", _MONTH_WORDS),) if self.found and self.found.by_month else ()

    @property
    def at_hand(self) -> InvoiceRow | None:
        """The selected one of those that wait."""
        return self.rows.get(self.selected.id) if isinstance(self.selected, WaitingInvoice) else None

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The other views; among the invoices, what is done with them too."""
        if self.view == "oldest":
            return ("cancel", "resend", "codes", "open", "help", "back")
        return tuple(key for key in self.KEYS if key != self.view)

    def refusal(self, action: str) -> str | None:
        """A month opens nothing; a rejection without code has no entry."""
        selected = self.selected
        if action == "open" and (selected is None or (isinstance(selected, CodeLine) and not selected.code)):
            return "Rien à ouvrir ici."
        return super().refusal(action)

    def action_open(self) -> None:
        """The entry of the code, or the invoice."""
        if reason := self.refusal("open"):
            self.refuse(reason)
            return
        match self.selected:
            case CodeLine(code=code, label=label, share=share):
                self.app.push_screen(KnownRejection(code, label, share))
            case WaitingInvoice(id=invoice_id):
                among = tuple(invoice.id for invoice in self.found.oldest) if self.found else None
                self.app.push_screen(Detail(invoice_id, among, self._left_on))
            case None:
                pass

    def _left_on(self, invoice_id: int) -> None:
        """Stand on the one that the detail showed last."""
        oldest = self.found.oldest if self.found else ()
        self.lines.cursor = next((at for at, invoice in enumerate(oldest) if invoice.id == invoice_id), 0)

    def exported(self) -> Exported | None:
        """The rejections by code, once they are read."""
        return _exported(self.found) if self.found else None

    def action_lessons(self) -> None:
        """What the practice learns from its own invoices."""
        self.app.push_screen(LessonsScreen())

    def action_money(self) -> None:
        """Where every cent is that was sent."""
        self.app.push_screen(WhereMoneyIs())

    def action_codes(self) -> None:
        """The list by code."""
        self._take("codes")

    def action_months(self) -> None:
        """The list by month."""
        self._take("months")

    def action_oldest(self) -> None:
        """The list of what has waited longest."""
        self._take("oldest")

    def _take(self, view: View) -> None:
        self.view = view
        self._show()
        self.lines.cursor = 0


def _with_rows(found: Overview) -> tuple[Overview, dict[int, InvoiceRow]]:
    """The overview, and the rows of the invoices that it names: what may be done with each."""
    rows = (row_at(ListView(ListName.ALL), invoice.id) for invoice in found.oldest)
    return found, {row.id: row for row in rows if row is not None}


def waiting_pairs(invoice: WaitingInvoice, book: RejectionBook) -> list[tuple[str, str]]:
    """An invoice that waits: whose it is, why each share was rejected, what to do."""
    pairs = [
        (capital(DOCUMENTS[invoice.kind]), f"n° {invoice.number} · {display.money(invoice.waiting_cents)} € en attente")
    ]
    shares = (
        (invoice.amo_rejection, invoice.amo_label, "amo"),
        (invoice.amc_rejection, invoice.amc_label, "amc"),
    )
    for code, label, share in shares:
        if code is not None:
            known = book.explain(code, label or "", share)
            pairs += [(known.code, known.label), ("À faire", known.todo)]
    return pairs


def _exported(found: Overview) -> Exported:
    rows, subject = partial(map, code_cells, found.by_code), list_subject(Listed.OVERVIEW)
    return Exported(places.OVERVIEW[-1], CODE_COLUMNS, rows, Looked.LIST, subject)

"""What the screens that list invoices share: the filter, the sort, the panel of the selected one, its detail."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from models.domain.accesses import Looked, list_subject
from models.domain.lists import ListName, SortName
from models.domain.patience import Step
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.windows import every_row, standing
from tui.base.filtered_screen import FilteredScreen
from tui.base.rereading import is_unasked, silently
from tui.text import display, orders
from tui.text.columns import SENT, Column
from tui.text.deadlines import know_working_days, lateness
from tui.text.positions import summary
from tui.widgets.invoice_list import InvoiceList
from tui.widgets.rejection_panel import RejectionPanel
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from models.queries.counts import Counts


_UNSENT: Final = frozenset({ListName.UNVALIDATED, ListName.VALIDATED, ListName.ALL})
"""The lists in which invoices stand that have not left."""


class InvoiceScreen(FilteredScreen):
    """A list of invoices, what is known of the selected one, and a filter that narrows as one types.

    Args:
        typed: what the filter holds already, as if one had typed it.
    """

    VIEW: ClassVar[ListView] = ListView()
    COLUMNS: ClassVar[tuple[Column, ...]] = SENT
    EMPTY: ClassVar[str] = "Aucune facture."
    FALLING: ClassVar[frozenset[SortName]] = frozenset()
    """The orders that begin with the greatest here, besides those that always do."""
    PANEL: ClassVar[tuple[str, Callable[[InvoiceRow], str | None]]] = "", lambda row: None
    HELP_LINES = (
        (
            "Parts",
            "REJ rejetée · pay payée · att en attente · dif différée par la caisse (recyclage) · « · » non demandée · "
            "DRE : demande de la part complémentaire seule · n : noté à la main (R)",
        ),
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,f3", "filter", "Filtrer", key_display="F/F3",
                tooltip="Filtrer : n°, lot, code, montant, date, nom, NIR, état, organisme. Un chiffre l’ouvre."),
        Binding("t,f5", "sort", "Trier", key_display="T/F5",
                tooltip="Changer l’ordre : urgence, date, patient, montant."),
        Binding("right", "sort_beside(1)", "Colonne", key_display="← →", tooltip="Trier par la colonne d’à côté."),
        Binding("left", "sort_beside(-1)", show=False),
        Binding("i,f6", "turn", "Inverser", key_display="I/F6", tooltip="Trier dans l’autre sens."),
        Binding("e,f11", "export", "Exporter", key_display="E/F11",
                tooltip="La liste filtrée, dans un fichier pour tableur."),
        Binding("ctrl+p", "print", "Imprimer", key_display="Ctrl+P",
                tooltip="La liste filtrée, en PDF, et à l’imprimante s’il y a lieu."),
        Binding("enter", "detail", "Détail", key_display="Entrée", tooltip="Voir la facture en entier."),
    ]  # fmt: skip

    invoices = getters.query_one(InvoiceList)
    panel = getters.query_one(RejectionPanel)

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self._typed = typed
        self._before = self.VIEW

    @property
    def view(self) -> ListView:
        """The list that the screen opens on."""
        return replace(self.VIEW, typed=self._typed)

    def compose_body(self) -> ComposeResult:
        """Filter, list, panel."""
        yield TextField(self._typed, placeholder="nom, n°, lot, code, montant, date, NIR, état…", id="filter")
        yield InvoiceList(self.view, self.COLUMNS, self.EMPTY)
        action, refusal = self.PANEL
        yield RejectionPanel(lambda: self.book, action, refusal, lambda row: self.invoices.written(row))

    def on_mount(self) -> None:
        """Where invoices may be late, learn in a worker which days are worked."""
        super().on_mount()
        if self.VIEW.name in _UNSENT:
            self.run_worker(self._know_working_days())

    async def _know_working_days(self) -> None:
        today = self.desk.today()
        await self.perform(partial(know_working_days, today))
        self.panel.late = lambda row: lateness(row, today)
        self.panel.reread()

    @property
    def filtered(self) -> InvoiceList:
        """The list of invoices."""
        return self.invoices

    def read_again(self) -> None:
        """The window and the counts, and the book."""
        self.panel.refresh()
        if self.invoices.size.height:
            self.invoices.reload()
        then = partial(silently, self.refresh_news) if is_unasked() else self.refresh_news
        self.call_after_refresh(then)  # the rows first: counting takes the processor from them

    @work(exclusive=True, group="news")
    async def refresh_news(self) -> None:
        """Say again how many there are of what."""
        view = self.invoices.view
        if self.invoices.fault:
            self.tell(self.invoices.fault)
        elif said := self.desk.take_announcement():
            self.tell(said)
            await self._stand()
        elif view.typed:
            found = await self._stand()
            much = "de nombreuses factures" if found is None else display.plural(found, "facture", "factures")
            self.tell_state(f"{self.news_prefix()}Filtre « {view.typed} » : {much} · Échap l’efface")
        else:
            order = "" if view.sort == self.VIEW.sort == SortName.DESK else f" · tri : {orders.NAMES[view.sort]}"
            if view.sort == SortName.DESK and view.descending:
                order = " · tri : urgence, à l’envers"  # no column says it
            self.tell_state(self.news_prefix() + await self.overview() + order)
            await self._stand()

    @on(InvoiceList.Moved)
    def say_place(self) -> None:
        """The line under the list says where it stands; where that is not known, it is counted."""
        self.panel.place(self.invoices.position)
        if self.invoices.preceding is None:
            self.count_preceding()

    @work(exclusive=True, group="place")
    async def count_preceding(self) -> None:
        """Count again where the list stands."""
        await self._stand()

    async def _stand(self) -> int | None:
        """Count where the list stands, and say it; how many rows it has, None where they are too many to be counted."""
        if self.invoices.fault:
            return None
        view, row = self.invoices.view, self.invoices.row
        counted = await self.perform(lambda: standing(view, None if row is None else row.key(view.sort)))
        if counted is None or view != self.invoices.view:
            return None
        self.invoices.stand(row, *counted)
        return counted[1]

    def news_prefix(self) -> str:
        """What is said before all else, with what parts it from the rest; nothing unless a screen has something."""
        return ""

    async def overview(self) -> str:
        """What the list is about, in figures."""
        from models.queries.counts import counts

        known = await self.perform(counts)
        return "" if known is None else self.in_figures(known)

    def in_figures(self, known: Counts) -> str:
        """The figures that matter here; those of what was sent, unless a screen has others."""
        return summary(known)

    @on(InvoiceList.Highlighted)
    def show_row(self, event: InvoiceList.Highlighted) -> None:
        """The panel follows the cursor, and the keys say what can be done with this one."""
        self.panel.row = event.row
        self.refresh_keys()

    @on(InvoiceList.Vanished)
    def spend_keys(self) -> None:
        """The keys were for the invoice that left the list, whoever moved it: they do nothing to the next one."""
        self.desk.spend_keys()

    @on(InvoiceList.Chosen)
    def open_row(self, event: InvoiceList.Chosen) -> None:
        """Enter takes the selected row, unless something is under way already."""
        if not self.busy:
            self.chosen(event.row)

    @on(InvoiceList.Unreadable)
    def tell_unreadable(self, event: InvoiceList.Unreadable) -> None:
        """The practice could not be read: say so, the list stays as it was."""
        self.tell(event.sentence)

    def chosen(self, row: InvoiceRow) -> None:
        """What Enter does with a row: open its detail, unless a screen has better."""
        self.desk.open_detail(row.id, self.invoices.view, self.invoices.stand_on)

    @on(Input.Changed, "#filter")
    def narrow(self, event: Input.Changed) -> None:
        """Each letter narrows the list."""
        self.invoices.view = replace(self.invoices.view, typed=event.value)
        self.refresh_news()

    def begin(self, work: Coroutine[Any, Any, Any]) -> None:
        """Start what a key asked for; the panel tells of the row that it is about."""
        self.panel.follow()
        super().begin(work)

    def command_done(self) -> None:
        """The row may have left the list: the cursor stays in place."""
        self.invoices.refill()
        self.refresh_news()

    def begin_on_row(self, action: str, work: Callable[[InvoiceRow], Coroutine[Any, Any, None]]) -> None:
        """Start this on the selected row, or say why the screen's action is off there."""
        row, reason = self.invoices.row, self.refusal(action)
        if reason is not None or row is None:
            self.refuse(reason or "")
        else:
            self.begin(work(row))

    def remember(self) -> None:
        """T sorts at once: the order of before comes back where T begins a name."""
        self._before = self.invoices.view

    def put_back(self) -> None:
        """The order of before."""
        self.invoices.view = self._before

    def filter_left(self) -> None:
        """Say again how many there are."""
        self.refresh_news()

    def action_sort(self) -> None:
        """The next of the usual orders."""
        self._take_order(orders.next_usual(self.invoices.view, self.FALLING))

    def action_sort_beside(self, step: int) -> None:
        """By the column beside the one that the list follows."""
        self._take_order(orders.beside(self.invoices.view, self.COLUMNS, step, self.FALLING))

    def action_turn(self) -> None:
        """The other way."""
        view = self.invoices.view
        self._take_order(replace(view, descending=not view.descending))

    def _take_order(self, view: ListView) -> None:
        self.invoices.view = view
        self.refresh_news()

    def action_detail(self) -> None:
        """Open the selected invoice."""
        self.invoices.action_choose()

    def action_export(self) -> None:
        """What the list shows, as it is filtered and sorted, into a file."""
        from tui.base.exporting import Exported, export
        from tui.text.exported import INVOICE_COLUMNS, invoice_cells

        view = self.invoices.view
        name = self.PLACE[-1] + (" filtre" if view.typed else "")
        looked, subject = self.taken_out(view)
        rows = partial(map, invoice_cells, every_row(view))
        what = Exported(name, INVOICE_COLUMNS, rows, looked, subject, lambda: standing(view, None)[1] or 0)
        self.begin(export(self, what))

    def action_print(self) -> None:
        """What the list shows, on paper."""
        self.begin(self.print_list())

    async def print_list(self) -> None:
        """Print it as it is filtered and sorted."""
        from tui.base.printing import Made, print_pages
        from tui.text.printed_lists import invoice_list
        from tui.text.printing import as_pdf

        view, practice, at = self.invoices.view, self.desk.practice_name(), self.desk.author().at
        looked, subject = self.taken_out(view)

        def made(step: Step) -> Made:
            title = self.PLACE[-1]
            pages = invoice_list(practice, title, view.typed, self.COLUMNS, every_row(view), at)
            return as_pdf(title, [pages], at, step)

        await print_pages(self, made, looked, subject)

    def taken_out(self, view: ListView) -> tuple[Looked, str]:
        """What the journal of accesses keeps where the list is taken out."""
        return Looked.LIST, list_subject(view.name)

"""Journal: who did what and when, in sentences; by day, by person, by invoice; « ce que j’ai fait aujourd’hui »."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from models.domain.accesses import Listed, Looked, list_subject
from models.queries.journal import JournalView, every_entry, view_of
from tui.base.exporting import Exported, GivesAway
from tui.base.filtered_screen import FilteredScreen
from tui.text import places
from tui.text.journal import COLUMNS, cells, documents, moment, sentence
from tui.text.state_words import document
from tui.widgets.about import About
from tui.widgets.journal_list import JournalList
from tui.widgets.text_field import TextField


class Journal(GivesAway, FilteredScreen):
    """The latest first; a filter takes a day, a name, an invoice's number, or several of them."""

    PLACE = places.JOURNAL
    KEYS = ("mine", "filter", "open", "export", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,f4", "mine", "Moi", key_display="M/F4",
                tooltip="Ce que j’ai fait aujourd’hui ; encore une fois : tout le journal."),
        Binding("f,f3", "filter", "Filtrer", key_display="F/F3",
                tooltip="Filtrer : un jour (24/11/2026), une personne, un n° de facture. Un chiffre l’ouvre."),
        Binding("enter", "open", "Facture", key_display="Entrée", tooltip="Ouvrir la facture dont il s’agit."),
        Binding("e,f11", "export", "Exporter", key_display="E/F11",
                tooltip="Écrire le journal comme il est filtré dans un fichier pour tableur (CSV)."),
        Binding("ctrl+p", "print", "Imprimer", key_display="Ctrl+P",
                tooltip="La même liste, en PDF, et à l’imprimante s’il y a lieu."),
    ]  # fmt: skip

    entries = getters.query_one(JournalList)
    about = getters.query_one(About)

    def __init__(self) -> None:
        super().__init__()
        self.mine = False
        self._mine_before = False

    def compose_body(self) -> ComposeResult:
        """Filter, entries, the selected one."""
        yield TextField(placeholder="jour, personne, n° de facture…", id="filter")
        yield JournalList()
        yield About()

    @property
    def filtered(self) -> JournalList:
        """The list of entries."""
        return self.entries

    def read_again(self) -> None:
        """What was done meanwhile."""
        self.look()

    @work(exclusive=True, group="look")
    async def look(self) -> None:
        """Show the entries that are asked for now."""
        typed, today = self.filter_field.value, self.desk.today()
        if self.mine:
            view: JournalView | None = JournalView(self.desk.operator, today, today)
        else:
            view = await self.perform(partial(view_of, typed, today))
        if view is None:
            return
        if self.entries.size.height:
            self.entries.show_view(view)
        if self.mine:
            self.tell_state(f"Ce que {self.desk.operator} a fait aujourd’hui · M : tout le journal")
        else:
            self.tell_state(f"Filtre « {typed} » · Échap l’efface" if typed else "Les dernières entrées d’abord")

    @on(JournalList.Highlighted)
    def show_entry(self, event: JournalList.Highlighted) -> None:
        """The selected entry in full under the list."""
        if event.fault:
            self.tell(event.fault)
        row = self.entries.row
        said = [] if row is None else [(moment(row)[:10], ""), (moment(row)[11:], sentence(row))]
        if row is not None and (about := documents(row)):
            said.append(("Factures", ", ".join(document(one.kind, one.number) for one in about)))
        self.about.said = tuple(said[1:])
        self.refresh_keys()

    @on(Input.Changed, "#filter")
    def narrow(self) -> None:
        """Each letter narrows; what is typed goes before « moi »."""
        self.mine = self.mine and not self.filter_field.value
        self.look()

    def filter_left(self) -> None:
        """The whole journal again."""
        self.look()

    def remember(self) -> None:
        """M shows at once: what was shown before comes back where M begins a name."""
        self._mine_before = self.mine

    def put_back(self) -> None:
        """What was shown before."""
        self.mine = self._mine_before

    def refusal(self, action: str) -> str | None:
        """Only an entry about an invoice opens one."""
        row = self.entries.row
        if action == "open" and (row is None or not row.invoices):
            return "Cette entrée n’est pas celle d’une facture."
        if action in {"export", "print"} and row is None:
            return "Aucune entrée : rien à exporter, ni à imprimer."
        return super().refusal(action)

    def action_mine(self) -> None:
        """What I did today, or everything again."""
        self.mine = not self.mine
        self.look()

    def action_open(self) -> None:
        """The invoice that the selected entry is about; the others of it with N and P."""
        row, reason = self.entries.row, self.refusal("open")
        if reason is not None or row is None:
            self.refuse(reason or "")
        else:
            ids = tuple(one.id for one in row.invoices)
            self.desk.open_detail(ids[0], ids)

    def exported(self) -> Exported:
        """The entries as they are filtered, the oldest first."""
        rows, subject = partial(map, cells, every_entry(self.entries.view)), list_subject(Listed.JOURNAL)
        return Exported(places.JOURNAL[-1], COLUMNS, rows, Looked.LIST, subject)

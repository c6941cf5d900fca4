"""Rejets courants: the memo's rejections, ours and the practice's, searched by code, word or field."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widgets import Input, Static

from models.reference.rejection_entry import FIELD_LABELS, RejectionEntry, display_code
from models.reference.rejections import RejectionBook
from tui.base.filtered_screen import FilteredScreen
from tui.base.page import PageScroll
from tui.screens.known_rejection import UNVERIFIED, KnownRejection, practice_words
from tui.screens.memo import Memo
from tui.text import display, places
from tui.text.entries import entries
from tui.widgets.about import About
from tui.widgets.text_field import TextField
from tui.widgets.text_list import TextList

_LABEL, _FIELDS, _MARK = 31, 24, 11


class KnownRejections(FilteredScreen):
    """The entries, a filter that narrows them as one types, the selected one in short below.

    What is wrong in the practice's own file stands at the top, a sentence each; the rest of it is used.
    """

    PLACE = places.KNOWN_REJECTIONS
    KEYS = ("open", "filter", "memo", "help", "back")
    HELP_LINES = (("Tab", "Aller aux erreurs de rejets.toml quand il y en a, pour les faire défiler."),)
    DEFAULT_CSS = """
    KnownRejections #faults { height: auto; max-height: 8; border-bottom: solid ansi_default; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Ouvrir", key_display="Entrée", tooltip="Ouvrir la fiche sélectionnée."),
        Binding("f,f3", "filter", "Filtrer", key_display="F/F3",
                tooltip="Filtrer en tapant : code, mot, ou champ de la facture."),
        Binding("m,f6", "memo", "Mémo", key_display="M/F6",
                tooltip="Où trouver les informations, ce qu’il ne faut pas oublier."),
    ]  # fmt: skip

    entry_list = getters.query_one(TextList)
    about = getters.query_one(About)
    fault_box = getters.query_one("#faults", PageScroll)
    fault_text = getters.query_one("#fault-text", Static)

    def __init__(self) -> None:
        super().__init__()
        self.entries = RejectionBook(())
        self.faults: tuple[str, ...] = ()
        self.shown: tuple[RejectionEntry, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Faults, filter, list, the selected entry."""
        with PageScroll(id="faults"):
            yield Static("", id="fault-text")
        yield TextField(placeholder="code, mot ou champ…", id="filter")
        yield TextList("", "Aucune fiche ne contient ces mots.", ruled=True)
        yield About()

    @property
    def filtered(self) -> TextList:
        """The list of entries."""
        return self.entry_list

    def read_again(self) -> None:
        """The book: the practice's file may have been put right."""
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        book = self.desk.practice.book
        found = await self.perform(lambda: (book.current, book.faults))
        if found is not None:
            self.entries, faults = found
            self.faults = tuple(str(fault) for fault in faults)
            self._show()

    def on_resize(self, event: Resize) -> None:
        """Write the lines again in the width that there is."""
        super().on_resize(event)
        self._show()

    def _show(self) -> None:
        typed = self.filter_field.value
        width = self.size.width
        self.fault_box.display = bool(self.faults)
        self.fault_text.update(entries((("!", fault) for fault in self.faults), max(width - 2, 40), label=2))
        self.shown = self.entries.search(typed)
        more = max(0, width - 80)
        self.entry_list.heading = _line("Code", "Libellé", "Champs", "", more)
        self.entry_list.reread(tuple(entry_line(entry, more) for entry in self.shown))
        self.entry_list.refresh()
        cards = display.plural(len(self.shown), "fiche", "fiches")
        own = sum(entry.origin == "cabinet" for entry in self.shown)
        self.tell_state(
            f"Filtre « {typed} » : {cards} · Échap l’efface"
            if typed
            else cards + (f", dont {own} du cabinet" if own else "")
        )
        self._show_entry()

    @on(TextList.Highlighted)
    def follow(self) -> None:
        """What is known of the selected one."""
        self._show_entry()

    def _show_entry(self) -> None:
        self.about.position = self.entry_list.position
        entry = self.selected
        self.about.said = () if entry is None else short(entry)
        self.refresh_keys()

    @property
    def selected(self) -> RejectionEntry | None:
        """The entry under the cursor."""
        return self.shown[self.entry_list.cursor] if self.entry_list.cursor < len(self.shown) else None

    def refusal(self, action: str) -> str | None:
        """Nothing to open in an empty list."""
        if action == "open" and not self.shown:
            return "Aucune fiche sélectionnée."
        return super().refusal(action)

    @on(Input.Changed, "#filter")
    def narrow(self) -> None:
        """Each letter narrows the list, from its beginning; once cleared, the cursor stays on its entry."""
        self._show()
        if self.filter_field.value:
            self.entry_list.cursor = 0

    def action_open(self) -> None:
        """The selected entry whole."""
        if (entry := self.selected) is not None:
            self.app.push_screen(KnownRejection(entry.code))

    def action_memo(self) -> None:
        """The memo's practical sections."""
        self.app.push_screen(Memo())


def short(entry: RejectionEntry) -> tuple[tuple[str, str], ...]:
    """An entry in short: where it comes from if it is not all ours and sourced, what to do, why."""
    words = []
    if entry.origin == "cabinet":
        words.append(practice_words(entry.code))
    if not entry.verified:
        words.append(UNVERIFIED.split(" : ", 1)[0].lower())
    pairs = [(display_code(entry.code), entry.label), ("À faire", entry.todo), ("Motif", entry.meaning)]
    if words:
        pairs.insert(1, ("Fiche", " · ".join(words)))
    return tuple(pairs)


def entry_line(entry: RejectionEntry, more: int) -> str:
    """An entry in the list; of `more` cells beyond 80 the label gets two thirds, the fields the rest."""
    mark = "cabinet" if entry.origin == "cabinet" else "" if entry.verified else "non vérifié"
    fields = ", ".join(FIELD_LABELS[name] for name in entry.fields)
    return _line(display_code(entry.code), entry.label, fields, mark, more)


def _line(code: str, label: str, fields: str, mark: str, more: int) -> str:
    return " ".join(
        (
            display.fit(code, 8),
            display.fit(label, _LABEL + more - more // 3),
            display.fit(fields, _FIELDS + more // 3),
            display.fit(mark, _MARK),
        )
    )

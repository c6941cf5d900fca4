"""Patients: found as one types, by name, NIR or birth; what is known of the selected one stands under the list."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, cast

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Input

from models.queries.people import MOST, FoundPeople, Person, PersonSheet, find_people, person_sheet
from tui.base.filtered_screen import FilteredScreen
from tui.screens.patient import Patient
from tui.text import display, places
from tui.text.people import PEOPLE, person_cells, person_pairs
from tui.widgets.about import About
from tui.widgets.text_field import TextField
from tui.widgets.text_list import TextList


class Finder(TextField, inherit_bindings=False):
    """The field in which one finds: Enter opens whom it found, the arrows move in the list under it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding for binding in TextField.BINDINGS if isinstance(binding, Binding) and binding.key != "enter"),
        Binding("enter", "open", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def action_open(self) -> None:
        """Open the selected one."""
        screen = cast("Patients", self.screen)
        if not screen.busy:
            screen.action_open()

    def action_move(self, step: int) -> None:
        """Up or down in the list."""
        cast("Patients", self.screen).people.action_move(step)

    def action_page(self, step: int) -> None:
        """A window up or down in it."""
        cast("Patients", self.screen).people.action_page(step)


class Patients(FilteredScreen):
    """The field has the keys from the first: a menu's letter, then the name, is all that it takes."""

    PLACE = places.PATIENTS
    KEYS = ("open", "help", "back")
    HELP_LINES = (("Chercher", "Nom, prénom, NIR, date de naissance ou n° de facture ; accents ou non."),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Ouvrir", key_display="Entrée",
                tooltip="Ouvrir ses factures : où elles en sont, pourquoi, et ses droits."),
    ]  # fmt: skip

    people = getters.query_one(TextList)
    about = getters.query_one(About)

    def __init__(self) -> None:
        super().__init__()
        self.found = FoundPeople((), more=False)
        self.sought: str | None = None
        """What `found` answers."""

    def compose_body(self) -> ComposeResult:
        """Field, list, the selected one."""
        yield Finder(placeholder="nom, prénom, NIR, naissance, n° de facture…", id="filter")
        yield TextList(PEOPLE, "", ruled=True)
        yield About()

    @property
    def filtered(self) -> TextList:
        """The list of patients."""
        return self.people

    def on_mount(self) -> None:
        """The list shows its cursor though the field has the keys."""
        super().on_mount()
        self.people.marks = True

    def _hide_filter(self) -> None:
        self.set_focus(self.filter_field)  # it stays: the screen is there to find

    def read_again(self) -> None:
        """Whoever is found now."""
        self.search()

    @work(exclusive=True, group="search")
    async def search(self) -> None:
        """Show who answers to what is typed."""
        await self._seek()

    async def _seek(self) -> bool:
        """Find whom the field means now; whether the practice could be read."""
        typed = self.filter_field.value
        found = await self.perform(partial(find_people, typed))
        if found is None:
            return False
        if typed == self.filter_field.value:
            again = typed == self.sought
            self.found, self.sought = found, typed
            self.people.empty = "Aucun patient ne répond à cette recherche."
            today = self.desk.today()
            self.people.reread(tuple(person_cells(person, today) for person in found.people))
            if not again:
                self.people.cursor = 0
            self._tell_found()
        return True

    def _tell_found(self) -> None:
        count, typed = len(self.found.people), self.filter_field.value
        more = f"plus de {MOST} patients : tapez une lettre de plus" if self.found.more else ""
        self.tell_state(more or display.plural(count, "patient", "patients") + (" · Échap efface" if typed else ""))
        self.refresh_keys()
        self.show_person()

    @property
    def selected(self) -> Person | None:
        """Who is under the cursor."""
        people = self.found.people
        return people[self.people.cursor] if self.people.cursor < len(people) else None

    @on(TextList.Highlighted)
    @work(exclusive=True, group="about")
    async def show_person(self) -> None:
        """Say under the list where the selected one's invoices stand."""
        self.about.position = self.people.position
        person = self.selected
        sheet = None if person is None else await self.perform(partial(person_sheet, person))
        if person == self.selected:
            self.about.said = () if sheet is None else tuple(person_pairs(sheet, self.book, self.desk.today()))

    @on(Input.Changed, "#filter")
    def narrow(self) -> None:
        """Each letter finds again."""
        self.search()

    def on_key(self, event: Key) -> None:
        """The field keeps the keys that the other screens' fields hand to the list, but Tab."""
        if self.filter_field.has_focus and event.key != "tab":
            event.prevent_default()

    def refusal(self, action: str) -> str | None:
        """Nobody to open in an empty list."""
        if action == "open" and self.selected is None:
            return "Aucun patient sélectionné."
        return super().refusal(action)

    def action_open(self) -> None:
        """Open the selected one, once what was typed last is found."""
        self.begin(self._open())

    async def _open(self) -> None:
        if self.sought != self.filter_field.value and not await self._seek():
            return
        person = self.selected
        if person is None:
            self.refuse(self.refusal("open") or "")
            return
        sheet: PersonSheet | None = await self.perform(partial(person_sheet, person))
        if sheet is not None:
            self.app.push_screen(Patient(sheet))

    def action_back(self) -> None:
        """Escape first clears the field, then leaves."""
        if self.filter_field.value:
            self.filter_field.value = ""
            self.set_focus(self.filter_field)
        else:
            self.dismiss()

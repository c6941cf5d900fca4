"""Enseignements: what the practice learns from its own invoices, a page a question, bars with their numbers beside."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Literal

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from models.domain.accesses import Listed, Looked, list_subject
from models.queries.advice_record import AdviceLine
from models.queries.first_answers import FirstAnswers
from models.queries.lessons import Lessons, lessons
from models.queries.rejection_costs import CodeCost
from tui.base.exporting import Exported, GivesAway
from tui.screens.known_rejection import KnownRejection
from tui.text import places
from tui.text.bars import ink
from tui.text.lessons import (
    NO_ADVICE,
    NO_ANSWER,
    NO_REJECTION,
    about_advice,
    about_cost,
    about_rate,
    advice_lines,
    cost_lines,
    rate_lines,
    whole,
)
from tui.text.lessons_exported import LESSON_COLUMNS, lesson_rows
from tui.text.overview_lines import ChartLines
from tui.widgets.about import About
from tui.widgets.text_list import TextList

Page = Literal["payers", "practitioners", "months", "costs", "set_aside"]

_EMPTY = {"costs": NO_REJECTION, "set_aside": NO_ADVICE}


class LessonsScreen(GivesAway):
    """The rate of the practice above, one of five lists, what is known of the selected line below."""

    PLACE = places.LESSONS
    KEYS = ("payers", "practitioners", "months", "costs", "set_aside", "help", "back")
    HELP_LINES = (
        ("D’emblée", "La première réponse qui paie ou rejette ; ni les factures qui en remplacent, ni les DRE."),
        ("Jours", "Du rejet au paiement, ou à l’abandon, le long des factures qui se remplacent."),
        ("Champ", "Le rejet vise un champ que le conseil regardait : vraisemblable, pas certain."),
    )
    DEFAULT_CSS = "LessonsScreen TextList { margin-top: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o,f4", "payers", "Organismes", key_display="O/F4",
                tooltip="Acceptées d’emblée, par caisse et par complémentaire."),
        Binding("p,f5", "practitioners", "Praticiens", key_display="P/F5",
                tooltip="Acceptées d’emblée, par professionnel."),
        Binding("m,f6", "months", "Mois", key_display="M/F6", tooltip="Acceptées d’emblée, par mois de facturation."),
        Binding("r,f7", "costs", "Rejets", key_display="R/F7",
                tooltip="Ce que chaque rejet retient d’argent, pendant combien de jours, et ce qui en est perdu."),
        Binding("c,f8", "set_aside", "Conseils", key_display="C/F8",
                tooltip="Les conseils passés outre en validant, et combien sont revenus rejetés."),
        Binding("e,f11", "export", "Exporter", key_display="E/F11",
                tooltip="Écrire tous les enseignements dans un fichier pour tableur (CSV)."),
        Binding("ctrl+p", "print", "Imprimer", key_display="Ctrl+P",
                tooltip="La même liste, en PDF, et à l’imprimante s’il y a lieu."),
        Binding("enter", "open", "Fiche", key_display="Entrée", tooltip="Ouvrir la fiche du rejet."),
    ]  # fmt: skip

    lines = getters.query_one(TextList)
    about = getters.query_one(About)

    def __init__(self) -> None:
        super().__init__()
        self.found: Lessons | None = None
        self.page: Page = "payers"

    def compose_body(self) -> ComposeResult:
        """The list, what is known of the selected line."""
        yield TextList("", NO_ANSWER, ruled=True)
        yield About()

    def on_mount(self) -> None:
        """The list has the keys."""
        super().on_mount()
        self.lines.focus()

    def read_again(self) -> None:
        """The lessons as they are now."""
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        read = await self.perform(partial(lessons, self.book))
        if read is not None:
            self.found = read
            self._show()

    def on_resize(self, event: Resize) -> None:
        """Draw the bars again in the width that there is."""
        super().on_resize(event)
        self._show()

    def _show(self) -> None:
        found = self.found
        if found is None:
            return
        self.tell_state(whole(found.first_time.whole))
        shown = self._chart(found)
        self.lines.heading = shown.heading
        self.lines.empty = _EMPTY.get(self.page, NO_ANSWER)
        self.lines.reread(shown.rows)
        self.lines.refresh()
        self._show_selected()

    def _chart(self, found: Lessons) -> ChartLines:
        width, character = self.size.width - 2, ink(self.desk.ascii_signs)
        first = found.first_time
        match self.page:
            case "payers":
                return rate_lines(first.payers, "Organisme", width, character)
            case "practitioners":
                return rate_lines(first.practitioners, "Professionnel", width, character)
            case "months":
                return rate_lines(first.months, "Mois", width, character)
            case "costs":
                return cost_lines(found.costs, width, character)
            case "set_aside":
                return advice_lines(found.advice, width, character)

    @on(TextList.Highlighted)
    def follow(self) -> None:
        """What is known of the selected line."""
        self._show_selected()

    def _show_selected(self) -> None:
        self.about.position = self.lines.position
        match self.selected:
            case FirstAnswers() as rate:
                self.about.said = about_rate(rate)
            case CodeCost() as cost:
                self.about.said = about_cost(cost)
            case AdviceLine() as advice:
                self.about.said = about_advice(advice)
            case None:
                self.about.said = ()
        self.refresh_keys()

    @property
    def selected(self) -> FirstAnswers | CodeCost | AdviceLine | None:
        """The line under the cursor."""
        found = self.found
        if found is None:
            return None
        first = found.first_time
        pages: dict[Page, tuple[FirstAnswers | CodeCost | AdviceLine, ...]] = {
            "payers": first.payers,
            "practitioners": first.practitioners,
            "months": first.months,
            "costs": found.costs,
            "set_aside": found.advice,
        }
        lines = pages[self.page]
        return lines[self.lines.cursor] if self.lines.cursor < len(lines) else None

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The other pages."""
        return tuple(key for key in self.KEYS if key != self.page)

    def refusal(self, action: str) -> str | None:
        """Only a rejection has an entry to open."""
        if action == "open" and not (isinstance(self.selected, CodeCost) and self.selected.code):
            return "Rien à ouvrir ici."
        return super().refusal(action)

    def action_open(self) -> None:
        """The entry of the rejection."""
        selected = self.selected
        if reason := self.refusal("open"):
            self.refuse(reason)
        elif isinstance(selected, CodeCost) and selected.code:
            self.app.push_screen(KnownRejection(selected.code, selected.label, selected.share))

    def exported(self) -> Exported | None:
        """All of it, once it is read."""
        return _exported(self.found) if self.found else None

    def action_payers(self) -> None:
        """By payer."""
        self._take("payers")

    def action_practitioners(self) -> None:
        """By practitioner."""
        self._take("practitioners")

    def action_months(self) -> None:
        """By month of billing."""
        self._take("months")

    def action_costs(self) -> None:
        """What rejections cost."""
        self._take("costs")

    def action_set_aside(self) -> None:
        """The advice that was set aside."""
        self._take("set_aside")

    def _take(self, page: Page) -> None:
        self.page = page
        self._show()
        self.lines.cursor = 0


def _exported(found: Lessons) -> Exported:
    subject = list_subject(Listed.LESSONS)
    return Exported(places.LESSONS[-1], LESSON_COLUMNS, partial(lesson_rows, found), Looked.LIST, subject)

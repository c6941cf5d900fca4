"""À relancer: what payers owe a word or money for, the most money for the longest time first."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from models.domain.accesses import Listed, Looked, list_subject
from models.domain.follow_up import Waiting
from models.queries.follow_up import Due, due
from models.queries.terms import search_terms
from models.reference.text_search import contains_all
from tui.base.desk_screen import DeskScreen
from tui.base.exporting import Exported, GivesAway
from tui.base.filtered_screen import FilteredScreen
from tui.text import places
from tui.text.follow_up import COLUMNS, CSV, WORDS, about, cells, csv_cells, searched, summary
from tui.widgets.about import About
from tui.widgets.text_field import TextField
from tui.widgets.text_list import TextList

_NOTHING = "Rien à relancer."


class FollowUp(GivesAway, FilteredScreen):
    """The filter, the list, what is known of the selected line below."""

    PLACE = places.FOLLOW_UP
    KEYS = ("remind", "kind", "filter", "open", "help", "back")
    HELP_LINES = (
        ("Ordre", "Le montant fois les jours ; ce qui vient d’être relancé attend en bas."),
        ("Silence", "Au-delà des jours habituels de l’organisme, mesurés sur vos retours ; 15 j sinon."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,f4", "remind", "Relancée", key_display="R/F4",
                tooltip="Noter que l’organisme a été relancé, quel jour et comment : elle attend en bas de liste."),
        Binding("x,f8", "withdraw", "Ôter", key_display="X/F8",
                tooltip="Ôter la dernière relance, notée par erreur."),
        Binding("s,f5", "kind", "Sorte", key_display="S/F5",
                tooltip="Une sorte à la fois : délais, indus, partielles, différées, silences, papiers ; puis tout."),
        Binding("f,f3", "filter", "Filtrer", key_display="F/F3",
                tooltip="Filtrer : patient, organisme, n°, montant, lot, sorte, jour. Un chiffre l’ouvre."),
        Binding("e,f11", "export", "Exporter", key_display="E/F11",
                tooltip="Écrire la liste comme elle est filtrée dans un fichier pour tableur (CSV)."),
        Binding("ctrl+p", "print", "Imprimer", key_display="Ctrl+P",
                tooltip="La même liste, en PDF, et à l’imprimante s’il y a lieu."),
        Binding("enter", "open", "Détail", key_display="Entrée", tooltip="Voir la facture en entier."),
    ]  # fmt: skip

    lines = getters.query_one(TextList)
    about = getters.query_one(About)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Due] = []
        self.kind: Waiting | None = None
        self._before: tuple[Waiting | None, int] = (None, 0)

    @property
    def shown(self) -> list[Due]:
        """Those of the kind that is looked at, as far as the filter lets them through."""
        words = tuple(search_terms(self.filter_field.value))
        kept = (one for one in self.found if self.kind in {None, one.waiting})
        return [one for one in kept if contains_all(searched(one), words)] if words else list(kept)

    @property
    def filtered(self) -> TextList:
        """The list."""
        return self.lines

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """Where a reminder stands, taking it back too: it is off elsewhere."""
        one = self.selected
        reminded = one is not None and one.reminded_on is not None
        return ("remind", "withdraw", *self.KEYS[2:]) if reminded else self.KEYS

    @property
    def selected(self) -> Due | None:
        """The one under the cursor."""
        shown = self.shown
        return shown[self.lines.cursor] if self.lines.cursor < len(shown) else None

    def compose_body(self) -> ComposeResult:
        """Filter, list, what is known of the selected line."""
        yield TextField(placeholder="patient, organisme, n°, montant, lot…", id="filter")
        yield TextList(COLUMNS, _NOTHING, ruled=True)
        yield About()

    def read_again(self) -> None:
        """Everything that is due today."""
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        today = self.desk.today()
        found = await self.perform(lambda: due(today))
        if found is not None:
            self.found = found
            self._show()

    def _show(self) -> None:
        shown, typed = self.shown, self.filter_field.value
        kind = f"Sorte : {WORDS[self.kind][1]} · " if self.kind else ""
        narrowed = f"Filtre « {typed} » : " if typed else ""
        self.tell_state(self.desk.take_announcement() or narrowed + kind + summary(shown))
        self.lines.empty = "Rien ne répond au filtre." if typed else _NOTHING
        self.lines.reread(tuple(cells(one) for one in shown))
        self._show_selected()

    @on(Input.Changed, "#filter")
    def narrow(self) -> None:
        """Each letter narrows."""
        self.lines.cursor = 0
        self._show()

    def filter_left(self) -> None:
        """The whole list again."""
        self._show()

    def remember(self) -> None:
        """S shows another kind at once: the one of before comes back where it begins a name."""
        self._before = self.kind, self.lines.cursor

    def put_back(self) -> None:
        """What was shown before."""
        self.kind, self.lines.cursor = self._before
        self._show()

    @on(TextList.Highlighted)
    def follow(self) -> None:
        """What is known of the selected line."""
        self._show_selected()

    def _show_selected(self) -> None:
        one = self.selected
        self.about.position = self.lines.position
        self.about.said = about(one) if one is not None else ()
        self.refresh_keys()

    def refusal(self, action: str) -> str | None:
        """Nothing to open, nor to note, where no invoice is told of."""
        if action in {"open", "remind", "withdraw"}:
            if self.selected is None:
                return _NOTHING
            if self.selected.id is None:
                return "Le retour ne dit pas de quelle facture."
            if action == "withdraw" and self.selected.reminded_on is None:
                return "Aucune relance n’est notée pour cette facture."
            return None
        if action in {"export", "print"} and not self.shown:
            return "Rien à exporter, ni à imprimer."
        return super().refusal(action)

    def exported(self) -> Exported:
        """The list as it is filtered."""
        rows, subject = partial(map, csv_cells, self.shown), list_subject(Listed.FOLLOW_UP)
        return Exported(places.FOLLOW_UP[-1], CSV, rows, Looked.LIST, subject)

    def action_remind(self) -> None:
        """Ask when and how the payer was reminded."""
        from tui.flows.remind import note_reminder

        self._begin("remind", note_reminder)

    def action_withdraw(self) -> None:
        """Ask whether the reminder was noted by mistake."""
        from tui.flows.remind import take_back_reminder

        self._begin("withdraw", take_back_reminder)

    def _begin(self, action: str, flow: Callable[[DeskScreen, Due], Coroutine[Any, Any, None]]) -> None:
        one, reason = self.selected, self.refusal(action)
        if reason is not None or one is None:
            self.refuse(reason or "")
        else:
            self.begin(flow(self, one))

    def action_open(self) -> None:
        """Open the selected invoice."""
        one = self.selected
        if reason := self.refusal("open"):
            self.tell(reason)
        elif one is not None and one.id is not None:
            self.desk.open_detail(one.id)

    def action_kind(self) -> None:
        """The next kind of which there is one; after the last, all."""
        there = [kind for kind in Waiting if any(one.waiting == kind for one in self.found)]
        after = there[there.index(self.kind) + 1 :] if self.kind in there else there
        self.kind = after[0] if after else None
        self.lines.cursor = 0
        self._show()

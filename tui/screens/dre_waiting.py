"""Suivi des DRE: what the complementary payers are asked and have not paid, for how long, why, what to do."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from models.domain.accesses import Listed, Looked, list_subject
from models.queries.dre_waiting import WaitingDre, waiting_dre
from tui.base.desk_screen import DeskScreen
from tui.base.exporting import Exported, export
from tui.text import places
from tui.text.dre_waiting import COLUMNS, CSV, about, cells, csv_cells, summary
from tui.widgets.about import About
from tui.widgets.text_list import TextList

_NOTHING = "Aucune part complémentaire n’est attendue."


class DreWaiting(DeskScreen):
    """The list, what is known of the selected line; Enter opens it, where its DRE is made again or its answer noted."""

    PLACE = places.DRE_WAITING
    KEYS = ("open", "export", "help", "back")
    HELP_LINES = (
        ("Ordre", "D’abord la facture, acceptée par la caisse ; la DRE ensuite."),
        ("Dans le détail", "D refait une DRE refusée ; R note une réponse de la complémentaire."),
        ("!", "Sans réponse au-delà des jours habituels de la complémentaire ; aussi dans « À relancer »."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Détail", key_display="Entrée", tooltip="Voir la facture ou la DRE en entier."),
        Binding("e,f11", "export", "Exporter", key_display="E/F11",
                tooltip="Écrire la liste dans un fichier pour tableur (CSV)."),
    ]  # fmt: skip

    lines = getters.query_one(TextList)
    about = getters.query_one(About)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[WaitingDre] = []

    @property
    def selected(self) -> WaitingDre | None:
        """The one under the cursor."""
        return self.found[self.lines.cursor] if self.lines.cursor < len(self.found) else None

    def compose_body(self) -> ComposeResult:
        """The list, what is known of the selected line."""
        yield TextList(COLUMNS, _NOTHING, ruled=True)
        yield About()

    def on_mount(self) -> None:
        """The list has the keys."""
        super().on_mount()
        self.lines.focus()

    def read_again(self) -> None:
        """All that waits today."""
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        found = await self.perform(partial(waiting_dre, self.desk.today()))
        if found is not None:
            self.found = found
            self.tell_state(self.desk.take_announcement() or summary(found))
            self.lines.reread(tuple(cells(one) for one in found))
            self.show_selected()

    @on(TextList.Highlighted)
    def show_selected(self) -> None:
        """What is known of the selected line."""
        one = self.selected
        self.about.position = self.lines.position
        self.about.said = about(one, self.book) if one is not None else ()
        self.refresh_keys()

    def refusal(self, action: str) -> str | None:
        """Nothing to open, nor to take out, in an empty list."""
        return _NOTHING if action in {"open", "export"} and not self.found else super().refusal(action)

    def action_open(self) -> None:
        """The selected one in full; the others of the list with N and P."""
        one = self.selected
        if one is None:
            self.refuse(_NOTHING)
        else:
            self.desk.open_detail(one.id, tuple(dict.fromkeys(line.id for line in self.found)))

    def action_export(self) -> None:
        """The list, into a file."""
        if reason := self.refusal("export"):
            self.refuse(reason)
            return
        rows = partial(map, csv_cells, self.found)
        subject = list_subject(Listed.DRE_WAITING)
        self.begin(export(self, Exported("Suivi des DRE", CSV, rows, Looked.LIST, subject)))

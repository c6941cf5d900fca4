"""Où est l'argent: every cent that was sent in one place, and what the returns brought, as a page to read."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from models.domain.accesses import Listed, Looked, list_subject
from models.queries.whereabouts import Whereabouts, whereabouts
from tui.base.exporting import Exported, GivesAway
from tui.base.page import Page
from tui.terminal import pens
from tui.text import display, places
from tui.text.bars import ink
from tui.text.where_money_is import NOTHING, PLACE_COLUMNS, asked, page_lines, place_cells


class WhereMoneyIs(GivesAway, Page):
    """What was asked in all above; the places with their bars, then what the returns brought."""

    PLACE = places.WHEREABOUTS
    KEYS = ("export", "print", "help", "back")
    HELP_LINES = (
        ("Parts", "Obligatoire et complémentaire comptées chacune ; payée en partie, une part l’est deux fois."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,f11", "export", "Exporter", key_display="E/F11",
                tooltip="Écrire où est l’argent dans un fichier pour tableur (CSV)."),
        Binding("ctrl+p", "print", "Imprimer", key_display="Ctrl+P",
                tooltip="La même liste, en PDF, et à l’imprimante s’il y a lieu."),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.found: Whereabouts | None = None

    def read_again(self) -> None:
        """Add up again: something may have been paid since."""
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        read = await self.perform(whereabouts)
        if read is not None:
            self.found = read
            self.tell_state(asked(read) if read.places else NOTHING)
            self.show_text()

    def text(self, width: int) -> Text:
        """The same lines as the verb's."""
        if self.found is None or not self.found.places:
            return Text()
        heading, *lines = map(display.text, page_lines(self.found, width, ink(self.desk.ascii_signs)))
        heading.stylize(pens.style(pens.HEADING))
        return Text("\n").join([heading, *lines])

    def exported(self) -> Exported | None:
        """The places, once they are read."""
        return _exported(self.found) if self.found else None


def _exported(found: Whereabouts) -> Exported:
    rows, subject = partial(map, place_cells, found.places), list_subject(Listed.OVERVIEW)
    return Exported(places.WHEREABOUTS[-1], PLACE_COLUMNS, rows, Looked.LIST, subject)

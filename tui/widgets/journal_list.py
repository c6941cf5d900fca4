"""The journal as a list, the latest entry first: a moment and a sentence a line."""

from __future__ import annotations

from models.queries.journal import JournalView, Recorded, journal_page
from tui.text.journal import moment, sentence
from tui.widgets.page_list import PageList


class JournalList(PageList[Recorded]):
    """A window on the entries of a view."""

    KEYS_SAID = ("Flèches", "D’une entrée à l’autre ; Page préc., Page suiv., Début, Fin.")
    HEADING = "Moment           Ce qui a été fait"
    EMPTY = "Rien dans le journal pour cette demande."

    def __init__(self) -> None:
        super().__init__()
        self.view = JournalView()

    def show_view(self, view: JournalView) -> None:
        """Other entries, from the latest on."""
        if view != self.view:
            self.view, self.rows = view, []
        self.reload()

    def read(self, after: Recorded | None, limit: int, *, backwards: bool, inclusive: bool) -> list[Recorded]:
        """Entries beside this one."""
        place = None if after is None else after.place
        return journal_page(self.view, place, limit, backwards=backwards, inclusive=inclusive)

    def line(self, row: Recorded) -> str:
        """When, who and what."""
        return f"{moment(row)} {sentence(row)}"

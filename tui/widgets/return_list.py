"""The list of the returns that were read, the latest first."""

from __future__ import annotations

from models.queries.received_returns import ReceivedReturn, returns_page
from tui.text.movements import return_line
from tui.widgets.page_list import PageList


class ReturnList(PageList[ReceivedReturn]):
    """A window on the returns."""

    KEYS_SAID = ("Flèches", "D’un retour à l’autre ; Page préc., Page suiv., Début, Fin.")
    HEADING = "Date       Retour"
    EMPTY = "Aucun retour n’a été relevé."

    def read(
        self, after: ReceivedReturn | None, limit: int, *, backwards: bool, inclusive: bool
    ) -> list[ReceivedReturn]:
        """Returns beside this one."""
        place = None if after is None else after.id
        return returns_page(place, limit, backwards=backwards, inclusive=inclusive)

    def line(self, row: ReceivedReturn) -> str:
        """Its day and what it brought."""
        return return_line(row)

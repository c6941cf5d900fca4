"""Classer: why an invoice leaves « À traiter », in a letter; in one's own words, and until which day, in two fields."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from rich.text import Text
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from models.domain.filing import LONGEST_NOTE, FiledAs
from tui.dialogs.dialog import Choice, Dialog, Labelled
from tui.text import display
from tui.widgets.text_field import TextField

_FIELDS: Final = {"m": 0, "j": 1}
"""The letter of each field."""


class Classified(NamedTuple):
    """What was answered."""

    filed_as: FiledAs
    note: str
    until: date


class ClassifyDialog(Dialog[Classified | None]):
    """Asks why and until when; None: it stays where it is.

    Args:
        title: which invoices.
        lines: what one should know of them.
        today: the day to look again is after it.
        until: the one that is proposed.
    """

    ESCAPE = "NON"
    HELP_LINES = (("M, J", "Au champ du motif, du jour ; Entrée en revient."),)

    def __init__(self, title: str, lines: tuple[str, ...], today: date, until: date) -> None:
        self._today = today
        effects = ("Classée, elle quitte « À traiter » et y revient ce jour-là, ou dès qu’un retour en parle.",)
        self._kinds: dict[Choice[Classified | None], FiledAs] = {
            Choice("Réclamation (R)", None, "r", writes=True): FiledAs.CLAIMED,
            Choice("Payée (P)", None, "p", writes=True): FiledAs.SETTLED,
            Choice("Abandon (B)", None, "b", writes=True): FiledAs.ABANDONED,
        }
        fields = (
            Labelled("Motif, en clair (M)", TextField(id="note", room=LONGEST_NOTE), 36),
            Labelled("À revoir le (J)", TextField(display.day(until), id="until", room=10, tidy=display.tidy_day), 12),
        )
        no: Choice[Classified | None] = Choice("NON (N)", None, "n")
        choices = (no, *self._kinds)
        super().__init__(title, (*lines, *effects), choices, safe_answer=None, fields=fields)
        self._complaint = [Text()]  # the room of what is wrong

    @property
    def first(self) -> Widget:
        """The choices, NON marked: a reason in words is needed for some only."""
        return self

    def take(self, choice: Choice[Classified | None]) -> None:
        """NON, or a reason with the day that stands there."""
        filed_as = self._kinds.get(choice)
        if filed_as is None:
            self.give(None)
            return
        note, typed = (field.value.strip() for field in self.fields)
        if filed_as == FiledAs.ABANDONED and not note:
            self._stay("Abandon : dites pourquoi, en clair.", 0)
            return
        try:
            until = display.parse_day(typed)
        except ValueError as error:
            self._stay(str(error), 1)
            return
        if until <= self._today:
            self._stay("Donnez un jour à venir.", 1)
            return
        self.give(Classified(filed_as, note, until))

    def _stay(self, sentence: str, field: int) -> None:
        self.complain(f"✗ {sentence}")
        self.screen.set_focus(self.fields[field])

    def on_key(self, event: Key) -> None:
        """M and J go to the fields, once the question is seen."""
        if event.key.lower() in _FIELDS and self.screen.focused is self and event.time >= self.shown_at:
            event.stop()
            self.screen.set_focus(self.fields[_FIELDS[event.key.lower()]])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field goes back to the choices: nothing is classified without one."""
        event.stop()
        self.leave_fields()

"""Retirer: why an invoice that has not left is given up, in a letter; in one's own words, in a field."""

from __future__ import annotations

from typing import NamedTuple

from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from models.domain.filing import LONGEST_NOTE, FiledAs
from tui.dialogs.dialog import Choice, Dialog, Labelled
from tui.widgets.text_field import TextField


class Cause(NamedTuple):
    """What was answered."""

    cause: FiledAs
    note: str


class GiveUpDialog(Dialog[Cause | None]):
    """Asks why; None: it stays to be corrected.

    Args:
        title: which invoice.
        lines: what it replaces, and what would become of both.
    """

    ESCAPE = "NON"
    HELP_LINES = (("M", "Au champ du motif ; Entrée en revient."),)

    def __init__(self, title: str, lines: tuple[str, ...]) -> None:
        self._causes: dict[Choice[Cause | None], FiledAs] = {
            Choice("La caisse la paie (C)", None, "c", writes=True): FiledAs.PAID_AFTER_ALL,
            Choice("On renonce (R)", None, "r", writes=True): FiledAs.RENOUNCED,
        }
        no: Choice[Cause | None] = Choice("NON (N)", None, "n")
        fields = (Labelled("Motif, en clair (M)", TextField(id="note", room=LONGEST_NOTE), 36),)
        super().__init__(title, lines, (no, *self._causes), safe_answer=None, fields=fields)

    @property
    def first(self) -> Widget:
        """The choices, NON marked."""
        return self

    def take(self, choice: Choice[Cause | None]) -> None:
        """NON, or a cause with the words that stand there."""
        cause = self._causes.get(choice)
        self.give(None if cause is None else Cause(cause, self.fields[0].value.strip()))

    def on_key(self, event: Key) -> None:
        """M goes to the field, once the question is seen."""
        if event.key in {"m", "M"} and self.screen.focused is self and event.time >= self.shown_at:
            event.stop()
            self.screen.set_focus(self.fields[0])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field goes back to the choices."""
        event.stop()
        self.leave_fields()

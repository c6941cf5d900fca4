"""« Relancée le … »: the day on which the payer was asked, and how."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.domain.filing import LONGEST_NOTE
from tui.dialogs.dialog import Labelled
from tui.dialogs.form import FormDialog
from tui.text import display
from tui.widgets.text_field import TextField


class Asked(NamedTuple):
    """What was answered."""

    on: date
    note: str


class ReminderDialog(FormDialog[Asked]):
    """Asks when the payer was reminded, and how; None to give up.

    Args:
        title: of which invoice.
        lines: what is waited for.
        today: the day that is proposed, and the latest that is taken.
    """

    def __init__(self, title: str, lines: tuple[str, ...], today: date) -> None:
        self._today = today
        fields = (
            Labelled("Relancée le", TextField(display.day(today), id="on", room=10, tidy=display.tidy_day), 12),
            Labelled("Comment, à qui (facultatif)", TextField(id="note", room=LONGEST_NOTE), 36),
        )
        super().__init__(title, lines, fields)

    def read(self, typed: dict[str, str]) -> Asked:
        """The day, not after today, and the words."""
        on = display.parse_day(typed["on"])
        if on > self._today:
            raise ValueError("Ce jour est encore à venir : donnez celui de la relance.")
        return Asked(on, typed["note"])

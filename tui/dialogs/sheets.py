"""« Envoyé le »: on which day the sheets of which lots were sent, and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from models.domain.filing import LONGEST_NOTE
from models.reference.text_search import fold
from tui.dialogs.dialog import Labelled
from tui.dialogs.form import FormDialog
from tui.text import display
from tui.widgets.text_field import TextField

_ALL: Final = "tous"
"""What stands for every lot of the envelope."""


class Sent(NamedTuple):
    """What was answered."""

    lots: tuple[int, ...]
    """Their ids."""
    on: date
    note: str


class SheetsDialog(FormDialog[Sent]):
    """Asks when the sheets were sent, of which lots: those of one envelope together; None to give up.

    Args:
        lines: what is sent to whom.
        lot: the number that is proposed.
        owed: the ids of the lots that may be named, by their numbers.
        today: the day that is proposed, and the latest that is taken.
    """

    def __init__(self, lines: tuple[str, ...], lot: int, owed: Mapping[int, int], today: date) -> None:
        self._owed, self._today = owed, today
        fields = (
            Labelled("Envoyées le", TextField(display.day(today), id="on", room=10, tidy=display.tidy_day), 12),
            Labelled("Lots, s’ils partent ensemble", TextField(f"{lot:03d}", id="lots", room=200), 30),
            Labelled("Comment (facultatif)", TextField(id="note", room=LONGEST_NOTE), 30),
        )
        super().__init__("Feuilles de soins envoyées ?", lines, fields)

    def read(self, typed: dict[str, str]) -> Sent:
        """The day, not after today; the lots, each one that owes its sheets to this caisse; the words."""
        on = display.parse_day(typed["on"])
        if on > self._today:
            raise ValueError("Ce jour est encore à venir : donnez celui de l’envoi.")
        words = [word for word in re.split(r"[\s,;]+", typed["lots"]) if word]
        if fold(typed["lots"]) == _ALL:
            words = [str(number) for number in sorted(self._owed)]
        for word in words:
            if not (word.isdecimal() and int(word) in self._owed):
                raise ValueError(f"« {display.clean(word, 12)} » n’est pas un lot que ce professionnel doit là.")
        if not words:
            raise ValueError("Donnez au moins un lot.")
        return Sent(tuple(dict.fromkeys(self._owed[int(word)] for word in words)), on, typed["note"])


class StepDialog(FormDialog[tuple[date, str]]):
    """Asks on which day a document was scanned or sent; None to give up.

    Args:
        title: which document, of which invoice.
        label: what was done on that day.
        today: the day that is proposed, and the latest that is taken.
    """

    def __init__(self, title: str, label: str, today: date) -> None:
        self._today = today
        fields = (
            Labelled(label, TextField(display.day(today), id="on", room=10, tidy=display.tidy_day), 12),
            Labelled("Note (facultatif)", TextField(id="note", room=LONGEST_NOTE), 36),
        )
        super().__init__(title, (), fields)

    def read(self, typed: dict[str, str]) -> tuple[date, str]:
        """The day, not after today, and the words."""
        on = display.parse_day(typed["on"])
        if on > self._today:
            raise ValueError("Ce jour est encore à venir : donnez aujourd’hui, ou un jour passé.")
        return on, typed["note"]

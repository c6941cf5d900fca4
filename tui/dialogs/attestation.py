"""The attestation that the patient shows: its exemption and its period, kept in the patient's record."""

from __future__ import annotations

from datetime import date

from textual.widgets import Input

from tui.dialogs.dialog import Labelled
from tui.dialogs.form import FormDialog
from tui.text import display
from tui.text.typed_values import bare
from tui.widgets.text_field import TextField

Seen = tuple[str, date, date | None]


class AttestationDialog(FormDialog[Seen]):
    """Asks for what the attestation says; None to give up.

    Args:
        code: the exemption that stands in the form.
        since: the first day of care, from which the attestation is wanted.
    """

    def __init__(self, code: str, since: date) -> None:
        lines = ("Recopiez l’attestation de droits : elle reste au dossier du patient, avec votre nom et le jour.",)
        fields = (
            Labelled("Code exonération", TextField(code, id="seen-code", room=1, tidy=bare), 3),
            Labelled("Droits du", TextField(display.day(since), id="seen-since", room=10, tidy=display.tidy_day), 12),
            Labelled("au (vide : sans fin)", TextField(id="seen-until", room=10, tidy=display.tidy_day), 12),
        )
        super().__init__("Attestation de droits vue", lines, fields)

    def entered(self, field: Input) -> None:
        """Enter goes on, and from the last field means OK."""
        if field is self.fields[-1]:
            self.accept()
        else:
            self.go(1)

    def read(self, typed: dict[str, str]) -> Seen:
        """The code, the first day, and the last if there is one."""
        code, since, until = bare(typed["seen-code"]), typed["seen-since"], typed["seen-until"]
        if not (code.isdecimal() and len(code) == 1):
            raise ValueError("Code exonération : un chiffre de 0 à 9.")
        return code, display.parse_day(since), display.parse_day(until) if until else None

"""The attestation that the patient shows: its exemption and its period, kept in the patient's record."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui import display
from tui.dialogs.dialog import Dialog
from tui.widgets.choice import Choice
from tui.widgets.field import Field

Seen = tuple[str, date, date | None]

_LABELS = (("code", "Code exonération", 1), ("since", "Droits du", 10), ("until", "au (vide : sans fin)", 10))


class AttestationDialog(Dialog[Seen | None]):
    """Asks for what the attestation says; None to give up.

    Args:
        code: the exemption that stands in the form.
        since: the first day of care, from which the attestation is wanted.
    """

    def __init__(self, code: str, since: date) -> None:
        lines = ("Recopiez l’attestation de droits : elle reste au dossier du patient, avec votre nom et le jour.",)
        choices = (Choice("OK", id="ok"), Choice("Renoncer (Échap)", id="back"))
        super().__init__("Attestation de droits vue", lines, choices, safe_answer=None)
        self.values = {"code": code, "since": display.day(since), "until": ""}

    def compose_body(self) -> ComposeResult:
        """The fields, then what is wrong with them."""
        for name, label, width in _LABELS:
            with Horizontal(classes="row"):
                yield Static(display.fit(label, 30))
                field = Field(self.values[name], id=f"seen-{name}", max_length=width)
                field.styles.width = width + 2
                yield field
        yield Static("", id="seen-error")

    def first_focus(self) -> None:
        """Start on the code."""
        self.query_one("#seen-code", Field).focus()

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Enter goes on, and from the last field means OK."""
        event.stop()
        if event.input.id == "seen-until":
            self._accept()
        else:
            self.screen.focus_next()

    def on_choice_taken(self, event: Choice.Taken) -> None:
        """OK, or nothing."""
        event.stop()
        if event.choice.id == "ok":
            self._accept()
        else:
            self.give(None)

    def _accept(self) -> None:
        typed = {name: self.query_one(f"#seen-{name}", Field).value.strip() for name, _, _ in _LABELS}
        try:
            if not (typed["code"].isdecimal() and len(typed["code"]) == 1):
                raise ValueError("Code exonération : un chiffre de 0 à 9.")
            until = display.parse_day(typed["until"]) if typed["until"] else None
            self.give((typed["code"], display.parse_day(typed["since"]), until))
        except ValueError as error:
            self.query_one("#seen-error", Static).update(display.text(f"✗ {error}"))

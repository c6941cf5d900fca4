"""The complementary payer of a DRE, to correct."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui import display
from tui.dialogs.dialog import Dialog
from tui.widgets.choice import Choice
from tui.widgets.field import Field


class AmcDialog(Dialog[str | None]):
    """Asks for the number of the complementary payer; None to give up.

    Args:
        title: which DRE.
        lines: its patient, its rejection, what to do.
        number: the number that was rejected.
    """

    def __init__(self, title: str, lines: tuple[str, ...], number: str) -> None:
        super().__init__(title, lines, (Choice("OK", id="ok"), Choice("Renoncer (Échap)", id="back")), safe_answer=None)
        self.number = number

    def compose_body(self) -> ComposeResult:
        """The number, and what is wrong with it."""
        with Horizontal(classes="row"):
            yield Static(display.fit("N° AMC", 30))
            field = Field(self.number, id="amc", max_length=10)
            field.styles.width = 12
            yield field
        yield Static("", id="amc-error")

    def first_focus(self) -> None:
        """Start on the number."""
        self.query_one("#amc", Field).focus()

    @on(Input.Submitted, "#amc")
    def accept(self, event: Input.Submitted) -> None:
        """Enter means OK."""
        event.stop()
        self._accept()

    def on_choice_taken(self, event: Choice.Taken) -> None:
        """OK, or nothing."""
        event.stop()
        if event.choice.id == "ok":
            self._accept()
        else:
            self.give(None)

    def _accept(self) -> None:
        typed = "".join(self.query_one("#amc", Field).value.split()).upper()
        if typed.strip("0") and typed.isascii() and typed.isalnum():
            self.give(typed)
        else:
            self.query_one("#amc-error", Static).update("✗ Saisissez le numéro de l’organisme, 10 caractères au plus.")

"""A dialog with fields: OK reads them, or says what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from rich.text import Text
from textual.widgets import Input

from tui.dialogs.dialog import Choice, Dialog, Labelled

Entered = TypeVar("Entered")


class FormDialog(Dialog[Entered | None], Generic[Entered]):
    """Asks for a few values; None to give up.

    Args:
        title: what is asked for.
        lines: what one should know.
        fields: their ids are the names that `read` gets.
    """

    ESCAPE = "Renoncer"

    def __init__(self, title: str, lines: Sequence[str], fields: Sequence[Labelled]) -> None:
        self._ok: Choice[Entered | None] = Choice("OK", None)
        give_up: Choice[Entered | None] = Choice("Renoncer (Échap)", None)
        super().__init__(title, lines, (self._ok, give_up), safe_answer=None, fields=fields)
        self._complaint = [Text()]  # the room of what is wrong

    def read(self, typed: dict[str, str]) -> Entered:
        """What was typed, by the id of its field, as a value.

        Raises:
            ValueError: it cannot be read; a French sentence.
        """
        raise NotImplementedError

    def take(self, choice: Choice[Entered | None]) -> None:
        """OK, or nothing."""
        if choice is self._ok:
            self.accept()
        else:
            self.give(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field."""
        event.stop()
        self.entered(event.input)

    def entered(self, field: Input) -> None:
        """Enter in any field means OK."""
        self.accept()

    def accept(self) -> None:
        """Answer with what was typed; or stay, and say what is wrong with it."""
        try:
            self.give(self.read({field.id or "": field.value.strip() for field in self.fields}))
        except ValueError as error:
            self.complain(f"✗ {error}")

"""Why something is taken back, in a few words."""

from __future__ import annotations

from tui.dialogs.dialog import Labelled
from tui.dialogs.form import FormDialog
from tui.text.noted import typed_words
from tui.widgets.text_field import TextField


class ReasonDialog(FormDialog[str]):
    """Asks for a reason; None to give up.

    Args:
        title: what is done.
        lines: what that means.
    """

    def __init__(self, title: str, lines: tuple[str, ...]) -> None:
        super().__init__(title, lines, (Labelled("Pourquoi", TextField(id="reason"), 40),))

    def read(self, typed: dict[str, str]) -> str:
        """The words."""
        return typed_words(typed["reason"], "Pourquoi")

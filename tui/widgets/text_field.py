"""A one-line field to type in, with nothing that blinks."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from tui.text import display

LONGEST = 1000
"""Characters that a field holds at the most."""


class TextField(Input):
    """Textual's Input on one line. Its cursor stands still: a blinking one sends bytes for ever.

    Input paints its value as it is: what comes from data or from a paste is cleaned on its way in.
    """

    DEFAULT_CSS = """
    TextField { height: 1; border: none; padding: 0; background: ansi_default; text-style: underline; }
    TextField:focus { border: none; background: ansi_default; text-style: underline bold; }
    TextField:ansi > .input--placeholder { color: ansi_default; text-style: underline; }
    TextField:ansi > .input--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    """

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(display.clean(value, limit=LONGEST), compact=True, select_on_focus=True, **options)
        self.cursor_blink = False
        if not self.placeholder and self.max_length:
            self.placeholder = "." * min(self.max_length, 15)  # one sees where to type

    def validate_value(self, value: str) -> str:
        """Nothing that a terminal would obey, whoever typed or pasted it."""
        return display.clean(value, limit=LONGEST)

"""A one-line field to type in, with nothing that blinks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.text import display

LONGEST = 1000
"""Characters that a field holds at the most."""


class TextField(Input, inherit_bindings=False):
    """Textual's Input on one line. Its cursor stands still: a blinking one sends bytes for ever.

    Input paints its value as it is: what comes from data or from a paste is cleaned on its way in. It never cuts what
    is typed: a limit is one of the value that is read from it.

    Args:
        value: what it starts from.
        room: characters of the value at the most, shown as points where it is empty.
        tidy: from what was typed to what stands there once the field is left; a ValueError leaves it as typed.
        options: Textual's.
    """

    KEYS_SAID: Final = (
        "Champ",
        "Flèches, Début, Fin, Suppr ; Ctrl+U, Ctrl+K, Ctrl+W effacent.",
    )
    """What F1 says of its keys."""

    # Of the framework's own only these: what copies puts patients' data on the terminal's clipboard.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor_left", show=False),
        Binding("right", "cursor_right", show=False),
        Binding("shift+left", "cursor_left(True)", show=False),
        Binding("shift+right", "cursor_right(True)", show=False),
        Binding("ctrl+left", "cursor_left_word", show=False),
        Binding("ctrl+right", "cursor_right_word", show=False),
        Binding("home", "home", show=False),
        Binding("end", "end", show=False),
        Binding("shift+home", "home(True)", show=False),
        Binding("shift+end", "end(True)", show=False),
        Binding("backspace", "delete_left", show=False),
        Binding("delete", "delete_right", show=False),
        Binding("ctrl+u", "delete_left_all", show=False),
        Binding("ctrl+k", "delete_right_all", show=False),
        Binding("ctrl+w", "delete_left_word", show=False),
        Binding("enter", "submit", show=False),
    ]

    DEFAULT_CSS = """
    TextField { height: 1; border: none; padding: 0; background: ansi_default; text-style: underline; }
    TextField:focus { border: none; background: ansi_default; text-style: underline bold; }
    TextField:ansi > .input--placeholder { color: ansi_default; text-style: underline; }
    TextField:ansi > .input--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    """

    def __init__(
        self, value: str = "", *, room: int = 0, tidy: Callable[[str], str] | None = None, **options: Any
    ) -> None:
        super().__init__(display.clean(value, limit=LONGEST), compact=True, select_on_focus=True, **options)
        self.cursor_blink = False
        self._tidy = tidy
        if not self.placeholder and room:
            self.placeholder = "." * min(room, 15)  # one sees where to type

    def on_blur(self) -> None:
        """Left: show the value as it is kept; next time the whole is selected, to be typed over."""
        self.select_on_focus = True
        if self._tidy is not None:
            with suppress(ValueError), self.prevent(Input.Changed):
                self.value = self._tidy(self.value)

    def take(self, text: str) -> None:
        """Hold this text, as if it had been typed here: what follows is typed after it."""
        self.select_on_focus = False
        self.value = text
        self.cursor_position = len(self.value)

    def validate_value(self, value: str) -> str:
        """Nothing that a terminal would obey, whoever typed or pasted it."""
        return display.clean(value, limit=LONGEST)

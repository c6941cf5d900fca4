"""The line of keys at the bottom: what can be done here, off where it cannot be done now."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text
from textual.widget import Widget

from tui.terminal import pens


class KeyBar(Widget):
    """At most seven keys, all visible at 80 columns; the rest is under F1."""

    DEFAULT_CSS = "KeyBar { height: 1; dock: bottom; }"

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[tuple[str, str, bool], ...] = ()

    def show(self, entries: Iterable[tuple[str, str, bool]]) -> None:
        """Show these (keys, label, off) in order."""
        shown = tuple(entries)
        if shown != self._entries:
            self._entries = shown
            self.refresh()

    @property
    def plain(self) -> str:
        """The line as text."""
        return "  ".join(f"{keys} {label}" for keys, label, _ in self._entries)

    def render(self) -> Text:
        """The keys in reverse, what they do beside; in parentheses and dim where it is off."""
        line = Text(no_wrap=True, overflow="crop")
        for keys, label, off in self._entries:
            if line:
                line.append(" ")
            line.append(keys, pens.style(pens.OFF if off else pens.KEY))
            line.append(f" {f'({label})' if off else label}", pens.style(pens.OFF if off else pens.PLAIN))
        return line

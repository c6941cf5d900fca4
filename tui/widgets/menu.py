"""A menu: entries with their letter and a live count beside each."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click, Key
from textual.message import Message
from textual.reactive import reactive

from tui.terminal import pens
from tui.text import display
from tui.text.places import Entry
from tui.widgets.cursor_list import CursorList

_AROUND: Final = 4
"""Lines of a screen that are not a menu's: its place, its news, its margin, its keys."""


class Menu(CursorList):
    """Up, down, Enter; or the entry's letter. Posts `Chosen`."""

    # The style, not the text, keeps Textual from wrapping: an entry must stay on its own line.
    DEFAULT_CSS = "Menu { height: auto; margin: 1 0; text-wrap: nowrap; text-overflow: ellipsis; }"

    KEYS_SAID = ("Flèches", "D’une entrée à l’autre ; aussi Début, Fin. Entrée ou la lettre : ouvrir.")
    BINDINGS: ClassVar[list[BindingType]] = [
        *CursorList.EDGES,
        Binding("enter", "choose", show=False),
    ]

    counts: reactive[dict[str, str]] = reactive({}, layout=True)
    """What is said beside each entry, by its name."""
    entries: reactive[tuple[Entry, ...]] = reactive((), layout=True)

    class Chosen(Message):
        """An entry was taken."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        super().__init__()
        self.set_reactive(Menu.entries, entries)

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    @property
    def _step(self) -> int:
        """From one entry to the next: every other line, or each where the window is too low for that."""
        return 2 if self.count * 2 + _AROUND <= self.app.size.height else 1

    def render(self) -> Text:
        """The entries, one below the other."""
        text = Text()
        for index, entry in enumerate(self.entries):
            if index:
                text.append("\n" * self._step)
            here = index == self.cursor
            pen = (pens.CHOSEN if self.has_focus else pens.SELECTED_AWAY) if here else pens.PLAIN
            text.append(entry.line(here), pens.style(pen))
            text.append("  " + display.clean(self.counts.get(entry.name, "")))
        return text

    def action_move(self, step: int) -> None:
        """To the entry above or below, round."""
        self.cursor = (self.cursor + step) % len(self.entries)

    def action_choose(self) -> None:
        """Take the entry under the cursor."""
        self.post_message(self.Chosen(self.entries[self.cursor].name))

    def on_key(self, event: Key) -> None:
        """Take an entry by its letter, in capitals too: opening a screen writes nothing."""
        for index, entry in enumerate(self.entries):
            if event.character and event.character.lower() == entry.letter.lower():
                event.stop()
                self.cursor = index
                self.action_choose()
                return

    def on_click(self, event: Click) -> None:
        """Take the entry that is clicked."""
        index, between = divmod(event.y, self._step)
        if not between and index < len(self.entries):
            self.cursor = index
            self.action_choose()

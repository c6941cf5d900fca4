"""A question on a layer of its own: opaque, small, keeping the focus; not a screen, so the line carries little.

A dialog is one widget that draws its heading, its text and its choices: so it comes in one paint, sooner
than a widget for each would. Only the fields that one types in are widgets of their own.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Generic, NamedTuple, TypeVar

from rich.segment import Segment
from rich.text import Text
from textual.events import Click, Key, Show
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal import pens
from tui.terminal.pace import REST
from tui.terminal.textual_insides import get_time
from tui.text import display
from tui.widgets.text_field import TextField

Answer = TypeVar("Answer")

INSIDE: Final = 66
"""Cells for text, at the most."""
COLUMN: Final = 37
"""Cells in which text is set where it can be: what the box covers must be sent again when it closes. With its borders
and two cells to the left of the middle, it leaves the number, the date and the amount of each row of a list."""
LABEL: Final = 30
"""Cells for the word beside a field."""
_LONG: Final = 12
"""Lines from which a text is set as wide as it may be."""
_AROUND: Final = 4
"""Lines of the window that are no text: the place and the keys of the screen, the heading and the choices."""
_MORE: Final = (f"{display.ELLIPSIS} (flèche haut)", f"{display.ELLIPSIS} (flèche bas : la suite)")
"""What stands for the text that is above, and below."""
_BAR: Final = 80
"""Cells of the line of keys."""
_REVERSED: Final = pens.style(pens.CHOSEN)
_UNSAVED: Final = "✗ Ce qui est saisi ici n’est pas enregistré. Échap de nouveau l’abandonne."


@dataclass(frozen=True, slots=True)
class Choice(Generic[Answer]):
    """One choice, and the answer that it gives."""

    label: str
    """What it says, its letter in parentheses where it has one."""
    answer: Answer
    """What the dialog answers when it is taken."""
    letter: str = ""
    """The key that takes it, in lower case; none where it is empty."""
    writes: bool = False
    """Whether taking it changes the practice, or loses what was typed: it is then taken only at rest."""

    @property
    def bare(self) -> str:
        """What it says, without its letter."""
        return self.label.partition(" (")[0]


class Labelled(NamedTuple):
    """A field of a dialog."""

    label: str
    """What is typed there, in `LABEL` cells at the most."""
    field: TextField
    cells: int
    """How wide the field is."""


class HelpAsked(Message):
    """F1 was pressed in a question."""

    def __init__(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.title = title
        self.lines = lines


class Dialog(Widget, Generic[Answer], can_focus=True):
    """A heading in reverse, lines of text, perhaps fields, and choices in a row; `answer` waits for one of them.

    Left and right (or Tab) go from choice to choice, Enter takes the one that is marked; so does its letter. Escape
    always gives `safe_answer`, which changes nothing. A text longer than the window scrolls: up, down, the pages.

    Args:
        title: what it is about, as a heading.
        lines: the text, wrapped here; a Text is in lines already.
        choices: in the order of the row; the first is marked.
        safe_answer: what Escape answers.
        fields: each on a line below the text.
    """

    HELP_LINES: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What F1 says of the keys that are this question's own."""
    ESCAPE: ClassVar[str] = ""
    """What Escape does, where it is none of the choices."""

    DEFAULT_CSS = "Dialog { layer: dialog; offset: -2 0; background: ansi_default; overflow: hidden; }"

    def __init__(
        self,
        title: str,
        lines: Sequence[str] | Text,
        choices: Sequence[Choice[Answer]],
        safe_answer: Answer,
        fields: Sequence[Labelled] = (),
    ) -> None:
        self.fields = tuple(labelled.field for labelled in fields)
        self._started = self._typed
        self._asked: tuple[tuple[str, ...], float] = (self._started, -math.inf)
        self._complaint: list[Text] = []
        super().__init__(*self.fields)
        self.heading = title
        self.choices = tuple(choices)
        self.safe_answer = safe_answer
        self.answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._marked = 0
        self.clock: Callable[[], float] = get_time
        self.shown_at = math.inf
        row = sum(_cells(choice) for choice in self.choices)
        least = INSIDE if fields else max(len(title), row, COLUMN)
        text = lines.split("\n") if isinstance(lines, Text) else in_column(lines, least)
        self._text = text
        self._top = 0
        self._room = len(text)
        self._labels = [Text(display.fit(labelled.label, LABEL)) for labelled in fields]
        self._inside = max(least, *(line.cell_len for line in text), 0)
        for labelled in fields:
            labelled.field.styles.width = labelled.cells
            labelled.field.styles.margin = (0, 0, 0, 2 + LABEL)
        self.styles.width = 4 + self._inside

    def on_mount(self) -> None:
        """Keep the focus inside until the answer."""
        self.trap_focus()
        self.lay_out()

    def lay_out(self) -> None:
        """Take as many lines as the text needs and the window has."""
        below = len(self.body) - len(self._visible)
        self._room = min(len(self._text), max(3, self.app.size.height - _AROUND - below))
        self._scroll(0)
        if self.fields:
            self.fields[0].styles.margin = (1 + self._room, 0, 0, 2 + LABEL)
        self.styles.height = 2 + self._room + below

    @property
    def _visible(self) -> list[Text]:
        """The lines of the text that there is room for; where some are above or below, a line says so."""
        shown = self._text[self._top : self._top + self._room]
        if self._top:
            shown[0] = Text(_MORE[0])
        if self._top + self._room < len(self._text):
            shown[-1] = Text(_MORE[1])
        return shown

    def _scroll(self, lines: int) -> None:
        self._top = max(0, min(self._top + lines, len(self._text) - self._room))
        self.refresh()

    def on_show(self, event: Show) -> None:
        """From now on keys are answers."""
        self._is_seen()

    def _is_seen(self) -> None:
        """It goes to the terminal: a key that comes right then may come before this loop hears of the showing."""
        self.shown_at = min(self.clock(), self.shown_at)

    @property
    def first(self) -> Widget:
        """Where the focus starts: the first field, or else the choices, the safe one of which is marked."""
        return self.fields[0] if self.fields else self

    def leave_fields(self) -> None:
        """Back from a field to the choices."""
        self.screen.set_focus(self)

    @property
    def marked(self) -> Choice[Answer]:
        """The choice that Enter takes."""
        return self.choices[self._marked]

    @property
    def body(self) -> list[Text]:
        """The lines between the heading and the choices."""
        return [*self._visible, *self._labels, *self._complaint]

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Its keys and what they do, as many as the line of keys holds; Escape and F1 always."""
        if not self.fields and len(self.choices) == 1:
            return [("Entrée", self.choices[0].bare), ("F1", "Aide"), ("Échap", self.escape)]
        letters = [(choice.letter.upper(), choice.bare) for choice in self.choices if choice.letter]
        lettered = not self.fields and all(choice.letter for choice in self.choices)
        more = [] if lettered else [("Entrée", "Prendre"), ("Tab", "Suivant")]  # each key costs bytes, and F1 has all
        last = [("F1", "Aide"), ("Échap", self.escape)]
        while more and sum(len(f"{key} {does} ") for key, does in (*letters, *more, *last)) > _BAR:
            more.pop()
        return [*letters, *more, *last]

    @property
    def escape(self) -> str:
        """What Escape does."""
        safe = next((choice.bare for choice in self.choices if choice.answer == self.safe_answer), "Renoncer")
        return self.ESCAPE or safe

    @property
    def help_lines(self) -> list[tuple[str, str]]:
        """Every key that does something here, and what."""
        lines = [(choice.letter.upper(), f"{choice.bare}.") for choice in self.choices if choice.letter]
        if self.fields:
            lines.append(TextField.KEYS_SAID)
        if len(self._text) > self._room:
            lines.append(("Flèches", "Haut, bas : la suite du texte ; aussi Page préc., Page suiv."))
        if len(self.fields) + len(self.choices) > 1:
            lines += [("Tab", "Au choix ou au champ d’après ; Maj+Tab : d’avant. Flèches : d’un choix à l’autre.")]
        lines += [
            ("Entrée", "Prendre le choix marqué."),
            *self.HELP_LINES,
            ("Échap", f"{self.escape} : rien ne change."),
        ]
        return lines

    def by_letter(self, letter: str) -> Choice[Answer] | None:
        """The choice that has this letter."""
        return next((choice for choice in self.choices if letter and choice.letter == letter), None)

    def mark_for_now(self, choice: Choice[Answer]) -> Callable[[], None]:
        """Show this choice as the one that is about to be taken; what is given back marks the one of before."""
        before = self._marked
        self._mark(self.choices.index(choice))
        return lambda: self._mark(before)

    def give(self, answer: Answer) -> None:
        """Answer, once."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def give_up(self) -> None:
        """Change nothing."""
        self.give(self.safe_answer)

    @property
    def _typed(self) -> tuple[str, ...]:
        return tuple(field.value.strip() for field in self.fields)

    def complain(self, sentence: str) -> None:
        """Say this below the fields."""
        self._complaint = in_column([sentence], INSIDE)
        self.lay_out()

    def _escape(self) -> None:
        """Give up; where something was typed, say first that it would be lost: a key that is held loses nothing."""
        typed, (asked_about, asked_at) = self._typed, self._asked
        now = self.clock()
        self._asked = (typed, now)
        if typed == self._started or (typed == asked_about and now - asked_at >= REST):
            self.give_up()
        elif typed != asked_about:
            self.complain(_UNSAVED)

    def take(self, choice: Choice[Answer]) -> None:
        """A choice was taken."""
        self.give(choice.answer)

    def on_key(self, event: Key) -> None:
        """Escape and Tab from everywhere; the rest on the choices only, as a field has its own use for it.

        A key that was on its way before the question was on the screen answers nothing but Escape: PuTTY's function
        keys in VT100+ mode come as Escape, « O », a letter, and may overtake one another.
        """
        letter = event.key.lower()  # its name: « alt+shift+o » carries the character of « O »
        if event.key == "escape":
            self._escape()
        elif event.key == "f1":
            self.post_message(HelpAsked(self.heading, self.help_lines))
        elif event.time < self.shown_at:
            pass
        elif event.key in {"tab", "shift+tab"}:
            self.go(1 if event.key == "tab" else -1)
        elif event.key in {"pageup", "pagedown"}:
            self._scroll((self._room - 2) * (1 if event.key == "pagedown" else -1))
        elif self.screen.focused is not self:
            return
        elif event.key in {"up", "down"}:
            self._scroll(1 if event.key == "down" else -1)
        elif event.key in {"left", "right"}:
            self._mark((self._marked + (1 if event.key == "right" else -1)) % len(self.choices))
        elif event.key == "enter":
            self.take(self.marked)
        elif chosen := self.by_letter(letter):
            self.take(chosen)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: Click) -> None:
        """A click takes a choice too."""
        column = 2
        for choice in self.choices if event.y == 1 + len(self.body) else ():
            if column <= event.x < column + _cells(choice):
                self.take(choice)
            column += _cells(choice)

    def go(self, step: int) -> None:
        """Go to the next place to stop at: the fields, then the choices, round."""
        focused = self.screen.focused
        here = next((index for index, field in enumerate(self.fields) if field is focused), None)
        place = len(self.fields) + self._marked if here is None else here
        place = (place + step) % (len(self.fields) + len(self.choices))
        if place < len(self.fields):
            self.screen.set_focus(self.fields[place])
        else:
            self.screen.set_focus(self)
            self._mark(place - len(self.fields))

    def render_line(self, y: int) -> Strip:
        """The heading in reverse, the body between two bars, the choices in the lower border."""
        if y == 0:
            self._is_seen()
            return Strip([Segment(display.fit(f"  {self.heading}", 4 + self._inside), _REVERSED)])
        body = self.body
        if y > len(body):
            row = Strip(self._row().render(self.app.console))
            rule = "─" * (self._inside - row.cell_length)
            return Strip([Segment("└ "), *row, Segment(f"{rule}─┘")])
        line = Strip(body[y - 1].render(self.app.console)).adjust_cell_length(self._inside)
        return Strip([Segment("│ "), *line, Segment(" │")])

    def _row(self) -> Text:
        row = Text()
        for index, choice in enumerate(self.choices):
            if index == self._marked and self.screen.focused is self:
                row.append(f"▸ {choice.label} ◂", _REVERSED)
            else:
                row.append(f"  {choice.label}  ")
        return row

    def _mark(self, index: int) -> None:
        self._marked = index
        self.refresh()


def _cells(choice: Choice[Answer]) -> int:
    return len(choice.label) + 4


def in_column(lines: Sequence[str], width: int) -> list[Text]:
    """The text in lines of this width; of more, where a word is longer or where there would be too many."""
    longest = max((len(word) for line in lines for word in line.split()), default=0)
    width = min(max(width, longest), INSIDE)
    found = [line for text in lines for line in display.wrapped(text, width)]
    if len(found) > _LONG:
        found = [line for text in lines for line in display.wrapped(text, INSIDE)]
    return [Text(line) for line in found]

"""A short list of lines of text with a cursor: lots, returns, answers; a few hundred lines at most."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from tui.terminal import pens
from tui.text import display
from tui.text.positions import beside
from tui.text.text_columns import Cells, TextColumn, headings, laid
from tui.widgets.cursor_list import CursorList, drawn, heading, remark


class TextList(CursorList):
    """Lines under a heading. `Highlighted` follows the cursor.

    Args:
        heading: the line above; or the columns, set anew in each width, of lines that are in cells.
        empty: what is said where there is no line.
        ruled: whether a line under it parts it from what is said below, in which the position stands.
    """

    DEFAULT_CSS = "TextList { height: 1fr; }"

    BINDINGS = CursorList.PAGING
    KEYS_SAID = ("Flèches", "D’une ligne à l’autre ; aussi Page préc., Page suiv., Début, Fin.")

    lines: reactive[tuple[str | Cells, ...]] = reactive(())
    """Each a text as it stands, or what stands in each column."""
    marks: reactive[bool] = reactive(False)
    """Whether its line is marked: of the lists of a screen only the one that had the keys last is."""

    def __init__(
        self, heading: str | tuple[TextColumn, ...], empty: str, *, ruled: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.ruled = ruled
        self.heading = heading
        self.empty = empty

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def on_focus(self) -> None:
        """The mark comes here, and goes from the other lists of the screen."""
        for other in self.screen.query(TextList):
            other.marks = other is self

    def reread(self, lines: tuple[str | Cells, ...]) -> None:
        """Show the lines as they are read now; the cursor stays on its line wherever that stands."""
        here = self.lines[self.cursor] if self.cursor < self.count else None
        self.lines = lines
        if here in lines and lines[self.cursor] != here:
            self.cursor = lines.index(here)

    def watch_lines(self) -> None:
        """Keep the cursor within what is left."""
        self.cursor = self.validate_cursor(self.cursor)
        self.post_message(self.Highlighted())

    def render_line(self, y: int) -> Strip:
        """The heading, then the lines around the cursor."""
        width = self.size.width
        if y == 0:
            above = self.heading if isinstance(self.heading, str) else headings(self.heading, width - 2)
            return heading("  " + above if self.ruled else beside("  " + above, self.position, width), width)
        index = self.line_at(y)
        if index < len(self.lines):
            return self._drawn(self.lines[index], width, here=self.marks and index == self.cursor)
        if not self.lines and y == 2:
            return remark(self.empty, width)
        return Strip.blank(width)

    def _drawn(self, said: str | Cells, width: int, *, here: bool) -> Strip:
        """A line; under the cursor it is all in one pen."""
        columns = self.heading if isinstance(self.heading, tuple) else ()
        pieces = [(said, pens.PLAIN)] if isinstance(said, str) else laid(columns, said, width - 2)
        if here or isinstance(said, str):
            text = display.fit(("▸ " if here else "  ") + "".join(text for text, _ in pieces), width)
            return drawn(text, width, here=here, focused=self.has_focus)
        return Strip([Segment("  "), *(Segment(text, pens.style(pen)) for text, pen in pieces)])

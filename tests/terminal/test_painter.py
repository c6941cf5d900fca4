"""Every frame that goes down the line, replayed in an emulator, is what was meant: text and style of every cell."""

from itertools import pairwise

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.terminal.emulated import look, meant, new_screen
from tui.terminal.cells import RESET, cells, change_pen, pen
from tui.terminal.painter import TEXTUAL, Painter, is_at_home

WORDS = ("DUPONT", "12,50", "é", "漢字", "e\u0301", "a\u0300\u0301", "─────", " ", "     ", " " * 20)
STYLES = (
    Style(),
    Style(bold=True),
    Style(reverse=True),
    Style(dim=True, underline=True),
    Style(italic=True, strike=True),
    Style(color="red"),
    Style(bold=True, bgcolor="magenta"),
    Style(bold=True, color="default", bgcolor="default"),
)

Lines = list[Strip]


class Line:
    """A painter, and the terminal at the other end."""

    def __init__(self, width: int = 80, height: int = 24) -> None:
        self.painter = Painter()
        self.screen = new_screen(width, height)
        self.stream = pyte.Stream(self.screen)

    def show(self, lines: Lines, cursor: tuple[int, int] | None = None, x: int = 0, y: int = 0) -> str:
        """Let Textual mean these lines at this place; what went down the line for it."""
        size = self.screen.columns, self.screen.lines
        region = Region(x, y, lines[0].cell_length, len(lines))
        self.painter.take(LayoutUpdate([[line] for line in lines], region), size, ColorSystem.STANDARD)
        sent = self.painter.paint(cursor)
        self.stream.feed(sent)
        return sent


def line_of(pieces: list[tuple[str, Style]], width: int) -> Strip:
    """A line of exactly this width."""
    segments = [Segment(text, style) for text, style in pieces]
    return Strip(segments).adjust_cell_length(width, Style())


def plain(*texts: str) -> Lines:
    return [Strip([Segment(text.ljust(80))], 80) for text in texts]


def page(first: int, cursor: int = -1, rows: int = 20) -> Lines:
    """A list of invoices from one of them on."""
    texts = [f"  {number:09} 05/11 DUPONT Marie {number % 7} CPAM 33-1" for number in range(first, first + rows)]
    return [
        Strip([Segment(text.ljust(80), Style(reverse=place == cursor))], 80) for place, text in enumerate(texts)
    ] + plain(*[""] * (24 - rows))


pieces = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(STYLES)), max_size=6)


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, int, int, int, list[list[tuple[str, Style]]]]]:
    """What happens on a screen: lines that change, blocks that move, sizes that change, pieces written over."""
    kinds = st.sampled_from(["new", "line", "blank", "move", "piece", "resize", "forget"])
    number = st.integers(0, 40)
    return draw(
        st.lists(
            st.tuples(kinds, number, number, st.integers(-4, 4), st.lists(pieces, min_size=1, max_size=4)), max_size=8
        )
    )


@settings(max_examples=300, deadline=None)
@given(start=st.lists(pieces, min_size=8, max_size=8), steps=steps())
def test_what_is_shown_is_what_is_meant(
    start: list[list[tuple[str, Style]]], steps: list[tuple[str, int, int, int, list[list[tuple[str, Style]]]]]
) -> None:
    line = Line(24, 8)
    content = [line_of(text, 24) for text in start]
    for kind, first, second, rise, texts in [("new", 0, 0, 0, start), *steps]:
        width, height = line.screen.columns, line.screen.lines
        y, x = first % height, second % width
        fresh = [line_of(text, width) for text in texts]
        if kind == "resize":
            width, height = 10 + first, 6 + second % 6
            line.screen.resize(height, width)
            content = [line_of(text, width) for text in (texts * 12)[:height]]
        elif kind == "forget":
            line.screen.reset()
            line.stream.feed("\x1b[?7l\x1b[44mbruit")
            line.painter.forget()
        elif kind == "piece":
            halves = [place for place, cell in enumerate(line.painter.wanted[y]) if not cell[0]]
            x = halves[second % len(halves)] if halves else x
            room = width - x
            line.show([line_of(texts[0], room).crop(0, 1 + first % room)], x=x, y=y)
            assert look(line.screen) == meant(line.painter)
        elif kind == "move":
            block = content[y:]
            turn = rise % len(block)
            content = content[:y] + block[turn:] + block[:turn]
            content[-1] = fresh[0]
        else:
            content[y : y + len(fresh)] = [Strip.blank(width)] * len(fresh) if kind == "blank" else fresh
            content = content[:height]
        cursor = (min(y, height - 1), min(x, width - 1)) if rise > 2 else None
        line.show(content, cursor)
        assert look(line.screen) == meant(line.painter)
        if cursor is not None:
            assert (line.screen.cursor.y, line.screen.cursor.x) == cursor


def test_the_same_again_costs_nothing() -> None:
    line = Line()
    line.show(page(1))
    assert line.show(page(1)) == ""


def test_a_cursor_going_down_costs_its_two_lines() -> None:
    line = Line()
    line.show(page(1, cursor=4))
    sent = line.show(page(1, cursor=5))
    assert look(line.screen) == meant(line.painter)
    assert len(sent) < 50 + 80 + 10


def test_a_list_that_scrolls_moves_its_block() -> None:
    line = Line()
    line.show(page(1, cursor=19))
    sent = line.show(page(2, cursor=19))
    assert "\x1b[;19r" in sent
    assert len(sent) < 100
    assert look(line.screen) == meant(line.painter)
    line.show(page(1, cursor=0))
    sent = line.show(page(0, cursor=0))
    assert "\x1bM" in sent
    assert look(line.screen) == meant(line.painter)


def test_a_move_that_saves_nothing_is_not_made() -> None:
    line = Line()
    line.show(plain("a", "b", "c", "d", "e"))
    assert "r" not in line.show(plain("b", "c", "d", "e", "f"))


def test_a_blank_tail_is_erased_with_a_pen_that_leaves_no_trace() -> None:
    line = Line()
    line.show([Strip([Segment("x" * 80, Style(reverse=True))], 80)])
    assert line.show([Strip([Segment("x" * 4, Style(reverse=True)), Segment(" " * 76)], 80)]).endswith(RESET + "\x1b[K")
    assert look(line.screen) == meant(line.painter)


def test_no_text_reaches_the_terminal_as_a_command() -> None:
    line = Line()
    sent = line.show([Strip([Segment("a\x1b[2J\x07\x9bb\rc")], 80)])
    assert sent.endswith("a[2Jbc")


@pytest.mark.parametrize(
    ("sgr", "same"),
    [
        ("39;49", ""),
        ("49;1;39", "1"),
        ("7;1", "1;7"),
        ("1;38;5;208;49", "1;38;5;208"),
        ("97;48;2;1;2;3", "97;48;2;1;2;3"),
    ],
)
def test_pens_that_show_the_same_are_the_same(sgr: str, same: str) -> None:
    assert pen(sgr) == same


@pytest.mark.parametrize(
    ("old", "new", "sgr"),
    [
        (None, "", "\x1b[m"),
        (None, "1", "\x1b[;1m"),
        ("1", "1", ""),
        ("1", "", "\x1b[m"),
        ("", "7", "\x1b[7m"),
        ("1;31", "1;32", "\x1b[32m"),
        ("1;2", "1", "\x1b[;1m"),
        ("1;35;45", "1;35", "\x1b[49m"),
    ],
)
def test_a_pen_changes_by_the_shortest_way(old: str | None, new: str, sgr: str) -> None:
    assert change_pen(old, new) == sgr


CODES = ["1", "3", "4", "7", "9", "31", "32", "45"]


@given(st.lists(st.sets(st.sampled_from(CODES)), min_size=2, max_size=8))
def test_pens_follow_one_another(pens: list[set[str]]) -> None:
    line = Line()
    chain = [pen(";".join(sorted(codes))) for codes in pens]
    line.stream.feed(change_pen(None, chain[0]))
    for old, new in pairwise(chain):
        line.stream.feed("\r" + change_pen(old, new) + "x")
        assert look(line.screen)[line.screen.cursor.y][0] == ("x", new)


def test_the_version_of_textual_that_is_known_is_the_one_installed() -> None:
    import textual

    assert is_at_home() == (textual.__version__ == TEXTUAL)


def test_cells_that_something_may_have_written_on_are_sent_again() -> None:
    painter, screen = Painter(), new_screen(20, 3)
    stream = pyte.Stream(screen)
    painter.want([cells(text.ljust(20), "") for text in ("lieu", "", "première ligne")])
    stream.feed(painter.paint((1, 0)) + "pp")
    painter.doubt(1, 0, 8)
    sent = painter.paint()
    stream.feed(sent)
    assert look(screen) == meant(painter)
    assert "lieu" not in sent

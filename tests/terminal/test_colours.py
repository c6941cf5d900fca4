"""What colours go down the line, for each kind of terminal."""

import re

import pytest

from tests.terminal.pty_session import PtySession, toy

ATTRIBUTES = {b"", b"1", b"2", b"4", b"7", b"22", b"24", b"27"}
"""Plain; bold, dim, underlined, reverse, and each of them off."""
_SGR = re.compile(rb"\x1b\[([0-9;]*)m")


def codes(session: PtySession) -> set[bytes]:
    """Every code of every SGR sequence that a walk over the widgets wrote."""
    session.wait_until("NON")
    session.press("x", "tab", "down")
    session.watch(0.3)
    session.press("tab")
    session.watch(0.3)
    session.press("tab")
    session.watch(0.3)
    return {code for sequence in _SGR.findall(session.since()) for code in sequence.split(b";")}


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "linux", "vt220", "screen"])
def test_only_base_colours_and_attributes(term: str) -> None:
    with toy("field", env={"TERM": term}) as session:
        assert codes(session) <= ATTRIBUTES | {b"31", b"32", b"35", b"37", b"45", b"39", b"49"}


def test_a_terminal_of_true_colours_gets_the_same() -> None:
    with toy("field", env={"COLORTERM": "truecolor"}) as session:
        assert not codes(session) & {b"38", b"48"}


def test_no_color_is_colourless_and_still_shows_what_is_selected() -> None:
    with toy("field", env={"NO_COLOR": "1"}) as session:
        assert {b"1", b"4", b"7"} < codes(session) <= ATTRIBUTES


def row_is_underlined(session: PtySession, word: str) -> bool:
    line = next(number for number, text in enumerate(session.lines) if word in text)
    return session.screen.buffer[line][session.lines[line].index(word)].underscore


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}], ids=["colours", "no colour"])
def test_the_chosen_row_shows_without_its_colour(env: dict[str, str]) -> None:
    with toy("field", env=env) as session:
        session.wait_until("deux")
        session.press("tab", "down")
        session.wait_until(lambda seen: row_is_underlined(seen, "deux"))
        assert not row_is_underlined(session, "un ")


def test_an_empty_no_color_asks_for_nothing() -> None:
    with toy("field", env={"NO_COLOR": ""}) as session:
        assert b"31" in codes(session)


def test_the_cursor_of_a_field_shows_on_any_background() -> None:
    with toy("field") as session:
        session.wait_until("prêt")
        session.watch(0.3)
        line = next(number for number, text in enumerate(session.lines) if "prêt" in text)
        cell = session.screen.buffer[line][session.lines[line].index("prêt") + 4]
        assert (cell.reverse, cell.fg, cell.bg) == (True, "default", "default")

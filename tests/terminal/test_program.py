"""The program itself in a terminal: keys in the encodings of PuTTY, bytes of each answer, colours, signs, sizes."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.conftest import ACCUEIL
from tests.terminal.pty_session import PtySession

FIRST = "▸ 000001008"
SGR = re.compile(rb"\x1b\[([0-9;]*)m")

PUTTY = {
    "ESC[n~": ["[11~", "[12~", "[13~", "[14~", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~"],
    "Linux": ["[[A", "[[B", "[[C", "[[D", "[[E", "[17~", "[18~", "[19~", "[20~", "[21~"],
    "Xterm R6": ["OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~"],
    "VT400": ["OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~"],
    "VT100+": ["OP", "OQ", "OR", "OS", "OT", "OU", "OV", "OW", "OX", "OY"],
    "SCO": ["[M", "[N", "[O", "[P", "[Q", "[R", "[S", "[T", "[U", "[V"],
}
"""What F1 to F10 send in each of PuTTY's modes (manual, 4.4.3), after ESC."""

WHOLE = ["ESC[n~", "Linux", "Xterm R6", "VT400", "VT100+"]
"""The modes in which every key arrives as itself."""


def opened(base: Path, screen: str = "annuler", **env: str) -> PtySession:
    words = ["--ecran", screen] if screen else []
    return PtySession([ACCUEIL, "--base", str(base), "--operateur", "sophie", *words], env=env)


@pytest.fixture
def session(base: Path) -> Iterator[PtySession]:
    """On the list of transmitted invoices, everything on the screen."""
    with opened(base) as session:
        settled(session)
        yield session


def settled(session: PtySession) -> None:
    """Wait until the list, its counts, its place, its focus and the reason of its first row are there."""
    words = FIRST, "À traiter 14", "─ 1 / ", "Motif", "Échap"
    session.wait_until(lambda seen: all(word in seen.text for word in words))
    session.wait_until(lambda seen: seen.screen.buffer[3][4].reverse)


def codes(session: PtySession) -> set[str]:
    return {code for found in SGR.findall(session.since()) for code in found.decode().split(";")}


class TestFunctionKeys:
    @pytest.mark.parametrize("mode", WHOLE)
    def test_each_reaches_its_action(self, session: PtySession, mode: str) -> None:
        keys = [b"\x1b" + rest.encode() for rest in PUTTY[mode]]
        shown_by = {1: "Aide : Annuler factures", 4: "Annuler la facture n° 1008 ?", 3: "nom, n°, lot"}
        for number, shown in shown_by.items():
            session.send(keys[number - 1])
            session.wait_until(shown)
            session.press("escape")
            session.wait_until(lambda seen, shown=shown: shown not in seen.text)  # type: ignore[misc]
        first = session.lines
        session.send(keys[5 - 1])
        session.wait_until(lambda seen: seen.lines != first)

    @pytest.mark.parametrize("mode", ["VT100+", "SCO"])
    def test_in_the_other_modes_no_key_answers_oui(self, session: PtySession, base: Path, mode: str) -> None:
        session.press("a")
        session.wait_until("NON (N)")
        for rest in PUTTY[mode]:
            session.send(b"\x1b" + rest.encode())
        session.press("escape")  # leaves the help, which F1 opened above the question
        session.rest()
        session.press("escape")
        session.wait_until(lambda seen: "NON (N)" not in seen.text)
        assert "devient la facture" not in session.text


class TestBytes:
    """The budgets of the issue, « must not exceed »; the reason of the row, five lines, is counted with each move."""

    def cost(self, session: PtySession, keys: tuple[str, ...], seen: str | Callable[[PtySession], bool]) -> int:
        mark = session.mark()
        session.press(*keys)
        session.wait_until(seen)
        return len(session.since(mark))

    def test_first_screen(self, session: PtySession) -> None:
        assert len(session.received) < 1.5 * 1950

    def test_moves(self, session: PtySession) -> None:
        assert self.cost(session, ("down",), lambda seen: "▸ 000001009" in seen.text and "ETM NON" in seen.text) < 650
        assert self.cost(session, ("pagedown",), lambda seen: "000001009" not in seen.text) < 1.5 * 1285
        session.press("home")
        session.wait_until(FIRST)
        session.press(*["down"] * 13)
        session.wait_until(lambda seen: "▸ 000001058" in seen.text and "ETM CONNUE" in seen.text)
        assert self.cost(session, ("down",), lambda seen: FIRST[2:] not in seen.text) < 650

    def test_question(self, session: PtySession) -> None:
        assert self.cost(session, ("a",), lambda seen: "NON (N)" in seen.text and "┘" in seen.text) < 520
        session.rest()
        # the screen's keys come back in the bar, in their colours
        assert self.cost(session, ("n",), lambda seen: "annulée." in seen.text and "┘" not in seen.text) < 580

    def test_nothing_while_idle(self, session: PtySession) -> None:
        for keys, shown in (((), FIRST), (("a",), "NON (N)"), (("n",), "pas été annulée"), (("f",), "nom, n°, lot")):
            session.press(*keys)
            session.wait_until(shown)
            session.watch(0.3)
            assert session.watch(0.7) == b""

    def test_the_same_key_with_nothing_to_do_costs_nothing(self, session: PtySession) -> None:
        session.press("up")
        assert session.watch(0.3) == b""


class TestColours:
    @pytest.mark.parametrize("term", ["xterm", "xterm-256color", "linux", "vt220", "screen", "tmux-256color"])
    def test_no_more_than_the_sixteen_of_the_terminal(self, base: Path, term: str) -> None:
        with opened(base, TERM=term) as session:
            settled(session)
            session.press("a")
            session.wait_until("NON (N)")
            assert not codes(session) & {"38", "48", *map(str, range(100, 108))}

    def test_no_color_sends_none(self, base: Path) -> None:
        with opened(base, NO_COLOR="1") as session:
            settled(session)
            session.press("a")
            session.wait_until("NON (N)")
            assert codes(session) <= {"", "1", "2", "4", "7", "22", "24", "27"}


def test_ascii_signs_draw_lines_and_marks_with_ascii(base: Path) -> None:
    with opened(base, ACCUEIL_ASCII="1") as session:
        session.wait_until("> 000001008")
        session.press("a")
        session.wait_until("> NON (N) <")
        session.wait_until(lambda seen: "--------+" in seen.text and "Échap" in seen.lines[-1])
        assert not re.search("[\u2190-\u2bff]", session.text)


def test_smaller_and_back_is_as_it_was(session: PtySession) -> None:
    before = session.text
    session.resize(60, 12)
    session.wait_until("Fenêtre trop petite (60 × 12)")
    session.resize(80, 24)
    session.wait_until(lambda seen: seen.text == before)


def test_larger_shows_more(session: PtySession) -> None:
    rows = sum("CPAM" in line for line in session.lines)
    session.resize(100, 40)
    more = 16 - 4  # of which the panel takes its part
    session.wait_until(lambda seen: sum("CPAM" in line for line in seen.lines) == rows + more)


def test_ctrl_l_mends_a_screen_that_something_else_wrote_on(session: PtySession) -> None:
    before = session.text
    session.scribble("\x1b[7mMessage from root@server\r\n")
    assert session.text != before
    session.send(b"\x0c")
    session.wait_until(lambda seen: seen.text == before)


def test_after_a_resize_to_the_same_size_the_screen_is_whole(session: PtySession) -> None:
    before = session.text
    session.scribble("\x1b[2J")
    session.signal(signal.SIGWINCH)
    session.wait_until(lambda seen: seen.text == before)


def test_a_stop_and_a_continue_paint_all_again(session: PtySession) -> None:
    before = session.text
    mark = session.mark()
    session.signal(signal.SIGTSTP)
    session.wait_until(lambda seen: b"\x1b[?1049l" in seen.since(mark))
    assert session.since(mark).startswith(b"\x1b[m")
    os.waitid(os.P_PID, session.process.pid, os.WSTOPPED | os.WNOWAIT)
    session.scribble("\x1b[2J")
    session.signal(signal.SIGCONT)
    session.wait_until(lambda seen: seen.text == before)


def test_the_cursor_of_the_terminal_stands_where_a_field_has_its_own(session: PtySession) -> None:
    session.press("f")
    session.wait_until("nom, n°, lot")
    line = next(number for number, text in enumerate(session.lines) if "nom, n°, lot" in text)
    session.wait_until(lambda seen: (seen.screen.cursor.y, seen.screen.cursor.x) == (line, 2))
    session.press("D", "A")
    session.wait_until(lambda seen: "Filtre « DA »" in seen.text and "DAVID" in seen.text)
    session.wait_until(
        lambda seen: (seen.screen.cursor.y, seen.screen.cursor.x) == (line, seen.lines[line].index("DA") + 2)
    )

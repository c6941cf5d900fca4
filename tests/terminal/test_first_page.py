"""The page that is on the screen before the interface is loaded: what it shows, how it is taken over or taken back."""

import re
import signal
import sqlite3
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.terminal.conftest import ACCUEIL
from tests.terminal.emulated import look
from tests.terminal.pty_session import PtySession
from tui.command_line.first_page import panel_height
from tui.terminal.cells import Row
from tui.terminal.early import ALTERNATE

FIRST_OF = {"annuler": "▸ 000001009", "verifier": "▸ 000001061", "": "▸ T  Télétransmission"}
"""By screen, how the line under the cursor begins, once the first of the rejected invoices was cancelled."""


@pytest.fixture
def base(base: Path) -> Path:
    """The practice with an invoice in each of the two lists."""
    cancel = [ACCUEIL, "annuler", "1008", "--oui", "--base", str(base)]
    subprocess.run(cancel, check=True, capture_output=True)
    return base


def words(base: Path, screen: str) -> list[str]:
    return ["--base", str(base), *(["--ecran", screen] if screen else [])]


def alone(base: Path, screen: str = "annuler", size: tuple[int, int] = (80, 24), **env: str) -> PtySession:
    """The first page and no interface after it."""
    command = [sys.executable, "-m", "tests.terminal.first_page_alone", *words(base, screen)]
    return PtySession(command, size=size, env=env)


def opened(base: Path, screen: str = "annuler", size: tuple[int, int] = (80, 24), **env: str) -> PtySession:
    """The program."""
    return PtySession([ACCUEIL, *words(base, screen)], size=size, env=env)


def modes(session: PtySession) -> list[object]:
    """How the terminal treats what is typed and written."""
    return list(termios.tcgetattr(session.fd)[:4])


def cells(session: PtySession, lines: int, columns: int) -> list[Row]:
    """The first lines of the screen, each character with its pen."""
    return [row[:columns] for row in look(session.screen)[:lines]]


def early_place(session: PtySession) -> str:
    """The path at the left of the first line."""
    return re.split(" {2,}", session.lines[0].strip())[0]


class TestWhatItShows:
    @pytest.mark.parametrize(("screen", "size"), [*((screen, (80, 24)) for screen in FIRST_OF), ("annuler", (120, 40))])
    def test_is_what_the_interface_goes_on_to_show(self, base: Path, screen: str, size: tuple[int, int]) -> None:
        with alone(base, screen, size) as early, opened(base, screen, size) as late:
            late.wait_until(lambda seen: FIRST_OF[screen] in seen.text and "Aide" in seen.lines[-1])
            body = size[1] - 3 - panel_height(size[1]) if screen else 8  # what is left to a list; the menu's entries
            width = size[0] if screen else 40  # beside the menu's entries, the interface says how many
            place = len(early_place(late))  # the interface adds which practice and who
            wanted = cells(late, body, width)
            early.wait_until(
                lambda seen: cells(seen, 1, place) + cells(seen, body, width)[2:] == [wanted[0][:place], *wanted[2:]]
            )
            assert early.lines[1] == ""

    def test_is_in_ascii_where_that_is_asked(self, base: Path) -> None:
        with alone(base, ACCUEIL_ASCII="1") as session:
            session.wait_until("> 000001009")

    def test_has_no_colour(self, base: Path) -> None:
        with alone(base, NO_COLOR="1") as session:
            session.wait_until(FIRST_OF["annuler"])
            pens = re.findall(rb"\x1b\[([0-9;]*)m", session.since())
            assert {code for pen in pens for code in pen.split(b";")} <= {b"", b"1", b"2", b"7", b"22"}


class TestWhatItLoads:
    def test_is_little(self) -> None:
        """What the tables, the screens and the verbs need takes several times as long to load as the page to show."""
        script = (
            "import sys; from tui.command_line.verbs import parse; parse(['--base', 'x.db', '--ecran', 'annuler']);"
            "import tui.command_line.first_page; print(*sys.modules)"
        )
        loaded = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        ).stdout.split()
        late = ("peewee", "psycopg", "textual", "rich.text", "asyncio", "hashlib", "tui.command_line.arguments")
        assert [name for name in late if name in loaded] == []
        assert [name for name in loaded if name.startswith(("models.commands", "models.tables.invoice"))] == []


class TestWhereThereIsNone:
    def test_in_a_small_window(self, base: Path) -> None:
        with alone(base, size=(79, 24)) as session:
            session.press("x", "enter")
            session.wait_until("touche b")
            assert ALTERNATE.encode() not in session.since()

    def test_for_a_practice_that_is_not_there(self, tmp_path: Path) -> None:
        with alone(tmp_path / "cabinet.db") as session:
            session.press("x", "enter")
            session.wait_until("touche b")
            assert ALTERNATE.encode() not in session.since()


class TestTakenOver:
    @pytest.mark.parametrize("screen", ["annuler", "verifier"])
    def test_nothing_of_it_is_sent_again(self, base: Path, screen: str) -> None:
        with opened(base, screen) as session:
            session.wait_until(lambda seen: "Motif" in seen.text and "Aide" in seen.lines[-1])
            received = session.since()
            assert received.count(FIRST_OF[screen].encode()) == 1
            assert received.count("Télétransmission".encode()) == 1
            assert received.count(ALTERNATE.encode()) == 1

    def test_the_cursor_waits_where_nothing_is_shown(self, base: Path) -> None:
        """Apple's terminal prints, where the cursor stands, the « p » of a question that it does not know."""
        with alone(base) as session:
            session.wait_until(lambda seen: (seen.screen.cursor.y, seen.screen.cursor.x) == (1, 0))
            assert session.lines[1] == ""

    def test_a_key_typed_at_once_is_obeyed_and_not_echoed(self, base: Path) -> None:
        with opened(base) as session:
            session.wait_until(FIRST_OF["annuler"])
            session.press("a")
            session.wait_until("Annuler la facture n° 1009 ?")
            assert "a" not in session.lines[1].split()

    def test_a_window_that_was_another_size_meanwhile_is_painted_anew(self, base: Path) -> None:
        with opened(base) as session:
            session.wait_until(FIRST_OF["annuler"])
            session.scribble("\x1b[2J")
            session.signal(signal.SIGWINCH)
            session.wait_until(lambda seen: FIRST_OF["annuler"] in seen.text and "Aide" in seen.lines[-1])

    def test_the_terminal_is_given_back_as_it_was(self, base: Path) -> None:
        with opened(base, "") as session:
            session.wait_until(lambda seen: "Quitter" in seen.lines[-1])
            assert modes(session) != session.modes_before
            session.press("q")
            assert session.exit_code() == 0
            assert modes(session) == session.modes_before
            assert session.since().count(b"\x1b[?1049l") == 1


class TestTakenBack:
    def test_a_key_after_it_is_read_by_whoever_comes_next(self, base: Path) -> None:
        with alone(base) as session:
            session.wait_until(FIRST_OF["annuler"])
            typed = session.mark()
            session.press("k")
            assert session.exit_code() == 0
            assert session.since(typed).split(b"\x1b[?1049l") == [b"\x1b[m\x1b[?25h", b"touche b'k'\r\n"]
            assert modes(session) == session.modes_before

    def test_a_refusal_is_said_on_the_screen_of_before(self, base: Path) -> None:
        base.with_suffix(".cle").write_text("00" * 32)
        with opened(base) as session:
            assert session.exit_code() == 1
            page, said = session.since().split(b"\x1b[?1049l")
            assert FIRST_OF["annuler"].encode() in page
            assert "n’est pas celle de ce cabinet" in said.decode()
            assert modes(session) == session.modes_before

    @pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
    def test_the_end_of_the_service_gives_the_terminal_back(self, base: Path, ending: signal.Signals) -> None:
        with alone(base) as session:
            session.wait_until(FIRST_OF["annuler"])
            session.signal(ending)
            assert session.exit_code() == 128 + ending
            assert session.since().rstrip().endswith(b"\x1b[?1049l")
            assert modes(session) == session.modes_before


def test_a_practice_of_another_program_is_refused_without_a_page(tmp_path: Path) -> None:
    base = tmp_path / "cabinet.db"
    with sqlite3.connect(base) as connection:
        connection.execute("CREATE TABLE invoice (id INTEGER)")
    connection.close()
    with opened(base) as session:
        assert session.exit_code() == 1
        assert ALTERNATE.encode() not in session.since()
        assert "autre programme" in session.since().decode()

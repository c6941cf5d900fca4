"""`accueil` as a process of its own: exit codes, pipes, encodings, signals; what it loads and when."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.terminal.pty_session import PtySession
from tests.tui.command_line import LOTS, practice
from tui.command_line.progress import WORTH_A_BAR, bar

ROOT = Path(__file__).resolve().parents[2]
ACCUEIL = [sys.executable, "-m", "tui"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    return practice(tmp_path_factory.mktemp("processus"))


def start(*argv: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **env}
    return subprocess.run(
        [*ACCUEIL, *argv], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )


class TestExitCodes:
    def test_done(self, base: str) -> None:
        ran = start("--base", base, TERM="xterm-256color")
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert "14 rejets à traiter" in ran.stdout.decode()
        assert b"\x1b" not in ran.stdout

    def test_refused(self, base: str) -> None:
        ran = start("annuler", "1001", "--oui", "--base", base)
        assert (ran.returncode, ran.stdout) == (1, b"")

    def test_wrong_use(self) -> None:
        ran = start("listr")
        assert (ran.returncode, ran.stdout) == (2, b"")


class TestStreams:
    def test_a_reader_that_leaves_is_no_noise(self, base: str) -> None:
        with subprocess.Popen(
            [*ACCUEIL, "lister", "--base", base], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 1

    def test_a_full_disk_behind_stdout_is_said(self, base: str) -> None:
        with Path("/dev/full").open("wb") as full:
            ran = subprocess.run(
                [*ACCUEIL, "lister", "--base", base], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert ran.returncode == 1
        assert ran.stderr.decode().splitlines() == [
            "accueil : Le système a refusé (le disque est plein) : rien de plus n’a été fait."
        ]

    def test_a_latin_1_terminal_gets_the_nearest_characters(self, base: str) -> None:
        ran = start("annuler", "1001", "--base", base, PYTHONIOENCODING="latin-1")
        assert "Déjà payée : l'annuler ferait payer deux fois." in ran.stderr.decode("latin-1")

    def test_json_is_ascii_on_any_terminal(self, base: str) -> None:
        assert start("lister", "--format", "json", "--base", base, PYTHONIOENCODING="latin-1").stdout.isascii()


class TestStart:
    def test_a_verb_loads_no_screen(self, base: str) -> None:
        code = (
            "import sys; from tui.__main__ import main; code = main(sys.argv[1:]);"
            "print(code, *(m for m in ('textual', 'rich.progress', 'holidays') if m in sys.modules))"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code, "lister", "--format", "csv", "--base", base],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        assert ran.stdout.splitlines()[-1] == b"0"

    def test_help_loads_no_database(self) -> None:
        code = (
            "import sys; from tui.__main__ import main; code = main(['lister', '--help']);"
            "print(code, *(m for m in ('textual', 'peewee', 'rich', 'platformdirs') if m in sys.modules))"
        )
        ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
        assert ran.stdout.splitlines()[-1] == b"0"


class FakeTerminal(StringIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def terminal() -> Iterator[FakeTerminal]:
    """A terminal to talk to; set inside the test, as pytest changes stderr between a fixture and its test."""
    fake = FakeTerminal()
    with patch.object(sys, "stderr", fake), patch.dict(os.environ, {"TERM": "xterm-256color"}):
        yield fake


class TestBar:
    def test_is_drawn_for_a_large_file_and_taken_away(self) -> None:
        with terminal() as seen, bar("[bold]lot.b2", WORTH_A_BAR) as step:
            assert step is not None
            step(3, 7)
        drawn = seen.getvalue()
        assert "[bold]lot.b2" in drawn
        assert "3/7" in drawn
        assert drawn.endswith("\x1b[2K")
        assert drawn.count("\x1b[?25l") == drawn.count("\x1b[?25h") == 1

    def test_is_not_drawn_for_a_small_file(self) -> None:
        with terminal() as seen, bar("lot.b2", WORTH_A_BAR - 1) as step:
            assert step is not None
            step(3, 7)
        assert seen.getvalue() == ""

    def test_is_drawn_once_a_person_has_waited(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tui.command_line.progress.WAITED", 0.0)
        with terminal() as seen, bar("Contrôle") as step:
            assert step is not None
            assert seen.getvalue() == ""
            step(3, 7)
            step(4, 7)
        assert "Contrôle" in seen.getvalue()
        assert seen.getvalue().count("\x1b[?25l") == seen.getvalue().count("\x1b[?25h") == 1

    def test_is_not_drawn_where_there_is_no_terminal(self) -> None:
        with patch.object(sys, "stderr", StringIO()), bar("lot.b2", WORTH_A_BAR) as step:
            assert step is None

    def test_gives_the_cursor_back_when_it_is_ended(self) -> None:
        before = signal.getsignal(signal.SIGTERM)
        with terminal() as seen, pytest.raises(SystemExit) as left, bar("lot.b2", WORTH_A_BAR):
            signal.raise_signal(signal.SIGTERM)
        assert left.value.code == 128 + signal.SIGTERM
        assert signal.getsignal(signal.SIGTERM) is before
        assert seen.getvalue().count("\x1b[?25h") == 1


def test_import_on_a_terminal_leaves_its_summary_alone(tmp_path: Path) -> None:
    with PtySession([*ACCUEIL, "importer", LOTS[0], "--base", str(tmp_path / "cabinet.db")], size=(120, 24)) as session:
        assert session.exit_code() == 0
        assert session.lines[0].startswith("lot-001.b2 : lot 001, 10 factures importées")
        assert b"\x1b" not in session.since()

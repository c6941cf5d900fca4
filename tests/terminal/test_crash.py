"""A crash says where, and never about whom: the canary is a NIR in the message and in local variables."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.pty_session import ROOT, PtySession, toy
from tests.terminal.toy import CANARY
from tui.terminal.crash import report
from tui.text.display import parse_day


def failure(text: str) -> Exception:
    try:
        parse_day(text)
    except ValueError as error:
        return error
    raise AssertionError


def said(session: PtySession) -> str:
    """What is left on the terminal once the screen is given back."""
    return session.since().rpartition(b"\x1b[?1006l")[2].decode()


class TestReport:
    def test_names_the_kind_and_the_place_and_no_value(self) -> None:
        told = report(failure(CANARY))
        assert "Erreur : ValueError" in told
        assert re.search(r"Lieu   : tui/text/display\.py:\d+", told)
        assert CANARY not in told

    def test_tells_what_the_error_came_from(self) -> None:
        try:
            raise RuntimeError(CANARY) from failure(CANARY)
        except RuntimeError as error:
            told = report(error)
        assert "Erreur : RuntimeError ← ValueError" in told
        assert "tui/text/display.py" in told

    def test_same_fault_has_the_same_number_and_another_another(self) -> None:
        def number(error: BaseException) -> str:
            found = re.search(r"Incident n° ([0-9A-F]{8})", report(error))
            assert found is not None
            return found[1]

        assert number(failure("12")) == number(failure(CANARY))
        assert number(failure("12")) != number(failure("31/02/2026"))

    def test_an_error_without_a_trace_is_told_too(self) -> None:
        assert "Erreur : KeyError" in report(KeyError(CANARY))
        assert "Erreur : inconnue" in report(None)

    def test_a_ring_of_causes_ends(self) -> None:
        first, second = ValueError(), KeyError()
        first.__cause__, second.__cause__ = second, first
        assert "ValueError ← KeyError" in report(first)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("x", "KeyError ← ValueError"),
        ("w", "WorkerFailed ← RuntimeError"),
        ("m", "MarkupError"),
        ("p", "inconnue"),
    ],
    ids=["handler", "worker", "error that renders itself", "panic"],
)
def test_the_terminal_keeps_a_report_without_the_canary(key: str, kind: str) -> None:
    with toy("crash") as session:
        session.wait_until("prêt")
        session.press(key)
        assert session.exit_code() == 1
        assert f"Erreur : {kind}" in said(session)
        assert len(said(session).splitlines()) <= 6
        assert CANARY.encode() not in session.since()
        assert b"Traceback" not in session.since()


@pytest.mark.parametrize("key", ["t", "c"], ids=["thread", "loop callback"])
def test_an_error_that_nobody_waits_for_leaks_nothing(key: str) -> None:
    with toy("crash") as session:
        session.wait_until("prêt")
        session.press(key)
        session.watch(0.3)
        session.press("x")
        assert session.exit_code() == 1
        assert CANARY.encode() not in session.since()


def test_a_crash_before_the_app_is_told_alike() -> None:
    with toy("early") as session:
        assert session.exit_code() == 1
        assert "Erreur : ValueError" in session.text
        assert CANARY.encode() not in session.since()
        assert b"Traceback" not in session.since()


@pytest.mark.parametrize("scene", ["compose", "stylesheet"])
def test_a_crash_while_the_app_is_built_is_told_alike(scene: str) -> None:
    with toy(scene) as session:
        assert session.exit_code() == 1
        assert "Incident" in session.since().decode()
        assert CANARY.encode() not in session.since()


class TestMemory:
    PROGRAM = (
        "import ctypes, os, resource; from tui.__main__ import main;"
        "assert ctypes.CDLL(None).prctl(3) == 1;"  # PR_GET_DUMPABLE
        "resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2);"
        "main(['--version']); print(ctypes.CDLL(None).prctl(3), *resource.getrlimit(resource.RLIMIT_CORE), flush=True);"
        "os.abort() if os.fork() == 0 else print(os.WCOREDUMP(os.wait()[1]), flush=True); os.abort()"
    )

    @pytest.mark.skipif(sys.platform != "linux", reason="asked of Linux alone")
    def test_no_core_of_the_program_nor_of_its_children_is_written(self, tmp_path: Path) -> None:
        """Before anything is read: it holds whatever it was started for."""
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            [sys.executable, "-c", self.PROGRAM], cwd=tmp_path, env=env, stdout=subprocess.PIPE
        ) as ran:
            assert ran.stdout is not None
            said = ran.stdout.read().decode().splitlines()
            _, status = os.waitpid(ran.pid, 0)
            ran.returncode = 0
        assert said[1:] == ["0 0 0", "False"]
        assert os.WTERMSIG(status) == signal.SIGABRT
        assert not os.WCOREDUMP(status)
        assert list(tmp_path.iterdir()) == []

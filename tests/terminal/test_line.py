"""A real pty: what bad bytes, slow lines, signals and hang-ups do to the program."""

import os
import signal
import termios

import pytest

from tests.terminal.pty_session import PtySession, toy
from tui.terminal.driver import _Line

RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1003l", b"\x1b[?1004l", b"\x1b[<u")
"""Main screen, cursor, no bracketed paste, no mouse, no focus reports, the keyboard's own protocol."""


def heard(session: PtySession, *keys: str) -> None:
    session.wait_until(f"touches {' '.join(keys)} .")


class TestBytesThatAreNotUtf8:
    """Textualize/textual#6456: stock Textual ends on the first of them."""

    def test_latin_1_letter_arrives_as_itself(self) -> None:
        with toy("keys") as session:
            session.wait_until("prêt")
            session.send(b"\xe9")
            heard(session, "é")
            session.send(b"\xe8a\xff")
            heard(session, "é", "è", "a", "ÿ")

    def test_utf_8_letter_in_two_packets_is_one_letter(self) -> None:
        with toy("keys", env={"ESCDELAY": "2000"}) as session:
            session.wait_until("prêt")
            session.send(b"\xc3")
            session.watch(0.15)
            session.send(b"\xa9")
            heard(session, "é")


class TestEscape:
    def test_is_quick_where_the_terminal_answers(self) -> None:
        with toy("keys", env={"SSH_CONNECTION": "1 2 3 4"}) as session:
            session.wait_until("prêt")
            times = []
            for count in range(1, 7):
                session.press("escape")
                times.append(session.wait_until(f"touches {'escape ' * count}."))
            assert min(times) < 0.06  # stock: 0.1 at best, the period of its poll

    def test_is_quick_on_a_local_terminal_that_does_not_answer(self) -> None:
        with toy("keys", answers=False) as session:
            session.wait_until("prêt")
            times = []
            for count in range(1, 7):
                session.press("escape")
                times.append(session.wait_until(f"touches {'escape ' * count}."))
            assert min(times) < 0.06

    @pytest.mark.parametrize("env", [{"ESCDELAY": "1000"}, {"SSH_CONNECTION": "1 2 3 4"}, {"SSH_TTY": "/dev/pts/9"}])
    def test_split_arrow_is_an_arrow(self, env: dict[str, str]) -> None:
        # A session that does not read does not answer: the question is still on its way, as over a slow line.
        with toy("keys", env=env, answers=False) as session:
            session.wait_until("prêt")
            session.send(b"\x1b")
            session.watch(0.15)
            session.send(b"[B")
            heard(session, "down")

    def test_a_delay_that_the_user_set_is_all_that_decides(self) -> None:
        with toy("keys", env={"ESCDELAY": "1000"}) as session:
            session.wait_until("prêt")
            session.send(b"\x1b")
            assert b"\x1b[5n" not in session.watch(0.15)
            session.send(b"[B")
            heard(session, "down")

    def test_late_rest_of_an_arrow_is_not_typed(self) -> None:
        with toy("keys") as session:
            session.wait_until("prêt")
            session.send(b"\x1b")
            heard(session, "escape")
            session.send(b"[B")
            session.watch(0.1)
            session.press("x")
            heard(session, "escape", "x")


class TestSilence:
    @pytest.mark.parametrize("scene", ["keys", "field"])
    def test_nothing_is_written_while_idle(self, scene: str) -> None:
        with toy(scene) as session:
            session.wait_until("prêt")
            session.watch(0.5)
            assert session.watch(1.5) == b""


class TestEnds:
    def test_key_to_end_is_quick_and_restores_the_terminal(self) -> None:
        with toy("keys") as session:
            session.wait_until("prêt")
            mark = session.mark()
            session.press("q")
            assert session.exit_code() == 0
            assert all(sequence in session.since(mark) for sequence in RESTORED)

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
    def test_signal_restores_the_terminal(self, number: signal.Signals, code: int) -> None:
        with toy("keys") as session:
            session.wait_until("prêt")
            mark = session.mark()
            session.signal(number)
            assert session.exit_code() == code
            assert all(sequence in session.since(mark) for sequence in RESTORED)
            assert b"Traceback" not in session.since(mark)

    def test_a_service_that_stops_restores_the_terminal(self) -> None:
        """SIGCONT follows SIGTERM: it must not start the program a second time on a terminal in its own modes."""
        with toy("keys") as session:
            session.wait_until("prêt")
            session.signal(signal.SIGCONT)
            session.signal(signal.SIGTERM)
            assert session.exit_code() == 143
            assert session.since().count(b"\x1b[?1049h") == 1
            assert termios.tcgetattr(session.fd)[:4] == session.modes_before

    @pytest.mark.parametrize("controlling", [True, False], ids=["with SIGHUP", "without SIGHUP"])
    def test_hang_up_ends_the_program(self, controlling: bool) -> None:
        with toy("keys", controlling=controlling) as session:
            session.wait_until("prêt")
            session.hang_up()
            assert session.exit_code() == 129

    def test_hang_up_amid_much_output_ends_the_program(self) -> None:
        with toy("keys", controlling=False) as session:
            session.wait_until("prêt")
            session.press(*"abcdefgh" * 100)
            session.hang_up()
            assert session.exit_code() == 129

    def test_what_is_painted_on_a_line_that_is_gone_is_taken_all_the_same(self) -> None:
        # Else Textual's writer dies, and the program blocks for ever on its full queue of 30 writes.
        there, gone = os.pipe()
        os.close(there)
        try:
            assert _Line(gone, "wb", closefd=False).write(b"screen") == 6
        finally:
            os.close(gone)


class TestClipboard:
    def test_nothing_is_copied(self) -> None:
        with toy("copying") as session:
            session.wait_until("prêt")
            session.press("f5")
            session.wait_until("copié")
            assert b"\x1b]52" not in session.since()

"""A program in a real pseudo-terminal, for tests: type keys, look at the screen, cut the line.

Nothing here sleeps: each wait is a `select` on the terminal with a deadline, and ends as soon as what is waited
for is there.
"""

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

from tui.terminal.pace import REST

ROOT = Path(__file__).resolve().parents[2]

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "space": b" ",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
}
"""What xterm and PuTTY send."""

# Sequences that pyte would print: private CSI with < = >, mode queries, strings of the operating system.
_BEYOND_PYTE = re.compile(r"\x1b\[[<=>][0-9;:]*[@-~]|\x1b\[\??[0-9;]*\$[@-~]|\x1b\].*?(?:\x07|\x1b\\)", re.S)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<=>?$]*|\][^\x07]*)?\Z", re.S)
_ASKED_HOW_IT_IS = b"\x1b[5n"

Expectation = str | Callable[["PtySession"], bool]


class PtySession:
    """Runs a command in a terminal of its own; leaving the context ends it.

    Args:
        command: What to run, from the root of the repository.
        size: Columns and lines.
        env: Added to a small clean environment (UTF-8, TERM=xterm-256color, no SSH).
        controlling: Whether the terminal is the controlling one, so that hanging up sends SIGHUP.
        answers: Whether the terminal answers DSR, as all real ones do.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        controlling: bool = True,
        answers: bool = True,
    ) -> None:
        self.answers = answers
        self.received = bytearray()
        self.screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._ended = False
        self._answered = 0
        self.fd, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.modes_before: list[object] = list(termios.tcgetattr(slave)[:4])
        """How the terminal treated what is typed and written, before the program took it."""
        measured = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **measured}
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environment, **(env or {})},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_take_terminal if controlling else None,
        )
        os.close(slave)
        os.set_blocking(self.fd, False)

    def __enter__(self) -> "PtySession":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    # What is on the screen
    @property
    def lines(self) -> list[str]:
        """The lines of the screen, without trailing spaces."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen as one string."""
        return "\n".join(self.lines)

    def mark(self) -> int:
        """A position in what the program wrote, for `since`."""
        return len(self.received)

    def since(self, mark: int = 0) -> bytes:
        """What the program wrote after a mark, byte for byte."""
        return bytes(self.received[mark:])

    # What the user does
    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        while data:
            try:
                data = data[os.write(self.fd, data) :]
            except BlockingIOError:
                select.select([], [self.fd], [])

    def press(self, *keys: str) -> None:
        """Send keys by their names, other text as UTF-8; all in one write."""
        self.send(b"".join(KEYS.get(key) or key.encode() for key in keys))

    def scribble(self, text: str) -> None:
        """Let something else write on the terminal, as `wall` does."""
        self._stream.feed(text)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        self.screen.resize(lines, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Cut the line."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    # Waiting
    def wait_until(self, expected: Expectation, timeout: float = 20.0) -> float:
        """Read until a text is on the screen, or a condition holds; how many seconds that took.

        Raises:
            AssertionError: With the screen, if it did not come in time or the program ended before.
        """
        start = time.monotonic()
        while not (expected in self.text if isinstance(expected, str) else expected(self)):
            left = start + timeout - time.monotonic()
            if left <= 0 or not self._read(left):
                what = repr(expected) if isinstance(expected, str) else "the condition"
                raise AssertionError(f"{what} did not come; code {self.process.poll()}; screen:\n{self.text}")
        return time.monotonic() - start

    def watch(self, seconds: float) -> bytes:
        """Look on for so long, and return what the program wrote meanwhile."""
        mark = self.mark()
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and not self._ended:
            self._read(left)
        return self.since(mark)

    def rest(self) -> None:
        """Leave the keyboard alone until what answers a question counts again (see `tui.terminal.pace`)."""
        self.watch(REST + 0.2)

    def take(self) -> None:
        """Read what there is, without waiting."""
        self._read(0)

    def exit_code(self, timeout: float = 20.0) -> int:
        """Read until the program ends; its code (negative: minus the signal that killed it)."""
        deadline = time.monotonic() + timeout
        while self.fd >= 0 and not self._ended and (left := deadline - time.monotonic()) > 0:
            self._read(left)
        return self.process.wait(max(deadline - time.monotonic(), 0.1))

    def _read(self, timeout: float) -> bool:
        """Take what comes within the timeout; whether there may be more."""
        if not self._ended and select.select([self.fd], [], [], timeout)[0]:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                data = b""  # EIO: nobody holds the other end any more
            self._ended = not data
            self.received += data
            self._paint(self._decoder.decode(data))
            self._answer()
        return not self._ended

    def _paint(self, text: str) -> None:
        text = _BEYOND_PYTE.sub("", self._held + text)
        unfinished = _UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        self._held = text[end:]
        self._stream.feed(text[:end])

    def _answer(self) -> None:
        asked = self.received.count(_ASKED_HOW_IT_IS)
        if self.answers and asked > self._answered:
            self.send(b"\x1b[0n" * (asked - self._answered))
        self._answered = asked


def toy(
    scene: str, *, env: Mapping[str, str] | None = None, controlling: bool = True, answers: bool = True
) -> PtySession:
    """A session of one of the small programs of `tests.terminal.toy`."""
    command = [sys.executable, "-m", "tests.terminal.toy", scene]
    return PtySession(command, env=env, controlling=controlling, answers=answers)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

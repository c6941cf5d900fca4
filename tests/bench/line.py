"""A program in a real terminal, measured as its user feels it: when the answer is on the screen, and what it cost.

Each chunk is stamped when it is read and parsed after the line fell quiet, so that the emulator, which is slow, delays
no stamp. Questions that a terminal answers are answered at once.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte

from tests.terminal.pty_session import KEYS, ROOT

QUIET = 0.08
"""Seconds without a byte after which an answer is taken for complete."""

_NOT_DRAWN = re.compile(r"\x1b\[[<=>][0-9;:]*[@-~]|\x1b\[\??[0-9;]*\$[@-~]|\x1b\].*?(?:\x07|\x1b\\)|\x1b[()].", re.S)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<=>?$]*|\][^\x07]*|[()])?\Z", re.S)
_ASKED = re.compile(rb"\x1b\[5n|\x1b\[\?2026\$p|\x1b\[c")
_ANSWERS = {b"\x1b[5n": b"\x1b[0n", b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[c": b"\x1b[?62;22c"}

_APPLICATION_KEYS = 1 << 5  # DECCKM, as pyte numbers private modes


@dataclass(frozen=True, slots=True)
class Paint:
    """What followed a key, or the start."""

    seconds: float
    """Until what was waited for was on the screen."""
    size: int
    """Bytes until the line fell quiet."""


class Line:
    """Runs a command in an 80x24 xterm that understands synchronized output.

    Args:
        command: what to run, from the root of the repository.
        env: added to a small clean environment.
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self.screen = _Screen(80, 24)
        self._stream = _Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.ended = False
        self.received = 0
        """Bytes that came so far."""
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **(env or {})}
        program = command[0] if "/" in command[0] else _found(command[0])
        self._started = time.perf_counter()
        self.pid, self.fd = os.forkpty()
        if self.pid == 0:
            os.chdir(ROOT)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.execve(program, list(command), environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.set_blocking(self.fd, False)

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.ended:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    @property
    def text(self) -> str:
        """The screen as one string."""
        return "\n".join(self.screen.display)

    @property
    def state(self) -> tuple[str, frozenset[int]]:
        """The screen's text and the lines that are highlighted."""
        marked = frozenset(
            y for y in range(24) if self.screen.buffer[y][4].reverse or self.screen.buffer[y][4].bg != "default"
        )
        return self.text, marked

    @property
    def peak_mib(self) -> float:
        """The most memory that the program has held."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def starts(self, expected: str, timeout: float = 120.0) -> Paint:
        """Wait for a text on the first screen; seconds from the start of the process."""
        return self._watch(self._started, lambda: expected in self.text, timeout)

    def shows(self, expected: str, timeout: float = 30.0) -> Paint:
        """Wait for a text that comes after the start's; seconds from the start of the process."""
        return self._watch(self._started, lambda: expected in self.text, timeout)

    def press(self, *keys: str, expected: str | None = None, timeout: float = 30.0) -> Paint:
        """Press keys in one write; seconds until a text is there, or else until the screen differs."""
        before = self.state
        start = time.perf_counter()
        os.write(self.fd, self._encoded(keys))
        seen = (lambda: self.state != before) if expected is None else (lambda: expected in self.text)
        return self._watch(start, seen, timeout)

    def settles(self) -> None:
        """Wait until the line falls quiet."""
        for _, data in self._read_for(10 * QUIET, QUIET):
            self._parse(data)

    def idle(self, seconds: float) -> int:
        """Bytes that come while nobody does anything."""
        return sum(len(data) for _, data in self._read_for(seconds, None))

    def ends(self, *keys: str, timeout: float = 10.0) -> float:
        """Press keys that quit; seconds until the process is gone."""
        start = time.perf_counter()
        os.write(self.fd, self._encoded(keys))
        while time.perf_counter() - start < timeout:
            self._read_for(0.001, None)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                self.ended = True
                return time.perf_counter() - start
        raise AssertionError(f"did not end; screen:\n{self.text}")

    def _encoded(self, keys: Sequence[str]) -> bytes:
        """The keys, as the mode that the program chose for the cursor keys has them."""
        data = b"".join(KEYS.get(key) or key.encode() for key in keys)
        return re.sub(rb"\x1b\[([ABCDHF])", b"\x1bO\\1", data) if _APPLICATION_KEYS in self.screen.mode else data

    def _watch(self, start: float, seen: Callable[[], bool], timeout: float) -> Paint:
        size, painted = 0, None
        while time.perf_counter() - start < timeout:
            chunks = self._read_for(timeout, QUIET)
            for stamp, data in chunks:
                size += len(data)
                self._parse(data)
                if painted is None and seen():
                    painted = stamp - start
            if painted is not None:
                return Paint(painted, size)
        raise AssertionError(f"not seen within {timeout} s; screen:\n{self.text}")

    def _read_for(self, seconds: float, quiet: float | None) -> list[tuple[float, bytes]]:
        """What comes within so many seconds, stamped; no longer than until the line is quiet after something came."""
        chunks: list[tuple[float, bytes]] = []
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            wait = min(left, quiet) if quiet and chunks else left
            if not select.select([self.fd], [], [], wait)[0]:
                break
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            chunks.append((time.perf_counter(), data))
            self.received += len(data)
            for question in _ASKED.findall(data):
                os.write(self.fd, _ANSWERS[question])
        return chunks

    def _parse(self, data: bytes) -> None:
        text = _NOT_DRAWN.sub("", self._held + self._decoder.decode(data))
        unfinished = _UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        self._held = text[end:]
        self._stream.feed(text[:end])


class _Screen(pyte.Screen):
    """Adds REP, which ncurses uses and pyte does not know."""

    _last = " "

    def draw(self, data: str) -> None:
        self._last = data[-1:] or self._last
        super().draw(data)

    def repeat_last(self, count: int = 1) -> None:
        super().draw(self._last * (count or 1))


class _Stream(pyte.Stream):
    csi = {**pyte.Stream.csi, "b": "repeat_last"}  # noqa: RUF012
    events = pyte.Stream.events | {"repeat_last"}


def _found(name: str) -> str:
    return next(str(Path(folder) / name) for folder in os.environ["PATH"].split(":") if (Path(folder) / name).exists())

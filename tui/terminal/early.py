"""The terminal before the interface: taken as soon as there is a page to show, then handed over, or given back.

Importing the interface is most of the start. What is painted meanwhile is painted with the painter that the
interface's driver goes on with: it knows what the terminal shows, and sends what differs. Keys typed meanwhile wait in
the terminal, without echo, and are read by the driver.
"""

from __future__ import annotations

import os
import signal
import termios
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

if TYPE_CHECKING:
    from tui.terminal.painter import Painter

ALTERNATE: Final = "\x1b[?1049h"
"""Takes the other screen. Said twice it clears what is there: the driver leaves it out after this."""

ASIDE: Final = (1, 0)
"""Line and column where the cursor waits: a terminal that prints what it does not know of the driver's questions spoils
the line of news, which is blank yet, and no row."""

DOUBTED: Final = 8
"""Cells from there on that may be spoilt."""

_HIDE_CURSOR: Final = "\x1b[?25l"
_GIVE_BACK: Final = "\x1b[m\x1b[?25h\x1b[?1049l"


class EarlyTerminal(NamedTuple):
    """What was taken: the terminal's modes as they were found, and the painter of what it shows."""

    keys: int
    """Descriptor that keys come from."""
    screen: int
    """Descriptor that is painted on."""
    modes: list[Any]
    """As `termios.tcgetattr` gave them."""
    painter: Painter


class _Taken:
    """There is one terminal to a process."""

    terminal: EarlyTerminal | None = None


def take(keys: int, screen: int, painter: Painter) -> None:
    """Take the terminal over and paint what `painter` wants; a terminal that cannot be taken is left alone."""
    try:
        modes = termios.tcgetattr(keys)
        termios.tcsetattr(keys, termios.TCSANOW, _silent(modes))
    except termios.error:
        return
    _Taken.terminal = EarlyTerminal(keys, screen, modes, painter)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _end)
    signal.signal(signal.SIGWINCH, lambda *_: painter.forget())
    _write(screen, ALTERNATE + _HIDE_CURSOR + painter.paint(ASIDE))


def taken() -> EarlyTerminal | None:
    """The terminal as it was taken, if it was and is still ours."""
    return _Taken.terminal


def hand_over() -> EarlyTerminal | None:
    """Leave the terminal as it is to whoever asks; None if it was not taken. It is no longer ours to give back."""
    mine, _Taken.terminal = _Taken.terminal, None
    return mine


def give_back() -> None:
    """Give the terminal back as it was found, if it is still ours: before anything is said on it, or at the end."""
    mine = hand_over()
    if mine is not None:
        _write(mine.screen, _GIVE_BACK)
        try:
            termios.tcsetattr(mine.keys, termios.TCSANOW, mine.modes)
        except termios.error:
            return  # it is gone


def _silent(modes: list[Any]) -> list[Any]:
    """No echo, no line editing, no signal from a key: what is typed waits as it is."""
    reading, writing, control, local, *speeds, characters = modes
    reading &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    local &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    characters = [*characters]
    characters[termios.VMIN] = 1
    return [reading, writing & ~termios.OPOST, control, local, *speeds, characters]


def _write(screen: int, text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        while data:
            data = data[os.write(screen, data) :]
    except OSError:
        return  # the line is gone, and the driver will find out


def _end(number: int, frame: object) -> NoReturn:
    """A service or machine that stops: the way out gives the terminal back."""
    raise SystemExit(128 + number)

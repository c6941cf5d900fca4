"""Ends from outside: the terminal is given back as it was found, and the exit code says which signal it was."""

import asyncio
import signal
from functools import partial
from typing import Any

from textual.app import App

ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""Stop of the machine or the service, loss of the line, `kill -INT` (Ctrl+C is a key here, not a signal)."""

SIGNALLED = 128
"""Exit codes above it are of an end that came from outside: this and the signal's number."""


def install(app: App[Any]) -> None:
    """Let these signals end the app as its own exit does, with code 128 + the signal's number.

    Left alone, SIGTERM leaves the user in the alternate screen, without cursor and with mouse reports on.
    A command in a worker is one transaction: it is committed whole or not at
    all.

    Call from the app's running loop, before the terminal is taken over: in `on_load`.
    """
    loop = asyncio.get_running_loop()
    for ending in ENDINGS:
        loop.add_signal_handler(ending, partial(app.exit, None, SIGNALLED + ending))

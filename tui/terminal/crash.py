"""What is said when the program fails: where, never about whom.

Textual prints its tracebacks with the local variables of each frame, and even a bare one prints the message
of the exception and lines of source: a NIR was found four times on the terminal after one crash. The report
here is made of names of classes, files and line numbers, all of which come from the program itself.
"""

from __future__ import annotations

import sys
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from tui.terminal import early

if TYPE_CHECKING:
    import asyncio

FAILURE = 1
"""Exit code after a crash."""

_HOME = Path(__file__).resolve().parents[2]
_DEEPEST = 6


def report(error: BaseException | None) -> str:
    """Tell an unforeseen error in a few French lines that carry no value, no name, no NIR.

    The incident number is made of the kind of error and its place: the same fault has the same number on
    every machine, so that whoever helps can find it again.
    """
    chain = list(_chain(error))
    kinds = " ← ".join(type(link).__name__ for link in chain) or "inconnue"
    places = _places(chain)
    incident = zlib.crc32(" ".join([kinds, *places]).encode())
    return "\n".join(
        [
            f"Accueil a rencontré une erreur imprévue et s’est arrêté. Incident n° {incident:08X}.",
            f"  Erreur : {kinds}",
            *(f"  Lieu   : {place}" for place in places),
            "Ce qui était validé est enregistré ; l’opération en cours ne l’est pas. Ce rapport ne contient "
            "aucune donnée de patient.",
            "Relancez accueil ; si l’erreur revient, transmettez ces lignes à votre assistance.",
        ]
    )


def install_hooks() -> None:
    """Make every error that nobody caught end in this report: before the app runs, after it, and in threads."""

    def ended(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        _say(error)

    def thread_ended(arguments: threading.ExceptHookArgs) -> None:
        _say(arguments.exc_value)

    def unraisable(arguments: sys.UnraisableHookArgs) -> None:
        _say(arguments.exc_value)

    sys.excepthook = ended
    threading.excepthook = thread_ended
    sys.unraisablehook = unraisable


def silence_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Keep asyncio from logging the exceptions of forgotten tasks: its log prints their message."""

    def forgotten(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if (error := context.get("exception")) is not None:
            _say(error)

    loop.set_exception_handler(forgotten)


def _say(error: BaseException | None) -> None:
    early.give_back()
    print(report(error), file=sys.stderr)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, then what it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        wrapped = getattr(error, "error", None)  # textual's WorkerFailed carries what failed so
        cause = wrapped if isinstance(wrapped, BaseException) else error.__cause__
        error = cause or (None if error.__suppress_context__ else error.__context__)


def _places(chain: list[BaseException]) -> list[str]:
    """`file:line` of this program's frames, innermost last; of a library's last one where none is ours."""
    ours: dict[str, None] = {}
    theirs = ""
    for error in chain:
        for frame, line in _frames(error.__traceback__):
            path = Path(frame.f_code.co_filename)
            if path.is_relative_to(_HOME / "tui") or path.is_relative_to(_HOME / "models"):
                ours[f"{path.relative_to(_HOME).as_posix()}:{line}"] = None
            else:
                theirs = f"{path.parent.name}/{path.name}:{line}"
    return list(ours)[-_DEEPEST:] or ([theirs] if theirs else [])


def _frames(place: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    """Each frame that the error came through and its line, the outermost first."""
    while place is not None:
        yield place.tb_frame, place.tb_lineno
        place = place.tb_next

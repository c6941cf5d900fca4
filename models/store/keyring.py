"""The desktop's keyring, a place of the base's key: asked through the desktop's own program, `secret-tool` (libsecret).

Contract of the program: `store` reads what is to be kept from its standard input and puts it in place of what it kept
under the same attributes; `lookup` prints it, and exits with 1 in silence where there is none or where it is locked.
It is started without a shell, with no key among its words, in an environment that holds no more than it takes to find
the desktop. The python library of the same name takes longer to import than the first page to appear.
"""

from __future__ import annotations

import os
import time
from typing import Final, NamedTuple

from models.domain.faults import PracticeFault

PROGRAM: Final = "secret-tool"

SECONDS: Final = 5.0
"""How long the first page waits for it."""

SECONDS_TO_UNLOCK: Final = 60.0
"""How long it may take where a key is put there: a person may be typing the keyring's password."""

LARGEST: Final = 8191
"""Bytes: what is longer the program cuts, and says that it is well."""

_PASSED: Final = (
    *("PATH", "HOME", "USER", "LANG", "LC_ALL", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"),
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"),
)
"""What it is told of the environment: nothing that may hold the address of a base, or a password."""

_SILENT_FOR: Final = 10.0
"""Seconds for which one that did not answer is not asked again: the first page opens the base more than once."""

_answers: Final[dict[str, bytes]] = {}
"""What it said to this process, which opens the base more than once; by the practice's name there."""

_silences: Final[dict[str, tuple[float, str]]] = {}
"""When it did not answer, and the sentence that says so."""


class Silent(PracticeFault):
    """The keyring cannot be asked: no program, no desktop, no answer. The key may lie elsewhere as well."""


class Keyring(NamedTuple):
    """The place of one practice's keys there."""

    cabinet: str
    """What the practice is called there: nothing of its folder, which may move."""

    def __str__(self) -> str:
        return "trousseau du bureau"

    def read(self) -> bytes:
        """What it holds for this practice, as a file of keys would; nothing where it holds none, or is locked.

        Raises:
            Silent: it cannot be asked.
        """
        since, said = _silences.get(self.cabinet, (0.0, ""))
        if said and time.monotonic() - since < _SILENT_FOR:
            raise Silent(said)
        if self.cabinet not in _answers:
            try:
                _answers[self.cabinet] = self._looked_up(SECONDS)
            except Silent as fault:
                _silences[self.cabinet] = time.monotonic(), str(fault)
                raise
        return _answers[self.cabinet]

    def read_unlocked(self) -> bytes:
        """What it holds, once it has been seen to be open: of one that is locked nobody could tell what would be lost.

        Raises:
            PracticeFault: it cannot be asked, or stays locked.
        """
        trial = ("application", "accueil", "essai", self.cabinet)
        code, _ = _run(("store", "-l", "Accueil : essai", *trial), SECONDS_TO_UNLOCK, b"essai")
        if code:
            raise PracticeFault("Le trousseau du bureau est verrouillé : déverrouillez-le, puis recommencez.")
        _run(("clear", *trial), SECONDS)
        return self._looked_up(SECONDS_TO_UNLOCK)

    def keep(self, data: bytes, before: bytes) -> None:
        """Have it hold this in place of what it held before, read again.

        Raises:
            PracticeFault: it cannot be asked, stays locked, or does not give back what it was given.
        """
        if len(data) > LARGEST:
            raise PracticeFault(
                "Le trousseau du bureau ne garde pas autant de clés : mettez la clé dans un fichier à part."
            )
        _answers.pop(self.cabinet, None)
        self._store(data)
        if self._looked_up(SECONDS) != data:
            if before:
                self._store(before)
            else:
                _run(("clear", *self._attributes), SECONDS)
            raise PracticeFault("Le trousseau du bureau n’a pas gardé la clé : rien n’a été changé.")
        _silences.pop(self.cabinet, None)
        _answers[self.cabinet] = data

    def _store(self, data: bytes) -> None:
        _run(("store", "-l", "Accueil : clé de la base", *self._attributes), SECONDS_TO_UNLOCK, data)

    @property
    def _attributes(self) -> tuple[str, ...]:
        return ("application", "accueil", "cabinet", self.cabinet)

    def _looked_up(self, seconds: float) -> bytes:
        return _run(("lookup", *self._attributes), seconds)[1]


def forget() -> None:
    """Ask again what was answered to this process."""
    _answers.clear()
    _silences.clear()


def _run(words: tuple[str, ...], seconds: float, given: bytes | None = None) -> tuple[int, bytes]:
    """Its exit code and what it printed.

    Raises:
        Silent: it is not there, took too long, or says that there is no keyring to ask.
    """
    import signal
    import subprocess  # most practices keep their key in a file

    environment = {name: os.environ[name] for name in _PASSED if name in os.environ}
    stdin = subprocess.DEVNULL if given is None else subprocess.PIPE
    try:
        program = subprocess.Popen(  # noqa: S603 - no shell, and no word of it comes from outside
            (PROGRAM, *words), stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise Silent(
            f"Le trousseau du bureau ne se lit pas, {PROGRAM} n’est pas là : installez-le (paquet libsecret-tools)."
        ) from error
    with program:
        try:
            printed, complaint = program.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(program.pid, signal.SIGKILL)  # it leads a session of its own: what it started goes too
            raise Silent(
                f"Le trousseau du bureau ne répond pas en {seconds:g} s : déverrouillez-le, puis recommencez."
            ) from error
    if program.returncode and complaint.strip() and b"locked" not in complaint:
        raise Silent(
            "Le trousseau du bureau ne se lit pas ici : ouvrez une session de bureau, ou remettez une copie de la clé "
            "à côté de la base."
        )
    return program.returncode, printed

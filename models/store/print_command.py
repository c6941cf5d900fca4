"""The program that prints a PDF, named in the practice's configuration; none by default.

Contract of `[impression] commande`: the program is started without a shell, with the file's path behind its words, in
an environment that holds no more than it takes to find a printer, and has `SECONDS` to take the file over. Any exit
code but 0: the first line of its standard error is shown.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from models.domain.faults import PracticeFault
from models.store.configuration import read_configuration

SECONDS: Final = 20
"""How long the program may take."""

_PASSED: Final = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "CUPS_SERVER", "PRINTER")
"""What it is told of the environment: nothing that may hold the address of a base, or a password."""

_SHOWN: Final = 160
"""Characters of what it says against the file."""


def read_print_command(path: Path | None) -> tuple[str, ...]:
    """The words of the command, as the configuration at `path` says; none where it names none.

    Raises:
        PracticeFault: the file cannot be read, or the value is no list of words.
    """
    written = read_configuration(path)
    command = written.section("impression").get("commande")
    if command is None:
        return ()
    if not isinstance(command, list) or not command or not all(isinstance(word, str) and word for word in command):
        raise written.fault("impression", "commande", 'commande veut une liste de mots, par exemple ["lp", "-d", "A4"]')
    return tuple(command)


def send_to_printer(command: Sequence[str], file: Path, seconds: float = SECONDS) -> None:
    """Hand a file over to the program, and wait until it has taken it.

    Raises:
        PracticeFault: it is not there, refused the file, or took too long; the file stays where it is.
    """
    import signal
    import subprocess  # most practices name no program

    environment = {name: os.environ[name] for name in _PASSED if name in os.environ}
    try:
        program = subprocess.Popen(  # noqa: S603 - the administrator's own program, no shell
            (*command, str(file)), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=environment, start_new_session=True,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise PracticeFault(
            f"L’impression n’a pas pu être lancée (« {command[0]} ») : vérifiez [impression] dans la configuration."
        ) from error
    with program:
        try:
            _, said = program.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(program.pid, signal.SIGKILL)  # it leads a session of its own: what it started goes too
            raise PracticeFault(
                f"L’imprimante n’a pas pris le fichier en {seconds:g} s : vérifiez qu’elle est allumée."
            ) from error
    if program.returncode != 0:
        lines = said.decode("utf-8", "replace").split("\n")
        why = " ".join(lines[0].split())[:_SHOWN].rstrip(".") or f"sans explication, code {program.returncode}"
        raise PracticeFault(f"L’imprimante a refusé le fichier : {why}.")

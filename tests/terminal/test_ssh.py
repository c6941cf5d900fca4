"""A forced command is told from a login by who started the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.terminal.ssh import is_forced

LINE = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


def processes(folder: Path, *chain: tuple[str, str]) -> Path:
    """The program's parent (number 10), its parent (11) and so on: the name and the command line of each."""
    for number, (name, words) in enumerate(chain, start=10):
        place = folder / str(number)
        place.mkdir()
        (place / "comm").write_text(f"{name}\n")
        (place / "cmdline").write_bytes(words.replace(" ", "\0").encode())
        (place / "stat").write_text(f"{number} ({name}) S {number + 1} 1 1")
    return folder


@pytest.mark.parametrize(
    ("environ", "chain", "forced"),
    [
        ({}, [("sshd", "sshd")], False),
        ({"SSH_ORIGINAL_COMMAND": "ls"}, [("bash", "bash")], True),
        (LINE, [("sshd", "sshd: accueil@pts/0")], True),
        (LINE, [("sshd-session", "sshd-session: accueil")], True),
        (LINE, [("sh", "sh -c accueil"), ("sshd", "sshd")], True),
        (LINE, [("bash", "-bash"), ("sshd", "sshd")], False),
        (LINE, [("make", "make run"), ("bash", "-bash")], False),
        (LINE, [("sh", "sh -c accueil"), ("make", "make run")], False),
        (LINE, [], True),
    ],
)
def test_who_started_it(tmp_path: Path, environ: dict[str, str], chain: list[tuple[str, str]], forced: bool) -> None:
    assert is_forced(environ, 10, processes(tmp_path, *chain)) is forced

"""Whether the program was started for somebody who has no shell here: sshd's own command, forced upon the key."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_PROCESSES = Path("/proc")


def is_forced(environ: Mapping[str, str], parent: int, processes: Path = _PROCESSES) -> bool:
    """Whether sshd started this program itself, as `command=` of a key or ForceCommand does (sshd(8), README).

    A person who logged in has a shell between sshd and the program, and may read files with it anyway.

    Args:
        environ: the program's environment; sshd sets SSH_CONNECTION.
        parent: the number of the process that started it.
        processes: where the system shows its processes; where it hides them, a forced command is assumed.
    """
    if "SSH_ORIGINAL_COMMAND" in environ:
        return True
    if "SSH_CONNECTION" not in environ:
        return False
    try:
        if _is_sshd(processes / str(parent)):
            return True
        words = (processes / str(parent) / "cmdline").read_bytes().split(b"\0")
        stat = (processes / str(parent) / "stat").read_text(encoding="ascii", errors="replace")
        above = stat.rpartition(")")[2].split()[1]
        return b"-c" in words[1:] and _is_sshd(processes / above)
    except (OSError, IndexError):
        return True


def _is_sshd(process: Path) -> bool:
    return (process / "comm").read_text(encoding="ascii", errors="replace").startswith("sshd")


def is_confined() -> bool:
    """Whether this very program was started so."""
    return is_forced(os.environ, os.getppid())


def accepted_key() -> str:
    """The fingerprint of the key that sshd accepted, where it tells (ExposeAuthInfo yes); '' else.

    Whoever has a shell could name another file, so it counts for a forced command alone.
    """
    told = os.environ.get("SSH_USER_AUTH")
    if not told or not is_confined():
        return ""
    from models.domain.operators import fingerprint

    try:
        lines = Path(told).read_text(encoding="ascii", errors="replace").splitlines()
        return next((fingerprint(line.split(" ", 1)[1]) for line in lines if line.startswith("publickey ")), "")
    except (OSError, ValueError):
        return ""

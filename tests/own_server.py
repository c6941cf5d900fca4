"""A PostgreSQL server of the test's own, in a folder of its own: it may be killed, and is started again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Final

_PROGRAMS: Final = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
_FEW: Final = "-c shared_buffers=32MB -c max_connections=40 -c fsync=off -c listen_addresses="


def can_start() -> bool:
    """Whether this machine has the programs of a server."""
    return bool(_PROGRAMS)


class OwnServer:
    """One server, started.

    Args:
        folder: of its files and of its socket; short, for a socket's path is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.url = f"postgresql://accueil@/postgres?host={folder}"
        folder.chmod(0o755)
        if os.geteuid() == 0:  # the server refuses to be run by root
            shutil.chown(folder, "nobody", "nogroup")
        self._run("initdb", "--username", "accueil", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start it, once those of the one before have gone: they hold its memory until they see that it is dead."""
        options = f"{_FEW} -c unix_socket_directories={self.folder}"
        (self.data / "postmaster.pid").unlink(missing_ok=True) if self._is_dead() else None
        for _ in range(600):
            with contextlib.suppress(subprocess.CalledProcessError):
                self._run("pg_ctl", "start", "--silent", "--wait", "--log", str(self.folder / "log"), "-o", options)
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        """SIGKILL to the postmaster: its backends find out by themselves."""
        os.kill(self._postmaster(), signal.SIGKILL)

    def crash(self) -> None:
        """End it at once, as in a crash: what was committed is replayed at the next start."""
        self._run("pg_ctl", "stop", "--silent", "--mode", "immediate")

    def stop(self) -> None:
        """End it for good."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self.crash()

    def _postmaster(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def _is_dead(self) -> bool:
        try:
            os.kill(self._postmaster(), 0)
        except (FileNotFoundError, ProcessLookupError):
            return True
        return False

    def _run(self, program: str, *options: str) -> None:
        as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        command = [*as_nobody, str(_PROGRAMS[-1].with_name(program)), "--pgdata", str(self.data), *options]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

"""Over a real line: OpenSSH on loopback, set up as the README tells an administrator to."""

import getpass
import os
import re
import select
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.conftest import ACCUEIL
from tests.terminal.gestures import ASK, CANCEL, CORRECT, TO_THE_LIST, perform
from tests.terminal.pty_session import ROOT, PtySession

SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
_UNPRIVILEGED = Path("/run/sshd")


def unable() -> str:
    """Why no server can be started here; empty if one can."""
    if SSHD is None or shutil.which("ssh") is None or shutil.which("ssh-keygen") is None:
        return "OpenSSH is not installed (apt-get install openssh-server openssh-client)"
    if os.getuid() == 0 and not _UNPRIVILEGED.is_dir():
        return f"the OpenSSH server needs {_UNPRIVILEGED} (its service makes it; so does .ci/run)"
    return ""


pytestmark = pytest.mark.skipif(bool(unable()), reason=unable() or "OpenSSH is there")


class Server:
    """A server of its own port, key and configuration, and the way in for one receptionist."""

    def __init__(self, folder: Path, base: Path) -> None:
        self.folder = folder
        for name in ("host", "sophie"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
        self.port = free_port()
        known = (folder / "host.pub").read_text()
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {known}")
        (folder / "authorized").write_text(f"{entry(base)} {(folder / 'sophie.pub').read_text()}")
        (folder / "sshd_config").write_text(configuration(folder, self.port))
        self.log = (folder / "log").open("wb")
        command = [str(SSHD), "-D", "-e", "-f", str(folder / "sshd_config")]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=self.log, stdout=self.log)

    def close(self) -> None:
        """End it and what it started."""
        self.process.terminate()
        self.process.wait(20)
        self.log.close()

    def log_in(self, *extra: str) -> PtySession:
        """The receptionist's terminal."""
        options = {
            "UserKnownHostsFile": str(self.folder / "known_hosts"),
            "StrictHostKeyChecking": "yes",
            "IdentitiesOnly": "yes",
            "ConnectionAttempts": "20",  # a second apart, until the server listens
            "Compression": "yes",
        }
        settings = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        key = ["-i", str(self.folder / "sophie"), "-p", str(self.port)]
        return PtySession(
            ["ssh", "-F", "none", "-e", "none", *settings, *key, f"{getpass.getuser()}@127.0.0.1", *extra]
        )


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def readme_block(after: str) -> str:
    """The block of the README that follows this name of a file."""
    found = re.search(re.escape(f"`{after}`") + r".*?\n```\w*\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    assert found, after
    return found[1]


def entry(base: Path) -> str:
    """The README's line for one key, without the key; the program and the practice are the test's."""
    line = readme_block("/etc/ssh/keys/accueil").splitlines()[0]
    options = line.split(" ssh-ed25519 ")[0]
    assert options.startswith("restrict,pty,command=")
    return options.replace("/opt/accueil/.venv/bin/accueil", f"{ACCUEIL} --base {base}")


def configuration(folder: Path, port: int) -> str:
    """The README's lines, for the account that runs the tests; what a server of its own needs goes before."""
    asked = readme_block("/etc/ssh/sshd_config.d/accueil.conf")
    asked = asked.replace("Match User accueil", f"Match User {getpass.getuser()}")
    asked = asked.replace("/etc/ssh/keys/accueil", str(folder / "authorized"))
    own = [
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder / 'host'}",
        f"PidFile {folder / 'pid'}",
        "StrictModes no",  # the folder of a test lies in /tmp, where everyone writes
        "UsePAM no",
        "LogLevel VERBOSE",
    ]
    return "\n".join([*own, asked])


def contents(base: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a procedure could have changed."""
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True) as database:
        tables = ("invoice", "act", "counter", "journal_entry")
        return {table: database.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables}


def desk_of(base: Path) -> int:
    """The process that serves this practice."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if str(base).encode() in words and b"python" in words[0]:
            return int(folder.name)
    raise AssertionError("no process")


@pytest.fixture
def server(tmp_path: Path, base: Path) -> Iterator[Server]:
    folder = tmp_path / "ssh"
    folder.mkdir(mode=0o700)
    running = Server(folder, base)
    yield running
    running.close()


def test_both_procedures_over_ssh(server: Server, base: Path) -> None:
    with server.log_in() as session:
        perform(session, (*CANCEL, *CORRECT))
        session.press("escape", "escape")
        session.wait_until("▸ V  Vérifier factures")
        session.press("escape")
        session.wait_until("Q/F12 Quitter")
        session.press("q")
        assert session.exit_code() == 0
    rows = {row[1]: row for row in contents(base)["invoice"]}
    assert "cancelled" in rows[1009]
    assert "unvalidated" in rows[1061]
    assert [row[2] for row in contents(base)["journal_entry"]][-2:] == ["sophie", "sophie"]


def test_a_line_lost_at_the_question_leaves_the_practice_as_it_was(server: Server, base: Path) -> None:
    before = contents(base)
    with server.log_in() as session:
        perform(session, (*TO_THE_LIST, *ASK))
        ended = os.pidfd_open(desk_of(base))
        session.process.kill()
        assert select.select([ended], [], [], 20)[0], "the program outlived its line"
        os.close(ended)
    assert contents(base) == before
    with server.log_in() as session:
        perform(session, (*TO_THE_LIST, *ASK))


def test_a_receptionist_gets_the_program_and_nothing_else(server: Server) -> None:
    with server.log_in("id") as session:  # a command of one's own: no terminal, so the text twin
        assert session.exit_code() == 0
        assert "Factures rejetées" in session.text
        assert b"uid=" not in session.received
    with server.log_in("-W", f"127.0.0.1:{server.port}") as session:
        assert session.exit_code() != 0
        assert b"forwarding failed" in session.received

"""Both procedures of the guide, with the painter and without: the same screens, for a fraction of the bytes."""

import select
import shutil
import sys
import time
from pathlib import Path

from tests.terminal.emulated import look
from tests.terminal.gestures import ANSWERS, CANCEL, CORRECT
from tests.terminal.pty_session import PtySession

BY_TEXTUAL = """
import sys
from tui.terminal import painter
painter.TEXTUAL = "another version"
from tui.__main__ import main
sys.exit(main())
"""


def wait_until_same(*sessions: PtySession) -> None:
    """Read from both until their screens are the same, cell by cell."""
    deadline = time.monotonic() + 20
    while look(sessions[0].screen) != look(sessions[1].screen):
        left = deadline - time.monotonic()
        assert left > 0, "\n\n".join(session.text for session in sessions)
        select.select([session.fd for session in sessions], [], [], left)
        for session in sessions:
            session.take()


def test_the_painter_shows_what_textual_shows(base: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(base.parent, other)
    words = ["--operateur", "sophie", "--base"]
    with (
        PtySession([sys.executable, "-m", "tui", *words, str(base)]) as ours,
        PtySession([sys.executable, "-c", BY_TEXTUAL, *words, str(other / base.name)]) as textual,
    ):
        for keys, expected in (*CANCEL, *CORRECT):
            for session in (ours, textual):
                if set(keys) & ANSWERS:
                    session.rest()
                session.press(*keys)
                session.wait_until(expected)
            wait_until_same(ours, textual)
        assert len(ours.received) * 4 < len(textual.received)

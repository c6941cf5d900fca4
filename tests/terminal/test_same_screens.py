"""Both procedures of the guide, with the painter and without: the same screens, for a fraction of the bytes."""

import shutil
import sys
from pathlib import Path

from tests.terminal.emulated import look
from tests.terminal.gestures import CANCEL, CORRECT
from tests.terminal.pty_session import PtySession

BY_TEXTUAL = """
import sys
from tui.terminal import painter
painter.TEXTUAL = "another version"
from tui.__main__ import main
sys.exit(main())
"""


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
                session.press(*keys)
                session.wait_until(expected)
            textual.wait_until(lambda seen: look(seen.screen) == look(ours.screen) or ours.take())
        assert len(ours.received) * 4 < len(textual.received)

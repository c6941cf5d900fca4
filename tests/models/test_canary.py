"""A NIR that is nowhere else, through every flow, killed in the middle: only what is to leave names it, and no core.

Each file that the program opens to write is listed as it does so, so that one that is gone again is seen too.
"""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from models.commands.back_up import back_up
from models.commands.change_key import change_key, export_key
from models.commands.keep_typed import keep_typed
from models.commands.restore import preparing, restore
from models.commands.take_back import undo_return
from models.commands.transmit import transmit_all
from models.domain.place import Practice
from models.domain.typed_form import TypedForm
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from models.store.database import db
from tests.models.practice import SOPHIE, an_answer, hear, ready, sheet, take_in
from tests.models.test_purge import CANARY, WORDS, corrected, of_the_canary
from tui.terminal.no_core import keep_memory_in

LONG: Final = "ACCUEIL_LONG" in os.environ

KILLS: Final = (*(range(1, 715, 5) if LONG else (150, 500)), 10**9)
"""Before which of the statements the program is killed; the last one is after all of them."""

SPACED: Final = b"2 69 04 99 352 073"
"""As the screens show it."""


class Watch:
    """What a child does: the files that it opens to write, one a line; it is killed at one of its steps.

    Args:
        kept: where the names are kept.
        kill_at: which step is its last.
    """

    def __init__(self, kept: Path, kill_at: int) -> None:
        self._kept = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._left = kill_at
        sys.addaudithook(self._heard)

    def _heard(self, event: str, said: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(said[0], str) and said[2] & (os.O_WRONLY | os.O_RDWR):
            os.write(self._kept, f"{said[0]}\n".encode())
            self.step()

    def step(self, *_: object) -> None:
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGABRT)

    def open(self, practice: Practice) -> None:
        """Open it, and see each of its statements."""
        open_practice(practice)
        db.connection().set_trace_callback(self.step)


def live(practice: Practice, watch: Watch, disk: Path) -> None:
    """Import, receive, cancel, bill, correct, validate, send, take back, keep a form, back up, change key, restore."""
    watch.open(practice)
    first, second = of_the_canary(1001), of_the_canary(1002)
    take_in(first, second)
    ready(1005)
    label = f"NIR {CANARY} ZZCANARI INCONNU"
    hear(an_answer(first, "paid"), an_answer(second, "rejected", label=label))
    corrected(1002)
    transmit_all(practice.outbox, SOPHIE)
    paid = hear(an_answer(first, "paid"), reference="R00077")
    undo_return(paid.return_id, SOPHIE)
    seen = sheet(1001)
    keep_typed("f", seen.id, seen.version, TypedForm({"nir": CANARY, "last_name": "ZZCANARI"}, ()), SOPHIE)
    copy = back_up(practice, disk, SOPHIE).place
    change_key(practice, SOPHIE)
    db.connection().set_trace_callback(watch.step)
    export_key(practice, disk / "cle", SOPHIE)
    close_practice()
    with preparing(practice, copy, None) as plan:
        restore(plan, SOPHIE)
    watch.open(practice)
    keep_typed("f", seen.id, sheet(1001).version, TypedForm({"nir": CANARY, "last_name": "ZZCANARI"}, ()), SOPHIE)
    watch.step()


@pytest.mark.parametrize("kill_at", KILLS)
def test_a_patient_is_named_by_no_file_but_those_that_leave_and_by_no_core(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kill_at: int
) -> None:
    close_practice()
    disk, elsewhere, kept = tmp_path / "disque", tmp_path / "ailleurs", tmp_path / "opened"
    for folder in (disk, elsewhere):
        folder.mkdir()
    child = os.fork()
    if child == 0:
        faulthandler.disable()
        os.chdir(elsewhere)
        os.environ |= dict.fromkeys(("TMPDIR", "HOME", "XDG_STATE_HOME", "SQLITE_TMPDIR"), str(elsewhere))
        resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
        keep_memory_in()
        live(practice, Watch(kept, kill_at), disk)
        os.kill(os.getpid(), signal.SIGABRT)
    _, status = os.waitpid(child, 0)
    assert (os.WTERMSIG(status), os.WCOREDUMP(status)) == (signal.SIGABRT, False)
    opened = {Path(line) for line in kept.read_text().splitlines()}
    allowed = (practice.folder, disk, Path("/dev"), Path("/proc"))
    assert [path for path in opened if not any(path.is_relative_to(place) for place in allowed)] == []
    assert list(elsewhere.iterdir()) == []
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent != practice.outbox]
    named = [(path.name, word) for path in files for word in (*WORDS, SPACED) if word in path.read_bytes()]
    assert named == []
    sent = [path for path in practice.outbox.glob("*.b2") if CANARY.encode() in path.read_bytes()]
    assert sent or kill_at < KILLS[-1]
    open_practice(practice)
    assert [each for each in breaches(practice) if "doute" not in each] == []

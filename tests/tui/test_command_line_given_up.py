"""Ctrl+C on what takes long: it ends between two steps, says so, leaves the practice as it was."""

from __future__ import annotations

import lzma
import shutil
import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from models.commands import take_back
from models.domain.patience import GivenUp
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from models.store import encrypt, long_statement
from models.store.cipher import is_plain
from tests.tui.command_line import accueil, practice, rows
from tests.tui.test_release_0_1_0 import KEPT
from tui.command_line import listing

SAID = "accueil : interrompu, ce qui était en cours n’a pas été enregistré.\n"


def interrupts(patch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Ctrl+C comes as this is called, and it goes on."""
    call = getattr(module, name)

    def called(*values: object) -> object:
        signal.raise_signal(signal.SIGINT)
        return call(*values)

    patch.setattr(module, name, called)


@pytest.fixture
def kept(tmp_path: Path) -> Practice:
    """The practice of version 0.1.0: plain, and many updates old."""
    (tmp_path / "cabinet.db").write_bytes(lzma.decompress((KEPT / "cabinet.db.xz").read_bytes()))
    shutil.copy(KEPT / "cabinet.cle", tmp_path)
    return Practice(str(tmp_path / "cabinet.db"), tmp_path, "cabinet")


def test_an_old_base_is_brought_up_to_date_from_where_it_was_given_up(
    kept: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_statement, "_OFTEN", 2000)
    with monkeypatch.context() as patched:
        interrupts(patched, encrypt, "_check_room")
        ran = accueil("lister", "--base", kept.location)
    assert (ran.code, ran.out, ran.err) == (130, "", SAID)
    assert is_plain(Path(kept.location))
    were_plain: list[bool] = []
    for call in count(1, 4):
        steps = count(1)

        def step(done: int, total: int, last: int = call, steps: Iterator[int] = steps) -> None:
            if next(steps) == last:
                raise GivenUp

        try:
            open_practice(kept, progress=step)
            break
        except GivenUp:
            were_plain.append(is_plain(Path(kept.location)))
            assert not list(kept.folder.glob(".*en-cours*"))
    assert were_plain == sorted(were_plain, reverse=True)
    assert set(were_plain) == {True, False}, "while it was encrypted, while it was brought up to date"
    assert list(breaches(kept)) == []
    close_practice()


def test_what_one_transaction_does_is_not_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = practice(tmp_path)
    before = rows(base)
    with monkeypatch.context() as patched:
        interrupts(patched, take_back, "built_on")
        assert accueil("relever", "--defaire", "2", "--base", base).err == SAID
    assert rows(base) == before
    with monkeypatch.context() as patched:
        interrupts(patched, listing, "invoice_cells")
        monkeypatch.setattr("models.domain.patience.SOME", 1)
        assert accueil("lister", "--format", "csv", "--base", base).code == 130
    assert accueil("verifier", "--base", base).code == 0

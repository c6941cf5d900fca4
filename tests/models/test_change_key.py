"""Another key for the base, killed at any step; a copy of it; what was encrypted before still opens."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from models.commands.back_up import back_up
from models.commands.change_key import change_key, export_key
from models.commands.operators import enrol
from models.commands.restore import preparing, restore
from models.domain.faults import PracticeFault
from models.domain.operators import Operator, Role
from models.domain.place import Practice
from models.domain.refusals import RefusedFault
from models.practice import close_practice, open_practice
from models.queries.cipher_remarks import cipher_remarks, key_state
from models.queries.verification import breaches
from models.store.cipher_keys import CREDENTIAL, keys_in
from models.store.database import db
from models.tables.journal import JournalEntry
from tests.models.practice import SOPHIE, contents, rejected
from tests.models.test_encrypt import die_at
from tests.practices import practice_in
from tests.sqlite_file import raw


def kept() -> dict[str, object]:
    """What the practice holds, beside the journal, which says that the key was changed."""
    return {table: rows for table, rows in contents().items() if table != "journal_entry"}


def secrets_of(practice: Practice) -> list[str]:
    return [key.secret for key in keys_in(practice.cipher_file)]


def test_another_key_opens_the_base_and_the_older_one_its_copies(practice: Practice, tmp_path: Path) -> None:
    rejected(1001)
    (before,) = secrets_of(practice)
    copy = back_up(practice, tmp_path / "disque", SOPHIE).place
    held = kept()
    changed = change_key(practice, SOPHIE)
    assert kept() == held
    assert secrets_of(practice)[1:] == [before]
    assert (changed.place, changed.older) == (practice.cipher_file, 1)
    assert list(breaches(practice)) == []
    state = key_state(practice)
    assert state is not None
    assert (state.place, state.older) == (practice.cipher_file, 1)
    entry = JournalEntry.select().order_by(JournalEntry.id.desc()).get()
    assert (entry.action, [secret for secret in secrets_of(practice) if secret in entry.detail]) == ("change_key", [])
    close_practice()
    assert (practice.folder / "cabinet.db").read_bytes()[:16] != (copy / "cabinet.db").read_bytes()[:16]
    with preparing(practice, copy, None) as plan:
        restore(plan, SOPHIE)
    open_practice(practice)
    assert db.obj.opened_with.secret == before
    assert change_key(practice, SOPHIE).older == 1, "the newest key takes over again"
    assert kept() == held


def test_killed_at_any_step_the_base_opens_and_the_next_change_ends_it(practice: Practice, tmp_path: Path) -> None:
    rejected(1001)
    expected = kept()
    close_practice()
    point, died = 1, True
    while died:
        desk = practice_in(tmp_path / "at-work")
        shutil.copytree(practice.folder, desk.folder, ignore=shutil.ignore_patterns("at-work"))
        child = os.fork()
        if child == 0:
            open_practice(desk)
            die_at(point)
            change_key(desk, SOPHIE)
            os._exit(0)
        died = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        open_practice(desk)
        assert kept() == expected
        change_key(desk, SOPHIE)
        assert len(secrets_of(desk)) in {2, 3}, "a key that was made is taken before another is"
        assert db.obj.opened_with.secret == secrets_of(desk)[0]
        close_practice()
        shutil.rmtree(desk.folder)
        point += 1 if "ACCUEIL_LONG" in os.environ else 25


def test_an_open_desk_a_handed_key_and_who_may_not_change_nothing(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = secrets_of(practice)
    desk = raw(practice.location)
    desk.execute("SELECT count(*) FROM invoice").fetchone()
    with pytest.raises(PracticeFault, match="Un autre poste"):
        change_key(practice, SOPHIE)
    desk.close()
    assert secrets_of(practice)[1:] == before, "made, and taken by the next change"

    practice.cipher_file.rename(tmp_path / CREDENTIAL)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    open_practice(practice)
    assert change_key(practice, SOPHIE).place == tmp_path / CREDENTIAL
    assert list(cipher_remarks(practice)) == []
    with pytest.raises(PracticeFault, match="remise par systemd"):
        change_key(practice, SOPHIE)
    open_practice(practice)
    enrol(Operator(SOPHIE.operator, Role.MANAGER), SOPHIE)
    enrol(Operator("nadia", Role.RECEPTION), SOPHIE)
    nadia = replace(SOPHIE, operator="nadia")
    for refused in (lambda: change_key(practice, nadia), lambda: export_key(practice, tmp_path / "k", nadia)):
        with pytest.raises(RefusedFault):
            refused()
    assert not (tmp_path / "k").exists()


def test_a_copy_of_the_key_is_a_new_file_of_ones_own_and_opens_the_base(practice: Practice, tmp_path: Path) -> None:
    change_key(practice, SOPHIE)
    target = tmp_path / "ailleurs.chiffrement"
    assert export_key(practice, target, SOPHIE) == target
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [key.secret for key in keys_in(target)] == secrets_of(practice)
    with pytest.raises(PracticeFault, match="déjà un de ce nom"):
        export_key(practice, target, SOPHIE)
    close_practice()
    practice.cipher_file.unlink()
    practice.settings_file.write_text(f'[chiffrement]\ncle = "{target}"\n', encoding="utf-8")
    open_practice(practice)
    assert list(cipher_remarks(practice)) == []

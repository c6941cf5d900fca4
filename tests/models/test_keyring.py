"""The desktop's keyring as the key's place: put there, read from there, and one sentence where it cannot be asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.commands.back_up import back_up
from models.commands.change_key import change_key, export_key, keep_in_keyring
from models.commands.restore import preparing, restore
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.cipher_remarks import cipher_remarks, key_state
from models.queries.counts import counts
from models.queries.verification import breaches
from models.store import keyring
from models.store.cipher_keys import hold_keys, keys_in
from models.store.database import db
from tests.models.practice import SOPHIE, contents, rejected
from tui.text.faults import fault_sentence

PROGRAM = """#!/bin/sh
# What libsecret's does, as far as it is asked: one file for each set of attributes.
PATH=/usr/bin:/bin; kept="$HOME/kept"; mkdir -p "$kept"
echo "$@" >> "$HOME/asked"; env >> "$HOME/asked"
[ -e "$HOME/away" ] && { echo "secret-tool: Cannot autolaunch D-Bus without X11 \\$DISPLAY" >&2; exit 1; }
[ -e "$HOME/hangs" ] && { sleep 60 & wait; }
verb=$1; shift
[ "$1" = -l ] && shift 2
item="$kept/$(echo "$@" | tr ' ' '_')"
[ -e "$HOME/locked" ] && [ "$verb" != lookup ] && {
    echo "secret-tool: Cannot create an item in a locked collection" >&2; exit 1; }
[ -e "$HOME/locked" ] && exit 1
case "$verb" in
    store) if [ -e "$HOME/cuts" ]; then head -c 20 > "$item"; else cat > "$item"; fi ;;
    lookup) cat "$item" 2> /dev/null ;;
    clear) rm -f "$item" ;;
esac
"""


@pytest.fixture
def desktop(practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home of somebody with such a program, whose practice asks for the keyring."""
    home = tmp_path / "home"
    (home / "bin").mkdir(parents=True)
    program = home / "bin" / keyring.PROGRAM
    program.write_text(PROGRAM)
    program.chmod(0o755)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("ACCUEIL_BASE", "postgresql://sophie:secret@server/base")
    practice.settings_file.write_text("[chiffrement]\ntrousseau = true\n", encoding="utf-8")
    keyring.forget()
    yield home
    keyring.forget()


def reopen(practice: Practice) -> None:
    """As another process does."""
    close_practice()
    keyring.forget()
    open_practice(practice)


def secrets_of(place: Path) -> list[str]:
    return [key.secret for key in keys_in(place)]


def refusal(practice: Practice) -> str:
    """The one sentence with which it does not open."""
    with pytest.raises(PracticeFault) as caught:
        reopen(practice)
    return fault_sentence(caught.value)


@pytest.fixture
def kept(practice: Practice, desktop: Path) -> Practice:
    """Its key is in the keyring, and nowhere else on the machine."""
    rejected(1001)
    change_key(practice, SOPHIE)
    keep_in_keyring(practice, SOPHIE)
    shutil.move(practice.cipher_file, desktop / "elsewhere")
    return practice


def test_the_key_is_put_there_with_the_older_ones_and_opens_the_base(practice: Practice, desktop: Path) -> None:
    rejected(1001)
    change_key(practice, SOPHIE)
    told = list(cipher_remarks(practice))
    assert ("à côté" in told[0], "n’a pas donné la clé" in told[1]) == (True, True)
    keep_in_keyring(practice, SOPHIE)
    keep_in_keyring(practice, SOPHIE)
    reopen(practice)
    told = list(cipher_remarks(practice))
    assert ("qui se perd" in told[0], "restée à côté" in told[1]) == (True, True)
    secrets = secrets_of(practice.cipher_file)
    practice.cipher_file.unlink()
    reopen(practice)
    assert counts().total == 1
    (remark,) = cipher_remarks(practice)
    assert "dans le trousseau du bureau" in remark
    state = key_state(practice)
    assert state is not None
    assert (state.place, state.older) == (None, 1)
    assert list(breaches(practice)) == []
    asked = (desktop / "asked").read_text()
    assert "store -l Accueil : clé de la base application accueil cabinet" in asked
    assert [secret for secret in (*secrets, "postgresql:") if secret in asked] == []
    assert [path.name for path in (desktop / "kept").iterdir() if "essai" in path.name] == []


def test_what_the_first_page_asks_it_is_told_once(kept: Practice, desktop: Path) -> None:
    close_practice()
    keyring.forget()
    (desktop / "asked").unlink()
    for _ in range(3):
        open_practice(kept)
        close_practice()
    assert (desktop / "asked").read_text().count("lookup application") == 1


def test_another_key_a_copy_a_backup_and_a_restoring_work_with_it(
    kept: Practice, desktop: Path, tmp_path: Path
) -> None:
    held = {table: rows for table, rows in contents().items() if table != "journal_entry"}
    reopen(kept)
    copy = back_up(kept, tmp_path / "disque", SOPHIE).place
    changed = change_key(kept, SOPHIE)
    assert (changed.place, changed.older) == (None, 2)
    assert not kept.cipher_file.exists()
    reopen(kept)
    assert {table: rows for table, rows in contents().items() if table != "journal_entry"} == held
    target = export_key(kept, tmp_path / "copie", SOPHIE)
    assert secrets_of(target)[1:] == secrets_of(desktop / "elsewhere")
    close_practice()
    with preparing(kept, copy, None) as plan:
        restore(plan, SOPHIE)
    assert not kept.cipher_file.exists()
    reopen(kept)
    assert db.obj.opened_with.secret == secrets_of(desktop / "elsewhere")[0]
    assert list(breaches(kept)) == []


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("locked", "n’est pas dans le trousseau du bureau, ou il est verrouillé"),
        ("away", "ne se lit pas ici : ouvrez une session de bureau"),
        ("hangs", "ne répond pas en 0.2 s : déverrouillez-le, puis recommencez."),
        ("no program", "secret-tool n’est pas là : installez-le (paquet libsecret-tools)."),
    ],
)
def test_a_keyring_that_cannot_be_asked_is_one_sentence_unless_the_key_lies_elsewhere_too(
    kept: Practice, desktop: Path, how: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "SECONDS", 0.2 if how == "hangs" else 5.0)
    if how == "no program":
        (desktop / "bin" / keyring.PROGRAM).unlink()
    (desktop / how).touch()
    assert says in refusal(kept)
    with pytest.raises(PracticeFault):
        open_practice(kept)  # of one that hangs without waiting again
    shutil.copy(desktop / "elsewhere", kept.cipher_file)
    reopen(kept)
    assert counts().total == 1
    monkeypatch.setattr(keyring, "SECONDS_TO_UNLOCK", 0.2 if how == "hangs" else 5.0)
    before = {file.name: file.read_bytes() for file in (desktop / "kept").iterdir()}
    with pytest.raises(PracticeFault, match="rousseau du bureau"):
        keep_in_keyring(kept, SOPHIE)
    assert {file.name: file.read_bytes() for file in (desktop / "kept").iterdir()} == before


def test_a_key_is_kept_there_only_where_it_is_asked_for_and_reads_back(practice: Practice, desktop: Path) -> None:
    (desktop / "cuts").touch()
    with pytest.raises(PracticeFault, match="n’a pas gardé la clé"):
        keep_in_keyring(practice, SOPHIE)
    (desktop / "cuts").unlink()
    assert list((desktop / "kept").iterdir()) == []
    hold_keys(practice.cipher_file, [db.obj.opened_with._replace(secret=f"{n:064x}") for n in range(120)])
    with pytest.raises(PracticeFault, match="ne garde pas autant de clés"):
        keep_in_keyring(practice, SOPHIE)
    practice.settings_file.write_text("[chiffrement]\ntrousseau = false\n", encoding="utf-8")
    with pytest.raises(PracticeFault, match="écrivez trousseau = true"):
        keep_in_keyring(practice, SOPHIE)
    practice.settings_file.write_text("[chiffrement]\ntrousseau = 1\n", encoding="utf-8")
    assert "ligne 2 : trousseau veut true ou false" in refusal(practice)


def test_what_is_in_the_keyring_and_no_key_is_said(kept: Practice, desktop: Path) -> None:
    (item,) = (desktop / "kept").iterdir()
    item.write_text("x\n")
    assert "« trousseau du bureau », n’est pas faite de 64 chiffres" in refusal(kept)

"""A base is encrypted as it is made: its key, where it is looked for, and what is said where it does not open it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.counts import counts
from models.store.cipher import is_plain
from models.store.cipher_keys import CREDENTIAL, hold_keys, keys_in, new_key
from models.store.database import db
from tests.models.practice import an_invoice, take_in
from tests.practices import practice_in
from tui.text.faults import fault_sentence

NIR = b"2690499352073"


def refusal(practice: Practice) -> str:
    """The one sentence with which it does not open, here and at any other desk; nothing is made beside it."""
    close_practice()
    before = sorted(practice.folder.rglob("*"))
    with pytest.raises(PracticeFault) as caught:
        open_practice(practice, create=True)
    assert sorted(practice.folder.rglob("*")) == before
    sentence = fault_sentence(caught.value)
    assert sentence.endswith("remettez la clé d’origine, ou lancez accueil restaurer.")
    return sentence


def in_files(practice: Practice, word: bytes) -> list[str]:
    return [path.name for path in practice.folder.rglob("*") if path.is_file() and word in path.read_bytes()]


def test_no_file_of_an_open_practice_names_a_patient(practice: Practice, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither the base nor its log, nor anything beside it; and the driver says nothing on the terminal."""
    take_in(an_invoice(1001, nir=NIR.decode(), last_name="ZZCANARI"))
    assert Path(f"{practice.location}-wal").stat().st_size
    assert in_files(practice, NIR) == []
    assert in_files(practice, b"ZZCANARI") == []
    close_practice()
    assert not is_plain(Path(practice.location))
    assert in_files(practice, b"CREATE TABLE") == []
    (key,) = keys_in(practice.cipher_file)
    assert in_files(practice, key.secret.encode()) == [practice.cipher_file.name]
    assert key.secret not in repr(key)
    open_practice(practice)
    assert counts().total == 1
    assert capfd.readouterr() == ("", "")


def spoil(how: str, practice: Practice) -> None:
    key = practice.cipher_file
    match how:
        case "missing":
            key.unlink()
        case "another":
            key.write_text("00" * 32 + "\n")
        case "short":
            key.write_text("00" * 31)
        case "empty":
            key.write_text("")
        case "open to all":
            key.chmod(0o644)
        case "written by the group":
            key.chmod(0o660)
        case "a folder":
            key.unlink()
            key.mkdir()
        case _:
            key.unlink()
            os.mkfifo(key)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("missing", "elle est chiffrée et sa clé"),
        ("another", "Aucune clé de"),
        ("short", "64 chiffres hexadécimaux"),
        ("empty", "64 chiffres hexadécimaux"),
        ("open to all", "est ouverte à d’autres"),
        ("written by the group", "est ouverte à d’autres"),
        ("a folder", "n’est pas un fichier ordinaire"),
        ("a pipe", "n’est pas un fichier ordinaire"),
    ],
)
def test_a_key_that_does_not_open_is_one_sentence_and_nothing_is_made(
    practice: Practice, how: str, says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    close_practice()
    spoil(how, practice)
    sentence = refusal(practice)
    assert says in sentence
    assert f"« {practice.cipher_file} »" in sentence
    assert capfd.readouterr() == ("", "")


def by_credential(practice: Practice, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(elsewhere))
    return elsewhere / CREDENTIAL


def by_configuration(practice: Practice, elsewhere: Path, _: pytest.MonkeyPatch) -> Path:
    practice.folder.mkdir(exist_ok=True)
    practice.settings_file.write_text(f'[chiffrement]\ncle = "{elsewhere / "la-cle"}"\n')
    return elsewhere / "la-cle"


@pytest.mark.parametrize("by", [by_credential, by_configuration])
def test_the_key_may_lie_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: Callable[[Practice, Path, pytest.MonkeyPatch], Path]
) -> None:
    """A new base takes the one that is there; without it the base is closed, and its group may read it."""
    elsewhere, practice = tmp_path / "cle-usb", practice_in(tmp_path / "cabinet")
    elsewhere.mkdir()
    place = by(practice, elsewhere, monkeypatch)
    new_key(place)
    place.chmod(0o440)
    open_practice(practice, create=True)
    close_practice()
    assert not practice.cipher_file.exists()
    open_practice(practice)
    assert counts().total == 0
    place.rename(place.with_suffix(".ailleurs"))
    assert "sa clé" in refusal(practice)
    place.with_suffix(".ailleurs").rename(practice.cipher_file)
    open_practice(practice)
    close_practice()


def test_a_key_that_cannot_be_put_where_it_belongs_makes_no_base(tmp_path: Path) -> None:
    practice = practice_in(tmp_path / "cabinet")
    by_configuration(practice, tmp_path / "pas-branchee", pytest.MonkeyPatch())
    with pytest.raises(PracticeFault, match="pas-branchee"):
        open_practice(practice, create=True)
    assert not Path(practice.location).exists()


@pytest.mark.parametrize("end", ["", "\n", "\nabcd", "\n" + "0" * 63])
def test_an_older_key_goes_on_opening_what_it_opened(practice: Practice, end: str) -> None:
    """The newest line is tried first; one that was cut as it was written is none."""
    close_practice()
    (before,) = keys_in(practice.cipher_file)
    practice.cipher_file.write_text(f"{before.secret}{end}")
    assert keys_in(practice.cipher_file) == [before._replace(since="")]
    if end in {"", "\n"}:
        fresh = new_key(practice.cipher_file)
        assert [key.secret for key in keys_in(practice.cipher_file)] == [fresh.secret, before.secret]
        hold_keys(practice.cipher_file, [before, fresh])
        assert len(keys_in(practice.cipher_file)) == 2
    open_practice(practice)
    assert db.obj.opened_with.secret == before.secret

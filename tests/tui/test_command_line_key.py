"""`accueil cle`: where the key is, a copy of it, another one; the key itself is never said."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.store import keyring
from models.store.cipher_keys import keys_in
from tests.models.test_keyring import PROGRAM
from tests.tui.command_line import accueil, practice


def test_the_key_is_said_copied_and_changed_and_never_shown(tmp_path: Path) -> None:
    base = practice(tmp_path)
    held = Path(base).with_suffix(".chiffrement")
    copy = tmp_path / "clé à part"
    shown = accueil("cle", "--base", base)
    exported = accueil("cle", "--exporter", str(copy), "--base", base)
    again = accueil("cle", "--exporter", str(copy), "--base", base)
    asked = accueil("cle", "--changer", "--base", base)
    before = [key.secret for key in keys_in(held)]
    done = accueil("cle", "--changer", "--oui", "--base", base)
    after = accueil("cle", "--base", base)
    assert [ran.code for ran in (shown, exported, again, asked, done, after)] == [0, 0, 1, 0, 0, 0]
    assert f"sa clé est « {held} », depuis le " in shown.out
    assert "qui prend tout le dossier lit tout" in shown.err
    assert [key.secret for key in keys_in(copy)] == before
    assert "il y en a déjà un de ce nom" in again.err
    assert "Rien n’a été changé" in asked.err
    assert "1 clé d’avant" in after.out
    secrets = [key.secret for key in keys_in(held)]
    assert secrets[1:] == before
    told = " ".join(accueil("journal", "--base", base).out.split())
    assert "a copié la clé de la base dans « " in told
    assert "a changé la clé de la base, dans « " in told
    said = [ran.out + ran.err for ran in (shown, exported, again, asked, done, after)]
    assert [secret for secret in secrets if secret in told + "".join(said)] == []
    assert accueil("verifier", "--base", base).code == 0
    assert accueil("cle", "--oui", "--exporter", "x", "--changer", "--base", base).code == 2


def test_the_key_is_put_into_the_keyring_and_goes_on_opening_the_base_when_it_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, program = practice(tmp_path), tmp_path / keyring.PROGRAM
    program.write_text(PROGRAM)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    held, home, moved = Path(base).with_suffix(".chiffrement"), {"HOME": str(tmp_path)}, tmp_path / "ailleurs"
    assert "écrivez trousseau = true" in accueil("cle", "--trousseau", "--base", base, env=home).err
    Path(base).with_suffix(".toml").write_text("[chiffrement]\ntrousseau = true\n", encoding="utf-8")
    put = accueil("cle", "--trousseau", "--base", base, env=home)
    assert ("relue" in put.out, f"effacez « {held} »" in put.err) == (True, True)
    (secret,) = [key.secret for key in keys_in(held)]
    held.unlink()
    keyring.forget()
    assert "effacez" not in accueil("cle", "--trousseau", "--base", base, env=home).err
    shown, checked = accueil("cle", "--base", base, env=home), accueil("verifier", "--base", base, env=home)
    assert "sa clé est dans le trousseau du bureau, depuis le " in shown.out
    assert (checked.code, "gardez-en une copie ailleurs" in checked.err) == (0, True)
    told = accueil("cle", "--changer", "--oui", "--base", base, env=home)
    assert "avec une nouvelle clé, dans le trousseau du bureau." in told.out
    assert "dans « trousseau du bureau »" in accueil("journal", "--base", base, env=home).out.replace("\n", " ")
    there = str(moved / "cabinet.db")
    assert accueil("demenager", "--vers", there, "--oui", "--base", base, env=home).code == 0
    assert "n’a pas donné la clé" in accueil("cle", "--base", there, env=home).err
    assert secret not in (tmp_path / "asked").read_text()
    keyring.forget()

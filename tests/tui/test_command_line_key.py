"""`accueil cle`: where the key is, a copy of it, another one; the key itself is never said."""

from __future__ import annotations

from pathlib import Path

from models.store.cipher_keys import keys_in
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

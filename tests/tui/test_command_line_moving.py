"""`accueil demenager`: says what it would do, does it, and the old address says where the practice lives."""

from __future__ import annotations

from pathlib import Path

from tests.tui.command_line import accueil, practice


def test_a_practice_moves_into_another_file_and_the_old_one_says_where(tmp_path: Path) -> None:
    old, new = practice(tmp_path), tmp_path / "ailleurs" / "cabinet.db"
    said = accueil("demenager", "--vers", str(new), "--base", old)
    assert (said.code, said.err) == (0, "")
    assert f"irait à « {new} »" in said.out
    assert not new.exists()
    listed = accueil("lister", "--toutes", "--base", old).out
    moved = accueil("demenager", "--vers", str(new), "--oui", "--base", old)
    assert moved.code == 0, moved.err
    assert "toutes vérifiées" in moved.out
    assert accueil("lister", "--toutes", "--base", str(new)).out == listed
    verified = accueil("verifier", "--base", str(new))
    assert verified.code == 0, verified.out
    assert verified.err.startswith("La clé de la base est à côté d’elle"), verified.err
    refused = accueil("lister", "--base", old)
    assert refused.code == 1
    assert f"il est à « {new} » ; donnez cette adresse à --base." in refused.err
    again = accueil("demenager", "--vers", str(new), "--oui", "--base", old)
    assert again.code == 0
    back = accueil("demenager", "--vers", old, "--oui", "--base", str(new))
    assert back.code == 1
    assert "déjà quelque chose" in back.err
    assert "a lancé le déménagement du cabinet vers" in accueil("journal", "--base", str(new)).out

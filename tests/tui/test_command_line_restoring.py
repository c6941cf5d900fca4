"""`accueil sauvegarder` and `accueil restaurer`: what they say, and that a base that is refused names the way out."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.tui.command_line import accueil, practice, rows


def test_a_base_is_backed_up_refused_when_it_is_older_and_restored(tmp_path: Path) -> None:
    base, disk = practice(tmp_path), tmp_path / "disque"
    made = accueil("sauvegarder", str(disk), "--base", base)
    assert (made.code, made.err) == (0, "")
    assert "Sauvegarde faite et relue" in made.out
    assert made.out.splitlines()[-1] == "C’est la première de ce cabinet."
    (copy,) = disk.glob("cabinet-2*")
    assert accueil("annuler", "1031", "--oui", "--base", base).code == 0
    given = rows(base)[1031]["replaced_by"]
    shutil.copy(copy / "cabinet.db", base)
    for verb in (["lister"], ["verifier"], []):
        refused = accueil(*verb, "--base", base)
        assert (refused.code, refused.out) == (1, "")
        assert "copie ancienne" in refused.err
        assert refused.err.endswith("remettez la bonne base, ou lancez accueil restaurer.\n")
    shown = accueil("restaurer", str(copy), "--base", base)
    assert shown.code == 0
    assert "2 changements à refaire" in shown.out
    assert "Rien n’a été changé" in shown.err
    done = accueil("restaurer", str(copy), "--oui", "--base", base)
    assert done.code == 0
    assert done.err.startswith("La clé de la base est à côté d’elle"), done.err
    assert f"Les factures continuent après le n° {given}" in done.out
    assert done.out.splitlines()[-1] == "Rien d’anormal : 60 factures, journal complet."
    assert accueil("annuler", "1031", "--oui", "--base", base).code == 0
    assert rows(base)[1031]["replaced_by"] == given + 1


def test_what_cannot_be_restored_is_one_sentence(tmp_path: Path) -> None:
    base = practice(tmp_path)
    for copy, says in ((tmp_path / "rien", "ne se lit pas"), (tmp_path, "ne se lit pas"), (None, "Aucune sauvegarde")):
        ran = accueil("restaurer", *([str(copy)] if copy else []), "--oui", "--base", base)
        assert (ran.code, ran.out) == (1, "")
        assert says in ran.err or "il n’existe pas" in ran.err, ran.err
        assert ran.err.count("\n") == 1
    assert accueil("verifier", "--base", base).code == 0

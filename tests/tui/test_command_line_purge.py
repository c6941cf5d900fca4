"""`accueil purger`: said first, done with --oui, never further than the configuration keeps."""

from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from tests.tui import command_line
from tests.tui.command_line import accueil, practice, rows


def test_it_says_what_would_go_then_does_it(tmp_path: Path) -> None:
    base = practice(tmp_path)
    early = accueil("purger", "--avant", "01/01/2026", "--base", base)
    assert (early.code, early.out) == (1, "")
    assert early.err.startswith("Trop récent : ce qui est d’après le 22/11/2021 nomme encore ses patients")
    assert accueil("purger", "--base", base).code == 2
    assert "Aucun patient" in accueil("purger", "--avant", "01/01/2020", "--oui", "--base", base).out
    before = rows(base)
    with patch.object(command_line, "NOW", datetime(2034, 1, 2, 9, 0, tzinfo=UTC)):
        said = accueil("purger", "--avant", "01/01/2028", "--base", base)
        assert said.code == 0
        assert "partiront pour toujours" in said.out
        assert said.err.startswith("Rien n’a été changé : ajoutez --oui")
        assert rows(base) == before
        done = accueil("purger", "--avant", "01/01/2028", "--oui", "--base", base)
        assert done.code == 0
        assert done.err.startswith("Purge en cours")
        assert accueil("controler", "--toutes", "--base", base).code in (0, 1)
        assert "PATIENT" in accueil("patient", "patient", "--base", base).out
        assert "ne portent plus que des pseudonymes." in done.out
    after = rows(base)
    assert {number: row["total_cents"] for number, row in after.items()} == {
        number: row["total_cents"] for number, row in before.items()
    }
    assert any(row["patient"].startswith("PATIENT ") for row in after.values())
    assert accueil("verifier", "--base", base).code == 0


def test_a_manager_alone_may(tmp_path: Path) -> None:
    base = practice(tmp_path)
    assert accueil("operateurs", "--ajouter", "Sophie", "--role", "responsable", "--base", base).code == 0
    assert accueil("operateurs", "--ajouter", "Nadia", "--base", base, "--operateur", "Sophie").code == 0
    refused = accueil("purger", "--avant", "01/01/2020", "--base", base, "--operateur", "Nadia")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "accueil : Réservé au rôle responsable : demandez à Sophie.\n"

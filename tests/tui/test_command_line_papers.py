"""`accueil papiers`: listed, printed as PDF, noted as sent, taken back; documents step by step."""

from __future__ import annotations

import csv
import json
import shutil
import stat
from io import StringIO
from pathlib import Path

import pytest

from tests.models.practice import TEAM, a_lot, an_invoice
from tests.tui.command_line import accueil, cancel_and_bill, practice
from tui.command_line import papers
from tui.text import printed_lists


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a practice with two degraded lots and one that is not."""
    folder = tmp_path_factory.mktemp("papers")
    base = str(folder / "cabinet.db")
    for lot, (number, caisse, certification) in {
        1: (1001, "331", "D"), 2: (1002, "301", "D"), 3: (1003, "331", "S"),
    }.items():  # fmt: skip
        file = folder / f"lot-{lot}.b2"
        file.write_bytes(a_lot(an_invoice(number, caisse=caisse), lot_number=lot, certification=certification))
        assert accueil("importer", str(file), "--oui", "--base", base).code == 0
    return folder


@pytest.fixture
def base(made: Path, tmp_path: Path) -> str:
    """A copy of it; what to give to --base."""
    shutil.copytree(made, tmp_path / "cabinet")
    return str(tmp_path / "cabinet" / "cabinet.db")


def test_what_is_owed_is_listed_noted_as_sent_and_taken_back(base: str) -> None:
    said = accueil("papiers", "--base", base)
    assert said.out.splitlines()[0] == "2 feuilles à envoyer, 63,00 € · 2 lots"
    assert [line.split()[0] for line in said.out.splitlines()[2:]] == ["002", "001"]
    assert "2 pièces à numériser ou à envoyer : accueil papiers --pieces." in said.err
    sent = accueil("papiers", "--envoye", "1", "2", "--le", "20/11/2026", "--motif", "poste", "--base", base)
    assert (sent.code, sent.out) == (0, "Les feuilles des lots 001, 002 sont notées envoyées le 20/11/2026.\n")
    assert accueil("papiers", "--base", base).out.startswith("Aucune feuille de soins à envoyer.")
    twice = accueil("papiers", "--envoye", "1", "--base", base)
    assert (twice.code, twice.out) == (1, "")
    assert twice.err == "Les feuilles du lot 001 sont déjà notées envoyées le 20/11/2026. Rien n’a été noté.\n"
    assert accueil("papiers", "--repris", "2", "--motif", "adresse fausse", "--base", base).code == 0
    (record,) = [one for one in json.loads(accueil("papiers", "--format", "json", "--base", base).out) if one["note"]][
        :1
    ]
    assert (record["lot"], record["sent_on"], record["note"]) == (2, None, "adresse fausse")
    rows = list(csv.reader(StringIO(accueil("papiers", "--tableur", "--base", base).out), delimiter=";"))
    assert rows[0][7:10] == ["Montant", "Montant AMO", "Envoyées le"]
    assert [row[9] for row in rows[1:]] == ["", "20/11/2026"]


def test_a_document_is_noted_from_the_command_line(base: str) -> None:
    assert accueil("papiers", "--piece", "accord", "--est", "due", "1003", "--base", base).code == 0
    done = accueil("papiers", "--piece", "ordonnance", "--est", "numerisee", "1001", "1003", "--base", base)
    assert (done.code, done.out) == (1, "Ordonnance de la facture n° 1001 : numérisée.\n")
    assert done.err == "N° 1003 : Cette pièce n’est pas due : notez d’abord qu’elle l’est.\n"
    lines = accueil("papiers", "--pieces", "--base", base).out.splitlines()
    assert lines[0] == "2 pièces à numériser, 1 à envoyer"
    assert [line.split()[0] for line in lines[2:]] == ["000001002", "000001003", "000001001"]


def test_what_was_sent_is_taken_back_with_its_day_and_only_once(base: str) -> None:
    assert accueil("papiers", "--envoye", "2", "--le", "20/11/2026", "--base", base).code == 0
    taken = accueil("papiers", "--repris", "2", "--motif", "adresse fausse", "--base", base)
    assert taken.out == "Lot 002 : l’envoi du 20/11/2026 est repris, ses feuilles sont de nouveau à envoyer.\n"
    twice = accueil("papiers", "--repris", "2", "--motif", "adresse fausse", "--base", base)
    assert (twice.code, twice.out, len(twice.err.splitlines())) == (1, "", 1)
    assert "lot 002" in twice.err


def test_what_is_listed_is_what_is_owed_and_nothing_owed_is_not_printed(base: str) -> None:
    told = json.loads(accueil("papiers", "--pieces", "--format", "json", "--base", base).out)
    assert [one["number"] for one in told] == [1001, 1002]
    assert accueil("papiers", "--imprimer", "1", "--professionnel", "999999999", "--base", base).code == 1
    nobody = accueil("papiers", "--imprimer", "--professionnel", "999999999", "--base", base)
    assert (nobody.code, nobody.out) == (1, "")
    assert nobody.err == "Aucune feuille de soins à envoyer : rien à imprimer.\n"
    assert not Path(base).with_name("cabinet-impressions").exists()
    assert accueil("papiers", "--imprimer", "--professionnel", TEAM[0], "--base", base).code == 0


def test_a_document_that_is_noted_later_than_today_or_for_nobody_is_refused(base: str) -> None:
    step = ("papiers", "--piece", "ordonnance", "--est", "numerisee", "--base", base)
    later = accueil(*step, "--le", "01/12/2026", "1001")
    assert (later.code, later.out, len(later.err.splitlines())) == (1, "", 1)
    nobody = accueil(*step, "4040")
    assert (nobody.code, nobody.out) == (1, "")
    assert "4040" in nobody.err
    known = accueil(*step, "4040", "1001")
    assert (known.code, known.out) == (1, "Ordonnance de la facture n° 1001 : numérisée.\n")


def test_an_invoice_leaves_degraded_mode_once_and_not_where_another_desk_was_quicker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = practice(tmp_path)
    new = cancel_and_bill(base, 1009)
    with monkeypatch.context() as patch:
        patch.setattr(papers, "invoice_version", lambda _: 0)
        stale = accueil("papiers", "--hors-degrade", str(new), "--base", base)
    assert (stale.code, stale.out) == (1, "")
    assert stale.err == f"Facture n° {new} : Un autre poste l’a changée entre-temps : relisez-la.\n"
    done = accueil("papiers", "--hors-degrade", str(new), "--base", base)
    assert (done.code, done.out) == (0, f"N° {new} : sortie du dégradé, à facturer de nouveau.\n")
    for number in (new, 1009):
        refused = accueil("papiers", "--hors-degrade", str(number), "--base", base)
        assert (refused.code, refused.out, len(refused.err.splitlines())) == (1, "", 1)
        assert refused.err.startswith(f"Facture n° {number} : ")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--piece", "accord", "1001"], "--piece PIÈCE va avec --est ÉTAPE"),
        (["--piece", "accord", "--est", "due"], "il manque NUMÉRO"),
        (["1001"], "NUMÉRO va avec --piece"),
        (["--repris", "1"], "--motif TEXTE est à donner"),
        (["--imprimer", "--le", "01/11/2026"], "--le va avec --envoye ou --piece"),
        (["--envoye", "1", "--format", "json"], "--format va avec la liste"),
    ],
)
def test_what_is_badly_written_is_one_sentence(typed: list[str], said: str) -> None:
    ran = accueil("papiers", *typed)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_bordereau_is_printed_to_a_file_that_its_owner_alone_reads_and_never_written_over(base: str) -> None:
    folder = Path(base).with_name("cabinet-impressions")
    for _ in range(2):
        ran = accueil("papiers", "--imprimer", "1", "--base", base)
        assert ran.code == 0, ran.err
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["bordereau-lot-001-2026-11-22-1000-2.pdf", "bordereau-lot-001-2026-11-22-1000.pdf"]
    assert ran.out.splitlines() == ["Le PDF est écrit ici :", str(folder / names[0])]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert (folder / names[0]).read_bytes().startswith(b"%PDF-")
    none = accueil("papiers", "--imprimer", "3", "--base", base)
    assert (none.code, len(list(folder.iterdir()))) == (1, 2)
    assert "Le lot 003 ne doit aucune feuille" in none.err


def test_the_program_that_prints_gets_the_file_and_no_secret_and_its_failure_is_one_sentence(base: str) -> None:
    folder = Path(base).parent
    program, seen = folder / "imprime", folder / "vu"
    program.write_text(f'#!/bin/sh\nenv > {seen}\necho "$@" >> {seen}\n', encoding="utf-8")
    program.chmod(0o700)
    settings = folder / "cabinet.toml"
    settings.write_text(f'[impression]\ncommande = ["{program}", "-d", "A4"]\n', encoding="utf-8")
    secret = {"ACCUEIL_BASE": base, "PGPASSWORD": "mot-de-passe"}
    ran = accueil("papiers", "--imprimer", env=secret)
    assert ran.code == 0, ran.err
    first, file = ran.out.splitlines()
    assert first == "Envoyé à l’imprimante ; le PDF reste ici :"
    said = seen.read_text(encoding="utf-8")
    assert said.splitlines()[-1] == f"-d A4 {file}"
    assert "mot-de-passe" not in said
    assert "ACCUEIL_BASE" not in said
    program.write_text("#!/bin/sh\necho 'lp : pas de papier' >&2\nexit 3\n", encoding="utf-8")
    refused = accueil("papiers", "--imprimer", "1", "--base", base)
    assert (refused.code, refused.out.splitlines()[0]) == (1, "Le PDF est écrit, mais pas imprimé :")
    assert refused.out.splitlines()[2] == "L’imprimante a refusé le fichier : lp : pas de papier."
    settings.write_text('[impression]\ncommande = "lp"\n', encoding="utf-8")
    wrong = accueil("papiers", "--imprimer", "1", "--base", base)
    assert wrong.code == 1
    assert "ligne 2 : commande veut une liste de mots" in wrong.err


def test_a_list_is_printed_as_it_is_filtered_and_one_too_long_is_refused(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(base).with_name("cabinet-impressions")
    assert accueil("lister", "--filtre", "1003", "--imprimer", "--base", base).code == 0
    assert [path.name for path in folder.iterdir()] == ["toutes-les-factures-2026-11-22-1000.pdf"]
    monkeypatch.setattr(printed_lists, "MOST", 2)
    ran = accueil("lister", "--imprimer", "--base", base)
    assert (ran.code, len(list(folder.iterdir()))) == (1, 1)
    assert ran.err.startswith("accueil : Plus de 2 lignes : filtrez la liste")

"""Each bad input: one French sentence, its exit code, and nothing half-done."""

import os
import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from peewee import DatabaseError
from sqlcipher3 import dbapi2 as sqlite

from models.store import sqlite_file
from tests.sqlite_file import raw
from tests.tui.command_line import LOTS, RETURNS, accueil, practice, rows
from tui.command_line import listing


@pytest.fixture
def base(tmp_path: Path) -> str:
    return practice(tmp_path)


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


class TestFiles:
    @pytest.mark.parametrize(
        ("verb", "file", "sentence"),
        [
            ("importer", "absent.b2", "« {0} » : il n’existe pas, vérifiez le chemin et vos droits."),
            ("relever", "absent.noe", "« {0} » : il n’existe pas, vérifiez le chemin et vos droits."),
            ("importer", "dossier", "dossier : c’est un dossier, donnez les fichiers qu’il contient."),
            ("relever", "dossier", "dossier : c’est un dossier, donnez les fichiers qu’il contient."),
            ("importer", "/dev/zero", "zero : ce n’est pas un fichier ordinaire, copiez-le d’abord sur le disque."),
            ("importer", RETURNS[0], "retour-01.noe : Ce fichier est un retour NOEMIE, non un lot B2"),
            ("relever", LOTS[0], "lot-001.b2 : Ce fichier est un lot B2, non un retour NOEMIE"),
            ("importer", "tronqué.b2", "tronqué.b2 : "),
            ("relever", "tronqué.noe", "tronqué.noe : "),
            ("importer", "vide", "vide : Le fichier est vide"),
            ("importer", "photo.b2", "photo.b2 : Ce fichier n’est pas un lot B2"),
            ("relever", "photo.b2", "photo.b2 : Ce fichier n’est pas un retour NOEMIE"),
        ],
    )
    def test_bad_file(self, base: str, tmp_path: Path, verb: str, file: str, sentence: str) -> None:
        (tmp_path / "dossier").mkdir()
        (tmp_path / "vide").touch()
        (tmp_path / "photo.b2").write_bytes(b"\x89PNG\r\n\x1a\n" * 100)
        (tmp_path / "tronqué.b2").write_bytes(Path(LOTS[0]).read_bytes()[:1500])
        (tmp_path / "tronqué.noe").write_bytes(Path(RETURNS[0]).read_bytes()[:1500])
        before = rows(base)
        ran = accueil(verb, str(tmp_path / file), "--base", base)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(sentence.format(tmp_path / file))
        assert len(ran.err.splitlines()) == 1
        assert rows(base) == before

    @pytest.mark.parametrize("file", ["absent.b2", RETURNS[0]])
    def test_no_practice_is_made_for_a_bad_file(self, tmp_path: Path, file: str) -> None:
        ran = accueil("importer", str(tmp_path / file), "--base", str(tmp_path / "cabinet.db"))
        assert ran.code == 1
        assert tree(tmp_path) == set()

    def test_return_of_an_unknown_practitioner(self, base: str, tmp_path: Path) -> None:
        stranger = tmp_path / "retour.noe"
        data = Path(RETURNS[0]).read_bytes()
        stranger.write_bytes(data.replace(b"336012349", b"750000001").replace(b"336056783", b"750000001"))
        before = rows(base)
        ran = accueil("relever", str(stranger), "--base", base)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("retour.noe : Retour destiné au professionnel n° 750000001, inconnu de ce cabinet")
        assert rows(base) == before

    def test_a_name_that_is_no_text_is_said_and_imported(self, tmp_path: Path) -> None:
        file = tmp_path / b"lot\xe9.b2".decode(errors="surrogateescape")
        shutil.copy(LOTS[0], file)
        ran = accueil("importer", str(file), "--base", str(tmp_path / "cabinet.db"))
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("lot\ufffd.b2 : lot 001")

    def test_a_hostile_name_does_not_reach_the_terminal(self, base: str, tmp_path: Path) -> None:
        file = tmp_path / "a\x1b[2Jb\n.b2"
        file.touch()
        ran = accueil("importer", str(file), "--base", base)
        assert ran.err == "a\ufffd[2Jb .b2 : Le fichier est vide : redemandez le fichier à son émetteur.\n"


class TestPractice:
    @pytest.mark.parametrize(
        "command",
        [
            ["lister"],
            ["annuler", "1008", "--oui"],
            ["valider", "1008"],
            ["transmettre"],
            ["verifier"],
            ["relever", RETURNS[0]],
        ],
        ids=lambda command: command[0],
    )
    def test_missing(self, tmp_path: Path, command: list[str]) -> None:
        ran = accueil(*command, "--base", str(tmp_path / "absent.db"))
        assert (ran.code, ran.out) == (1, "")
        assert re.fullmatch(r"accueil : Aucun cabinet à « .*absent\.db » : .*\n", ran.err)
        assert tree(tmp_path) == set()

    @pytest.mark.parametrize("command", [["lister"], ["importer", LOTS[0]], ["verifier"], []], ids=str)
    @pytest.mark.parametrize(
        ("kind", "sentence"),
        [
            ("other", "est la base d’un autre programme"),
            ("newer", "vient d’une version plus récente d’Accueil"),
            ("text", "n’est pas une base de cabinet"),
            ("folder", "est un dossier"),
            ("pipe", "n’est pas un fichier ordinaire"),
        ],
    )
    def test_not_ours(self, base: str, tmp_path: Path, command: list[str], kind: str, sentence: str) -> None:
        place = tmp_path / "autre.db"
        if kind == "other":
            with closing(sqlite.connect(str(place))) as other:
                other.execute("CREATE TABLE notes (text)")
        elif kind == "pipe":
            os.mkfifo(place)
        elif kind == "newer":
            shutil.copy(base, place)
            shutil.copy(Path(base).with_suffix(".chiffrement"), place.with_suffix(".chiffrement"))
            with closing(raw(place)) as newer:
                newer.execute("PRAGMA user_version = 99")
        elif kind == "text":
            place.write_text("bonjour" * 1000)
        else:
            place.mkdir()
        before = place.read_bytes() if place.is_file() else b""
        ran = accueil(*command, "--base", str(place))
        assert (ran.code, ran.out) == (1, "")
        assert sentence in ran.err
        assert len(ran.err.splitlines()) == 1
        if place.is_file():
            assert place.read_bytes() == before

    def test_locked_by_another_desk(self, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0)
        monkeypatch.setattr(
            sqlite_file,
            "PRAGMAS",
            tuple((name, 0 if name == "busy_timeout" else value) for name, value in sqlite_file.PRAGMAS),
        )
        # The program's own library: two libraries of one process do not see each other's locks.
        with closing(raw(base, None)) as other:
            other.execute("BEGIN IMMEDIATE")
            ran = accueil("annuler", "1008", "--oui", "--base", base)
            other.execute("ROLLBACK")
        assert (ran.code, ran.out) == (1, "")
        assert "La base est occupée par un autre poste : rien n’a été enregistré" in ran.err
        assert rows(base)[1008]["state"] == "rejected"

    def test_disk_full(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        base = str(tmp_path / "cabinet.db")
        accueil("importer", LOTS[0], "--base", base)
        before = rows(base)
        monkeypatch.setattr(sqlite_file, "PRAGMAS", (*sqlite_file.PRAGMAS, ("max_page_count", 1)))
        ran = accueil("importer", *LOTS[1:], "--base", base)
        monkeypatch.undo()
        assert ran.code == 1
        assert "lot-003.b2 : Le disque est plein : rien n’a été enregistré" in ran.err
        after = rows(base)
        assert len(after) == len(before) + 10 * ran.out.count("10 factures importées"), "the pages at hand, no more"
        assert {number: after[number] for number in before} == before
        assert accueil("verifier", "--base", base).code == 0

    def test_damaged(self, base: str) -> None:
        path = Path(base)
        data = bytearray(path.read_bytes())
        for start in range(3 * 4096, len(data), 2 * 4096):
            data[start : start + 2000] = b"\xff" * 2000
        path.write_bytes(data)
        ran = accueil("verifier", "--base", base)
        assert ran.code == 1
        assert "abîmé" in ran.out + ran.err
        assert "Traceback" not in ran.err

    def test_fails_while_it_is_read(self, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_: object) -> None:
            raise DatabaseError("database disk image is malformed")

        monkeypatch.setattr(listing, "every_row", fail)
        ran = accueil("lister", "--base", base)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("accueil : La base du cabinet est abîmée")

    def test_named_by_the_environment(self, base: str, tmp_path: Path) -> None:
        assert accueil("lister", env={"ACCUEIL_BASE": base}).code == 0
        other = accueil("lister", "--base", str(tmp_path / "absent.db"), env={"ACCUEIL_BASE": base})
        assert other.code == 1

    def test_of_this_account_by_default(self, tmp_path: Path) -> None:
        ran = accueil("lister", env={"XDG_DATA_HOME": str(tmp_path)})
        assert f"{tmp_path}/accueil/cabinet.db" in ran.err
        assert accueil("importer", LOTS[0], env={"XDG_DATA_HOME": str(tmp_path)}).code == 0
        assert (tmp_path / "accueil" / "cabinet.db").exists()

    def test_base_goes_before_the_verb_too_and_the_last_one_wins(self, base: str) -> None:
        assert accueil("--base", base, "lister").out == accueil("lister", "--base", base).out
        assert accueil("--base", "/absent.db", "lister", "--base", base).code == 0


class TestWrongUse:
    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("listr", "accueil : le verbe « listr » n’existe pas, essayez « lister »"),
            ("xyzxyz", "accueil : le verbe « xyzxyz » n’existe pas, choisissez parmi demo, importer"),
            ("annuler", "accueil annuler : il manque NUMÉRO"),
            ("importer", "accueil importer : il manque FICHIER"),
            ("annuler 12x", "accueil annuler : NUMÉRO : « 12x » n’est pas un numéro de facture"),
            ("annuler -- -5", "accueil annuler : NUMÉRO : « -5 » n’est pas un numéro de facture"),
            ("annuler ١٠٠١", "accueil annuler : NUMÉRO : « ١٠٠١ » n’est pas un numéro de facture"),
            ("annuler 1234567890", "accueil annuler : NUMÉRO : « 1234567890 » n’est pas un numéro"),
            ("annuler 33601:1001", "accueil annuler : NUMÉRO : « 33601:1001 » n’est pas un numéro"),
            ("annuler 1001 --oui x", "accueil annuler : NUMÉRO : « x » n’est pas un numéro"),
            ("annuler 1001 --professionnel 12", "accueil annuler : --professionnel : « 12 » n’est pas un numéro"),
            ("annuler 1001 --forcer", "accueil annuler : « --forcer » n’est pas attendu ici"),
            ("lister x", "accueil lister : « x » n’est pas attendu ici"),
            ("lister --tout", "accueil lister : « --tout » n’est pas attendu ici"),
            ("lister --format xml", "accueil lister : --format ne connaît pas « xml », choisissez parmi texte, json"),
            ("lister --format jsn", "accueil lister : --format ne connaît pas « jsn », essayez « json »"),
            ("lister --toutes --validees", "accueil lister : --validees ne va pas avec --toutes"),
            ("lister --base", "accueil lister : --base attend une valeur"),
            ("lister --toutes=1", "accueil lister : --toutes n’attend pas de valeur"),
            ("lister --base mysql://h/b", "accueil lister : --base : « mysql:// » n’est pas connu"),
            ("transmettre --lot-parti 0", "accueil transmettre : --lot-parti : « 0 » n’est pas un numéro de lot"),
            ("transmettre --lot-parti 1 --lot-non-parti 1", "accueil transmettre : --lot-non-parti ne va pas avec"),
            ("--ecran annuler lister", "accueil : --ecran ne va pas avec le verbe « lister »"),
            ("--ecran autre", "accueil : --ecran ne connaît pas « autre »"),
        ],
    )
    def test_one_sentence_and_2(self, typed: str, sentence: str) -> None:
        ran = accueil(*typed.split())
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(sentence)
        assert ran.err.endswith(" --help.\n")
        assert len(ran.err.splitlines()) == 1

    def test_empty_values(self) -> None:
        assert "le chemin est vide" in accueil("lister", "--base", " ").err
        assert "donnez un nom de 1 à 60 caractères" in accueil("lister", "--operateur", " ").err
        assert accueil("lister", "--operateur", "x" * 61).code == 2

    def test_a_bad_environment_is_wrong_use(self) -> None:
        ran = accueil("lister", env={"ACCUEIL_BASE": "http://serveur/cabinet"})
        assert ran.code == 2
        assert ran.err.startswith("accueil : ACCUEIL_BASE : « http:// » n’est pas connu")

    def test_what_was_typed_does_not_drive_the_terminal(self) -> None:
        assert "\x1b" not in accueil("\x1b[2J").err


class TestHelp:
    @pytest.mark.parametrize(
        "verb", ["", "demo", "importer", "relever", "lister", "annuler", "valider", "transmettre", "verifier"]
    )
    def test_is_french_and_fits_eighty_columns(self, verb: str) -> None:
        ran = accueil(*([verb] if verb else []), "--help")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"utilisation : accueil {verb}".rstrip())
        assert "options :\n" in ran.out
        assert not re.search(r"usage|optional|positional|show this|arguments:|options:", ran.out)
        assert max(map(len, ran.out.splitlines())) <= 80
        assert "Codes de sortie : 0 fait" in ran.out
        summary = re.search(rf"\n +{verb} +(.+)", accueil("--help").out) if verb else None
        assert not summary or f"\n{summary[1][0].upper()}{summary[1][1:24]}" in ran.out

    def test_version(self) -> None:
        ran = accueil("--version")
        assert ran.code == 0
        assert re.fullmatch(r"accueil \d+\.\d+\.\d+\n", ran.out)

"""`importer` and `relever` given what a caisse's portal or a mailbox hands over."""

import zipfile
from pathlib import Path

from tests.tui.command_line import accueil

FIELD = Path(__file__).resolve().parents[1] / "samples" / "field"


def run(base: Path, verb: str, *files: Path) -> tuple[int, str]:
    ran = accueil("--base", str(base), verb, *map(str, files))
    return ran.code, ran.out + ran.err


def test_a_zipped_return_is_read_and_known_when_it_comes_unpacked(tmp_path: Path) -> None:
    base, inbox = tmp_path / "cabinet.db", tmp_path / "boite"
    assert run(base, "importer", FIELD / "sent-a.b2")[0] == 0
    code, said = run(base, "relever", FIELD / "c.zip")
    assert (code, said.startswith("c.zip › RSP.noe : 2 réponses, 2 appliquées")) == (0, True), said
    inbox.mkdir()
    with zipfile.ZipFile(FIELD / "c.zip") as archive:
        archive.extractall(inbox)
    code, said = run(base, "relever", inbox / "RSP.noe")
    assert code == 0
    assert "déjà relevé" in said


def test_padding_is_no_reason_to_refuse(tmp_path: Path) -> None:
    base = tmp_path / "cabinet.db"
    assert run(base, "importer", FIELD / "sent-a.b2")[0] == 0
    code, said = run(base, "relever", FIELD / "c-nul.noe")
    assert code == 0, said


def test_two_rejections_are_both_read(tmp_path: Path) -> None:
    base = tmp_path / "cabinet.db"
    assert run(base, "importer", FIELD / "two.b2")[0] == 0
    code, said = run(base, "relever", FIELD / "two.noe")
    assert code == 0, said


def test_one_bad_file_in_an_archive_does_not_stop_the_others(tmp_path: Path) -> None:
    lots = tmp_path / "lots.zip"
    with zipfile.ZipFile(lots, "w") as archive:
        archive.writestr("cut.b2", (FIELD / "sent-a.b2").read_bytes()[:1000])
        archive.write(FIELD / "two.b2", "two.b2")
    code, said = run(tmp_path / "cabinet.db", "importer", lots)
    assert code == 1
    assert "lots.zip › cut.b2 : Le fichier est tronqué" in said
    assert "lots.zip › two.b2 : lot 053" in said
    assert "1 fichier sur 2 : refusé." in said

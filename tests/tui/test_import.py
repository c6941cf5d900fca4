"""Importer des lots envoyés: a file, a folder, the wrong kind, twice."""

from __future__ import annotations

import asyncio
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from models.domain.place import Practice
from tests.models.practice import a_lot, an_invoice, contents
from tests.practices import SAMPLES
from tests.tui.command_line import accueil
from tests.tui.desk import ALL, IMPORT, Desk, at_desk
from tui.base.reading import Reading

FIELD = SAMPLES.parent / "field"


async def give_path(desk: Desk, path: object) -> None:
    """Type a path, Enter."""
    await desk.fills(str(path))
    await desk.press("enter")


async def test_a_file_is_imported_and_told(empty: Practice) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        assert desk.focus() == "path"
        await give_path(desk, SAMPLES / "lot-001.b2")
        await desk.sees("lot-001.b2 : lot 001, 10 factures, 370,39 €, 8 patients nouveaux")
        await desk.press("escape")
        await desk.opens(ALL)
        assert len(desk.numbers()) == 10


async def test_a_folder_is_imported_whole_its_other_files_left(empty: Practice) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        await give_path(desk, SAMPLES)
        for lot in range(1, 7):
            await desk.sees(f"lot-00{lot}.b2 : lot 00{lot}, 10 factures")
        await desk.sees("En tout : 6 fichiers importés, 60 factures, ")
        await desk.resize(80, 20)
        assert "lot-006.b2" not in desk.screen_text()
        await desk.press("pagedown")
        await desk.sees("lot-006.b2 : lot 006, 10 factures")
        await desk.press("pageup")
        await desk.sees("En tout : 6 fichiers importés")
        await desk.press("escape")
        await desk.sees("60 factures")


async def test_an_archive_is_imported_each_lot_by_its_name(empty: Practice, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "envoi.zip", "w") as archive:
        for name in ("lot-001.b2", "lot-002.b2"):
            archive.write(SAMPLES / name, name)
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        await give_path(desk, tmp_path / "envoi.zip")
        await desk.sees("envoi.zip › lot-001.b2 : lot 001, 10 factures", "lot-002.b2 : lot 002, 10 factures")
        await give_path(desk, SAMPLES / "lot-002.b2")
        await desk.sees("lot-002.b2 : déjà importé, rien n’a changé.")


async def test_twice_changes_nothing(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(IMPORT)
        await give_path(desk, SAMPLES / "lot-003.b2")
        await desk.sees("lot-003.b2 : déjà importé, rien n’a changé.")
    assert contents() == before


async def test_what_is_no_lot_is_refused_in_one_sentence(practice: Practice, tmp_path: Path) -> None:
    folder = tmp_path / "divers"
    folder.mkdir()
    (folder / "vide.b2").write_bytes(b"")
    (folder / "photo.b2").write_bytes(bytes(range(256)) * 20)
    (folder / "coupe.b2").write_bytes((SAMPLES / "lot-001.b2").read_bytes()[:1000])
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(IMPORT)
        for path in (SAMPLES / "retour-01.noe", *sorted(folder.iterdir()), tmp_path / "absent"):
            await give_path(desk, path)
            assert desk.question() == "Rien n’a été changé", path
            await desk.press("enter")
            assert desk.focus() == "path"
    assert contents() == before


async def test_an_empty_path_does_nothing(empty: Practice) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        await desk.press("enter")
        await desk.types("   ")
        await desk.press("enter")
        assert desk.question() == ""
        assert desk.place().endswith(IMPORT)


async def test_a_home_that_does_not_exist_is_told(empty: Practice) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        await give_path(desk, "~personne-de-ce-nom/lot.b2")
        assert desk.question() == "Rien n’a été changé"


@pytest.mark.parametrize(
    "name", ["[@click=app.quit]x.b2", "[red]lot.b2", "a\x1b[2Jb.b2", "\u202elot.b2", "l" * 90 + ".b2"]
)
async def test_a_hostile_file_name_is_painted_harmlessly(empty: Practice, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "clef"
    folder.mkdir()
    shutil.copy(SAMPLES / "lot-001.b2", folder / name)
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        await give_path(desk, folder)
        await desk.sees("10 factures")
        assert not set(desk.screen_text()) & {"\x1b", "\u202e"}
        assert name[0] != "[" or name in desk.screen_text()


async def test_a_file_name_that_is_not_utf_8(empty: Practice, tmp_path: Path) -> None:
    folder = tmp_path / "clef"
    folder.mkdir()
    shutil.copy(SAMPLES / "lot-001.b2", folder / os.fsdecode(b"lot-\xe9.b2"))
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        await give_path(desk, folder)
        await desk.sees("10 factures")


async def test_what_is_odd_in_a_lot_is_said_under_it(empty: Practice, tmp_path: Path) -> None:
    data = (SAMPLES / "lot-001.b2").read_bytes()
    place = 5 * 128 + 57  # the total of the first record 5
    (tmp_path / "lot.b2").write_bytes(data[:place] + b"00001791" + data[place + 8 :])
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        await give_path(desk, tmp_path / "lot.b2")
        await desk.sees("lot.b2 : lot 001, 10 factures, 370,39 €")
        await desk.sees("À vérifier : Le total de contrôle annonce 17,91 € facturés")
        await desk.press("escape")
        await desk.opens(ALL)
        await desk.press("enter", "end")
        await desk.sees("Lot reçu")


async def test_a_redone_lot_is_said_under_the_new_one(empty: Practice) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        await give_path(desk, FIELD / "arl-lot1.b2")
        await desk.sees("arl-lot1.b2 : lot 001, 2 factures")
        await give_path(desk, FIELD / "arl-lot2-redone.b2")
        await desk.sees("Lot 001 refait : 2 factures sont maintenant dans le nouveau lot.")


async def test_a_pipe_to_which_nobody_writes_is_given_up_with_escape(empty: Practice, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube")
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        await desk.fills(str(tmp_path / "tube"))
        desk._send("enter")
        while not desk.screen.busy:  # Escape must come while the thread waits, and not before
            await asyncio.sleep(0)
        desk._send("escape")
        await desk.sees("Lecture de tube arrêtée : rien n’en a été pris.")
        await give_path(desk, "/dev/zero")
        await desk.sees("ce n’est pas un fichier ordinaire")
        await desk.press("enter")
        await give_path(desk, SAMPLES / "lot-001.b2")
        await desk.sees("lot-001.b2 : lot 001, 10 factures")


async def test_escape_in_the_middle_of_a_file_takes_nothing_of_it_and_names_it(
    empty: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "envoi").mkdir()
    for name in ("lot-001.b2", "lot-002.b2"):
        shutil.copy(SAMPLES / name, tmp_path / "envoi")
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        screen = desk.screen

        def given_up(reading: Reading, done: int, total: int) -> None:
            if total == 10:  # invoices: the file is read, its change under way
                screen._escaped = True  # the key, as it comes while the thread works
            step(reading, done, total)

        step = Reading.step
        monkeypatch.setattr(Reading, "step", given_up)
        await give_path(desk, tmp_path / "envoi")
        assert desk.news() == "Lecture de lot-001.b2 arrêtée : rien n’en a été pris.", "not the one behind it"
    assert contents() == before


async def test_behind_a_forced_command_only_the_folders_of_the_practice_are_read(
    empty: Practice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "bash")
    empty.inbox.mkdir()
    shutil.copy(SAMPLES / "lot-001.b2", empty.inbox)
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        for path in (SAMPLES / "lot-002.b2", SAMPLES, "/etc/shadow", "/nowhere"):
            await give_path(desk, path)
            await desk.sees("hors des dossiers du cabinet")
            await desk.press("enter")
        await give_path(desk, empty.inbox / "lot-001.b2")
        await desk.sees("lot-001.b2 : lot 001, 10 factures")
        with empty.settings_file.open("a") as settings:
            settings.write(f'\n[fichiers]\ndossiers = ["{SAMPLES}"]\n')
        await give_path(desk, SAMPLES / "lot-002.b2")
        await desk.sees("lot-002.b2 : lot 002, 10 factures")


async def test_a_far_number_is_asked_about_before_anything_is_taken(practice: Practice, tmp_path: Path) -> None:
    (tmp_path / "loin.b2").write_bytes(a_lot(an_invoice(999_999_998), lot_number=90))
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(IMPORT)
        await give_path(desk, tmp_path / "loin.b2")
        assert desk.question() == "Prendre ce fichier ?"
        await desk.sees(
            "La facture n° 999999998 est loin de toutes les autres.", "notre prochaine facture sera la n° 1061"
        )
        await desk.press("n")
        await desk.sees("loin.b2 : pas pris.")
        assert contents() == before
        await give_path(desk, tmp_path / "loin.b2")
        await desk.press("o")
        await desk.sees("loin.b2 : lot 090, 1 facture")
    (tmp_path / "zero.b2").write_bytes(a_lot(an_invoice(0), lot_number=91))
    ran = accueil("importer", str(tmp_path / "zero.b2"), "--base", practice.location)
    assert (ran.code, ran.out) == (1, "")
    assert "Rien n’a été pris ; pour le prendre : --oui." in ran.err
    assert accueil("importer", "--oui", str(tmp_path / "zero.b2"), "--base", practice.location).code == 0

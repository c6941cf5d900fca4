"""Paths as people type, paste and drop them: every way of writing one is the same file."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.faults import PracticeFault
from models.domain.place import Practice
from tests.practices import SAMPLES
from tests.tui.command_line import accueil
from tests.tui.desk import IMPORT, MENU, RETURNS, at_desk
from tui.text.typed_path import typed_path

WAYS = (
    "{folder}/l'envoi d'été.b2",
    "'{folder}/l'\\''envoi d'\\''été.b2'",
    "\"{folder}/l'envoi d'été.b2\"",
    "{folder}/l\\'envoi\\ d\\'été.b2",
    "« {folder}/l'envoi d'été.b2 »",
    "file://{folder}/l'envoi%20d'%C3%A9t%C3%A9.b2",
    "'file://poste-2{folder}/l'\\''envoi%20d'\\''été.b2'",
    "  {folder}/l'envoi d'été.b2\r\n",
    "$HOME/l'envoi d'été.b2",
    "${{HOME}}/l\\'envoi\\ d\\'été.b2",
    "\"~/l'envoi d'été.b2\"",
    "~/l'envoi d'été.b2",
)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_the_file(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    wanted = tmp_path / "l'envoi d'été.b2"
    wanted.touch()
    assert typed_path(way.format(folder=tmp_path)) == wanted


@pytest.mark.parametrize("name", ["'lot'", '"lot"', "a\\ b", "$HOME", "~", "file:", "50%20", "l'un", "«lot»"])
def test_a_name_that_holds_the_signs_is_that_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).touch()
    assert typed_path(name) == Path(name)
    assert typed_path(f"{tmp_path}/{name}") == tmp_path / name


def test_what_is_not_there_is_read_without_its_signs(tmp_path: Path) -> None:
    assert typed_path("'/nulle part/x.b2'") == Path("/nulle part/x.b2")
    assert typed_path("file:///nulle%20part") == Path("/nulle part")
    assert typed_path("/nulle part/l'un d'eux") == Path("/nulle part/l'un d'eux")
    assert typed_path("$INCONNU_ICI/x") == Path("$INCONNU_ICI/x")
    with pytest.raises(PracticeFault, match="Aucun dossier personnel à « ~personne-ici/x »"):
        typed_path("~personne-ici/x")


async def test_a_mistyped_path_is_mended_in_place(unanswered: Practice, tmp_path: Path) -> None:
    (tmp_path / "mon lot.b2").write_bytes((SAMPLES / "lot-001.b2").read_bytes())
    (tmp_path / "mon retour.noe").write_bytes((SAMPLES / "retour-01.noe").read_bytes())
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("c")
        await desk.pastes(f"'{tmp_path}/mon retour.no'")
        await desk.press("enter")
        assert desk.question() == "Rien n’a été changé"
        await desk.press("enter")
        assert desk.focus() == "path"
        await desk.press("left", "e", "enter")
        await desk.sees("mon retour.noe : 19 réponses")
        await desk.press("enter", "escape")
        await desk.press("escape")
        await desk.opens(IMPORT)
        await desk.pastes(f"file://{tmp_path}/mon%20lot.b")
        await desk.press("enter", "enter", "2", "enter")
        await desk.sees("mon lot.b2 : déjà importé")
        await desk.pastes(str(SAMPLES / "lot-002.b2"))
        await desk.press("enter")
        await desk.sees("lot-002.b2 : déjà importé")


def test_the_command_line_reads_them_too(practice: Practice, tmp_path: Path) -> None:
    (tmp_path / "mon lot.b2").write_bytes((SAMPLES / "lot-001.b2").read_bytes())
    ran = accueil("importer", f"file://{tmp_path}/mon%20lot.b2", "--base", f"file://{practice.location}")
    assert "mon lot.b2 : déjà importé" in ran.out

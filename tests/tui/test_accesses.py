"""What is looked at on the screens and taken out by the verbs is noted, and `accueil acces` shows it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.domain.accesses import Listed, Looked, list_subject
from models.domain.lists import ListName
from models.domain.place import Practice
from models.queries.accesses import AccessLine, accesses
from tests.tui.command_line import accueil
from tests.tui.command_line import practice as sample
from tests.tui.desk import CANCEL, MENU, at_desk
from tui.base import accesses as module
from tui.text.accesses import LISTS, access_line


async def test_a_sheet_is_noted_once_nobody_types_and_what_waits_at_the_end(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        first = desk.selected()
        await desk.press("enter", "n", "p")
        assert accesses() == []
        monkeypatch.setattr(module, "LATER", 0.001)
        await desk.press("n", "n")
        await desk.until(lambda: len(accesses()) > 0, "the accesses")
        seen = accesses()
        assert {(line.operator, line.looked) for line in seen} == {("sophie", Looked.SHEET)}
        assert len({line.last_name for line in seen}) == len(seen) <= 3
        assert any(line.last_name in first for line in seen)
        monkeypatch.setattr(module, "LATER", 1000.0)
        away = practice.folder.rename(practice.folder.with_name("ailleurs"))
        desk.app.looked_at(Looked.FORM, "invoice 1")
        desk.app._accesses._write()
        await desk.settled()
        away.rename(practice.folder)
        await desk.press("ctrl+q")
    assert {line.looked for line in accesses()} == {Looked.SHEET, Looked.FORM}


def test_what_is_printed_for_a_program_is_noted(tmp_path: Path) -> None:
    base = sample(tmp_path)
    assert accueil("acces", "--base", base).err == "Aucun accès noté.\n"
    for form in ("texte", "json", "csv"):
        assert accueil("lister", "--filtre", "dupont", "--format", form, "--base", base, "--operateur", "Zoé").code == 0
    shown = accueil("acces", "--base", base, "--depuis", "22/11/2026")
    (line,) = shown.out.splitlines()
    assert line.split() == ["22/11/2026", "10:00", "Zoé", "liste", "toutes", "les", "factures"]
    (noted,) = json.loads(accueil("acces", "--format", "json", "--base", base).out)
    assert (noted["operator"], noted["looked"], noted["subject"]) == ("Zoé", "list", "list all")
    assert accueil("acces", "--depuis", "23/11/2026", "--base", base).out == ""
    wrong = accueil("acces", "--depuis", "hier", "--base", base)
    assert (wrong.code, "Date illisible" in wrong.err) == (2, True)


@pytest.mark.parametrize("name", [*ListName, *Listed])
def test_every_list_that_can_be_taken_out_has_its_french_words(name: ListName | Listed) -> None:
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    line = AccessLine(at.date(), at, "Zoé", Looked.LIST, list_subject(name), "", "")
    assert access_line(line).endswith(LISTS[name])


@pytest.mark.parametrize(
    ("subject", "names", "said"),
    [
        ("patient 12", ("MARTIN", "Claire"), "MARTIN Claire"),
        ("patient 12", ("", ""), "patient n° 12"),
        ("list papers", ("", ""), "papiers"),
        ("list of_another_time", ("", ""), "liste d’une autre version"),
    ],
)
def test_an_access_says_whose_sheet_or_which_list_even_once_the_name_is_gone(
    subject: str, names: tuple[str, str], said: str
) -> None:
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    line = access_line(AccessLine(at.date(), at, "sophie", Looked.SHEET, subject, *names))
    assert line.split()[2:4] == ["sophie", "fiche"]
    assert line.endswith(f" {said}")

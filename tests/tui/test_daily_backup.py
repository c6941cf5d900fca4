"""The backup of the day, behind the first screen: made unasked, its failure said there, the end not kept waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.author import Author
from models.domain.patience import GivenUp, Step
from models.domain.place import Practice
from models.queries.backups import last_backup
from models.store.backup import backups_in
from tests.tui.desk import MENU, at_desk
from tui.flows import daily_backup


def asked_for(practice: Practice, folder: Path) -> None:
    with practice.settings_file.open("a", encoding="utf-8") as settings:
        settings.write(f'\n[sauvegarde]\ndossier = "{folder}"\nquotidienne = true\n')


async def test_it_is_made_without_a_question_and_its_failure_is_said_on_the_first_screen(
    practice: Practice, tmp_path: Path
) -> None:
    disk = tmp_path / "disque"
    disk.write_text("")  # a file stands where the folder should
    asked_for(practice, disk)
    async with at_desk(practice) as desk:
        await desk.sees("La sauvegarde du jour n’a pas pu être faite.")
        assert desk.question() == ""
        await desk.opens(MENU)
        await desk.press("escape")
        await desk.sees("La sauvegarde du jour n’a pas pu être faite.")
    assert last_backup() is None
    disk.unlink()
    async with at_desk(practice) as desk:
        assert (desk.question(), desk.news()) == ("", "")
    assert [place.parent for place in backups_in(practice, disk)] == [disk]


async def test_who_leaves_does_not_wait_for_it(empty: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []

    def leaves_meanwhile(place: Practice, author: Author, step: Step) -> None:
        step(0, 2)
        desk.app.practice.left.set()
        try:
            step(1, 2)
        except GivenUp:
            stopped.append(True)
            raise

    async with at_desk(empty) as desk:
        monkeypatch.setattr(daily_backup, "back_up_if_due", leaves_meanwhile)
        assert await daily_backup.back_up_the_day(desk.screen) == ""
    assert stopped == [True]

"""À relancer on the screen, in the menu and by its verb: the same lines, the same counts."""

from __future__ import annotations

import csv
import json
from io import StringIO

from models.domain.place import Practice
from models.queries.follow_up import due
from tests.tui.command_line import NOW, accueil
from tests.tui.desk import MENU, MORNING, at_desk

FOLLOW_UP = "À relancer"


async def test_the_list_says_why_each_waits_and_the_menu_how_many_of_which_kind(practice: Practice) -> None:
    waiting = due(MORNING.date())
    assert waiting, "the sample practice has something to follow up"
    async with at_desk(practice) as desk:
        await desk.opens(MENU)
        await desk.sees(f"L  {FOLLOW_UP}")
        await desk.press("l")
        await desk.sees(f"{len(waiting)} à relancer", f"{waiting[0].number:09d}")
        first = desk.selected()
        assert first.split()[1] == f"{waiting[0].number:09d}"
        await desk.sees("Délai", "L. 332-1 CSS")
        await desk.press("s")
        await desk.sees("Sorte : ")
        await desk.press("enter")
        await desk.sees("Détail de la facture")


def test_the_verb_gives_the_same_as_text_json_and_csv(practice: Practice) -> None:
    base = ("--base", practice.location)
    waiting = due(NOW.date())
    told = json.loads(accueil("relancer", "--format", "json", *base).out)
    assert [(one["number"], one["kind"], one["cents"]) for one in told] == [
        (one.number, one.waiting, one.cents) for one in waiting
    ]
    text = accueil("relancer", *base).out.splitlines()
    assert len(text) == len(waiting) + 2
    assert max(map(len, text)) <= 80
    lines = csv.DictReader(StringIO(accueil("relancer", "--format", "csv", *base).out))
    assert [line["number"] for line in lines] == [str(one.number) for one in waiting]
    assert accueil("relancer", "--tableur", *base).out.startswith("\ufeffPourquoi;N°;")

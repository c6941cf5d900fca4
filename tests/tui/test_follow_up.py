"""À relancer on the screen, in the menu and by its verb: the same lines, the same counts."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO

import pytest

from models.commands.remind import ReminderWithdrawn, remind, withdraw_reminder
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.queries.follow_up import due
from tests.models.practice import CLAIRE, an_answer, an_invoice, contents, hear, sheet, take_in
from tests.tui.command_line import NOW, accueil
from tests.tui.desk import MENU, MORNING, at_desk
from tests.tui.ways import is_told_of_the_disk, lose_disk
from tui.flows import remind as flow

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
        await desk.press("r")
        assert desk.question() == f"Relance de la facture n° {waiting[0].number}"
        await desk.press("enter")
        await desk.sees(f"La facture n° {waiting[0].number} est relancée le 23/11/2026.")
        await desk.press("end")
        assert f"{waiting[0].number:09d}" in desk.selected(), "below what is to be reminded now"
        await desk.press("x", "o")
        await desk.sees("La relance du 23/11/2026 est ôtée.")
        await desk.press("home", "s")
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
    told_of = str(waiting[0].number)
    ran = accueil("relancer", told_of, "--motif", "appel", *base)
    assert (ran.code, ran.out) == (0, f"N° {told_of} : relancée le 22/11/2026.\n")
    assert "a noté la relance du 22/11/2026" in accueil("journal", "--moi", *base).out
    ran = accueil("relancer", told_of, "--oter", *base)
    assert (ran.code, ran.out) == (0, f"N° {told_of} : la relance du 22/11/2026 est ôtée.\n")
    assert accueil("relancer", told_of, "--oter", *base).code == 1
    assert accueil("relancer", "--tableur", *base).out.startswith("\ufeffPourquoi;N°;")


async def test_the_list_is_filtered_exported_and_the_detail_says_when_it_was_reminded(practice: Practice) -> None:
    waiting = due(MORNING.date())
    one = next(each for each in waiting if each.id is not None)
    named = [each for each in waiting if each.last_name == one.last_name]
    async with at_desk(practice) as desk:
        await desk.opens(MENU, FOLLOW_UP)
        await desk.press("r", "enter")
        await desk.sees("est relancée le 23/11/2026")
        await desk.press("f")
        await desk.types(one.last_name.lower())
        await desk.sees(f"Filtre « {one.last_name.lower()} »")
        await desk.press("enter")
        assert len([line for line in desk.screen_lines() if one.last_name in line and "0000" in line]) == len(named)
        await desk.press("e")
        assert desk.question() == "Exporté"
        (file,) = practice.exports.glob("a-relancer-*.csv")
        exported = file.read_text(encoding="utf-8-sig").splitlines()
        assert len(exported) == len(named) + 1
        await desk.press("enter", "escape", "f")
        await desk.types("zzz")
        await desk.sees("Rien ne répond au filtre.")
        await desk.press("escape", "end", "enter")
        await desk.sees("Relancée", "le 23/11/2026 (sophie)")
    base = ("--base", practice.location)
    told = json.loads(accueil("relancer", "--filtre", one.last_name.lower(), "--format", "json", *base).out)
    assert {line["number"] for line in told} == {each.number for each in named}


async def test_a_reminder_that_is_not_noted_or_not_taken_back_changes_nothing_and_says_so(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(silent := an_invoice(1001), made_on=date(2026, 9, 1))
    remind([sheet(1001).id], date(2026, 11, 10), "", CLAIRE)
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, FOLLOW_UP)
        await desk.press("r", "escape")
        assert desk.news() == "Aucune relance n’est notée."
        for key in ("escape", "n"):
            await desk.press("x")
            assert desk.question() == "Ôter la relance du 10/11/2026 ?"
            await desk.press(key)
            assert desk.news() == "La relance reste notée."
        with monkeypatch.context() as patch:
            lose_disk(patch, flow, "remind")
            lose_disk(patch, flow, "withdraw_reminder")
            for keys in (["r", "enter"], ["x", "o"]):
                await desk.press(*keys)
                await is_told_of_the_disk(desk)
        with monkeypatch.context() as patch:
            patch.setattr(flow, "remind", lambda *_: Refused(Refusal.REMINDED_LATER))
            await desk.press("r", "enter")
            assert desk.question() == "Rien n’a été noté"
            assert "Le jour d’une relance est aujourd’hui, ou passé." in desk.said()
            await desk.press("enter")
        assert contents() == before
        await desk.press("x")
        assert isinstance(withdraw_reminder(sheet(1001).id, CLAIRE), ReminderWithdrawn)
        await desk.press("o")
        assert desk.question() == "Rien n’a été changé"
        assert "Aucune relance n’est notée pour cette facture." in desk.said()
        await desk.press("enter")
        assert "Ôter" not in desk.footer(), "the list was read again"
        await desk.press("r")
        hear(an_answer(silent, "paid"))
        await desk.press("enter")
        assert desk.question() == "Rien n’a été noté"
        assert "Rien n’y est attendu d’un payeur : elle est réglée" in desk.said()
        await desk.press("enter")
        await desk.sees("Rien à relancer.")

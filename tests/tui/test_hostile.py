"""Names that would run actions, clear the screen or turn an amount round are painted as what they are: text."""

from __future__ import annotations

import re

import pytest

from models.domain.place import Practice
from models.store.database import db
from tests.models.practice import an_answer, an_invoice, hear, sheet, take_in
from tests.tui.desk import ALL, CANCEL, DRE, MENU, RETURNS, TRANSMIT, UNVALIDATED, Desk, at_desk
from tests.tui.ways import already_cancelled, go_to, open_form

MARKUP = "[/][@click=app.quit]X[/]"
CONTROLS = "\x1b[2J\x1b]0;x\x07\u202eNOM\u200b\x9b31m"
LONG = "MARTIN" * 400
WIDE = "張偉" * 20 + "e\u0301" * 20 + "\u0301" * 50
FORBIDDEN = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x202E)} - {"\n"}


def poison(name: str) -> None:
    """Put this text in every column that the screens show, past all doors: as a damaged or foreign database would."""
    triggers = db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (trigger,) in triggers:
        db.execute_sql(f"DROP TRIGGER {trigger}")
    for table, columns in (
        ("invoice", ("last_name", "first_name")),
        ("practitioner", ("name",)),
        ("rejection", ("label",)),
        ("batch", ("file_name",)),
        ("return", ("file_name",)),
    ):
        for column in columns:
            db.execute_sql(f'UPDATE "{table}" SET "{column}" = ?', (name,))


async def walk(desk: Desk, said: str) -> None:
    """Open every screen and dialog but the form; look at each of them."""
    await desk.opens(MENU)
    for label in (CANCEL, UNVALIDATED, TRANSMIT, RETURNS, DRE):
        await desk.opens(label)
        look(desk, said if label not in {TRANSMIT, RETURNS} else "")
        assert all(re.search(r" \d+,\d\d ", row) for row in desk.rows()), desk.screen_text()
        if label in {CANCEL, DRE}:
            await desk.press("enter")
            look(desk, said)
            await desk.press("escape")
        if label == UNVALIDATED:
            await desk.press("m")
            look(desk, said)
            await desk.press("enter")
            look(desk, said)
            await desk.press("escape")
        await desk.press("escape")
    await desk.opens(CANCEL)
    await desk.press("a")
    look(desk, said)
    await desk.press("o")
    assert "devient la facture n°" in desk.question()
    await desk.press("enter", "escape", "escape")
    await desk.opens(ALL)
    look(desk, said)
    assert desk.app.is_running


def look(desk: Desk, said: str) -> None:
    """Nothing forbidden on the screen, no line too wide, and the text itself where it can be seen whole."""
    text = desk.screen_text()
    assert not set(text) & FORBIDDEN, text
    assert len(desk.screen_lines()) == 24
    assert said in text, text


HOSTILE = {"markup": (MARKUP, "[/]"), "controls": (CONTROLS, "�"), "long": (LONG, "MARTIN"), "wide": (WIDE, "張")}
"""A name, and what of it must be seen."""


@pytest.mark.parametrize("kind", HOSTILE)
async def test_every_screen_takes_it_as_text(practice: Practice, kind: str) -> None:
    name, said = HOSTILE[kind]
    already_cancelled(1009)
    poison(name)
    async with at_desk(practice) as desk:
        await walk(desk, said)


@pytest.mark.parametrize("kind", HOSTILE)
async def test_the_form_takes_it_as_text(practice: Practice, kind: str) -> None:
    name, said = HOSTILE[kind]
    already_cancelled(1009)
    poison(name)
    async with at_desk(practice) as desk:
        await open_form(desk, 1061)
        look(desk, said)
        await desk.press("f6")
        look(desk, "")
        await desk.press("enter", "f4")
        look(desk, "")
        assert desk.app.is_running


async def test_an_answer_kept_aside_too(empty: Practice) -> None:
    known = an_invoice(1001)
    take_in(known)
    hear(an_answer(known, "rejected"), reference="R00001")
    hear(an_answer(known, "paid"), reference="R00002")
    poison(MARKUP)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        assert "[/][@click" in desk.screen_text()
        await desk.press("d", "a")
        assert desk.app.is_running
    assert sheet(1001).state == "paid"


async def test_what_is_typed_in_the_filter_too(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("f")
        for typed in (MARKUP, "%_!\\'\";--", "é" * 300):
            await desk.types(typed)
            assert desk.numbers() == []
            await desk.press("escape", "f")
        assert desk.app.is_running


async def test_what_is_typed_in_a_name_is_refused_in_place(practice: Practice) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await open_form(desk, 1061)
        await go_to(desk, "last_name")
        for typed, refused in ((MARKUP, False), ("張偉", True)):
            await desk.fills(typed)
            assert ("✗" in desk.news()) == refused, typed


async def test_what_is_pasted_too(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("f")
        await desk.pastes("mor\x1b[2J\u202eeau")
        look(desk, "mor")

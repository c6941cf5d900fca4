"""A database that refuses: one sentence, never a crash; and the screen works on."""

from __future__ import annotations

import pytest

from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.store.database import db
from tests.models.damage import drop_tables
from tests.models.practice import contents
from tests.practices import SAMPLES
from tests.tui.desk import ALL, CANCEL, DRE, IMPORT, MENU, RETURNS, TRANSMIT, UNVALIDATED, Desk, at_desk
from tests.tui.ways import already_cancelled, asked, open_form, waiting
from tui.widgets import invoice_list

READ_ONLY = "La base du cabinet est en lecture seule : rien n’a été enregistré ; demandez le droit d’écrire."


@pytest.fixture
def read_only(practice: Practice) -> Practice:
    """The sample practice, one invoice cancelled, every connection refusing to write."""
    already_cancelled(1009)
    db.obj.pragma("query_only", 1, permanent=True)
    return practice


async def test_annuler_says_it_and_the_list_works_on(read_only: Practice) -> None:
    before = contents()
    async with at_desk(read_only) as desk:
        await asked(desk, 1042)
        await desk.press("o")
        assert desk.question() == "Rien n’a été changé"
        await desk.sees(READ_ONLY)
        await desk.press("enter", "down")
        assert desk.question() == ""
        assert desk.selected()
    assert contents() == before


async def test_modifier_says_it_before_the_form_opens(read_only: Practice) -> None:
    async with at_desk(read_only) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("m", "enter", "d")
        await desk.sees(READ_ONLY)
        await desk.press("enter")
        assert desk.place().endswith(UNVALIDATED)


async def test_what_a_form_asks_says_it_and_the_form_stands_as_it_did(empty: Practice) -> None:
    waiting(1001)
    async with at_desk(empty) as desk:
        await open_form(desk, 1002)
        before, stood = contents(), desk.screen_lines()[2:]
        db.obj.pragma("query_only", 1, permanent=True)
        await desk.press("f5", "enter", "enter", "enter")
        await desk.sees("Rien n’a été changé", READ_ONLY)
        await desk.press("enter")
        assert desk.screen_lines()[2:] == stood
        db.obj.pragma("query_only", 0, permanent=True)
        await desk.press("f4")
        assert desk.question() == "À vérifier avant de valider"
        db.obj.pragma("query_only", 1, permanent=True)
        await desk.press("o")
        await desk.sees("Rien n’a été changé", READ_ONLY)
        await desk.press("enter")
        assert desk.screen_lines()[2:] == stood
        await desk.press("escape")
        assert (desk.question(), desk.place().endswith(UNVALIDATED)) == ("", True)
        await desk.press("m", "enter", "s")
        await desk.sees("Rien n’a été changé", READ_ONLY)
        await desk.press("enter")
        assert desk.question() == ""
    assert contents() == before


async def test_valider_says_it_and_keeps_what_was_typed(practice: Practice) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("m", "enter", "d")
        await desk.fills("4")
        db.obj.pragma("query_only", 1, permanent=True)
        await desk.press("f4")
        await desk.sees(READ_ONLY)
        await desk.press("enter")
        assert desk.focus() == "exemption"
        assert desk.value() == "4"


async def test_importer_and_relever_say_it(read_only: Practice) -> None:
    lot = (SAMPLES / "lot-001.b2").read_bytes().replace(b"000001001", b"000009001")
    (read_only.folder / "autre.b2").write_bytes(lot)
    async with at_desk(read_only) as desk:
        await desk.opens(IMPORT)
        await desk.types(str(read_only.folder / "autre.b2"))
        await desk.press("enter")
        assert desk.question() == "Rien n’a été changé"
        await desk.press("enter", "escape")
        await desk.opens(MENU, RETURNS)


@pytest.mark.parametrize("key", ["down", "pagedown", "end", "t"])
async def test_a_list_that_cannot_be_read_says_it(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)

        def broken(*_: object, **__: object) -> None:
            raise PracticeFault("Le disque ne répond plus : prévenez la personne qui gère le poste.")

        monkeypatch.setattr(invoice_list, "page", broken)
        await desk.press(*["down"] * 13, key)
        assert "Le disque ne répond plus" in desk.said()
        assert desk.app.is_running


async def test_a_list_that_cannot_be_read_at_opening_says_it(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU)

        def broken(*_: object, **__: object) -> None:
            raise PracticeFault("Le disque ne répond plus : prévenez la personne qui gère le poste.")

        monkeypatch.setattr(invoice_list, "page", broken)
        await desk.press("a")
        assert "Le disque ne répond plus" in desk.said()
        await desk.press("escape")
        assert CANCEL in desk.screen_text()


REFUSED = "La base du cabinet a refusé l’opération"
LISTS = [
    (MENU, CANCEL),
    (MENU, UNVALIDATED),
    (MENU, TRANSMIT),
    (MENU, RETURNS),
    (MENU, DRE),
    (ALL,),
    (MENU, "Rejets courants"),
    (MENU, "Bilan des rejets"),
]


async def reads_on(desk: Desk) -> None:
    """Close every notice; the program is still there."""
    while desk.question():
        assert REFUSED in desk.said()
        await desk.press("enter")
    assert desk.app.is_running


@pytest.mark.parametrize("table", ["invoice", "answer", "batch"])  # each query on its own: test_guarded_queries.py
async def test_a_table_gone_is_said_by_every_list_and_none_ends_the_program(practice: Practice, table: str) -> None:
    async with at_desk(practice) as desk:
        drop_tables(practice, table)
        for place in LISTS:
            for label in place:
                await reads_on(desk)
                await desk.opens(label)
            await reads_on(desk)
            await desk.press("down", "end")
            while "›" in desk.place():
                await reads_on(desk)
                await desk.press("escape")


@pytest.mark.parametrize("table", ["answer", "act", "right", "patient"])
async def test_a_table_gone_under_the_list_is_said_by_modifier(practice: Practice, table: str) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        drop_tables(practice, table)
        await desk.press("m")
        await desk.sees(REFUSED)
        await desk.press("enter", "down")
        assert desk.question() == ""
        assert desk.place().endswith(UNVALIDATED)

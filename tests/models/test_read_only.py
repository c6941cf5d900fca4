"""A copy on a disk that cannot be written is looked at: lists and checks read it, what would change it says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import practice as opening
from models.commands.cancel import cancel_invoice
from models.domain.faults import PracticeFault
from models.domain.lists import ListName
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.invoice_row import ListView
from models.queries.verification import breaches
from models.queries.windows import page
from models.store.database import db
from models.store.stamp import SCHEMA_VERSION
from tests.models.practice import SOPHIE, rejected, sheet
from tests.tui.desk import ALL, at_desk

REASON = "La base du cabinet est en lecture seule : rien n’a été enregistré ; demandez le droit d’écrire."


@pytest.fixture
def copy(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """A practice with a rejected invoice, in a folder that nobody may write, without its anchor; not open."""
    rejected(1001)
    close_practice()
    practice.anchor_file.unlink()
    monkeypatch.setattr(opening, "can_write", lambda path: False)
    return practice


async def test_it_is_read_and_nothing_is_written(copy: Practice) -> None:
    before = {path.name: path.read_bytes() for path in copy.folder.iterdir() if path.is_file()}
    opened = open_practice(copy)
    assert opened.read_only
    assert [row.number for row in page(ListView(ListName.ALL), None, 9)] == [1001]
    assert list(breaches(copy)) == []
    with pytest.raises(PracticeFault, match=REASON):
        cancel_invoice(sheet(1001).id, None, SOPHIE)
    async with at_desk(copy) as desk:
        await desk.opens(ALL)
        assert desk.who().startswith("Lecture seule · Cabinet")
        await desk.press("a", "o")
        assert REASON in desk.said()
    close_practice()
    assert {path.name: path.read_bytes() for path in copy.folder.iterdir() if path.is_file()} == before


def test_one_of_an_older_version_asks_for_a_copy_that_can_be_brought_up_to_date(
    copy: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path(copy.location).read_bytes()
    monkeypatch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with pytest.raises(PracticeFault, match="plus ancienne, et en lecture seule : copiez son dossier"):
        open_practice(copy)
    assert Path(copy.location).read_bytes() == before
    assert db.obj is None

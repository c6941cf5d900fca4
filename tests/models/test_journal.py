"""The journal: one entry a change, chained; an edit, a deletion or a new order is seen and located."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.commands.bill import bill_invoice
from models.commands.cancel import cancel_invoice
from models.commands.transmit import transmit_all
from models.commands.validate import validate_invoice
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.domain.states import Signature
from models.practice import close_practice, open_practice
from models.queries.journal_check import Sealed, journal_breaches
from models.queries.sheets import invoice_sheet
from models.reference.rejections import our_book
from models.tables import journal
from models.tables.journal import JournalEntry
from models.tables.seals import place_in_list
from tests.models.damage import damaged
from tests.models.practice import NIRS, SOPHIE, cancelled, ready, rejected


def actions() -> list[str]:
    """The journal's commands, in order."""
    return [entry.action for entry in JournalEntry.select().order_by(JournalEntry.id)]


def test_each_change_makes_one_entry(practice: Practice) -> None:
    ready()
    transmit_all(practice.outbox, SOPHIE)
    assert actions() == [
        "import", "receive", "cancel", "bill", "correct", "validate", "prepare_lot", "send_lot",
    ]  # fmt: skip


def test_an_entry_names_no_patient(practice: Practice) -> None:
    ready(settlement="15")
    transmit_all(practice.outbox, SOPHIE)
    text = " ".join(entry.detail + entry.subject for entry in JournalEntry.select())
    for private in ("DUPONT", "MARIE", *NIRS, "840512"):
        assert private not in text


def test_who_changed_it_says_only_what_came_after(practice: Practice) -> None:
    new = cancelled()
    bill_invoice(new.id, 1, Signature.CARD, SOPHIE)
    validate_invoice(new.id, 2, SOPHIE, book=our_book())
    assert [change[2] for change in journal.who_changed(new.id, 1)] == ["bill", "validate"]
    assert journal.who_changed(new.id, 3) == []
    assert [change[2] for change in journal.who_changed(new.id, 0)] == ["cancel", "bill", "validate"]


EDITS: dict[str, tuple[str, str]] = {
    "operator": ("UPDATE journal_entry SET operator = 'claire' WHERE id = 3", "Entrée 3 du journal : son sceau"),
    "moment": ("UPDATE journal_entry SET at = '2020' WHERE id = 2", "Entrée 2 du journal : son sceau"),
    "detail": (
        "UPDATE journal_entry SET detail = replace(detail, '1', '2') WHERE id = 3",
        "Entrée 3 du journal : son sceau",
    ),
    "action": ("UPDATE journal_entry SET action = 'x' WHERE id = 1", "Entrée 1 du journal : son sceau"),
    "subject": ("UPDATE journal_entry SET subject = 'x' WHERE id = 4", "Entrée 4 du journal : son sceau"),
    "seal": ("UPDATE journal_entry SET mac = 'x' WHERE id = 2", "Entrée 2 du journal : son sceau"),
    "link": ("UPDATE journal_entry SET previous = 'x' WHERE id = 2", "Entrée 2 du journal : elle ne suit pas"),
    "first deleted": ("DELETE FROM journal_entry WHERE id = 1", "Entrée 2 du journal : elle ne suit pas"),
    "deleted": ("DELETE FROM journal_entry WHERE id = 2", "Entrée 3 du journal : elle ne suit pas"),
    "reordered": (
        "UPDATE journal_entry SET id = -2 WHERE id = 2; UPDATE journal_entry SET id = 2 WHERE id = 3;"
        "UPDATE journal_entry SET id = 3 WHERE id = -2",
        "Entrée 2 du journal : elle ne suit pas",
    ),
    "added": (
        "INSERT INTO journal_entry SELECT 9, at, operator, action, subject, detail, mac, 'f' FROM journal_entry"
        " WHERE id = 5",
        "Entrée 9 du journal : ",
    ),
}


@pytest.mark.parametrize("kind", EDITS)
def test_whatever_is_done_to_the_journal_is_seen_where_it_was_done(practice: Practice, kind: str) -> None:
    new = cancelled()
    bill_invoice(new.id, 1, Signature.CARD, SOPHIE)
    validate_invoice(new.id, 2, SOPHIE, book=our_book())
    assert list(journal_breaches(Sealed())) == []
    sql, where = EDITS[kind]
    with damaged(practice, sql):
        assert where in next(iter(journal_breaches(Sealed())))


def test_without_its_key_a_practice_is_read_but_not_written(practice: Practice) -> None:
    old = rejected()
    close_practice()
    practice.key_file.rename(practice.key_file.with_suffix(".ailleurs"))
    open_practice(practice)
    assert invoice_sheet(old.id) == old
    with pytest.raises(PracticeFault, match=r"clé du journal manque.*\.cle"):
        cancel_invoice(old.id, None, SOPHIE)
    assert invoice_sheet(old.id) == old


def spoil(content: str) -> Callable[[Practice], object]:
    return lambda practice: practice.key_file.write_text(content)


@pytest.mark.parametrize("content", ["ab" * 32, "abc", "pas une clé", "00"])
def test_another_practice_s_key_or_a_spoilt_one_does_not_open_it(practice: Practice, content: str) -> None:
    rejected()
    close_practice()
    spoil(content)(practice)
    with pytest.raises(PracticeFault, match=practice.key_file.name):
        open_practice(practice)


def test_a_list_is_sealed_as_it_ever_was() -> None:
    """Made before the sums were made another way: old databases hold such."""
    said = b'[[1,"12345678901234567",null,"2026-01-01"],[[1,2],[3,4]]]'
    assert [place_in_list(one) for one in (b"[]", b'["a",1,null]', said)] == ["82ac82ac", "17fc5d50", "3d63bcab"]

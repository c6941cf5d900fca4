"""What a SQLite file refuses, a server refuses too; and its tally and its index of names hold there as well."""

from __future__ import annotations

import os

import pytest

if not os.environ.get("ACCUEIL_POSTGRES"):
    pytest.skip("ACCUEIL_POSTGRES names no server", allow_module_level=True)

from peewee import IntegrityError

from models.commands.cancel import cancel_invoice
from models.domain.lists import ListName
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.counts import by_rank, counted_by_rank
from models.queries.invoice_row import ListView
from models.queries.verification import breaches
from models.queries.windows import page
from models.store import schema
from models.store.database import execute, has_names_index
from tests.models.practice import SOPHIE, cancelled, rejected
from tests.models.test_postgres import made as made
from tests.models.test_postgres import practice as practice

REFUSED = {
    "an invoice's amount": ("UPDATE invoice SET total = total + 1 WHERE id = 1", "invoice_sealed"),
    "an invoice's patient": ("UPDATE invoice SET last_name = 'AUTRE' WHERE id = 1", "invoice_sealed"),
    "an invoice's day": ("UPDATE invoice SET billed_on = '2020-01-01' WHERE id = 1", "invoice_sealed"),
    "a number": ("UPDATE invoice SET number = 7 WHERE id = 2", "invoice_number_kept"),
    "a final state": ("UPDATE invoice SET state = 'rejected' WHERE state = 'cancelled'", "invoice_final"),
    "another lot": ("UPDATE invoice SET batch_id = NULL WHERE id = 1", "invoice_lot_kept"),
    "a line of a sent invoice": ("UPDATE act SET fee = fee + 1 WHERE invoice_id = 1", "act_sealed"),
    "a line moved": ("UPDATE act SET invoice_id = 1 WHERE invoice_id = 2", "act_kept"),
    "a line more": (
        'INSERT INTO act SELECT (jsonb_populate_record(a, \'{"id": 99, "position": 9}\')).*'
        " FROM act a WHERE invoice_id = 1 LIMIT 1",
        "act_added",
    ),
    "an invoice deleted": ("DELETE FROM invoice", "invoice_not_deleted"),
    "the journal changed": ("UPDATE journal_entry SET operator = 'autre'", "journal_unchanged"),
    "the journal emptied": ("TRUNCATE journal_entry CASCADE", "not_emptied"),
    "all invoices emptied": ("TRUNCATE invoice CASCADE", "not_emptied"),
    "an answer deleted": ("DELETE FROM answer", "answer_not_deleted"),
    "the reasons emptied": ("TRUNCATE override", "override_not_emptied"),
}
"""What is tried behind the program, and the guard that stops it."""


def test_what_was_sent_is_guarded_on_a_server_as_in_a_file(practice: Practice) -> None:
    cancelled(1001)
    for what, (sql, guard) in REFUSED.items():
        with pytest.raises(IntegrityError, match=f"sealed: .*{guard}"):
            execute(sql)
        assert list(breaches(practice)) == [], what


def test_the_tally_is_summed_up_at_an_opening_and_tells_the_same(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = rejected()
    cancel_invoice(old.id, None, SOPHIE)
    (lines,) = execute("SELECT count(*) FROM invoice_tally").fetchone()
    before = by_rank()
    assert before == counted_by_rank()
    monkeypatch.setattr(schema, "TALLY_LINES", 2)
    close_practice()
    open_practice(practice)
    assert execute("SELECT count(*) FROM invoice_tally").fetchone()[0] < lines
    assert by_rank() == before
    assert list(breaches(practice)) == []


def test_names_are_found_without_the_extension_too(practice: Practice) -> None:
    rejected()
    view = ListView(ListName.ALL, typed="dupont")
    assert has_names_index()
    assert [row.number for row in page(view, None, 9)] == [1001]
    execute("DROP INDEX invoice_search_names")
    close_practice()
    open_practice(practice)
    assert not has_names_index()
    assert [row.number for row in page(view, None, 9)] == [1001]

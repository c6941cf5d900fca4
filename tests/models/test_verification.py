"""Verifier: each breach is seen when it is planted; a sound practice has none."""

from __future__ import annotations

import re

import pytest

from models.commands.cancel import cancel_invoice
from models.commands.transmit import transmit_all
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.verification import breaches, notices
from models.store.database import db
from models.store.schema import definitions
from models.store.sqlite_file import Sqlite
from tests.models.damage import damaged, harm
from tests.models.practice import SOPHIE, an_answer, an_invoice, cancelled, hear, ready, rejected, sheet, take_in
from tests.sqlite_file import raw


def living(practice: Practice) -> None:
    """A practice with an invoice in each state, a lot of ours and a DRE that waits.

    1001 is paid, 1002 rejected, 1003 silent, 2001 cancelled into 2002 (sent), 3001 cancelled into 3002 (unvalidated).
    """
    invoices = [an_invoice(number, settlement="15") for number in (1001, 1002, 1003)]
    take_in(*invoices)
    hear(an_answer(invoices[0], "paid", "paid"), an_answer(invoices[1], "rejected", "rejected"))
    ready(2001)
    transmit_all(practice.outbox, SOPHIE)
    cancelled(3001)


PLANTED = {
    "a paid amount": ("UPDATE invoice SET amo_paid = amo_paid - 1 WHERE number = 1001", "modifiée hors du journal"),
    "an insured": ("UPDATE invoice SET nir = '2900133063015' WHERE number = 1003", "n° 1003 (interne 3) : modifiée"),
    "a signature": ("UPDATE invoice SET signature = 'card' WHERE number = 2002", "n° 2002 (interne 5) : modifiée"),
    "a dropped line": ("UPDATE act SET fee = 1 WHERE removed_in > 0", "modifiée hors du journal"),
    "a deleted invoice": (
        "DELETE FROM act WHERE invoice_id = 3; DELETE FROM invoice WHERE id = 3",
        "dans le journal, mais plus dans la base",
    ),
    "a hole in the numbers": ("UPDATE invoice SET number = 4444 WHERE number = 3002", "Numéro 3002 : donné"),
    "a number from nowhere": ("UPDATE invoice SET number = 4444 WHERE number = 3002", "n° 4444 : son numéro ne vient"),
    "a counter put back": ("UPDATE counter SET last = last - 1 WHERE last = 3002", "n° 3002 : son numéro ne vient"),
    "a successor torn off": ("UPDATE invoice SET replaces_id = NULL WHERE number = 2002", "annulée avec 0"),
    "a successor of a paid one": ("UPDATE invoice SET replaces_id = 1 WHERE number = 2002", "n° 1001 : elle a une"),
    "a successor before its origin": ("UPDATE invoice SET replaces_id = id WHERE number = 1003", "venue après elle"),
    "a total": ("UPDATE invoice SET total = total + 1 WHERE number = 1003", "n° 1003 : ses totaux"),
    "lines taken away": ("DELETE FROM act WHERE invoice_id = 3", "n° 1003 : ses totaux"),
    "paid above the bill": ("UPDATE invoice SET amc_paid = amc + 1 WHERE number = 1001", "plus de payé que de facturé"),
    "a rank": ("UPDATE invoice SET desk_rank = 0 WHERE number = 1001", "n° 1001 : son rang"),
    "a state": ("UPDATE invoice SET state = 'paid', desk_rank = 4 WHERE number = 1002", "n° 1002 : son état"),
    "an early answer": ("UPDATE invoice SET amo_state = 'pending' WHERE number = 3002", "n° 3002 : pas transmise"),
    "a lot torn off": ("UPDATE invoice SET batch_id = NULL WHERE number = 2002", "n° 2002 : transmise sans lot"),
    "a cancellation without rejection": ("UPDATE invoice SET amo_state = 'paid' WHERE number = 2001", "sans rejet"),
    "a lot's count": ("UPDATE batch SET invoices = 2 WHERE origin = 'own'", "1 facture(s) au lieu de 2"),
    "a lot that never left": ("UPDATE batch SET status = 'in_doubt' WHERE origin = 'own'", "est déjà transmise"),
    "an invoice back from a sent lot": (
        "UPDATE invoice SET state = 'validated', desk_rank = 9, amo_state = 'none', amc_state = 'none'"
        " WHERE number = 2002",
        "transmis, mais une de ses factures",
    ),
    "a share that nobody answered": (
        "UPDATE invoice SET amo_state = 'deferred', state = 'reprocessing', desk_rank = 1 WHERE number = 1003",
        "n° 1003 : sa part obligatoire dit ce qu’aucune",
    ),
    "a payment that no answer brought": (
        "UPDATE invoice SET amo_paid = amo_paid - 1 WHERE number = 1001",
        "n° 1001 : le payé de sa part obligatoire n’est pas",
    ),
    "an answer taken back alone": (
        "UPDATE answer SET settled = 'withdrawn' WHERE number = 1001",
        "n° 1001 ne suit pas",
    ),
    "a note of two things": ("UPDATE \"return\" SET noted_by = 'x', said_in = 'appel'", "Note n° 1 : elle ne dit pas"),
    "a tally": ("UPDATE invoice_tally SET invoices = 7 WHERE desk_rank = 4", "rang 4 des listes : il y en a 1, mais"),
    "a tally without a rank": ("DELETE FROM invoice_tally WHERE desk_rank = 3", "les menus en comptent 0"),
    "a tally of no rank": ("INSERT INTO invoice_tally VALUES (7, 2)", "rang 7 des listes : il y en a 0, mais"),
    "a skipped version": ("UPDATE invoice SET version = 9 WHERE number = 1003", "n° 1003 (interne 3) : modifiée"),
    "a reference to nothing": ("UPDATE invoice SET patient_id = 99 WHERE number = 1003", "qui n’existe pas"),
    "a guard dropped": ("CREATE TRIGGER x AFTER INSERT ON act BEGIN SELECT 1; END", "« x » est en trop"),
    "an index dropped": ("DROP INDEX invoice_replaces_id", "« invoice_replaces_id » manque"),
    "an index weakened": (
        "DROP INDEX invoice_replaces_id; CREATE INDEX invoice_replaces_id ON invoice (replaces_id)",
        "« invoice_replaces_id » a changé",
    ),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_each_planted_breach_is_seen(practice: Practice, kind: str) -> None:
    living(practice)
    assert list(breaches(practice)) == []
    sql, says = PLANTED[kind]
    with damaged(practice, sql):
        found = list(breaches(practice))
    assert [sentence for sentence in found if says in sentence], found


@pytest.mark.parametrize(
    "guard", ["invoice_sealed", "act_not_deleted", "journal_unchanged", "invoice_search_changed", "invoice_recounted"]
)
def test_each_guard_that_is_missing_is_named(practice: Practice, guard: str) -> None:
    close_practice()
    connection = raw(practice.location)
    connection.execute(f"DROP TRIGGER {guard}")
    connection.close()
    open_practice(practice)
    (found,) = breaches(practice)
    assert found.startswith(f"Structure de la base : « {guard} » manque ; quelqu’un l’a modifiée hors d’Accueil")


def test_an_invoice_made_behind_the_journal_is_seen(practice: Practice) -> None:
    rejected()
    columns = "number, origin, kind, practitioner_id, patient_id, batch_id, state, desk_rank, version, signature, total"
    same = "origin, kind, practitioner_id, patient_id, batch_id, state, desk_rank, version, signature, total"
    rest = (
        "amo, amc, amo_state, amc_state, amo_paid, amc_paid, billed_on, split, sesam, regime, caisse, centre,"
        " prescriber, nature, exemption, nir, nir_key, birth, birth_rank, quality, last_name, first_name, settlement,"
        " contract, amc_number, other, suites, search"
    )
    with damaged(practice, f"INSERT INTO invoice ({columns}, {rest}) SELECT 77, {same}, {rest} FROM invoice"):
        assert "sans entrée au journal" in " ".join(breaches(practice))


def test_a_sent_file_that_was_changed_is_seen(practice: Practice) -> None:
    ready()
    (lot,) = transmit_all(practice.outbox, SOPHIE)
    lot.file.write_bytes(lot.file.read_bytes() + b" ")
    assert list(breaches(practice)) == [
        f"Lot {lot.number:03d} : le fichier « {lot.file} » n’est plus celui qui fut écrit."
    ]


def test_pages_of_the_file_overwritten_are_one_sentence_not_a_crash(practice: Practice) -> None:
    living(practice)
    close_practice()
    with open(practice.location, "r+b") as file:  # noqa: PTH123
        file.seek(4096 * 4)
        file.write(b"\xff" * 4096 * 3)
    open_practice(practice)
    assert "restaurez la dernière sauvegarde" in " ".join(breaches(practice))


def test_the_desk_may_write_while_everything_is_checked(practice: Practice) -> None:
    old = rejected()
    found = breaches(practice)
    harm(practice, "UPDATE payer SET label = label")
    assert list(found) == []
    cancel_invoice(old.id, None, SOPHIE)
    assert sheet(1001).state == "cancelled"
    assert list(notices()) == []


GUARDED = [
    ("UPDATE invoice SET total = 1 WHERE number = 2002", "invoice_sealed"),
    ("UPDATE invoice SET nir = 'x' WHERE number = 1001", "invoice_sealed"),
    ("UPDATE invoice SET signature = 'card' WHERE number = 2002", "invoice_sealed"),
    ("UPDATE invoice SET state = 'rejected' WHERE number = 1001", "invoice_final"),
    ("UPDATE invoice SET state = 'rejected' WHERE number = 2001", "invoice_final"),
    ("UPDATE invoice SET number = 9 WHERE number = 3002", "invoice_number_kept"),
    ("UPDATE invoice SET batch_id = NULL WHERE number = 2002", "invoice_lot_kept"),
    ("UPDATE act SET fee = 1 WHERE invoice_id = 1", "act_sealed"),
    ("UPDATE act SET invoice_id = 1 WHERE invoice_id = 7", "act_kept"),
    ("INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE id = 1", "journal_entry_not_deleted"),
    ("UPDATE journal_entry SET at = ''", "journal_unchanged"),
    *((f'DELETE FROM "{table}"', f"{table}_not_deleted") for table in ("act", "answer", "return", "counter", "batch")),
    *((f"DELETE FROM {table}", f"{table}_not_deleted") for table in ("invoice", "journal_entry", "rejection", "payer")),
]


def test_what_was_sent_is_guarded_in_each_column_that_its_guard_compares(practice: Practice) -> None:
    assert isinstance(db.obj, Sqlite)
    guard = definitions(db.obj)["invoice_sealed"]
    asked = guard.partition(" UPDATE OF ")[2].partition(" ON invoice ")[0].split(", ")
    compared = re.findall(r"old\.(\w+) IS NOT new\.\1", guard)
    assert sorted(asked) == sorted(set(compared))


@pytest.mark.parametrize(("sql", "guard"), GUARDED)
def test_the_database_itself_refuses(practice: Practice, sql: str, guard: str) -> None:
    from peewee import IntegrityError

    from models.store.database import db

    living(practice)
    with pytest.raises(IntegrityError, match=guard):
        db.execute_sql(sql)


OTHERWISE = (
    "CASE WHEN {0} IS NULL THEN 1 WHEN typeof({0}) = 'integer' THEN {0} + 1"
    " WHEN {0} GLOB '????-??-??' THEN '2020-01-01' ELSE {0} || '1' END"
)
OF_A_LIST = {
    **{"state": "paid", "amo_state": "paid", "amc_state": "paid", "kind": "dre", "origin": "own"},
    **{
        "signature": "degraded",
        "sesam": "0",
        "settlement": "15",
        "other": '[["member","MUT00001"]]',
        "suites": '[["P","X"]]',
    },
}
"""What else may stand in the columns that hold no free text."""


@pytest.mark.parametrize("table", ["invoice", "act"])
def test_no_column_of_an_invoice_or_a_line_changes_behind_the_journal(practice: Practice, table: str) -> None:
    unsealed = {"id", "search", "desk_rank", "version", "invoice_id"}
    columns = [column.name for column in db.get_columns(table) if column.name not in unsealed]
    take_in(*(an_invoice(1001 + 10 * place) for place in range(len(columns))))
    owner = "id" if table == "invoice" else "invoice_id"
    changed = {
        column: f"'{OF_A_LIST[column]}'" if column in OF_A_LIST else OTHERWISE.format(f'"{column}"')
        for column in columns
    }
    script = ";".join(
        f'UPDATE "{table}" SET "{column}" = {value} WHERE {owner} = {place}'
        for place, (column, value) in enumerate(changed.items(), start=1)
    )
    with damaged(practice, script):
        told = " ".join(breaches(practice))
    assert [
        column for place, column in enumerate(columns, 1) if f"(interne {place}) : modifiée hors du journal" not in told
    ] == []


def test_a_share_that_was_paid_nothing_is_what_its_answer_said(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "paid", amo_paid=0))
    assert sheet(1001).amo_state == "paid"
    assert list(breaches(practice)) == []

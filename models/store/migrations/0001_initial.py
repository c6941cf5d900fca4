"""The first tables, as SQL: a frozen copy, on purpose independent of the models of later versions."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

TABLES = """
CREATE TABLE practitioner (
    id {identity}, number TEXT NOT NULL CHECK (length(number) = 9), name TEXT NOT NULL
){strict};
CREATE UNIQUE INDEX practitioner_number ON practitioner (number);
CREATE TABLE patient (
    id {identity}, nir TEXT NOT NULL, nir_key TEXT NOT NULL, birth TEXT NOT NULL, birth_rank TEXT NOT NULL,
    quality TEXT NOT NULL, last_name TEXT NOT NULL, first_name TEXT NOT NULL
){strict};
CREATE UNIQUE INDEX patient_nir_birth_birth_rank_first_name ON patient (nir, birth, birth_rank, first_name);
CREATE TABLE batch (
    id {identity}, practitioner_id INTEGER NOT NULL, number INTEGER NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('imported', 'own')),
    status TEXT NOT NULL CHECK (status IN ('in_doubt', 'sent', 'void')), created_on TEXT NOT NULL,
    destination TEXT NOT NULL, signature TEXT NOT NULL, file_name TEXT NOT NULL, content_hash TEXT NOT NULL,
    invoices INTEGER NOT NULL, total INTEGER NOT NULL, amo INTEGER NOT NULL, amc INTEGER NOT NULL,
    FOREIGN KEY (practitioner_id) REFERENCES practitioner (id) ON DELETE RESTRICT
){strict};
CREATE INDEX batch_practitioner_id ON batch (practitioner_id);
CREATE INDEX batch_content_hash ON batch (content_hash);
CREATE INDEX batch_practitioner_id_number_created_on ON batch (practitioner_id, number, created_on);
CREATE TABLE invoice (
    id {identity}, number INTEGER NOT NULL, origin TEXT NOT NULL CHECK (origin IN ('imported', 'own')),
    kind TEXT NOT NULL CHECK (kind IN ('invoice', 'dre')), practitioner_id INTEGER NOT NULL,
    patient_id INTEGER NOT NULL, replaces_id INTEGER, dre_of_id INTEGER, batch_id INTEGER,
    state TEXT NOT NULL CHECK (state IN (
        'unvalidated', 'validated', 'transmitted', 'reprocessing', 'rejected', 'paid', 'partly_paid', 'cancelled')),
    desk_rank INTEGER NOT NULL, version INTEGER NOT NULL,
    signature TEXT NOT NULL CHECK (signature IN ('', 'card', 'no_card', 'degraded', 'unsecured')),
    total INTEGER NOT NULL CHECK (total >= 0), amo INTEGER NOT NULL CHECK (amo >= 0),
    amc INTEGER NOT NULL CHECK (amc >= 0),
    amo_state TEXT NOT NULL CHECK (amo_state IN ('none', 'pending', 'paid', 'rejected', 'deferred')),
    amc_state TEXT NOT NULL CHECK (amc_state IN ('none', 'pending', 'paid', 'rejected', 'deferred')),
    amo_paid INTEGER NOT NULL, amc_paid INTEGER NOT NULL, amo_rejection TEXT, amc_rejection TEXT,
    billed_on TEXT NOT NULL, split TEXT NOT NULL, sesam {boolean} NOT NULL, regime TEXT NOT NULL,
    caisse TEXT NOT NULL, centre TEXT NOT NULL, prescriber TEXT NOT NULL, prescribed_on TEXT,
    nature TEXT NOT NULL, exemption TEXT NOT NULL, nir TEXT NOT NULL, nir_key TEXT NOT NULL,
    birth TEXT NOT NULL, birth_rank TEXT NOT NULL, quality TEXT NOT NULL, last_name TEXT NOT NULL,
    first_name TEXT NOT NULL, settlement TEXT NOT NULL, contract TEXT NOT NULL, amc_number TEXT NOT NULL,
    other TEXT NOT NULL, suites TEXT NOT NULL, search TEXT NOT NULL,
    FOREIGN KEY (practitioner_id) REFERENCES practitioner (id) ON DELETE RESTRICT,
    FOREIGN KEY (patient_id) REFERENCES patient (id) ON DELETE RESTRICT,
    FOREIGN KEY (replaces_id) REFERENCES invoice (id) ON DELETE RESTRICT,
    FOREIGN KEY (dre_of_id) REFERENCES invoice (id) ON DELETE RESTRICT,
    FOREIGN KEY (batch_id) REFERENCES batch (id) ON DELETE RESTRICT,
    CHECK (amo + amc <= total),
    CHECK ((kind = 'dre') = (dre_of_id IS NOT NULL))
){strict};
CREATE INDEX invoice_number ON invoice (number);
CREATE INDEX invoice_practitioner_id ON invoice (practitioner_id);
CREATE INDEX invoice_patient_id ON invoice (patient_id);
CREATE UNIQUE INDEX invoice_replaces_id ON invoice (replaces_id);
CREATE UNIQUE INDEX invoice_dre_of_id ON invoice (dre_of_id);
CREATE INDEX invoice_batch_id ON invoice (batch_id);
CREATE UNIQUE INDEX invoice_practitioner_id_number ON invoice (practitioner_id, number);
CREATE INDEX invoice_desk_rank_billed_on_id ON invoice (desk_rank, billed_on, id);
CREATE INDEX invoice_billed_on_id ON invoice (billed_on, id);
CREATE INDEX invoice_last_name_first_name_id ON invoice (last_name, first_name, id);
CREATE INDEX invoice_total_id ON invoice (total, id);
CREATE TABLE act (
    id {identity}, invoice_id INTEGER NOT NULL, position INTEGER NOT NULL, removed_in INTEGER NOT NULL,
    done_on TEXT NOT NULL, code TEXT NOT NULL, quantity INTEGER NOT NULL, coefficient INTEGER NOT NULL,
    unit_price INTEGER NOT NULL, base INTEGER NOT NULL, rate INTEGER NOT NULL, amo INTEGER NOT NULL,
    fee INTEGER NOT NULL, amc INTEGER NOT NULL, at_home {boolean} NOT NULL, executant TEXT NOT NULL,
    exemption TEXT NOT NULL, other TEXT NOT NULL, suites TEXT NOT NULL,
    FOREIGN KEY (invoice_id) REFERENCES invoice (id) ON DELETE RESTRICT
){strict};
CREATE INDEX act_invoice_id ON act (invoice_id);
CREATE UNIQUE INDEX act_invoice_id_removed_in_position ON act (invoice_id, removed_in, position);
CREATE TABLE "return" (
    id {identity}, content_hash TEXT NOT NULL, file_name TEXT NOT NULL, reference TEXT NOT NULL,
    created_on TEXT NOT NULL, received_at TEXT NOT NULL, answers INTEGER NOT NULL, paid INTEGER NOT NULL
){strict};
CREATE UNIQUE INDEX return_content_hash ON "return" (content_hash);
CREATE TABLE answer (
    id {identity}, return_id INTEGER NOT NULL, invoice_id INTEGER, practitioner_number TEXT NOT NULL,
    number INTEGER NOT NULL, lot INTEGER, nir TEXT NOT NULL, amo_asked INTEGER NOT NULL,
    amo_state TEXT NOT NULL, amo_paid INTEGER NOT NULL, amc_asked INTEGER NOT NULL, amc_state TEXT NOT NULL,
    amc_paid INTEGER NOT NULL, amc_number TEXT NOT NULL, remarks TEXT NOT NULL, outcome TEXT NOT NULL,
    settled TEXT NOT NULL,
    FOREIGN KEY (return_id) REFERENCES "return" (id) ON DELETE RESTRICT,
    FOREIGN KEY (invoice_id) REFERENCES invoice (id) ON DELETE RESTRICT
){strict};
CREATE INDEX answer_return_id ON answer (return_id);
CREATE INDEX answer_invoice_id ON answer (invoice_id);
CREATE INDEX answer_number ON answer (number);
CREATE INDEX answer_outcome ON answer (outcome);
CREATE TABLE counter (
    id {identity}, name TEXT NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last >= first - 1)
){strict};
CREATE INDEX counter_name ON counter (name);
CREATE TABLE journal_entry (
    id {identity}, at TEXT NOT NULL, operator TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
    detail TEXT NOT NULL, previous TEXT NOT NULL, mac TEXT NOT NULL
){strict};
CREATE INDEX journal_entry_action ON journal_entry (action);
CREATE INDEX journal_entry_subject ON journal_entry (subject);
CREATE UNIQUE INDEX journal_entry_mac ON journal_entry (mac);
CREATE TABLE payer (
    id {identity}, kind TEXT NOT NULL CHECK (kind IN ('amo', 'amc')), code TEXT NOT NULL,
    label TEXT NOT NULL
){strict};
CREATE UNIQUE INDEX payer_kind_code ON payer (kind, code);
CREATE TABLE prescriber (
    id {identity}, number TEXT NOT NULL, name TEXT NOT NULL
){strict};
CREATE UNIQUE INDEX prescriber_number ON prescriber (number);
CREATE TABLE rejection (
    id {identity}, answer_id INTEGER NOT NULL, share TEXT NOT NULL CHECK (share IN ('amo', 'amc')),
    code TEXT NOT NULL, label TEXT NOT NULL, level TEXT NOT NULL, act_code TEXT NOT NULL, care_date TEXT,
    line INTEGER, info TEXT NOT NULL,
    FOREIGN KEY (answer_id) REFERENCES answer (id) ON DELETE RESTRICT
){strict};
CREATE INDEX rejection_answer_id ON rejection (answer_id);
CREATE INDEX rejection_code ON rejection (code);
"""

SEALED = [
    "number",
    "origin",
    "kind",
    "practitioner_id",
    "patient_id",
    "replaces_id",
    "dre_of_id",
    "signature",
    "total",
    "amo",
    "amc",
    "billed_on",
    "split",
    "sesam",
    "regime",
    "caisse",
    "centre",
    "prescriber",
    "prescribed_on",
    "nature",
    "exemption",
    "nir",
    "nir_key",
    "birth",
    "birth_rank",
    "quality",
    "last_name",
    "first_name",
    "settlement",
    "contract",
    "amc_number",
    "other",
    "suites",
]
"""The columns of an invoice that no longer change once it is validated."""

KEPT = [
    "practitioner",
    "patient",
    "prescriber",
    "payer",
    "batch",
    '"return"',
    "answer",
    "rejection",
    "invoice",
    "act",
    "counter",
    "journal_entry",
]
"""The tables from which nothing is ever deleted."""

SEARCH = """
CREATE VIRTUAL TABLE invoice_search USING fts5(search, content='invoice', content_rowid='id', tokenize='trigram');
CREATE TRIGGER invoice_search_new AFTER INSERT ON invoice BEGIN
    INSERT INTO invoice_search(rowid, search) VALUES (new.id, new.search);
END;
CREATE TRIGGER invoice_search_changed AFTER UPDATE OF search ON invoice WHEN old.search <> new.search BEGIN
    INSERT INTO invoice_search(invoice_search, rowid, search) VALUES ('delete', old.id, old.search);
    INSERT INTO invoice_search(rowid, search) VALUES (new.id, new.search);
END;
"""


def guards() -> list[str]:
    """SQLite's triggers: no deletion, no change of what is sealed, no way out of a final state."""
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in SEALED)
    refusals = [
        ("invoice_sealed", f"UPDATE ON invoice WHEN old.state <> 'unvalidated' AND ({changed})"),
        (
            "invoice_final",
            "UPDATE OF state ON invoice WHEN old.state IN ('cancelled', 'paid') AND new.state <> old.state",
        ),
        ("invoice_number_kept", "UPDATE OF number ON invoice WHEN new.number <> old.number"),
        (
            "invoice_lot_kept",
            "UPDATE OF batch_id ON invoice WHEN old.state <> 'validated' AND new.batch_id IS NOT old.batch_id",
        ),
        ("act_kept", "UPDATE ON act WHEN old.removed_in <> 0 OR new.invoice_id <> old.invoice_id"),
        (
            "act_sealed",
            "UPDATE ON act WHEN (SELECT state FROM invoice WHERE id = old.invoice_id) <> 'unvalidated'",
        ),
        (
            "act_added",
            "INSERT ON act WHEN (SELECT state <> 'unvalidated' AND version > 1 FROM invoice WHERE id = new.invoice_id)",
        ),
        ("journal_unchanged", "UPDATE ON journal_entry"),
        *((f"{table.strip(chr(34))}_not_deleted", f"DELETE ON {table}") for table in KEPT),
    ]
    return [
        f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, 'sealed: {name}'); END"
        for name, event in refusals
    ]


def up(migrator: Any, db: Any) -> None:
    """Make the tables; on SQLite also the search index and the guards."""
    sqlite = isinstance(db, SqliteDatabase)
    words = {
        "identity": "INTEGER NOT NULL PRIMARY KEY"
        if sqlite
        else "INTEGER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
        "boolean": "INTEGER" if sqlite else "BOOLEAN",
        "strict": " STRICT" if sqlite else "",
    }
    for statement in TABLES.format(**words).strip().split(";\n"):
        db.execute_sql(statement.rstrip(";"))
    if sqlite:
        for statement in SEARCH.strip().split("\nCREATE"):
            db.execute_sql(statement if statement.startswith("CREATE") else "CREATE" + statement)
        for statement in guards():
            db.execute_sql(statement)

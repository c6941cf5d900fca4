"""On a server too every part of the schema is what the program made: whatever else stands there is named."""

from __future__ import annotations

import os
from typing import Final

import pytest

if not os.environ.get("ACCUEIL_POSTGRES"):
    pytest.skip("ACCUEIL_POSTGRES names no server", allow_module_level=True)

from models.domain.place import Practice
from models.queries import file_check
from models.queries.verification import breaches, notices
from models.store.database import execute
from tests.models.test_postgres import made as made
from tests.models.test_postgres import practice as practice

ALTERED: Final = {
    "DROP TABLE access": "table « access » manque",
    "ALTER TABLE unsaved_form SET UNLOGGED": "table « unsaved_form » a changé",
    "CREATE TABLE beside (id INTEGER)": "table « beside » est en trop",
    "CREATE VIEW seen AS SELECT id FROM payer": "table « seen » est en trop",
    "ALTER TABLE payer DROP COLUMN label": "colonne « label » de la table payer manque",
    "ALTER TABLE payer ADD COLUMN more TEXT": "colonne « more » de la table payer est en trop",
    "ALTER TABLE act ALTER COLUMN fee TYPE BIGINT": "colonne « fee » de la table act a changé",
    "ALTER TABLE patient ALTER COLUMN nir DROP NOT NULL": "colonne « nir » de la table patient a changé",
    "ALTER TABLE invoice ALTER COLUMN filed_until SET DEFAULT 'x'": (
        "colonne « filed_until » de la table invoice a changé"
    ),
    "DROP INDEX invoice_nir": "index « invoice_nir » de la table invoice manque",
    "DROP INDEX invoice_replaces_id; CREATE INDEX invoice_replaces_id ON invoice (replaces_id)": (
        "index « invoice_replaces_id » de la table invoice a changé"
    ),
    "CREATE INDEX more ON invoice (id)": "index « more » de la table invoice est en trop",
    "DROP TRIGGER invoice_sealed ON invoice": "déclencheur « invoice_sealed » de la table invoice manque",
    "ALTER TABLE act DISABLE TRIGGER act_kept": "déclencheur « act_kept » de la table act a changé",
    "ALTER TABLE journal_mention DISABLE TRIGGER ALL": (
        "contrainte « journal_mention_invoice_id_fkey » de la table journal_mention a changé"
    ),
    "CREATE OR REPLACE FUNCTION accueil_final() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'": (
        "fonction « accueil_final() » a changé"
    ),
    "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'": "fonction « more() » est en trop",
    "ALTER TABLE counter DROP CONSTRAINT counter_check": "contrainte « counter_check » de la table counter manque",
    "ALTER TABLE answer DROP CONSTRAINT answer_return_id_fkey": (
        "contrainte « answer_return_id_fkey » de la table answer manque"
    ),
    "CREATE RULE kept AS ON DELETE TO prescriber DO INSTEAD NOTHING": (
        "règle « kept » de la table prescriber est en trop"
    ),
    "CREATE POLICY hidden ON batch USING (false)": "règle « hidden » de la table batch est en trop",
}
"""What is done behind the program, and what is said of it."""


def test_every_part_that_was_altered_is_named_and_no_other(practice: Practice) -> None:
    assert list(file_check.structure_breaches()) == []
    for statement in ALTERED:
        execute(statement)
    found = list(file_check.structure_breaches())
    assert [says for says in ALTERED.values() if not any(f" : {says} ; " in each for each in found)] == []
    beside = "journal_mention_entry_id_fkey"  # the other reference of that table
    told = [each for each in found if not any(says in each for says in (*ALTERED.values(), beside))]
    assert told == [], "what goes with its table or its constraint is not told once more"


def test_nothing_stays_of_what_it_is_compared_with(practice: Practice) -> None:
    schemas = "SELECT nspname FROM pg_namespace ORDER BY nspname"
    before = execute(schemas).fetchall()
    assert list(breaches(practice)) == []
    assert execute(schemas).fetchall() == before


def test_an_account_that_may_not_compare_is_told_so(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_check, "may_make_schema", lambda _: False)
    assert list(file_check.structure_breaches()) == []
    assert "Structure de la base non contrôlée" in " ".join(notice.text for notice in notices(practice))

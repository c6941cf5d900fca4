"""A practice that version 0.1.0 kept: opened, read and worked on by the program as it is.

`tests/fixtures/0.1.0/`, written by that version: its database, the key of its journal, what `lister --toutes` said of
it, and the seals of its journal. The samples imported, their returns read, five invoices cancelled, four sent again.
"""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path
from typing import Any

import pytest

from models.domain.numbering import Numbering
from tests.sqlite_file import raw
from tests.tui.command_line import accueil, rows

KEPT = Path(__file__).resolve().parents[1] / "fixtures" / "0.1.0"
FIRST_OF_OURS = Numbering().first_invoice


@pytest.fixture
def base(tmp_path: Path) -> str:
    """The kept practice, in a folder of this test."""
    (tmp_path / "cabinet.db").write_bytes(lzma.decompress((KEPT / "cabinet.db.xz").read_bytes()))
    shutil.copy(KEPT / "cabinet.cle", tmp_path)
    return str(tmp_path / "cabinet.db")


def read(base: str, query: str) -> list[tuple[Any, ...]]:
    """What the file itself holds, read past the program."""
    connection = raw(base)
    try:
        return list(connection.execute(query).fetchall())
    finally:
        connection.close()


def test_its_invoices_are_listed_as_they_were(base: str) -> None:
    ran = accueil("lister", "--toutes", "--format", "json", "--base", base)
    assert ran.code == 0
    assert "était en clair : elle est maintenant chiffrée" in ran.err
    was = json.loads((KEPT / "factures.json").read_text(encoding="utf-8"))
    assert [{name: row[name] for name in old} for row, old in zip(json.loads(ran.out), was, strict=True)] == was


def test_nothing_is_wrong_with_it(base: str) -> None:
    ran = accueil("verifier", "--base", base)
    assert (ran.code, ran.out) == (0, "Rien d’anormal : 65 factures, journal complet.\n")


def test_its_journal_is_not_written_again(base: str) -> None:
    assert accueil("verifier", "--base", base).code == 0
    entries = read(base, "SELECT id, at, operator, action, subject, mac FROM journal_entry ORDER BY id")
    *kept, (_, _, operator, action, _, _) = entries
    assert [" ".join(map(str, entry)) for entry in kept] == (KEPT / "journal.txt").read_text().splitlines()
    assert (operator, action) == ("Accueil", "seal_rows"), "what it does not seal is taken as it stands, once"
    assert accueil("verifier", "--base", base).code == 0
    assert read(base, "SELECT count(*) FROM journal_entry") == [(len(entries),)]


def test_the_desk_goes_on_where_it_was(base: str) -> None:
    before = rows(base)
    assert accueil("annuler", "1031", "--oui", "--base", base).code == 0
    after = rows(base)
    assert after[1031]["state"] == "cancelled"
    assert after[1031]["replaced_by"] == FIRST_OF_OURS, "its numbers are kept, the next one is of our own range"
    assert {number: row for number, row in after.items() if number in before and number != 1031} == {
        number: row for number, row in before.items() if number != 1031
    }
    ran = accueil("verifier", "--base", base)
    assert (ran.code, ran.out) == (0, "Rien d’anormal : 66 factures, journal complet.\n")

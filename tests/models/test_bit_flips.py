"""One bit of one value, flipped by somebody who has the key: found, and said with its row.

Of the file itself a flipped bit is a page that does not read (`test_tampering.py`). ACCUEIL_LONG=1 flips a thousand.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from peewee import BooleanField
from sqlcipher3 import dbapi2 as sqlite

from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from models.tables.every_table import every_table
from tests.models.test_tampering import filled as filled
from tests.practices import practice_in, sample_practice
from tests.sqlite_file import raw

ROUNDS: Final = 25 if "ACCUEIL_LONG" in os.environ else 1
AT_ONCE: Final = 40
"""Flips of one round, each in a row of its own."""

JOURNAL: Final = ("journal_entry", "journal_mention")
"""Flipped in rounds of their own: of what an entry seals that does not read any more, only the row is known."""

NOT_OF_THE_PRACTICE: Final = {"unsaved_form", "access"}
"""Tables that are not sealed: what was typed and not saved, and who looked at whom."""


class Flip(NamedTuple):
    """A value that was changed by one bit, and what a finding says of its row."""

    table: str
    row: int
    column: str
    named: tuple[str, ...]

    def is_named_by(self, finding: str) -> bool:
        """Whether this finding says the row or its document."""
        return any(name in finding for name in self.named)


TRUTHS: Final = {
    (table._meta.table_name, field.column_name)
    for table in every_table()
    for field in table._meta.sorted_fields
    if isinstance(field, BooleanField)
}
"""Columns in which any number but 0 says the same."""


def flipped(value: int | bytes, bits: int, dice: random.Random) -> int | bytes:
    """The value with one bit changed, of a number one of so many."""
    if isinstance(value, int):
        return value ^ 1 << dice.randrange(bits)
    at = dice.randrange(len(value))
    return value[:at] + bytes([value[at] ^ 1 << dice.randrange(8)]) + value[at + 1 :]


def names(connection: Any, table: str, row: int) -> tuple[tuple[str, int], tuple[str, ...]]:
    """Of which document the row is, an invoice with its lines being one; and by which words a finding names it."""
    if table == "journal_entry":
        return (table, row), (f"ntrée {row} du journal",)
    if table == "journal_mention":
        return (table, row), ("Table journal_mention, ",)
    if table not in {"invoice", "act"}:
        return (table, row), (f"Table {table}, ligne {row} ",)
    of = "id = ?" if table == "invoice" else "id = (SELECT invoice_id FROM act WHERE id = ?)"
    found = connection.execute(f"SELECT id, number FROM invoice WHERE {of}", (row,)).fetchone() or (0, 0)
    return ("invoice", found[0]), (f"Facture n° {found[1]} ", f"(interne {found[0]})", f"Facture interne {found[0]} ")


def flips(base: str, tables: Sequence[str], dice: random.Random) -> Iterator[Flip]:
    """Flip bits as a table that has no guard any more lets them be flipped."""
    with closing(raw(base, None)) as connection:
        connection.text_factory = bytes
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name.decode()}"')
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        ends = connection.execute("SELECT min(id), max(id) FROM journal_entry").fetchone()
        taken = {("journal_entry", end) for end in ends}  # a base whose journal ends otherwise is not opened
        for _ in range(AT_ONCE):
            table = dice.choice(tables)
            ids = [row_id for (row_id,) in connection.execute(f'SELECT id FROM "{table}"')]
            columns = [one[1].decode() for one in connection.execute(f'PRAGMA table_info("{table}")')]
            column = dice.choice([each for each in columns if each != "id"])
            row = dice.choice(ids) if ids else 0
            value = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,)).fetchone()
            document, named = names(connection, table, row)
            if value is None or value[0] in {None, b""} or {document, (table, row)} & taken:
                continue
            new = flipped(value[0], 1 if (table, column) in TRUTHS else 32, dice)
            cast = "CAST(? AS TEXT)" if isinstance(new, bytes) else "?"
            try:
                connection.execute(f'UPDATE "{table}" SET "{column}" = {cast} WHERE id = ?', (new, row))
            except sqlite.IntegrityError:  # the number of another
                continue
            taken |= {document, (table, row)}
            yield Flip(table, row, column, named)
        for _, sql in guards:
            connection.execute(sql.decode())


@pytest.mark.parametrize("of", ["the samples", "every table"])
def test_each_flipped_bit_of_a_value_is_found_where_it_is(filled: Path, tmp_path: Path, of: str) -> None:
    whole, dice, missed = sample_practice() if of == "the samples" else filled, random.Random(), []
    others = sorted({str(table._meta.table_name) for table in every_table()} - {*NOT_OF_THE_PRACTICE, *JOURNAL})
    for number in range(ROUNDS * 4 // 3):
        practice = practice_in(tmp_path / str(number))
        shutil.copytree(whole, practice.folder)
        done = list(flips(practice.location, JOURNAL if number % 4 == 3 else others, dice))
        open_practice(practice)
        found = list(breaches(practice))
        close_practice()
        missed += [flip for flip in done if not any(map(flip.is_named_by, found))]
        shutil.rmtree(practice.folder)
    assert missed == []

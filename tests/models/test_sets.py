"""A file that is taken set by set leaves the practice as one that is taken invoice by invoice, answer by answer."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import pytest

from models.commands import import_lots as importing
from models.commands import receive as receiving
from models.commands import rejoin as rejoining
from models.commands.import_lots import import_lots
from models.commands.receive import Received, receive_return
from models.commands.take_back import undo_return
from models.formats.errors import FormatError
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from models.store.database import execute, execute_many
from models.tables import sets
from models.tables.every_table import every_table
from models.tables.sets import rows_with
from tests.models.practice import NIRS, SOPHIE, a_lot, a_return, an_answer, an_invoice, contents
from tests.practices import copy_practice, empty_practice, sample_practice, samples

Files = Sequence[tuple[str, bytes]]
"""What is taken in, in order: « b2 » or « noe », and the bytes."""


def the_samples() -> Files:
    return [(kind, path.read_bytes()) for kind in ("b2", "noe") for path in samples(kind)]


def the_samples_answered_first() -> Files:
    return [the_samples()[0], *(file for file in the_samples()[1:] if file[0] == "noe"), *the_samples()[1:6]]


def the_same_again(seed: int) -> Files:
    """Lots made anew, nameless patients, several answers on an invoice, some of which contradict the others."""
    chance = Random(seed)
    names = [("DUPONT", "MARIE"), ("", ""), ("ÉTÉ", "ZOÉ")]
    invoices = []
    for number in range(1001, 1013):
        last_name, first_name = chance.choice(names)
        invoices.append(
            an_invoice(
                number,
                settlement=chance.choice(["05", "15"]),
                nir=chance.choice(NIRS),
                last_name=last_name,
                first_name=first_name,
            )
        )
    lots = [a_lot(*invoices[start : start + 4], lot_number=1 + start // 4) for start in (0, 4, 8)]
    anew = a_lot(*invoices[2:6], lot_number=9)
    said = [an_answer(chance.choice(invoices), chance.choice(["paid", "rejected", "deferred"])) for _ in range(20)]
    returns = [a_return(*said[:12], reference="R00001"), a_return(*said[12:], reference="R00002")]
    return [("b2", lots[0]), ("noe", returns[0]), ("b2", lots[1]), ("b2", anew), ("b2", lots[2]), ("noe", returns[1])]


def taken(files: Files, folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a practice that has taken these files in; sound, or it says what is not."""
    place = copy_practice(empty_practice(), folder)
    open_practice(place)
    try:
        for rank, (kind, data) in enumerate(files):
            (import_lots if kind == "b2" else receive_return)(data, f"{rank}.{kind}", SOPHIE)
        assert list(breaches(place)) == []
        return contents()
    finally:
        close_practice()


@pytest.fixture(params=["samples", "answers first", 1, 2, 3])
def files(request: pytest.FixtureRequest) -> Files:
    made = {"samples": the_samples, "answers first": the_samples_answered_first}
    return made[request.param]() if request.param in made else the_same_again(request.param)


def test_set_by_set_is_one_by_one(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = taken(files, tmp_path / "sets")
    for module, name in ((importing, "A_STEP"), (receiving, "A_STEP"), (rejoining, "A_SET")):
        monkeypatch.setattr(module, name, 1)
    assert taken(files, tmp_path / "ones") == at_once


def test_a_row_that_is_read_the_quick_way_is_the_row(tmp_path: Path) -> None:
    open_practice(copy_practice(sample_practice(), tmp_path / "copy"))
    try:
        for table in every_table():
            whole = {row.id: row for row in table.select()}
            quick = rows_with(table, whole)
            assert {row_id: row.__data__ for row_id, row in quick.items()} == {
                row_id: row.__data__ for row_id, row in whole.items()
            }
            assert not any(row.dirty_fields for row in quick.values())
    finally:
        close_practice()


def test_what_is_taken_in_in_bulk_leaves_cache_and_collector_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (importing, receiving):
        monkeypatch.setattr(module, "MUCH", 0)
    invoice = an_invoice(1001)
    open_practice(copy_practice(empty_practice(), tmp_path))
    try:
        kept = execute("PRAGMA cache_size").fetchall()
        import_lots(a_lot(invoice), "1.b2", SOPHIE)
        with pytest.raises(FormatError):
            receive_return(b"nothing", "2.noe", SOPHIE)
        received = receive_return(a_return(an_answer(invoice, "paid")), "3.noe", SOPHIE)
        assert isinstance(received, Received)
        undo_return(received.return_id, SOPHIE)
        assert gc.isenabled()
        assert execute("PRAGMA cache_size").fetchall() == kept
    finally:
        close_practice()


def test_an_answer_writes_what_it_changes_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = an_invoice(1001)
    open_practice(copy_practice(empty_practice(), tmp_path))
    try:
        import_lots(a_lot(invoice), "1.b2", SOPHIE)
        written: list[str] = []

        def noted(sql: str, rows: Iterable[Sequence[object]]) -> None:
            written.append(sql)
            execute_many(sql, rows)

        monkeypatch.setattr(sets, "execute_many", noted)
        receive_return(a_return(an_answer(invoice, "paid")), "2.noe", SOPHIE)
    finally:
        close_practice()
    (change,) = (sql for sql in written if sql.startswith('UPDATE "invoice"'))
    assert re.findall(r'"(\w+)" = ', change) == ["amo_paid", "amo_state", "desk_rank", "state", "version"]

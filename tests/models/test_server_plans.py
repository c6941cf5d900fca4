"""On a server every list, filter and order is read from an index, whatever the number of invoices."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest

if not os.environ.get("ACCUEIL_POSTGRES"):
    pytest.skip("ACCUEIL_POSTGRES names no server", allow_module_level=True)

from models.domain.lists import ListName, SortName
from models.domain.place import Practice
from models.queries.counts import counts
from models.queries.follow_up import due_counts
from models.queries.invoice_row import ListView
from models.queries.windows import page, standing
from models.store.database import db, execute
from tests.models.practice import rejected
from tests.models.test_postgres import made as made
from tests.models.test_postgres import practice as practice
from tui.text.columns import DRE, SENT, UNSENT, Column

INVOICES: Final = 2_000
LARGE: Final = ("invoice", "act", "answer", "rejection")
LISTS: Final = {
    ListName.TRANSMITTED: SENT,
    ListName.ALL: SENT,
    ListName.UNVALIDATED: UNSENT,
    ListName.VALIDATED: UNSENT,
    ListName.DRE: DRE,
}
TYPED: Final = (
    "zz",
    "dupont",
    "dupont marie",
    "100019999",
    "1000",
    "lot 3",
    "0450",
    "43,32",
    "05/11",
    "11/2024",
    "rejet",
)


def grow() -> None:
    """Copy the one invoice, its line and its answer many times: other numbers, days, names, amounts."""
    execute("SET session_replication_role = replica")  # no trigger, no reference is looked at
    execute(
        "INSERT INTO invoice SELECT new.* FROM invoice i, "
        f"generate_series(1, {INVOICES}) g, LATERAL jsonb_populate_record(i, jsonb_build_object("
        " 'id', 100 + g, 'number', 10000000 + g, 'total', 5000 + g % 5000,"
        " 'billed_on', to_char(date '2023-01-01' + g % 1000, 'YYYY-MM-DD'), 'last_name', 'N' || g % 997,"
        " 'search', 'n' || g % 997 || ' ' || chr(97 + g % 25) || chr(97 + g / 7 % 25),"
        " 'desk_rank', CASE WHEN g % 25 = 0 THEN (ARRAY[0, 2, 8, 9])[1 + g / 25 % 4] ELSE 3 END)) new WHERE i.id = 1"
    )
    for table, changes in (
        ("answer", "'invoice_id', 100 + g"),
        ("rejection", "'answer_id', 100 + g, 'code', '0' || 100 + g % 300 || ' 001'"),
    ):
        execute(
            f"INSERT INTO {table} SELECT new.* FROM {table} old, generate_series(1, {INVOICES}) g, LATERAL"
            f" jsonb_populate_record(old, jsonb_build_object('id', 100 + g, {changes})) new WHERE old.id = 1"
        )
    execute("INSERT INTO invoice_tally SELECT desk_rank, count(*) FROM invoice WHERE id > 99 GROUP BY desk_rank")
    execute("RESET session_replication_role")
    for table in LARGE:
        execute(f"ANALYZE {table}")


def sorts(columns: tuple[Column, ...]) -> list[SortName]:
    """The orders of a list with these columns."""
    return list(dict.fromkeys((SortName.DESK, *(column.sort for column in columns))))


def test_no_list_walks_through_a_whole_table(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    rejected()
    grow()
    execute("SET enable_seqscan = off")  # where one is left, no index would do at whatever size
    asks: Callable[..., Any] = db.obj.execute_sql
    asked: list[tuple[str, Any]] = []

    def noted(sql: str, values: Any = None) -> Any:
        asked.append((sql, values))
        return asks(sql, values)

    monkeypatch.setattr(db.obj, "execute_sql", noted)
    walked: list[str] = []
    known: set[str] = set()
    ordered = {f"{name} {sort}" for name in (ListName.TRANSMITTED, ListName.ALL) for sort in sorts(SENT)}

    def judged(what: str, pages: Callable[[], object]) -> None:
        asked.clear()
        pages()
        for sql, values in [each for each in asked if each[0] not in known and not each[0].startswith("SET ")]:
            known.add(sql)
            plan = "\n".join(line for (line,) in asks(f"EXPLAIN {sql}", values).fetchall())
            walked.extend(f"{what}: {table}\n{sql}\n{plan}" for table in LARGE if f"Seq Scan on {table} " in plan)
            if what in ordered and re.search(r"-> +Sort ", plan.partition("SubPlan")[0]):
                walked.append(f"{what} is sorted\n{sql}\n{plan}")

    for name, columns in LISTS.items():
        for sort in sorts(columns):
            view = ListView(name, sort)
            rows = page(view, None, 15)
            assert rows or name is ListName.DRE
            judged(f"{name} {sort}", lambda: page(view, None, 15))  # noqa: B023 - called at once
            if rows:
                place = rows[-1].key(sort)
                judged(f"{name} {sort} after", lambda: page(view, place, 15))  # noqa: B023
                asked.clear()
                page(view, place, 15)
                assert len(asked) == 1, "one round trip a key"
    for typed in TYPED:
        view = ListView(ListName.ALL, typed=typed)
        judged(f"« {typed} »", lambda: page(view, None, 15))  # noqa: B023
        judged(f"count « {typed} »", lambda: standing(view, None))  # noqa: B023
    judged("the menus", counts)
    judged("what waits", lambda: due_counts(date(2026, 11, 30)))
    assert not walked, "\n".join([*(each.partition("\n")[0] for each in walked), walked[0]])

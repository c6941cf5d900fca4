"""The lists' windows: the rows that are visible and no more, by keyset pages on the sort key's own index.

A page costs the same at a thousand invoices and at a million: it seeks the key it starts after, column by column
(a row-value comparison would use only the key's first column and scan the rest of a rank or a day).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from models.database import db, is_sqlite
from models.faults import spoken
from models.lifecycle import DRE_DONE, FIRST_UNSENT, why_not_cancel, why_not_dre
from models.search import search_terms

ListName = Literal["transmitted", "unvalidated", "validated", "dre", "cancellable", "all"]
Sort = Literal["desk", "date", "patient", "amount"]

SORTS: Final[dict[str, tuple[str, ...]]] = {
    "desk": ("desk_rank", "billed_on", "id"),
    "date": ("billed_on", "id"),
    "patient": ("last_name", "first_name", "id"),
    "amount": ("total", "id"),
}
"""Each sort key's columns; the last one, the id, makes every place in the list unique."""

RARE: Final = 2000
"""Below this many matches a filter starts from them; above, it walks the list in order and finds a page soon."""

_CONDITIONS: Final[dict[str, str]] = {
    "transmitted": f"i.desk_rank < {FIRST_UNSENT}",
    "unvalidated": "i.desk_rank = 8",
    "validated": "i.desk_rank = 9",
    "dre": "i.desk_rank <= 2 AND i.amc_state = 'rejected'"
    " AND NOT EXISTS (SELECT 1 FROM invoice d WHERE d.dre_of_id = i.id)",
    "cancellable": "i.desk_rank = 0 AND i.amo_state = 'rejected' AND i.settlement <> '00' AND i.kind = 'invoice'"
    " AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.invoice_id = i.id AND a.settled = ''"
    " AND a.outcome NOT IN ('applied', 'duplicate'))",
    "all": "1 = 1",
}

_COLUMNS: Final = (
    "i.id, i.number, i.kind, i.billed_on, i.last_name, i.first_name, i.regime, i.caisse, i.centre, i.total, i.amo,"
    " i.amc, i.state, i.amo_state, i.amc_state, i.amo_rejection, i.amc_rejection, i.settlement, i.signature,"
    " i.version, i.amo_paid + i.amc_paid, b.number, p.number, p.amo_rejection, p.amc_rejection,"
    " (SELECT s.number FROM invoice s WHERE s.replaces_id = i.id), i.desk_rank,"
    " (SELECT count(*) FROM answer a WHERE a.invoice_id = i.id AND a.settled = ''"
    " AND a.outcome NOT IN ('applied', 'duplicate')),"
    " (SELECT min(r.label) FROM rejection r JOIN answer a ON a.id = r.answer_id WHERE r.share = 'amo'"
    " AND a.invoice_id = coalesce(p.id, i.id) AND r.code = coalesce(i.amo_rejection, p.amo_rejection)),"
    " (SELECT min(r.label) FROM rejection r JOIN answer a ON a.id = r.answer_id WHERE r.share = 'amc'"
    " AND a.invoice_id = coalesce(p.id, i.id) AND r.code = coalesce(i.amc_rejection, p.amc_rejection)),"
    " (SELECT n.number FROM invoice n WHERE n.dre_of_id = i.id)"
)
_JOINS: Final = " LEFT JOIN batch b ON b.id = i.batch_id LEFT JOIN invoice p ON p.id = i.replaces_id"


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One line of a list. Cents; `carried` rejections are those of the invoice that this one replaces.

    `aside` counts the answers about it that wait for a decision; the labels are those received with its rejections
    (or with the carried ones).
    """

    id: int
    number: int
    kind: str
    billed_on: str
    last_name: str
    first_name: str
    regime: str
    caisse: str
    centre: str
    total: int
    amo: int
    amc: int
    state: str
    amo_state: str
    amc_state: str
    amo_rejection: str | None
    amc_rejection: str | None
    settlement: str
    signature: str
    version: int
    paid: int
    lot: int | None
    replaces: int | None
    carried: str | None
    carried_amc: str | None
    replaced_by: int | None
    desk_rank: int
    aside: int
    amo_label: str | None
    amc_label: str | None
    dre_again: int | None = None
    """The number under which its DRE was made again, if it was."""

    @property
    def cancel_refusal(self) -> str | None:
        """Why « Annuler » must not be done on it; None where it may."""
        return why_not_cancel(
            state=self.state,
            amo_state=self.amo_state,
            amc_state=self.amc_state,
            settlement=self.settlement,
            kind=self.kind,
            replaced_by=self.replaced_by,
            aside=self.aside > 0,
        )

    @property
    def dre_refusal(self) -> str | None:
        """Why its DRE cannot be sent again alone now; None where it may."""
        if self.dre_again is not None:
            return DRE_DONE.format(number=self.dre_again)
        return why_not_dre(
            state=self.state,
            amo_state=self.amo_state,
            amc_state=self.amc_state,
            number=self.number,
            replaced_by=self.replaced_by,
        )

    def key(self, sort: Sort) -> tuple[Any, ...]:
        """Its place under this sort key."""
        return tuple(getattr(self, column) for column in SORTS[sort])


@dataclass(frozen=True, slots=True)
class ListView:
    """Which list, in which order, narrowed by what was typed."""

    name: ListName = "transmitted"
    sort: Sort = "desk"
    descending: bool = False
    typed: str = ""


@spoken()
def page(
    view: ListView, after: tuple[Any, ...] | None, limit: int, *, backwards: bool = False, inclusive: bool = False
) -> list[InvoiceRow]:
    """At most `limit` rows that follow (or, backwards, precede) the place `after`, in the list's order.

    Args:
        view: the list.
        after: a row's key; None for the list's beginning (backwards: its end).
        limit: how many rows.
        backwards: the rows before `after`, still given in the list's order.
        inclusive: the row at `after` itself comes first.
    """
    columns = SORTS[view.sort]
    ascending = view.descending == backwards
    rows: list[InvoiceRow] = []
    for condition, values in _steps(columns, after, ascending, inclusive):
        if len(rows) >= limit:
            break
        rows += _fetch(view, columns, condition, values, ascending, limit - len(rows))
    return rows[::-1] if backwards else rows


def every_row(view: ListView, chunk: int = 500) -> Iterator[InvoiceRow]:
    """All rows of a list, a page at a time."""
    after: tuple[Any, ...] | None = None
    while rows := page(view, after, chunk):
        yield from rows
        after = rows[-1].key(view.sort)


@spoken()
def row_at(view: ListView, invoice_id: int) -> InvoiceRow | None:
    """This invoice's row as the list would show it; None if it is not (or no longer) in the list."""
    found = _fetch(view, SORTS[view.sort], "i.id = ?", (invoice_id,), True, 1)
    return found[0] if found else None


@spoken()
def matches(view: ListView) -> int | None:
    """How many rows the filter keeps; None where they are too many to be worth counting."""
    condition, values = _filter(view)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM invoice i WHERE {condition} LIMIT {RARE + 1}) AS few"  # noqa: S608
    (count,) = _run(sql, values).fetchone()
    return None if count > RARE else int(count)


def _steps(
    columns: tuple[str, ...], after: tuple[Any, ...] | None, ascending: bool, inclusive: bool
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The seeks that together give what follows `after`: the same day further on, then the later days."""
    if after is None:
        yield "1 = 1", ()
        return
    sign = ">" if ascending else "<"
    for last in range(len(columns) - 1, -1, -1):
        equal = " AND ".join(f"i.{column} = ?" for column in columns[:last])
        beyond = f"i.{columns[last]} {sign}{'=' if inclusive and last == len(columns) - 1 else ''} ?"
        yield (f"{equal} AND {beyond}" if equal else beyond), after[: last + 1]


def _fetch(
    view: ListView, columns: tuple[str, ...], condition: str, values: tuple[Any, ...], ascending: bool, limit: int
) -> list[InvoiceRow]:
    filtered, filter_values = _filter(view)
    direction = "ASC" if ascending else "DESC"
    order = ", ".join(f"i.{column} {direction}" for column in columns)
    sql = (
        f"SELECT {_COLUMNS} FROM invoice i{_JOINS} WHERE {condition} AND {filtered}"  # noqa: S608
        f" ORDER BY {order} LIMIT {int(limit)}"
    )
    return [InvoiceRow(*row) for row in _run(sql, (*values, *filter_values)).fetchall()]


def _filter(view: ListView) -> tuple[str, tuple[Any, ...]]:
    """The list's own condition and the filter's words, as SQL with its values; nothing typed ever gets into it."""
    conditions, values = [_CONDITIONS[view.name]], []
    terms = search_terms(view.typed)
    if terms and is_sqlite():
        long = " ".join('"' + term.replace('"', '""') + '"' for term in terms if len(term) >= 3)
        if long and _is_rare(long):
            conditions.append("i.id IN (SELECT rowid FROM invoice_search WHERE invoice_search MATCH ?)")
            values.append(long)
    for term in terms:
        conditions.append("i.search LIKE ? ESCAPE '!'")
        values.append("%" + term.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%")
    return " AND ".join(conditions), tuple(values)


def _is_rare(match: str) -> bool:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM invoice_search WHERE invoice_search MATCH ? LIMIT {RARE})"  # noqa: S608
    (count,) = _run(sql, (match,)).fetchone()
    return bool(count < RARE)


def _run(sql: str, values: tuple[Any, ...]) -> Any:
    """Run this with the engine's own parameter mark; a value is always bound, never written into the text."""
    if not is_sqlite():
        sql = sql.replace("%", "%%").replace("?", "%s")
    return db.execute_sql(sql, values)

"""One line of a list, which lists there are, and the SQL that reads them: plain values, with no table loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any, Final

from models.domain.damage import damaged_among, stored_day, stored_member
from models.domain.filing import FilingNote
from models.domain.lifecycle import (
    FIRST_UNSENT,
    why_not_cancel,
    why_not_dre,
    why_not_file,
    why_not_give_up,
    why_not_note,
)
from models.domain.lists import FoundBy, ListName, SortName
from models.domain.notes import NoteMark, SentBack
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceKind, InvoiceState, ShareName, ShareState, Signature
from models.queries.gathered import MORE, NOTED, SENT_BACK, back, mark, others
from models.tables.aside import ASIDE, NOT_WITHDRAWN, TAKEN
from models.tables.filing_note import FILING, filing_note
from models.tables.first_sheet import FIRST_SHEET

SORTS: Final[dict[SortName, tuple[str, ...]]] = {
    SortName.DESK: ("i.desk_rank", "i.billed_on", "i.id"),
    SortName.NUMBER: ("i.number", "i.id"),
    SortName.DATE: ("i.billed_on", "i.id"),
    SortName.PATIENT: ("i.last_name", "i.first_name", "i.id"),
    SortName.PAYER: ("i.regime", "i.caisse", "i.id"),
    SortName.AMOUNT: ("i.total", "i.id"),
    SortName.AMC_AMOUNT: ("i.amc", "i.id"),
    SortName.AMO: ("i.amo_state", "i.id"),
    SortName.AMC: ("i.amc_state", "i.desk_rank", "i.billed_on", "i.id"),
    SortName.REJECTION: ("coalesce(i.amo_rejection, i.amc_rejection, '')", "i.id"),
    SortName.REPLACES: ("coalesce((SELECT o.number FROM invoice o WHERE o.id = i.replaces_id), 0)", "i.id"),
    SortName.CARRIED: (
        "coalesce((SELECT coalesce(o.amo_rejection, o.amc_rejection) FROM invoice o WHERE o.id = i.replaces_id), '')",
        "i.id",
    ),
    SortName.BILLED: ("i.signature", "i.id"),
}
"""Each sort key's columns; the last one, the id, makes every place in the list unique. An index holds each of those by
which the long lists are sorted; the others are of the lists of what waits, which are short."""

_PLACES: Final[dict[SortName, Callable[[InvoiceRow], tuple[Any, ...]]]] = {
    SortName.DESK: lambda row: (row.desk_rank, row.billed_on.isoformat(), row.id),
    SortName.NUMBER: lambda row: (row.number, row.id),
    SortName.DATE: lambda row: (row.billed_on.isoformat(), row.id),
    SortName.PATIENT: lambda row: (row.last_name, row.first_name, row.id),
    SortName.PAYER: lambda row: (row.regime, row.caisse, row.id),
    SortName.AMOUNT: lambda row: (row.total, row.id),
    SortName.AMC_AMOUNT: lambda row: (row.amc, row.id),
    SortName.AMO: lambda row: (row.amo_state, row.id),
    SortName.AMC: lambda row: (row.amc_state, row.desk_rank, row.billed_on.isoformat(), row.id),
    SortName.REJECTION: lambda row: (row.amo_rejection or row.amc_rejection or "", row.id),
    SortName.REPLACES: lambda row: (row.replaces or 0, row.id),
    SortName.CARRIED: lambda row: (row.carried or row.carried_amc or "", row.id),
    SortName.BILLED: lambda row: (row.signature, row.id),
}
"""The same of a row that was read."""

_ASIDE_ANSWERS: Final = f"FROM answer a WHERE a.invoice_id = i.id AND {ASIDE}"

CONDITIONS: Final[dict[ListName, str]] = {
    ListName.TRANSMITTED: f"i.desk_rank < {FIRST_UNSENT}",
    ListName.UNVALIDATED: "i.desk_rank = 8",
    ListName.VALIDATED: "i.desk_rank = 9",
    ListName.DRE: "i.desk_rank <= 2 AND i.amc_state = 'rejected'"
    " AND NOT EXISTS (SELECT 1 FROM invoice d WHERE d.dre_of_id = i.id AND d.state <> 'given_up')",
    ListName.CANCELLABLE: "i.desk_rank = 0 AND i.amo_state = 'rejected' AND i.settlement <> '00' AND i.kind = 'invoice'"
    f" AND NOT EXISTS (SELECT 1 {_ASIDE_ANSWERS})",
    ListName.ALL: "1 = 1",
}

# « || '' »: the planner must start at the invoice's answers, not at a code that thousands of rejections share.
_LABEL: Final = (
    "(SELECT min(r.label) FROM answer a CROSS JOIN rejection r WHERE a.invoice_id = coalesce(p.id, i.id)"
    " AND r.answer_id = a.id AND r.share = '{share}'"
    " AND r.code || '' = coalesce(i.{share}_rejection, p.{share}_rejection) AND {said})"
)
_COLUMNS: Final[dict[str, str]] = {
    "id": "i.id",
    "number": "i.number",
    "kind": "i.kind",
    "billed_on": "i.billed_on",
    "last_name": "i.last_name",
    "first_name": "i.first_name",
    "regime": "i.regime",
    "caisse": "i.caisse",
    "centre": "i.centre",
    "total": "i.total",
    "amo": "i.amo",
    "amc": "i.amc",
    "state": "i.state",
    "amo_state": "i.amo_state",
    "amc_state": "i.amc_state",
    "amo_rejection": "i.amo_rejection",
    "amc_rejection": "i.amc_rejection",
    "settlement": "i.settlement",
    "signature": "i.signature",
    "version": "i.version",
    "paid": "i.amo_paid + i.amc_paid",
    "lot": "b.number",
    "replaces": "p.number",
    "carried": "p.amo_rejection",
    "carried_amc": "p.amc_rejection",
    "replaced_by": "(SELECT s.number FROM invoice s WHERE s.replaces_id = i.id)",
    "desk_rank": "i.desk_rank",
    "aside": f"(SELECT count(*) {_ASIDE_ANSWERS})",
    "amo_label": _LABEL.format(share=ShareName.AMO, said=NOT_WITHDRAWN),
    "amc_label": _LABEL.format(share=ShareName.AMC, said=NOT_WITHDRAWN),
    "dre_again": "(SELECT n.number FROM invoice n WHERE n.dre_of_id = i.id AND n.state <> 'given_up')",
    "dre_of": "(SELECT o.number FROM invoice o WHERE o.id = i.dre_of_id)",
    "lot_id": "i.batch_id",
    "first_sheet": f"CASE WHEN i.desk_rank >= {FIRST_UNSENT} THEN {FIRST_SHEET} END",
    "amo_more": MORE.format(share=ShareName.AMO, stands=TAKEN),
    "amc_more": MORE.format(share=ShareName.AMC, stands=TAKEN),
    "noted": NOTED,
    "filed_until": "i.filed_until",
    "filing": FILING,
    "sent_back": SENT_BACK,
}
"""How each field of a row is read."""

_JOINS: Final = " LEFT JOIN batch b ON b.id = i.batch_id LEFT JOIN invoice p ON p.id = i.replaces_id"


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One line of a list. Cents; `carried` rejections are those of the invoice that this one replaces.

    `aside` counts the answers about it that wait for a decision; the labels are those received with its rejections
    (or with the carried ones).
    """

    id: int
    number: int
    kind: InvoiceKind
    billed_on: date
    last_name: str
    first_name: str
    regime: str
    caisse: str
    centre: str
    total: int
    amo: int
    amc: int
    state: InvoiceState
    amo_state: ShareState
    amc_state: ShareState
    amo_rejection: str | None
    amc_rejection: str | None
    settlement: str
    signature: Signature
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
    dre_of: int | None = None
    """Of a DRE, the number of its invoice."""
    lot_id: int | None = None
    first_sheet: date | None = None
    """While it has not left: the day on which its care was first billed, from which the legal delay runs."""
    amo_more: tuple[tuple[str, str], ...] = ()
    """The share's other rejections (or the carried ones), each its code and its label; the caisse may give several."""
    amc_more: tuple[tuple[str, str], ...] = ()
    noted: NoteMark | None = None
    """The latest note in force on it (or, while it has not left, on the one that it replaces): no file said it yet."""
    filed_until: date | None = None
    """While it is classified: the day at which it comes back."""
    filing: FilingNote | None = None
    """Why it is classified or given up, or was the last time."""
    sent_back: SentBack | None = None
    """The negative ARL that it comes back from, while it has not left again."""
    rank: int = 0
    """Where a filter puts it, before the list's order: what it is found by most exactly stands first."""
    found: tuple[tuple[FoundBy, str], ...] = ()
    """By what each word of the filter found it, with the word."""
    damaged: tuple[str, ...] = ()
    """The columns of its own row whose value does not read."""

    @property
    def damage(self) -> Refused | None:
        """Why nothing can be done with it while a value of its row does not read; None where all do."""
        return Refused(Refusal.DAMAGED, self.number, ", ".join(self.damaged)) if self.damaged else None

    @property
    def cancel_refusal(self) -> Refused | None:
        """Why « Annuler » must not be done on it; None where it may."""
        return self.damage or why_not_cancel(
            state=self.state,
            amo_state=self.amo_state,
            amc_state=self.amc_state,
            settlement=self.settlement,
            kind=self.kind,
            replaced_by=self.replaced_by,
            aside=self.aside > 0,
            filed=self.filed_until is not None,
        )

    @property
    def give_up_refusal(self) -> Refused | None:
        """Why it cannot be given up before it leaves; None where it may."""
        return self.damage or why_not_give_up(self.state, self.replaces or self.dre_of)

    @property
    def file_refusal(self) -> Refused | None:
        """Why it cannot be classified now; None where it may."""
        return self.damage or why_not_file(self.state, self.replaced_by, filed=self.filed_until is not None)

    @property
    def dre_refusal(self) -> Refused | None:
        """Why its DRE cannot be sent again alone now; None where it may."""
        if self.dre_again is not None:
            return Refused(Refusal.DRE_DONE, self.dre_again)
        return self.damage or why_not_dre(
            state=self.state,
            amo_state=self.amo_state,
            amc_state=self.amc_state,
            number=self.number,
            replaced_by=self.replaced_by,
            filed=self.filed_until is not None,
        )

    @property
    def note_refusal(self) -> Refused | None:
        """Why nothing can be noted of it, nor a note withdrawn; None where something can."""
        refused = self.damage or why_not_note(
            state=self.state, amo_state=self.amo_state, amc_state=self.amc_state, replaced_by=self.replaced_by
        )
        return None if refused and refused.reason == Refusal.PAID_WHOLE and self.noted else refused

    def key(self, sort: SortName) -> tuple[Any, ...]:
        """Its place under this sort key, behind the one that the filter gives it."""
        return (self.rank, *_PLACES[sort](self))


_NAMES: Final = tuple(field.name for field in fields(InvoiceRow) if field.name in _COLUMNS)
_OWN: Final = tuple((place, name) for place, name in enumerate(_NAMES) if _COLUMNS[name] == f"i.{name}")
"""What it says of itself, under the names of the table's columns, and where that is selected."""
_SELECTED: Final = ", ".join(_COLUMNS[name] for name in _NAMES)


_READ: Final[dict[str, Callable[[Any], Any]]] = {
    "kind": partial(stored_member, InvoiceKind),
    "billed_on": stored_day,
    "first_sheet": lambda day: day and stored_day(day),
    "filed_until": lambda day: day and stored_day(day),
    "filing": filing_note,
    "state": partial(stored_member, InvoiceState),
    "amo_state": partial(stored_member, ShareState),
    "amc_state": partial(stored_member, ShareState),
    "signature": partial(stored_member, Signature),
    "amo_more": others,
    "amc_more": others,
    "noted": mark,
    "sent_back": back,
}
"""What is more than text or a number in a row."""

_READ_AT: Final = tuple((place, _READ[name]) for place, name in enumerate(_NAMES) if name in _READ)


def row_of(values: Iterable[Any], rank: int = 0, found: tuple[tuple[FoundBy, str], ...] = ()) -> InvoiceRow:
    """The row that a line of `rows_sql` says; its columns were selected by the names of the row's fields."""
    read = list(values)
    for place, value in _READ_AT:
        read[place] = value(read[place])
    read += (rank, found, damaged_among((name, read[place]) for place, name in _OWN))
    return InvoiceRow(*read)


@dataclass(frozen=True, slots=True)
class ListView:
    """Which list, in which order, narrowed by what was typed."""

    name: ListName = ListName.TRANSMITTED
    sort: SortName = SortName.DESK
    descending: bool = False
    typed: str = ""
    lot_id: int | None = None
    """Only the invoices of this lot."""
    patients: tuple[int, ...] = ()
    """Only the invoices of these records of a patient; none named, of everyone."""

    @property
    def is_narrow(self) -> bool:
        """Whether it holds the invoices of one lot or one patient only."""
        return self.lot_id is not None or bool(self.patients)

    @property
    def condition(self) -> str:
        """What of an invoice « i » puts it in the list, the filter aside."""
        # The invoices of the lot or the patient first: walking the order's own index would pass every other invoice.
        return " AND ".join((CONDITIONS[self.name], *(f"i.id IN ({ids})" for ids in self.narrowed)))

    @property
    def narrowed(self) -> tuple[str, ...]:
        """The ids of its lot or its patient, as an index gives them."""
        found = []
        if self.lot_id is not None:
            found.append(f"SELECT id FROM invoice WHERE batch_id = {int(self.lot_id)}")  # noqa: S608
        if self.patients:
            records = ", ".join(str(int(one)) for one in self.patients)
            found.append(f"SELECT id FROM invoice WHERE patient_id IN ({records})")  # noqa: S608
        return tuple(found)


def rows_sql(view: ListView, limit: int, condition: str = "1 = 1", ascending: bool = True, fixed: int = 0) -> str:
    """The statement that reads at most `limit` rows of a list, in its order or, if not `ascending`, in reverse.

    Args:
        view: the list and its sort key; its filter is for the caller to put in `condition`.
        limit: how many rows.
        condition: what else must hold; its values are bound as they come.
        ascending: whether the sort key's columns rise.
        fixed: how many of them the condition holds to one value; of an expression, SQLite does not see that itself.
    """
    return (
        f"SELECT {_SELECTED} FROM invoice i{_JOINS} WHERE {condition} AND {view.condition}"  # noqa: S608
        f"{_in_order(view, limit, ascending, fixed)}"
    )


def found_sql(
    view: ListView, limit: int, condition: str, ascending: bool, fixed: int = 0, tables: str = "invoice i"
) -> str:
    """The same for a filter: which rows they are is found first, and only those are read whole.

    `tables` is whence they are found: the invoices `i`, and what leads to them.
    """
    order = _in_order(view, limit, ascending, fixed)
    which = f"SELECT i.id FROM {tables} WHERE {condition}{order}"  # noqa: S608
    return f"SELECT {_SELECTED} FROM invoice i{_JOINS} WHERE i.id IN (SELECT id FROM ({which}) AS few){order}"  # noqa: S608


def window_sql(
    view: ListView, window: int, columns: Iterable[str], condition: str, ascending: bool, fixed: int = 0
) -> str:
    """So many rows of the order, as tables for `found_sql`, with these columns."""
    asked = ", ".join(f"i.{column}" for column in columns)
    kept = f"{condition} AND {view.condition}"
    return f"(SELECT {asked} FROM invoice i WHERE {kept}{_in_order(view, window, ascending, fixed)}) i"  # noqa: S608


def _in_order(view: ListView, limit: int, ascending: bool, fixed: int) -> str:
    direction = "ASC" if ascending else "DESC"
    order = ", ".join(f"{column} {direction}" for column in SORTS[view.sort][fixed:])
    return f" ORDER BY {order} LIMIT {int(limit)}"

"""One line of a list, which lists there are, and the SQL that reads them: plain values, with no table loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from models.domain.lifecycle import DRE_DONE, FIRST_UNSENT, why_not_cancel, why_not_dre

ListName = Literal["transmitted", "unvalidated", "validated", "dre", "cancellable", "all"]
Sort = Literal["desk", "date", "patient", "amount"]

SORTS: Final[dict[str, tuple[str, ...]]] = {
    "desk": ("desk_rank", "billed_on", "id"),
    "date": ("billed_on", "id"),
    "patient": ("last_name", "first_name", "id"),
    "amount": ("total", "id"),
}
"""Each sort key's columns; the last one, the id, makes every place in the list unique."""

CONDITIONS: Final[dict[str, str]] = {
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

# « || '' »: the planner must start at the invoice's answers, not at a code that thousands of rejections share.
_COLUMNS: Final = (
    "i.id, i.number, i.kind, i.billed_on, i.last_name, i.first_name, i.regime, i.caisse, i.centre, i.total, i.amo,"
    " i.amc, i.state, i.amo_state, i.amc_state, i.amo_rejection, i.amc_rejection, i.settlement, i.signature,"
    " i.version, i.amo_paid + i.amc_paid, b.number, p.number, p.amo_rejection, p.amc_rejection,"
    " (SELECT s.number FROM invoice s WHERE s.replaces_id = i.id), i.desk_rank,"
    " (SELECT count(*) FROM answer a WHERE a.invoice_id = i.id AND a.settled = ''"
    " AND a.outcome NOT IN ('applied', 'duplicate')),"
    " (SELECT min(r.label) FROM answer a CROSS JOIN rejection r WHERE a.invoice_id = coalesce(p.id, i.id)"
    " AND r.answer_id = a.id AND r.share = 'amo' AND r.code || '' = coalesce(i.amo_rejection, p.amo_rejection)),"
    " (SELECT min(r.label) FROM answer a CROSS JOIN rejection r WHERE a.invoice_id = coalesce(p.id, i.id)"
    " AND r.answer_id = a.id AND r.share = 'amc' AND r.code || '' = coalesce(i.amc_rejection, p.amc_rejection)),"
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


def rows_sql(view: ListView, limit: int, condition: str = "1 = 1", ascending: bool = True) -> str:
    """The statement that reads at most `limit` rows of a list, in its order or, if not `ascending`, in reverse.

    Args:
        view: the list and its sort key; its filter is for the caller to put in `condition`.
        limit: how many rows.
        condition: what else must hold; its values are bound as they come.
        ascending: whether the sort key's columns rise.
    """
    direction = "ASC" if ascending else "DESC"
    order = ", ".join(f"i.{column} {direction}" for column in SORTS[view.sort])
    return (
        f"SELECT {_COLUMNS} FROM invoice i{_JOINS} WHERE {condition} AND {CONDITIONS[view.name]}"  # noqa: S608
        f" ORDER BY {order} LIMIT {int(limit)}"
    )

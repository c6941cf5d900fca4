"""The journal as one reads it: by day, by person, by invoice; each entry with what its ids stand for looked up."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from models.domain.actions import Action
from models.domain.damage import stored_member, stored_moment
from models.domain.states import InvoiceKind
from models.queries.chains import chain_of
from models.queries.history import KnownRight
from models.queries.noted_beside import entries_beside, words_given
from models.queries.terms import day_ranges, search_terms
from models.reference.text_search import fold
from models.store.database import execute, rows_among
from models.store.faults import spoken
from models.tables.fields import Columns
from models.tables.rights import Override, Right

FEW: Final = 12
"""Invoices of an entry that are named one by one; of more, their count says enough."""


@dataclass(frozen=True, slots=True)
class JournalView:
    """Which entries: of this person, of these days (both included), about these invoices; None: whatever."""

    operator: str | None = None
    since: date | None = None
    until: date | None = None
    invoices: tuple[int, ...] | None = None
    """Ids, with their whole chain where that is wanted (`models.queries.chains`)."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """What bears a number: an invoice or a DRE."""

    id: int
    number: int
    kind: InvoiceKind


@dataclass(frozen=True, slots=True)
class Subject:
    """The document that an entry names: its table's word, and what it is called."""

    kind: str
    """« invoice », « batch », « return », « answer », « file », « patient »… as the entry has it."""
    id: int = 0
    number: int = 0
    """Of an invoice, a lot, the lot that an ARL is of, or the invoice that an answer is about."""
    document: InvoiceKind = InvoiceKind.INVOICE
    """Of an invoice, or of the one that an answer is about."""
    name: str = ""
    """Of a file, of a return's file, of a patient, or of an operator."""
    held: int = 0
    """Invoices of a lot."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry of the journal. `action` is None where another version of the program wrote it."""

    id: int
    at: datetime
    """UTC."""
    operator: str
    action: Action | None
    stored: str
    """The action as it is stored."""
    subject: Subject
    detail: Mapping[str, Any]
    touched: int
    """How many invoices it changed."""
    invoices: tuple[Numbered, ...]
    """Those, where they are few."""
    right: KnownRight | None
    """That it noted."""
    reasons: tuple[str, ...]
    """Why advice was set aside with it; of what was noted or classified, the words given with it."""
    legible: bool = True
    """Whether its detail reads in the base."""

    @property
    def day(self) -> date:
        """The day of the practice."""
        return self.at.astimezone().date()

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands in the journal."""
        return self.at.isoformat(timespec="milliseconds"), self.id


_AT: Final = "(SELECT k.at FROM journal_entry k WHERE k.id = ?)"
"""The moment of an entry as it is stored, whether it reads or not: by what was read instead a page might not go on."""


@spoken()
def journal_page(
    view: JournalView,
    after: tuple[str, int] | None,
    limit: int,
    *,
    backwards: bool = False,
    inclusive: bool = False,
) -> list[Recorded]:
    """At most `limit` entries that follow (or, backwards, precede) a place, the latest first: a keyset page.

    Args:
        view: which.
        after: `place` of an entry; None for the latest (backwards: the oldest).
        limit: how many.
        backwards: those before it, later ones, still given the latest first.
        inclusive: the entry at that place itself comes first.
    """
    kept, values = _condition(view)
    if after is not None:
        _, identifier = after
        sign = ">" if backwards else "<"
        kept += f" AND (j.at {sign} {_AT} OR (j.at = {_AT} AND j.id {sign}{'=' if inclusive else ''} ?))"
        kept += f" AND j.at {sign}= {_AT}"  # what the index seeks by
        values += [identifier] * 4
    order = "ASC" if backwards else "DESC"
    sql = f"SELECT {_ENTRY} FROM journal_entry j WHERE {kept} ORDER BY j.at {order}, j.id {order} LIMIT {int(limit)}"  # noqa: S608
    found = execute(sql, values).fetchall()
    return list(_recorded(found[::-1] if backwards else found))


def every_entry(view: JournalView, chunk: int = 500) -> Iterator[Recorded]:
    """All entries of a view, the oldest first, a page at a time."""
    before: tuple[str, int] | None = None
    while found := journal_page(view, before, chunk, backwards=True):
        yield from found[::-1]
        before = found[0].place


@spoken()
def view_of(typed: str, today: date) -> JournalView:
    """The entries that a text asks for: a day, a person by the beginning of a name, an invoice by its number.

    Args:
        typed: one of these or several; what nothing answers to finds nothing.
        today: whose year a day without one is of.
    """
    view = JournalView()
    for term in search_terms(typed):
        days = day_ranges(term, today, today)
        if days:
            view = replace(view, since=date.fromisoformat(days[0][0]), until=_last_day(days[-1][1]))
        elif term.isdecimal():
            found = rows_among("SELECT id FROM invoice WHERE number IN ({set})", [int(term[:9])])
            view = replace(view, invoices=chain_of(one for (one,) in found))
        else:
            who = [name for name in operators() if any(part.startswith(term) for part in fold(name).split())]
            view = replace(view, operator=who[0]) if who else replace(view, invoices=())
    return view


def _last_day(text: str) -> date:
    """The last day of a range, which may be « 31 » of a month that has fewer."""
    year, month, day = map(int, text.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


@spoken()
def operators() -> list[str]:
    """Whoever stands in the journal, in the order of the alphabet; a seek in the index for each."""
    return [operator for (operator,) in execute(_OPERATORS).fetchall()]


_ENTRY: Final = "j.id, j.at, j.operator, j.action, j.subject, j.detail"

_OPERATORS: Final = (
    "WITH RECURSIVE known(who) AS (SELECT min(operator) FROM journal_entry UNION ALL SELECT"
    " (SELECT min(operator) FROM journal_entry WHERE operator > known.who) FROM known WHERE known.who IS NOT NULL)"
    " SELECT who FROM known WHERE who IS NOT NULL"
)

_RIGHT: Final = Columns("r", [Right.exemption, Right.since, Right.until, Right.source, Right.seen_on])
_OVERRIDE: Final = Columns("o", [Override.reason, Override.decided_at])


def _condition(view: JournalView) -> tuple[str, list[Any]]:
    kept: list[str] = ["1 = 1"]
    values: list[Any] = []
    if view.operator is not None:
        kept.append("j.operator = ?")
        values.append(view.operator)
    if view.since is not None:
        kept.append("j.at >= ?")
        values.append(_midnight(view.since))
    if view.until is not None:
        kept.append("j.at < ?")
        values.append(_midnight(view.until + timedelta(days=1)))
    if view.invoices == ():
        kept.append("1 = 0")
    elif view.invoices is not None:
        marks = ", ".join("?" * len(view.invoices))
        about = f"SELECT m.entry_id FROM journal_mention m WHERE m.invoice_id IN ({marks})"  # noqa: S608
        values += view.invoices
        if beside := entries_beside(view.invoices):
            about += f" UNION SELECT k.id FROM journal_entry k WHERE k.id IN ({', '.join('?' * len(beside))})"  # noqa: S608
            values += beside
        kept.append(f"j.id IN ({about})")
    return " AND ".join(kept), values


def _midnight(day: date) -> str:
    """The beginning of a day of the practice, as the journal writes moments."""
    return datetime.combine(day, time.min).astimezone(UTC).isoformat(timespec="milliseconds")


def _recorded(rows: Sequence[tuple[Any, ...]]) -> Iterator[Recorded]:
    """Entries as they were read (`id, at, operator, action, subject, detail`), with what their ids stand for."""
    kept = [_detail(row[5]) for row in rows]
    details = [detail or {} for detail in kept]
    touched = [[invoice[0] for invoice in detail.pop("invoices", ())] for detail in details]
    few = [ids if len(ids) <= FEW else [] for ids in touched]
    parted = [row[4].partition(" ") for row in rows]
    named = [(kind, int(rest)) for kind, _, rest in parted if rest.isdecimal()]
    subjects = _subjects(named)
    files = _files(rest for kind, _, rest in parted if kind == "file")
    numbers = _numbered([*(one for ids in few for one in ids), *(one for kind, one in named if kind == "invoice")])
    rights = _rights(detail["right"] for detail in details if "right" in detail)
    reasons = _reasons(ids[0] for row, ids in zip(rows, few, strict=True) if row[3] == Action.VALIDATE and ids)
    words = words_given((row[0], row[3], detail) for row, detail in zip(rows, details, strict=True))
    for row, read, detail, ids, shown, (kind, _, rest) in zip(rows, kept, details, touched, few, parted, strict=True):
        about = int(rest) if rest.isdecimal() else 0
        subject = subjects.get((kind, about)) or Subject(kind, about)
        if kind == "invoice" and about in numbers:
            subject = Subject(kind, about, numbers[about].number, numbers[about].kind)
        elif kind == "file":
            subject = Subject(kind, name=files.get(rest, ""))
        at = stored_moment(row[1])
        yield Recorded(
            row[0],
            at,
            row[2],
            Action.of(row[3]),
            row[3],
            subject,
            detail,
            len(ids),
            tuple(numbers[one] for one in shown if one in numbers),
            rights.get(detail.get("right", 0)),
            tuple(reasons.get((about, row[1]), ())) if row[3] == Action.VALIDATE else words.get(row[0], ()),
            read is not None,
        )


def _detail(text: str) -> dict[str, Any] | None:
    """What an entry keeps beside who, when and what; None where it does not read any more: `verifier` says so."""
    try:
        said = json.loads(text)
    except (ValueError, TypeError):
        return None
    return said if isinstance(said, dict) else None


def _numbered(ids: Iterable[int]) -> dict[int, Numbered]:
    sql = "SELECT id, number, kind FROM invoice WHERE id IN ({set})"
    return {
        one: Numbered(one, number, stored_member(InvoiceKind, kind)) for one, number, kind in rows_among(sql, set(ids))
    }


def _subjects(named: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Subject]:
    """What lots, returns, answers, patients and operators are called."""
    ids: dict[str, set[int]] = {}
    for kind, one in named:
        ids.setdefault(kind, set()).add(one)
    found: dict[tuple[str, int], Subject] = {}
    for one, number, name, held in rows_among(_LOTS, ids.get("batch", ())):
        found["batch", one] = Subject("batch", one, number, name=name, held=held)
    for one, lot, name in rows_among(_RETURNS, ids.get("return", ())):
        found["return", one] = Subject("return", one, lot or 0, name=name)
    for one, number, kind in rows_among(_ANSWERS, ids.get("answer", ())):
        found["answer", one] = Subject("answer", one, number, stored_member(InvoiceKind, kind or InvoiceKind.INVOICE))
    for one, last, first in rows_among(_PATIENTS, ids.get("patient", ())):
        found["patient", one] = Subject("patient", one, name=f"{last} {first.title()}".strip())
    for one, name in rows_among(_PEOPLE, ids.get("operator", ())):
        found["operator", one] = Subject("operator", one, name=name)
    return found


_PEOPLE: Final = "SELECT id, name FROM operator WHERE id IN ({set})"
_LOTS: Final = "SELECT id, number, file_name, invoices FROM batch WHERE id IN ({set})"
_RETURNS: Final = (
    'SELECT r.id, b.number, r.file_name FROM "return" r LEFT JOIN batch b ON b.id = r.batch_id WHERE r.id IN ({set})'
)
_ANSWERS: Final = (
    "SELECT a.id, coalesce(i.number, a.number), i.kind FROM answer a LEFT JOIN invoice i ON i.id = a.invoice_id"
    " WHERE a.id IN ({set})"
)
_PATIENTS: Final = "SELECT id, last_name, first_name FROM patient WHERE id IN ({set})"


def _files(hashes: Iterable[str]) -> dict[str, str]:
    """The names of files by the beginnings of their hashes, as entries have them."""
    found: dict[str, str] = {}
    for start in set(hashes):
        sql = "SELECT file_name FROM batch WHERE content_hash >= ? AND content_hash < ? LIMIT 1"
        for (name,) in execute(sql, (start, start + "g")).fetchall():
            found[start] = name
    return found


def _rights(ids: Iterable[int]) -> dict[int, KnownRight]:
    sql = f'SELECT r.id, {_RIGHT.sql} FROM "right" r WHERE r.id IN ({{set}})'  # noqa: S608
    return {one: KnownRight(*_RIGHT.read(row)) for one, *row in rows_among(sql, set(ids))}


def _reasons(ids: Iterable[int]) -> dict[tuple[int, str], list[str]]:
    """Why advice was set aside, by the invoice and the moment as its entry has it; each reason once."""
    found: dict[tuple[int, str], list[str]] = {}
    sql = f"SELECT o.invoice_id, {_OVERRIDE.sql} FROM override o WHERE o.invoice_id IN ({{set}}) ORDER BY o.id"  # noqa: S608
    for invoice, reason, decided_at in rows_among(sql, set(ids)):
        at = stored_moment(decided_at).astimezone(UTC).isoformat(timespec="milliseconds")
        kept = found.setdefault((invoice, at), [])
        if reason not in kept:
            kept.append(reason)
    return found

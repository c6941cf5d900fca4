"""The patients of the practice: found by what one knows of them, each with what the practice knows of each.

A person is a NIR, a birth and a rank, under whatever names files gave: one record stands under each first name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from models.domain.damage import stored_day, stored_member
from models.domain.lifecycle import DESK_RANK
from models.domain.lists import ListName, SortName
from models.domain.states import InvoiceState
from models.queries.history import KnownRight
from models.queries.invoice_row import InvoiceRow, ListView, row_of, rows_sql
from models.queries.terms import nir_parts, search_terms
from models.store.database import execute, is_sqlite, rows_among
from models.store.faults import spoken
from models.tables.fields import Columns
from models.tables.rights import Right

MOST: Final = 200
"""Persons that are listed at once: who finds more types another letter."""


FEW: Final = 3
"""Waiting invoices of which it is said why."""

WAITING: Final = frozenset(InvoiceState) - {InvoiceState.PAID, InvoiceState.CANCELLED, InvoiceState.GIVEN_UP}
"""The states in which something is still to come, or to be done."""


@dataclass(frozen=True, slots=True)
class Person:
    """A patient, as the first of the records under which files gave them."""

    id: int
    nir: str
    birth: str
    """AAMMJJ, as it came."""
    birth_rank: str
    last_name: str
    first_name: str


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Whom a text found, in the order of the names; `more`: others too, beyond `MOST`."""

    people: tuple[Person, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class SeenRight:
    """A right, and who saw it; of one that was withdrawn, who did, when and why."""

    id: int
    right: KnownRight
    seen_by: str
    withdrawn_by: str = ""
    withdrawn_on: date | None = None
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether nobody withdrew it."""
        return self.withdrawn_on is None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of a person's invoices stand in a state. Cents; `oldest` is the day of the oldest of them."""

    state: InvoiceState
    invoices: int
    total: int
    paid: int
    oldest: date


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """What the practice knows of a person. `others` are who may be the same one under another NIR."""

    person: Person
    records: tuple[int, ...]
    """The ids of their records."""
    names: tuple[tuple[str, str], ...]
    """Every name under which they came, last and first."""
    standings: tuple[Standing, ...]
    rights: tuple[SeenRight, ...]
    """The latest first."""
    others: tuple[Person, ...]
    waiting: tuple[InvoiceRow, ...]
    """The latest of the invoices of which something is still to come, or to be done; at most `FEW`."""


@spoken()
def find_people(typed: str, limit: int = MOST) -> FoundPeople:
    """Whom every word of a text is true of: a part of a name, a NIR or its beginning, a birth, an invoice's number.

    Args:
        typed: as it was typed, accents and capitals or not; nothing finds everyone.
        limit: persons at the most.
    """
    kept, values = ["1 = 1"], []
    names: list[str] = []
    for term in _terms(typed):
        if ways := list(_ways(term)):
            kept.append(f"({' OR '.join(condition for condition, _ in ways)})")
            values += [value for _, bound in ways for value in bound]
        else:
            names.append(term)
    like = [_pattern(name) for name in names]
    of_name = " AND ".join([f"{{p}}.search LIKE ? ESCAPE '{_ESCAPE}'"] * len(like)) or "1 = 1"
    first = f"{_PERSON}.id < p.id AND {of_name.format(p='q')}"
    # Where a number or a birth tells, its own index is the way in: the order's would pass everybody.
    order = "p.search || ''" if values else "p.search"
    found: list[Person] = []
    for rank, bound in _ranks(names):
        sql = (
            f"SELECT {_COLUMNS} FROM patient p WHERE {' AND '.join(kept)} AND {of_name.format(p='p')} AND {rank}"  # noqa: S608
            f" AND NOT EXISTS (SELECT 1 FROM patient q WHERE {first})"
            f" ORDER BY {order}, p.id LIMIT {int(limit) + 1 - len(found)}"
        )
        found += (Person(*row) for row in execute(sql, (*values, *like, *bound, *like)).fetchall())
        if len(found) > limit:
            break
    return FoundPeople(tuple(found[:limit]), len(found) > limit)


def _ranks(names: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Whose name begins with the first word, then of whom another name does, then whose name holds it: each in order.

    The first of them is a range of the index, so that a letter finds as fast as a whole name.
    """
    if not names:
        yield "1 = 1", ()
        return
    begins, inside = f"{_escaped(names[0])}%", f"% {_escaped(names[0])}%"
    like = f"p.search LIKE ? ESCAPE '{_ESCAPE}'"
    if is_sqlite():
        yield "p.search >= ? AND p.search < ?", (names[0], names[0] + _BEYOND)
    else:
        yield like, (begins,)
    yield f"NOT ({like}) AND {like}", (begins, inside)
    yield f"NOT ({like}) AND NOT ({like})", (begins, inside)


@spoken()
def person_sheet(person: Person) -> PersonSheet:
    """What is known of this person now."""
    key = person.nir, person.birth, person.birth_rank
    records = execute(
        "SELECT id, last_name, first_name FROM patient WHERE nir = ? AND birth = ? AND birth_rank = ? ORDER BY id", key
    ).fetchall()
    ids = tuple(row[0] for row in records)
    marks = ", ".join("?" * len(ids))
    standings = execute(_STANDINGS.format(set=marks), ids).fetchall()
    search = "SELECT search FROM patient WHERE id = ?"
    others = execute(_OTHERS.format(search=search), (person.birth, person.id, person.nir)).fetchall()
    return PersonSheet(
        person,
        ids,
        tuple(dict.fromkeys((last, first) for _, last, first in records)),
        tuple(
            Standing(stored_member(InvoiceState, state), count, total, paid, stored_day(oldest))
            for state, count, total, paid, oldest in standings
        ),
        rights_of(ids),
        tuple(Person(*row) for row in others),
        tuple(map(row_of, execute(rows_sql(_of(ids), FEW, _WAITS, ascending=False)).fetchall())),
    )


@spoken()
def rights_of(records: Iterable[int]) -> tuple[SeenRight, ...]:
    """Every right that was seen of these records of a patient, the latest first."""
    found = [
        SeenRight(
            one,
            KnownRight(*_RIGHT.read(row)),
            seen_by,
            withdrawn_by or "",
            stored_day(withdrawn_on) if withdrawn_on else None,
            reason or "",
        )
        for one, seen_by, withdrawn_by, withdrawn_on, reason, *row in rows_among(_RIGHTS, records)
    ]
    return tuple(sorted(found, key=lambda seen: (seen.right.seen_on, seen.id), reverse=True))


def _of(records: tuple[int, ...]) -> ListView:
    return ListView(ListName.ALL, sort=SortName.DATE, patients=records)


_WAITS: Final = f"i.desk_rank IN ({', '.join(str(DESK_RANK[state]) for state in sorted(WAITING))})"
_COLUMNS: Final = "p.id, p.nir, p.birth, p.birth_rank, p.last_name, p.first_name"
_PERSON: Final = "q.nir = p.nir AND q.birth = p.birth AND q.birth_rank = p.birth_rank AND q"
_STANDINGS: Final = (
    "SELECT state, count(*), sum(total), sum(amo_paid + amc_paid), min(billed_on) FROM invoice"
    " WHERE patient_id IN ({set}) GROUP BY state"
)
_RIGHT: Final = Columns("r", [Right.exemption, Right.since, Right.until, Right.source, Right.seen_on])
_RIGHTS: Final = (
    f'SELECT r.id, r.seen_by, w.withdrawn_by, w.withdrawn_on, w.reason, {_RIGHT.sql} FROM "right" r'  # noqa: S608
    " LEFT JOIN right_withdrawal w ON w.right_id = r.id WHERE r.patient_id IN ({set})"
)
_OTHERS: Final = (
    f"SELECT {_COLUMNS} FROM patient p WHERE p.birth = ? AND p.search <> '' AND p.search = ({{search}})"  # noqa: S608
    " AND p.nir <> ? ORDER BY p.id"
)

_ESCAPE: Final = "!"
_LAST: Final = "Z"
"""In every collation it stands behind the digits: what begins with some stands between them and them with this."""

_BEYOND: Final = "\U0010ffff"
"""No text holds it: what begins with a word stands between the word and the word with this after it."""

_SPACED_DIGITS: Final = re.compile(r"[0-9a-b](?:\s?[0-9ab])*\s*", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?[/.-]?")
_MONTH: Final = re.compile(r"(\d{1,2})[/.-](\d{4})")
_BARE_DAY: Final = re.compile(r"(\d\d)(\d\d)(?:\d\d)?(\d\d)")
_FIRST_OF_A_NIR: Final = re.compile(r"[0-9]{3,13}|[0-9]{5}2[ab][0-9]{0,6}")


def _terms(typed: str) -> list[str]:
    """The words that are looked for; a NIR is one word as far as it is typed, however it is spaced."""
    whole = typed.strip()
    if _SPACED_DIGITS.fullmatch(whole) and any(character.isdecimal() for character in whole):
        return search_terms("".join(whole.split()))
    return search_terms(re.sub(r"(?<=\d)[.](?=\d)", "/", typed))


def _ways(term: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What a word that is not of a name may mean: conditions on a record `p`, each with its values."""
    if not term[0].isdecimal() or not term.isascii():
        return
    yield "1 = 0", ()  # what begins with a digit is of no name
    if (whole := nir_parts(term)) is not None:
        yield "p.nir = ?", (whole[0],)
    elif _FIRST_OF_A_NIR.fullmatch(term):
        start = term.upper()
        yield "(p.nir >= ? AND p.nir < ?)", (start, start + _LAST)
    if found := _DAY.fullmatch(term):
        day, month, year = int(found[1]), int(found[2]), found[3]
        if year is None:
            yield "substr(p.birth, 3, 4) = ?", (f"{month:02}{day:02}",)
        else:
            yield "p.birth = ?", (f"{year[-2:]}{month:02}{day:02}",)
    elif found := _MONTH.fullmatch(term):
        start = f"{found[2][-2:]}{int(found[1]):02}"
        yield "(p.birth >= ? AND p.birth < ?)", (start, start + _LAST)
    elif found := _BARE_DAY.fullmatch(term):
        yield "p.birth = ?", (f"{found[3]}{found[2]}{found[1]}",)
    if term.isdecimal() and len(term) <= 9:
        yield "p.id IN (SELECT i.patient_id FROM invoice i WHERE i.number = ?)", (int(term),)


def _pattern(word: str) -> str:
    return f"%{_escaped(word)}%"


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")

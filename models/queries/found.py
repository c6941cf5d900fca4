"""By what a word of a filter may find an invoice, as SQL, the most exact way first.

Each way has two forms: a condition on a row, and the ids that an index gives, from which a page starts where they are
few. What a condition tests hides its column from the indexes: a walk through the list's order must stay one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from models.domain.damage import is_damaged, stored_day
from models.domain.lists import FoundBy
from models.queries.filter_words import WORDS
from models.queries.terms import amount_ranges, day_ranges, lot_number, nir_parts, number_ranges
from models.reference.payers import payer_label
from models.reference.text_search import fold
from models.store.database import execute, has_names_index, is_sqlite
from models.tables.aside import NOT_WITHDRAWN

Values = tuple[Any, ...]

Span = tuple[Any, Any]
"""The first and the last value of a range, both included."""

_SHORTEST_WORD: Final = 4
"""Letters from which the beginning of a word means it: « rej » is not « rejet » yet, and may be a name."""

UNINDEXED_TEXT: Final = " || ''"
"""What hides a column of text from its index."""

_LAST_CHARACTER: Final = "\U0010ffff"
"""No text holds it: what begins with a word stands between the word and the word with this after it."""

_FEW_NAMES: Final = 500

_LETTERS: Final = "SELECT doc FROM invoice_letters WHERE term BETWEEN ? AND ?"
"""The names that hold one or two letters, once for each place where they stand."""

_GROUPS: Final = "SELECT rowid FROM invoice_search WHERE invoice_search MATCH ?"
"""The names that hold three letters or more."""

_BEARERS: Final = "i.last_name = n.last_name AND i.first_name = n.first_name AND i.search = n.search"

_BY: Final = {"number": "invoice_by_number", "total": "invoice_by_total", "billed_on": "invoice_by_day"}
"""The index that each column heads."""

_LINKS: Final = (
    "SELECT s.id FROM invoice p JOIN invoice s ON s.replaces_id = p.id WHERE {p}",
    "SELECT s.id FROM invoice p JOIN invoice s ON s.dre_of_id = p.id WHERE {p}",
    "SELECT p.replaces_id FROM invoice p WHERE p.replaces_id IS NOT NULL AND {p}",
    "SELECT p.dre_of_id FROM invoice p WHERE p.dre_of_id IS NOT NULL AND {p}",
)
"""The invoices that another one, of which something holds, replaces or is replaced by; or the two of a DRE."""

_ALL_LINKS: Final = (
    "SELECT s.id FROM invoice s CROSS JOIN invoice p WHERE s.replaces_id > 0 AND p.id = s.replaces_id AND {p}",
    "SELECT s.id FROM invoice s CROSS JOIN invoice p WHERE s.dre_of_id > 0 AND p.id = s.dre_of_id AND {p}",
    "SELECT p.replaces_id FROM invoice p WHERE p.replaces_id > 0 AND {p}",
    "SELECT p.dre_of_id FROM invoice p WHERE p.dre_of_id > 0 AND {p}",
)
"""The same where it holds of many: all that replace another one are looked at, and all DRE."""

_LINKING: Final = (
    "SELECT replaces_id FROM invoice WHERE replaces_id > 0 UNION ALL SELECT dre_of_id FROM invoice WHERE dre_of_id > 0"
)

_MANY_NUMBERS: Final = 500
"""Invoices from which on it is sooner told which of all links lead to one of them."""

_LINKED: Final = (
    "EXISTS (SELECT 1 FROM invoice p WHERE p.id IN (i.replaces_id, i.dre_of_id) AND {p})"
    " OR EXISTS (SELECT 1 FROM invoice p WHERE p.replaces_id = i.id AND {p})"
    " OR EXISTS (SELECT 1 FROM invoice p WHERE p.dre_of_id = i.id AND {p})"
)

_CODES: Final = (
    "WITH RECURSIVE known(code) AS (SELECT min(code) FROM rejection UNION ALL SELECT"
    " (SELECT min(code) FROM rejection WHERE code > known.code) FROM known WHERE known.code IS NOT NULL)"
    " SELECT code FROM known WHERE code IS NOT NULL"
)
"""The codes that were ever received: a seek in their index for each, whatever the number of rejections."""

# A share's code stands on the invoice while it is rejected; the others of that share stand with the answer.
_BEARS: Final = (
    "coalesce(i.amo_rejection, '') IN ({codes}) OR coalesce(i.amc_rejection, '') IN ({codes})"  # noqa: S608
    " OR EXISTS (SELECT 1 FROM answer a CROSS JOIN rejection r WHERE r.answer_id = a.id AND a.invoice_id ="
    " CASE WHEN i.amo_rejection IS NULL AND i.amc_rejection IS NULL THEN i.replaces_id ELSE i.id END"
    f" AND {NOT_WITHDRAWN} AND r.code || '' IN ({{codes}})"
    " AND (CASE r.share WHEN 'amo' THEN i.amo_rejection ELSE i.amc_rejection END"
    " IS NOT NULL OR (i.amo_rejection IS NULL AND i.amc_rejection IS NULL)))"
)
_BORNE: Final = (
    "SELECT id FROM (WITH told(id) AS MATERIALIZED (SELECT a.invoice_id FROM rejection r CROSS JOIN answer a"
    " WHERE a.id = r.answer_id AND r.code IN ({codes}) AND a.invoice_id IS NOT NULL) SELECT id FROM told"
    " UNION ALL SELECT s.id FROM told CROSS JOIN invoice s WHERE s.replaces_id = told.id) AS borne"
)
"""Those that were told of one of the codes, and those that replace them; an answer is looked up once for both."""


class Source(NamedTuple):
    """Whence invoices `i` are read: the tables, what must hold, and the values of both."""

    tables: str
    condition: str
    values: Values
    told_by: tuple[str, Values] | None = None
    """What is counted in their place, sooner: about as many, and none only where there are none."""

    @property
    def ids(self) -> str:
        """The query of their ids alone."""
        return f"SELECT i.id FROM {self.tables} WHERE {self.condition}"  # noqa: S608


class Way(NamedTuple):
    """A word, by what it may find an invoice, the condition on a row `i` and the source that an index makes.

    Where a column that orders a list tells what is found, or what may be, its ranges say so.
    """

    by: FoundBy
    term: str
    holds: str
    values: Values
    source: Source
    column: str = ""
    spans: tuple[Span, ...] = ()


_NEVER_BEFORE: Final = date(1990, 1, 1)
_NEVER_AFTER: Final = date(2099, 12, 31)


def _sound(stored: str, otherwise: date) -> date:
    """The first or last day that invoices bear; where that one is damaged, one that leaves none out."""
    day = stored_day(stored)
    return otherwise if is_damaged(day) else day


class Vocabulary:
    """What the practice has that words may mean; each read once, where a word may mean such a thing."""

    @cached_property
    def codes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every code that was received, with what its beginning is looked for in."""
        codes = [code for (code,) in execute(_CODES).fetchall()]
        return tuple((code, ("".join(parts := fold(code).split()), *parts)) for code in codes)

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day that an invoice bears; None where there is none."""
        ends = "SELECT (SELECT min(billed_on) FROM invoice), (SELECT max(billed_on) FROM invoice)"
        first, last = execute(ends).fetchone()
        return (_sound(first, _NEVER_BEFORE), _sound(last, _NEVER_AFTER)) if first is not None else None

    @cached_property
    def payers(self) -> dict[tuple[str, str], list[str]]:
        """The words of each payer's name, by régime and caisse."""
        known = execute("SELECT code FROM payer WHERE kind = 'amo'").fetchall()
        pairs = dict.fromkeys((code[:2], code[2:5]) for (code,) in known)
        return {pair: fold(payer_label(*pair) or "").split() for pair in pairs}

    @cached_property
    def practitioners(self) -> dict[int, list[str]]:
        """The words of each practitioner's name."""
        return {id: fold(name).split() for id, name in execute("SELECT id, name FROM practitioner").fetchall()}


def ways(term: str, known: Vocabulary) -> tuple[Way, ...]:
    """By what this word may find an invoice, the most exact first."""
    found = [*_by_number(term), *_by_lot(term), *_by_code(term, known), *_by_amount(term), *_by_day(term, known)]
    found += [_by_name(term), *_by_nir(term), *_by_word(term), *_by_payer(term, known)]
    found += _by_practitioner(term, known)
    return tuple(sorted(found, key=lambda way: way.by))


def _by_number(term: str) -> Iterator[Way]:
    if not (term.isascii() and term.isdecimal() and len(term) <= 9):
        return
    number = (int(term),)
    yield Way(FoundBy.NUMBER, term, "i.number = ?", number, _each_between("number", (number * 2,)))
    linked = among(" UNION ALL ".join(_LINKS).format(p="p.number = ?"), number * 4)
    yield Way(FoundBy.LINKED, term, _LINKED.format(p="p.number = ?"), number * 3, linked)
    if spans := number_ranges(term):
        test, values = _between("+i.number", spans)
        yield Way(FoundBy.NUMBER_BEGINS, term, test, values, _each_between("number", spans), "i.number", spans)
        yield Way(FoundBy.LINKED_BEGINS, term, *_linked(spans))


def _linked(spans: tuple[Span, ...]) -> tuple[str, Values, Source]:
    """The condition that a linked invoice has such a number, its values, and the invoices of which it holds."""
    test, values = _between("p.number", spans)
    condition = _LINKED.format(p=f"({test})")
    numbers = _each_between("number", spans)
    few = f"SELECT count(*) FROM ({numbers.ids} LIMIT {_MANY_NUMBERS}) AS few"  # noqa: S608
    (count,) = execute(few, numbers.values).fetchone()
    if count < _MANY_NUMBERS:
        return condition, values * 3, among(" UNION ALL ".join(_LINKS).format(p=f"({test})"), values * 4)
    hidden, _ = _between("+p.number", spans)
    links = among(" UNION ALL ".join(_ALL_LINKS).format(p=f"({hidden})"), values * 4)
    return condition, values * 3, links._replace(told_by=(_LINKING, ()))


def _by_lot(term: str) -> Iterator[Way]:
    if term == "lot":
        yield Way(
            FoundBy.LOT, term, "i.batch_id IS NOT NULL", (), among("SELECT id FROM invoice WHERE batch_id > 0", ())
        )
    elif (number := lot_number(term)) is not None:
        lots = "IN (SELECT id FROM batch WHERE number = ?)"
        of_it = among(f"SELECT id FROM invoice WHERE batch_id {lots}", (number,))  # noqa: S608
        yield Way(FoundBy.LOT, term, f"coalesce(i.batch_id, 0) {lots}", (number,), of_it)


def _by_code(term: str, known: Vocabulary) -> Iterator[Way]:
    """« 0450 054 » by its beginning, with or without the blank, or by that of its second part."""
    codes = tuple(code for code, parts in known.codes if any(part.startswith(term) for part in parts))
    if codes:
        marks = ", ".join("?" * len(codes))
        rejections = f"SELECT code FROM rejection WHERE code IN ({marks})"  # noqa: S608
        borne = among(_BORNE.format(codes=marks), codes)._replace(told_by=(rejections, codes))
        yield Way(FoundBy.CODE, term, _BEARS.format(codes=marks), codes * 3, borne)


def _by_amount(term: str) -> Iterator[Way]:
    if spans := amount_ranges(term):
        test, values = _between("+i.total", spans)
        yield Way(FoundBy.AMOUNT, term, test, values, _each_between("total", spans), "i.total", spans)


def _by_day(term: str, known: Vocabulary) -> Iterator[Way]:
    if not term[0].isdecimal() or (not any(mark in term for mark in "/-") and len(term) not in {6, 8}):
        return
    if known.days is not None and (spans := day_ranges(term, *known.days)):
        test, values = _between(f"i.billed_on{UNINDEXED_TEXT}", spans)
        yield Way(FoundBy.DAY, term, test, values, _each_between("billed_on", spans), "i.billed_on", spans)


def _by_name(term: str) -> Way:
    return Way(FoundBy.NAME, term, f"i.search{UNINDEXED_TEXT} LIKE ? ESCAPE '!'", (_pattern(term),), named((term,)))


def named(terms: tuple[str, ...]) -> Source:
    """The invoices whose names hold these words, all of them."""
    if not is_sqlite():
        return among(*_names_on_a_server(terms))
    held, patterns = " AND ".join(["n.search LIKE ? ESCAPE '!'"] * len(terms)), tuple(map(_pattern, terms))
    found, values = f"{held} AND {_BEARERS}", patterns
    if long := [term for term in terms if len(term) >= 3]:
        match = " ".join('"' + term.replace('"', '""') + '"' for term in long)
        found, values = f"n.id IN ({_GROUPS}) AND {found}", (match, *values)
    elif few := next((term for term in terms if _is_seldom(term)), None):
        found, values = f"n.id IN ({_LETTERS}) AND {found}", (few, few + _LAST_CHARACTER, *values)
    return Source("invoice_name n CROSS JOIN invoice i INDEXED BY invoice_by_name", found, values)


def _is_seldom(term: str) -> bool:
    """Whether few names hold these one or two letters: the others are found sooner by reading all names."""
    ends = (term, term + _LAST_CHARACTER)
    (count,) = execute(f"SELECT count(*) FROM ({_LETTERS} LIMIT {_FEW_NAMES}) AS few", ends).fetchone()  # noqa: S608
    return int(count) < _FEW_NAMES


def _names_on_a_server(terms: tuple[str, ...]) -> tuple[str, Values]:
    """The same there: by three letters side by side where its extension is, else by two."""
    held = " AND ".join(["search LIKE ? ESCAPE '!'"] * len(terms))
    patterns = tuple(map(_pattern, terms))
    if has_names_index() and all(len(term) >= 3 for term in terms):
        return f"SELECT id FROM invoice WHERE {held}", patterns  # noqa: S608
    pairs = " ".join(sorted({term[at : at + 2] for term in terms for at in range(max(len(term) - 1, 1))}))
    hidden = held.replace("search", f"search{UNINDEXED_TEXT}")
    found = f"SELECT id FROM invoice WHERE accueil_letters(search) @> string_to_array(?, ' ') AND {hidden}"  # noqa: S608
    return found, (pairs, *patterns)


def _pattern(term: str) -> str:
    """What LIKE finds this by, anywhere in a text."""
    return "%" + term.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"


def _by_nir(term: str) -> Iterator[Way]:
    if parts := nir_parts(term):
        nir, key = parts
        test, values = ("i.nir = ? AND i.nir_key = ?", parts) if key else ("i.nir = ?", (nir,))
        yield Way(FoundBy.NIR, term, test, values, among(f"SELECT i.id FROM invoice i WHERE {test}", values))  # noqa: S608


def _by_word(term: str) -> Iterator[Way]:
    for word in WORDS:
        if any(_means(term, form) for form in word.forms):
            ids = " UNION ALL ".join(f"SELECT id FROM invoice WHERE {condition}" for condition in word.indexed)  # noqa: S608
            yield Way(word.by, term, word.holds, (), _in_ranks(word.ranks) or among(ids, ()), "i.desk_rank", word.ranks)
            return


def _by_payer(term: str, known: Vocabulary) -> Iterator[Way]:
    payers = known.payers if term.isalpha() else {}
    if meant := [pair for pair, words in payers.items() if any(_means(term, word) for word in words)]:
        marks = ", ".join("?" * len(meant))
        theirs = " OR ".join(["(regime = ? AND caisse = ?)"] * len(meant))
        yield Way(
            FoundBy.PAYER,
            term,
            f"i.regime || i.caisse IN ({marks})",
            tuple(regime + caisse for regime, caisse in meant),
            among(f"SELECT id FROM invoice WHERE {theirs}", tuple(part for pair in meant for part in pair)),  # noqa: S608
        )


def _by_practitioner(term: str, known: Vocabulary) -> Iterator[Way]:
    """By a whole name, for patients may bear it too, and only where it tells one practitioner from another."""
    people = known.practitioners if term.isalpha() else {}
    meant = tuple(id for id, words in people.items() if term in words)
    if 0 < len(meant) < len(people):
        marks = ", ".join("?" * len(meant))
        theirs = among(f"SELECT id FROM invoice WHERE practitioner_id IN ({marks})", meant)  # noqa: S608
        yield Way(FoundBy.PRACTITIONER, term, f"+i.practitioner_id IN ({marks})", meant, theirs)


def _means(term: str, word: str) -> bool:
    """Whether this is the word, or enough of its beginning."""
    return term == word or (len(term) >= _SHORTEST_WORD and word.startswith(term))


def _between(column: str, spans: tuple[tuple[Any, Any], ...]) -> tuple[str, Values]:
    if all(first == last for first, last in spans):
        return f"{column} IN ({', '.join('?' * len(spans))})", tuple(first for first, _ in spans)
    test = " OR ".join([f"{column} BETWEEN ? AND ?"] * len(spans))
    return test, tuple(end for span in spans for end in span)


def _each_between(column: str, spans: tuple[Span, ...]) -> Source:
    """The invoices of each range, from the column's own index on SQLite, whatever the order that is asked for."""
    ends = tuple(end for span in spans for end in span)
    if not is_sqlite():
        return among(f"SELECT id FROM invoice WHERE {' OR '.join([f'{column} BETWEEN ? AND ?'] * len(spans))}", ends)  # noqa: S608
    ranges = f"(VALUES {', '.join(['(?, ?)'] * len(spans))}) s CROSS JOIN invoice i INDEXED BY {_BY[column]}"
    return Source(ranges, f"i.{column} BETWEEN s.column1 AND s.column2", ends)


def _in_ranks(ranks: tuple[tuple[int, int], ...]) -> Source | None:
    """The invoices of one rank of the desk; None of several, or of none."""
    if len(ranks) != 1 or ranks[0][0] != ranks[0][1]:
        return None
    return Source(
        f"invoice i{' INDEXED BY invoice_by_urgency' if is_sqlite() else ''}", "i.desk_rank = ?", ranks[0][:1]
    )


def among(ids: str, values: Values) -> Source:
    """The invoices with the ids that this query gives."""
    return Source("invoice i", f"i.id IN ({ids})", values, (ids, values))

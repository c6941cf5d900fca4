"""By what a word of a filter may find an invoice, as SQL, the most exact way first.

Each way has two forms: a condition on a row, and the ids that an index gives, from which a page starts where they are
few. What a condition tests hides its column from the indexes: a walk through the list's order must stay one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

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

_LINKS: Final = (
    "SELECT s.id FROM invoice p JOIN invoice s ON s.replaces_id = p.id WHERE {p}",
    "SELECT s.id FROM invoice p JOIN invoice s ON s.dre_of_id = p.id WHERE {p}",
    "SELECT p.replaces_id FROM invoice p WHERE p.replaces_id IS NOT NULL AND {p}",
    "SELECT p.dre_of_id FROM invoice p WHERE p.dre_of_id IS NOT NULL AND {p}",
)
"""The invoices that another one, of which something holds, replaces or is replaced by; or the two of a DRE."""

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
    "SELECT a.invoice_id AS id FROM rejection r CROSS JOIN answer a WHERE a.id = r.answer_id AND r.code IN ({codes})"
    " AND a.invoice_id IS NOT NULL UNION ALL SELECT s.id FROM rejection r CROSS JOIN answer a CROSS JOIN invoice s"
    " WHERE a.id = r.answer_id AND r.code IN ({codes}) AND s.replaces_id = a.invoice_id"
)


class Way(NamedTuple):
    """A word, by what it may find an invoice, the condition on a row `i` and the ids of an index (empty: none).

    Where a column that orders a list tells what is found, or what may be, its ranges say so.
    """

    by: FoundBy
    term: str
    holds: str
    values: Values
    ids: str
    ids_values: Values
    column: str = ""
    spans: tuple[Span, ...] = ()


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
        return (date.fromisoformat(first), date.fromisoformat(last)) if first else None

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
    yield Way(FoundBy.NUMBER, term, "i.number = ?", number, "SELECT id FROM invoice WHERE number = ?", number)
    linked = " UNION ALL ".join(_LINKS).format(p="p.number = ?")
    yield Way(FoundBy.LINKED, term, _LINKED.format(p="p.number = ?"), number * 3, linked, number * 4)
    if spans := number_ranges(term):
        test, values = _between("+i.number", spans)
        ids, ids_values = _each_between("number", spans)
        yield Way(FoundBy.NUMBER_BEGINS, term, test, values, ids, ids_values, "i.number", spans)
        test, values = _between("p.number", spans)
        linked = " UNION ALL ".join(_LINKS).format(p=f"({test})")
        yield Way(FoundBy.LINKED_BEGINS, term, _LINKED.format(p=f"({test})"), values * 3, linked, values * 4)


def _by_lot(term: str) -> Iterator[Way]:
    if term == "lot":
        yield Way(FoundBy.LOT, term, "i.batch_id IS NOT NULL", (), "SELECT id FROM invoice WHERE batch_id > 0", ())
    elif (number := lot_number(term)) is not None:
        lots = "IN (SELECT id FROM batch WHERE number = ?)"
        of_it = f"SELECT id FROM invoice WHERE batch_id {lots}"  # noqa: S608
        yield Way(FoundBy.LOT, term, f"coalesce(i.batch_id, 0) {lots}", (number,), of_it, (number,))


def _by_code(term: str, known: Vocabulary) -> Iterator[Way]:
    """« 0450 054 » by its beginning, with or without the blank, or by that of its second part."""
    codes = tuple(code for code, parts in known.codes if any(part.startswith(term) for part in parts))
    if codes:
        marks = ", ".join("?" * len(codes))
        yield Way(FoundBy.CODE, term, _BEARS.format(codes=marks), codes * 3, _BORNE.format(codes=marks), codes * 2)


def _by_amount(term: str) -> Iterator[Way]:
    if spans := amount_ranges(term):
        test, values = _between("+i.total", spans)
        ids, ids_values = _each_between("total", spans)
        yield Way(FoundBy.AMOUNT, term, test, values, ids, ids_values, "i.total", spans)


def _by_day(term: str, known: Vocabulary) -> Iterator[Way]:
    if not term[0].isdecimal() or (not any(mark in term for mark in "/-") and len(term) not in {6, 8}):
        return
    if known.days is not None and (spans := day_ranges(term, *known.days)):
        test, values = _between(f"i.billed_on{UNINDEXED_TEXT}", spans)
        ids, ids_values = _between("billed_on", spans)
        days = f"SELECT id FROM invoice WHERE {ids}"  # noqa: S608
        yield Way(FoundBy.DAY, term, test, values, days, ids_values, "i.billed_on", spans)


def _by_name(term: str) -> Way:
    ids, ids_values = names_index((term,))
    return Way(FoundBy.NAME, term, f"i.search{UNINDEXED_TEXT} LIKE ? ESCAPE '!'", (_pattern(term),), ids, ids_values)


def names_index(terms: tuple[str, ...]) -> tuple[str, Values]:
    """The ids of the invoices whose names hold these words, all of them: three letters or more each, or one alone."""
    if not is_sqlite():
        return _names_on_a_server(terms)
    if all(len(term) >= 3 for term in terms):
        match = " ".join('"' + term.replace('"', '""') + '"' for term in terms)
        return "SELECT rowid AS id FROM invoice_search WHERE invoice_search MATCH ?", (match,)
    (term,) = terms
    letters = "SELECT DISTINCT doc AS id FROM invoice_letters WHERE term BETWEEN ? AND ?"
    return letters, (term, term + _LAST_CHARACTER)


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
        yield Way(FoundBy.NIR, term, test, values, f"SELECT i.id FROM invoice i WHERE {test}", values)  # noqa: S608


def _by_word(term: str) -> Iterator[Way]:
    for word in WORDS:
        if any(_means(term, form) for form in word.forms):
            ids = " UNION ALL ".join(f"SELECT id FROM invoice WHERE {condition}" for condition in word.indexed)  # noqa: S608
            yield Way(word.by, term, word.holds, (), ids, (), "i.desk_rank", word.ranks)
            return


def _by_payer(term: str, known: Vocabulary) -> Iterator[Way]:
    payers = known.payers if term.isalpha() else {}
    if meant := [pair for pair, words in payers.items() if any(_means(term, word) for word in words)]:
        marks = ", ".join("?" * len(meant))
        one = "SELECT id FROM invoice WHERE regime = ? AND caisse = ?"
        yield Way(
            FoundBy.PAYER,
            term,
            f"i.regime || i.caisse IN ({marks})",
            tuple(regime + caisse for regime, caisse in meant),
            " UNION ALL ".join([one] * len(meant)),
            tuple(part for pair in meant for part in pair),
        )


def _by_practitioner(term: str, known: Vocabulary) -> Iterator[Way]:
    """By a whole name, for patients may bear it too, and only where it tells one practitioner from another."""
    people = known.practitioners if term.isalpha() else {}
    meant = tuple(id for id, words in people.items() if term in words)
    if 0 < len(meant) < len(people):
        marks = ", ".join("?" * len(meant))
        ids = f"SELECT id FROM invoice WHERE practitioner_id IN ({marks})"  # noqa: S608
        yield Way(FoundBy.PRACTITIONER, term, f"+i.practitioner_id IN ({marks})", meant, ids, meant)


def _means(term: str, word: str) -> bool:
    """Whether this is the word, or enough of its beginning."""
    return term == word or (len(term) >= _SHORTEST_WORD and word.startswith(term))


def _between(column: str, spans: tuple[tuple[Any, Any], ...]) -> tuple[str, Values]:
    if all(first == last for first, last in spans):
        return f"{column} IN ({', '.join('?' * len(spans))})", tuple(first for first, _ in spans)
    test = " OR ".join([f"{column} BETWEEN ? AND ?"] * len(spans))
    return test, tuple(end for span in spans for end in span)


def _each_between(column: str, spans: tuple[tuple[Any, Any], ...]) -> tuple[str, Values]:
    """The ids of each range from the column's index, one range after the other."""
    one = f"SELECT id FROM invoice WHERE {column} BETWEEN ? AND ?"  # noqa: S608
    return " UNION ALL ".join([one] * len(spans)), tuple(end for span in spans for end in span)

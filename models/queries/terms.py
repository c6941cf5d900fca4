"""What was typed in a filter: its words, and what a word may mean as a number, an amount, a day, a NIR."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date
from typing import Final

from models.reference.text_search import fold

LONGEST: Final = 200
"""A filter is cut there: nobody types more, and the database takes no endless condition."""

_HIGHEST: Final = 999_999_999
"""The greatest number or amount that nine digits write."""

_WRITTEN: Final = re.compile(r"(?<!\S)[0-9a-z](?:\s?\d\d){2}\s?(?:\d\d|2[ab])(?:\s?\d{3}){2}(?:\s?\d\d)?(?!\S)")
_NIR: Final = re.compile(r"([0-9a-z]\d{4}(?:\d\d|2[ab])\d{6})(\d\d)?")
"""A NIR, thirteen characters and its key, with or without blanks between its parts; the département of Corsica is 2A or
2B, and a temporary number may begin with a letter."""

_DAY: Final = re.compile(r"(\d{1,2})[/-](?:(\d{1,2})(?:[/-](\d{2}|\d{4}))?)?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH: Final = re.compile(r"(\d{1,2})[/-](\d{4})")
_BARE_DAY: Final = re.compile(r"(\d\d)(\d\d)(\d{4}|\d\d)")
_AMOUNT: Final = re.compile(r"(\d{1,7})(?:(,)(\d{0,2}))?€?")

Ranges = tuple[tuple[int, int], ...]
"""First and last of each, both included."""


def search_terms(typed: str) -> list[str]:
    """The words of a filter, as they are looked for: « 43.32 » means « 43,32 », « lot 3 » means « lot3 ».

    A NIR is one word however it is spaced. What no invoice can hold (control characters, halves of characters) is left
    out, and what goes past `LONGEST`.
    """
    clean = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Cn"} else c for c in typed[:LONGEST])
    folded = re.sub(r"(\d)\.(\d)", r"\1,\2", fold(clean))
    folded = re.sub(r"\blot\s*0*(\d{1,3})\b", r"lot\1", folded)
    folded = re.sub(r"(?<!\S)(\d{1,3}) (\d{3},)", r"\1\2", folded)
    folded = re.sub(r"\bnon (valid)", r"non\1", folded)
    folded = _WRITTEN.sub(lambda found: "".join(found[0].split()), folded)
    return folded.split()


def number_ranges(term: str) -> Ranges:
    """The numbers that are written with these digits first, the whole one left out; « 0010 » means nine digits."""
    if not term.isascii() or not term.isdecimal() or len(term) > 9:
        return ()
    if term.startswith("0"):
        unit = 10 ** (9 - len(term))
        return ((int(term) * unit, int(term) * unit + unit - 1),) if unit > 1 else ()
    return tuple((int(term) * 10**more, int(term) * 10**more + 10**more - 1) for more in range(1, 10 - len(term)))


def amount_ranges(term: str) -> Ranges:
    """The amounts in cents that are written with these characters first: « 43 », « 43, », « 43,3 », « 43,32 »."""
    found = _AMOUNT.fullmatch(term)
    if found is None:
        return ()
    euros, comma, cents = found[1], found[2], found[3] or ""
    if comma:
        unit = 10 ** (2 - len(cents))
        first = int(euros) * 100 + int(cents or 0) * unit
        return ((first, first + unit - 1),)
    if euros.startswith("0") and len(euros) > 1:
        return ()
    whole = [(int(euros) * 10**more, int(euros) * 10**more + 10**more - 1) for more in range(8 - len(euros))]
    return tuple((first * 100, last * 100 + 99) for first, last in (whole if euros != "0" else whole[:1]))


def lot_number(term: str) -> int | None:
    """The lot that « 3 » or « lot3 » may mean."""
    found = re.fullmatch(r"(?:lot)?0*(\d{1,3})", term)
    return int(found[1]) if found is not None and term.isascii() else None


def nir_parts(term: str) -> tuple[str, str] | None:
    """The NIR and its key (empty if it was not typed); None where it is not a whole one."""
    found = _NIR.fullmatch(term)
    return (found[1].upper(), found[2] or "") if found is not None and term.isascii() else None


def day_ranges(term: str, since: date, until: date) -> tuple[tuple[str, str], ...]:
    """The days, as ISO text, first and last of each range, that a word may mean.

    Args:
        term: « 05/11 » of any year, « 05/11/2026 », « 5-11-26 », « 051126 », « 2026-11-05 », « 11/2026 », « 5/ ».
        since: the first day that an invoice bears.
        until: the last one.
    """
    if not term.isascii():
        return ()
    if found := _MONTH.fullmatch(term):
        month, year = int(found[1]), int(found[2])
        return ((f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-31"),) if 1 <= month <= 12 else ()
    if found := _ISO.fullmatch(term):
        return _days([int(found[1])], [int(found[2])], int(found[3]))
    found = _DAY.fullmatch(term) or _BARE_DAY.fullmatch(term)
    if found is None:
        return ()
    day, month_typed, year_typed = found.groups()
    years = [int(year_typed) + (2000 if len(year_typed) == 2 else 0)] if year_typed else _years(since, until)
    return _days(years, [int(month_typed)] if month_typed else list(range(1, 13)), int(day))


def _years(since: date, until: date) -> list[int]:
    return list(range(since.year, until.year + 1))[-50:]


def _days(years: list[int], months: list[int], day: int) -> tuple[tuple[str, str], ...]:
    """These days as they are stored, those that the calendar has."""
    found: list[str] = []
    for year in years:
        for month in months:
            with suppress(ValueError):
                found.append(date(year, month, day).isoformat())
    return tuple((each, each) for each in found)

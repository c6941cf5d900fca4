"""The acts of physiotherapists: key letters, what they are worth on a day, and the travel beside them.

Money is in cents, coefficients in hundredths. Tariffs change by decree: each question names the day of care.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, Protocol

from models.reference.toml_table import load_tables

_ACTS = Path(__file__).parent / "acts.toml"
_TRAVEL = Path(__file__).parent / "travel.toml"

MANY: Final = 4096
"""Questions whose answers are kept: a file asks the same ones, of the same days, again and again."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A key letter of the NGAP, whether or not it is still in force."""

    code: str
    label: str
    tariff: Literal["kine", "tmk"]
    """Which unit price applies: the physiotherapist's letter, or télésoin."""

    source: str
    verified: bool
    since: date | None = None
    until: date | None = None
    """Last day in force; None while it is."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What one unit of a letter is worth over a period, in cents."""

    tariff: Literal["kine", "tmk"]
    price: int
    source: str
    verified: bool
    price_drom: int | None = None
    """Value overseas (DROM); None when no source gives one."""

    disputed_drom: int | None = None
    """What another source gives there for the same days: a line at either is not wrong."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient that a text gives to some letters over a period; one that is not listed is no fault."""

    letters: tuple[str, ...]
    value: int
    source: str
    verified: bool
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Travel:
    """A line that follows an act: travel, kilometres, night or Sunday supplement."""

    code: str
    label: str
    kind: Literal["deplacement", "kilometres", "majoration"]
    source: str
    verified: bool
    price: int | None = None
    """Cents per unit; None when no source gives one."""

    since: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActTariff:
    """A key letter as it stands on one day."""

    code: str
    label: str
    unit_price: int | None
    """Cents, metropolitan France."""

    unit_price_drom: int | None
    coefficients: tuple[int, ...]
    """Hundredths, those that a text names; the NGAP has others, so this only helps the input."""

    verified: bool
    source: str


class _Dated(Protocol):
    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


@lru_cache(MANY)
def letter(code: str) -> Letter | None:
    """Return a key letter even if it is abolished, so that a screen can say since when; None if unknown."""
    return _letters().get(_bare(code))


@lru_cache(MANY)
def find_act(code: str, on: date) -> ActTariff | None:
    """Return a key letter with its tariff on a day; None if it is unknown or not in force on that day."""
    entry = letter(code)
    if entry is None or not _in_force(entry, on):
        return None
    values = {c.value for c in _coefficients() if entry.code in c.letters and _in_force(c, on)}
    return ActTariff(
        code=entry.code,
        label=entry.label,
        unit_price=unit_price(code, on),
        unit_price_drom=unit_price(code, on, drom=True),
        coefficients=tuple(sorted(values)),
        verified=entry.verified,
        source=entry.source,
    )


@lru_cache(MANY)
def unit_price(code: str, on: date, drom: bool = False) -> int | None:
    """Return the cents of one unit of a letter on a day (avenant 7: 2,15 then 2,21 €); None if unknown."""
    price = _price_of(code, on)
    if price is None:
        return None
    return price.price_drom if drom else price.price


def overseas_prices(code: str, on: date) -> tuple[int, ...]:
    """Return the cents of one unit overseas (DROM) on a day, by each source: two disagree before 22/02/2024."""
    price = _price_of(code, on)
    found = (price.price_drom, price.disputed_drom) if price else ()
    return tuple(cents for cents in found if cents is not None)


@lru_cache(MANY)
def travel(code: str) -> Travel | None:
    """Return a travel or supplement line, even one no longer in force; None if unknown."""
    return _travels().get(_bare(code))


@lru_cache(MANY)
def is_travel(code: str) -> bool:
    """Tell whether a line is a travel cost (IF…, IK…, MD); a night or Sunday supplement is not.

    An unknown code that starts with IF or IK counts as travel: no key letter does.
    """
    entry = travel(code)
    return entry.kind != "majoration" if entry else _bare(code).startswith(("IF", "IK"))


@lru_cache(MANY)
def line_rank(code: str) -> int:
    """Return the place of a line among those of its day: 0 act, 1 IF, MD or supplement, 2 IK.

    Order: the caisse's memo (0540 057) and Maieuticapp's help on F909.
    """
    entry = travel(code)
    if entry is None:
        return (2 if _bare(code).startswith("IK") else 1) if is_travel(code) else 0
    return 2 if entry.kind == "kilometres" else 1


@lru_cache(MANY)
def travel_price(code: str, on: date) -> int | None:
    """Return the cents of one travel unit or supplement on a day; None if unknown or not in force."""
    entry = travel(code)
    return entry.price if entry and _in_force(entry, on) else None


def _price_of(code: str, on: date) -> UnitPrice | None:
    entry = letter(code)
    if entry is None or not _in_force(entry, on):
        return None
    return next((price for price in _unit_prices() if price.tariff == entry.tariff and _in_force(price, on)), None)


def _bare(code: str) -> str:
    return code.strip().upper()


def _in_force(entry: _Dated, on: date) -> bool:
    return (entry.since or date.min) <= on <= (entry.until or date.max)


@cache
def _letters() -> dict[str, Letter]:
    siblings = ("unit_price", "coefficient")
    return {e.code: e for e in load_tables(_ACTS, "letter", Letter, key=lambda e: e.code, siblings=siblings)}


@cache
def _unit_prices() -> tuple[UnitPrice, ...]:
    siblings = ("letter", "coefficient")
    key = _period_of_price
    return load_tables(_ACTS, "unit_price", UnitPrice, key=key, siblings=siblings)


@cache
def _coefficients() -> tuple[Coefficient, ...]:
    siblings = ("letter", "unit_price")
    key = _period_of_coefficient
    return load_tables(_ACTS, "coefficient", Coefficient, key=key, siblings=siblings)


@cache
def _travels() -> dict[str, Travel]:
    return {e.code: e for e in load_tables(_TRAVEL, "travel", Travel, key=lambda e: e.code)}


def _period_of_price(price: UnitPrice) -> str:
    return f"{price.tariff} depuis {price.since}"


def _period_of_coefficient(coefficient: Coefficient) -> str:
    return f"{coefficient.value} {' '.join(coefficient.letters)} depuis {coefficient.since}"

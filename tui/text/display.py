"""The one door for data to the screen: cleaned text, money, dates, numbers of the field.

Every string that comes from the database or from a file passes here before it is painted. Textual hands text
to the terminal as it is: an ESC in a patient's name clears the screen, U+202E turns an amount round, `[/]`
read as markup ends the program. What comes out of `clean` can do none of that, and `text` wraps it so that
nobody parses it as markup. The functions are called for each cell painted, hence the caches.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from models.domain.damage import REPLACEMENT, DamagedDay

if TYPE_CHECKING:
    from rich.text import Text

NO_DAY = "??/??/????"
"""A day that does not read in the base."""
ELLIPSIS = "…"
LIMIT = 200
"""Characters kept of one value, unless the caller says otherwise."""
MARKS = 4
"""Combining marks kept in a row; no living language stacks more on one letter."""

_SPACES = re.compile(r"\r\n|[\t\n\r]")
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
_DAY = re.compile(r"([0-9]{1,2})([/.-]| )([0-9]{1,2})\2([0-9]{4}|[0-9]{2})|([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
_AROUND = re.compile(r"\s*([/.-])\s*|\s+")
_COEFFICIENT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")


def clean(text: str, limit: int = LIMIT) -> str:
    """Make a string from anywhere safe to send to a terminal.

    Unicode NFC; tabulations and line ends become a space; controls, bidirectional and invisible characters,
    surrogates, private use and planes 14 to 16 become U+FFFD; combining marks beyond `MARKS` in a row go;
    what is longer than `limit` characters ends with an ellipsis. Cleaning twice changes nothing more.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    # Cut first: a name of a megabyte must cost no more to neutralise than a name. Marks compose, hence the 8.
    return _clean(text[: limit * 8], limit, len(text) > limit * 8)


@lru_cache(maxsize=4096)
def _clean(text: str, limit: int, cut: bool) -> str:
    safe = _UNSAFE.sub(REPLACEMENT, _SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    if safe and max(safe) >= "\u0300":
        safe = _few_marks(safe)
    return safe if len(safe) <= limit and not cut else safe[: max(limit - 1, 0)] + ELLIPSIS[:limit]


def _few_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character).startswith("M") else 0
        if run <= MARKS:
            kept.append(character)
    return "".join(kept)


def text(value: object, limit: int = LIMIT) -> Text:
    """A cleaned value as Rich text: never read as markup, never as an emoji code."""
    from rich.text import Text  # the first page does without

    return Text(clean(str(value), limit))


@lru_cache(maxsize=8192)
def fit(text: str, width: int, *, right: bool = False) -> str:
    """Clean a value and bring it to exactly `width` terminal cells, cut with an ellipsis or padded with spaces.

    Args:
        text: The value.
        width: Cells to fill; a wide character counts two, a combining mark none.
        right: Pad on the left instead, for amounts.
    """
    if width <= 0:
        return ""
    safe = clean(text)
    cells = len(safe) if safe.isascii() else cell_len(safe)
    if cells > width:
        return set_cell_size(safe, width - 1) + ELLIPSIS
    padding = " " * (width - cells)
    return padding + safe if right else safe + padding


@lru_cache(maxsize=4096)
def money(cents: int) -> str:
    """An amount in cents as « 1 234,56 »: ordinary spaces, so that a character is a cell."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros:,}".replace(",", " ") + f",{rest:02}"


def coefficient(hundredths: int) -> str:
    """A coefficient in hundredths as « 8,10 »."""
    return f"{'-' if hundredths < 0 else ''}{abs(hundredths) // 100},{abs(hundredths) % 100:02}"


def parse_coefficient(typed: str) -> int:
    """Read a coefficient as typed (« 8,1 », « 12 ») into hundredths.

    Raises:
        ValueError: With a French sentence, if it is not a positive number with at most two decimals.
    """
    found = _COEFFICIENT.fullmatch("".join(typed.split()))
    if found is None:
        raise ValueError(f"Coefficient illisible : « {clean(typed, 30)} ». Écrivez par exemple 8,10.")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


@lru_cache(maxsize=4096)
def day(value: date | None) -> str:
    """A date as « 05/11/2026 »; nothing where there is none."""
    if value is None:
        return ""
    return NO_DAY if isinstance(value, DamagedDay) else f"{value.day:02}/{value.month:02}/{value.year:04}"


def is_unreadable(shown: str) -> bool:
    """Whether what is shown stands for what does not read in the base, wholly or in part."""
    return REPLACEMENT in shown or shown == NO_DAY


@lru_cache(maxsize=4096)
def short_day(value: date | None) -> str:
    """A date without its year, as « 05/11 »; nothing where there is none."""
    return day(value)[:5]


def parse_day(typed: str) -> date:
    """Read a date as typed: 05/11/2026, 5/9/26, 5.9.2026, 05 11 2026, 05112026 or 051126.

    A year of two digits is one of this century: a date of birth must be typed with four.

    Raises:
        ValueError: With a French sentence, if it is no such form or no day of the calendar.
    """
    found = _DAY.fullmatch(_AROUND.sub(lambda between: between[1] or " ", typed.strip()))
    if found is None:
        raise ValueError(
            f"Date illisible : « {clean(typed, 30)} ». Écrivez jour, mois et année, par exemple 05/11/2026."
        )
    day_typed, month, year = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day_typed))
    except ValueError:
        raise ValueError(f"Cette date n’existe pas : « {clean(typed, 30)} ». Vérifiez le jour et le mois.") from None


def tidy_day(typed: str) -> str:
    """A date as typed, as it is shown; nothing where nothing is typed.

    Raises:
        ValueError: it is none.
    """
    return day(parse_day(typed)) if typed.strip() else ""


def birth(birth: str, on_day: date | None) -> str:
    """A birth date AAMMJJ as « 13/05/1984 », the last one before `on_day`.

    As it came where it is no day of the calendar (lunar dates exist), or where nothing tells the century.
    """
    try:
        born = date(2000 + int(birth[:2]), int(birth[2:4]), int(birth[4:6]))
        if on_day is None or len(birth) != 6:
            return birth
        return day(born if born <= on_day else born.replace(year=born.year - 100))
    except ValueError:
        return birth


def masked_nir(nir: str) -> str:
    """A NIR that shows sex, year and month of birth only: « 1 84 05 •• ••• ••• ».

    Enough to tell two patients of one name apart, not enough to be of use to who looks over a shoulder.
    """
    if len(nir) != 13:
        return "•" * 13
    return clean(f"{nir[0]} {nir[1:3]} {nir[3:5]} •• ••• •••")


def number(value: int) -> str:
    """An invoice number as the B2 file carries it: nine digits."""
    return f"{value:09}"


def payer(regime: str, fund: str, centre: str) -> str:
    """The three codes of a caisse as « 01 331 0000 » (régime, caisse gestionnaire, centre)."""
    return clean(" ".join(part for part in (regime, fund, centre) if part))


def person(last_name: str, first_name: str) -> str:
    """A patient as every list and sentence names them: name, then first name."""
    return f"{last_name} {first_name.title()}".strip()


def fit_person(last_name: str, first_name: str, width: int) -> str:
    """A patient in exactly `width` cells: where both names are too long, the first letters of each are left."""
    whole = person(last_name, first_name)
    if len(whole) <= width or not first_name:
        return fit(whole, width)
    given = min(len(first_name), max(4, width - 1 - len(last_name), width // 4))
    return f"{fit(last_name, width - 1 - given)} {fit(first_name.title(), given)}"


def plural(count: int, one: str, several: str) -> str:
    """« 1 facture », « 3 factures », « 0 facture »: a French plural begins at two."""
    return f"{count} {several if count > 1 else one}"


_NAMED = (
    "n°",
    "N°",
    "lot",
    "Lot",
    "AMO",
    "AMC",
    "DRE",
    "rejet",
    "Rejet",
    "code",
    "exonération",
    "Exonération",
    "ligne",
    "Ligne",
)
_UNITS = r"factures?|lots?|lignes?|réponses?|retours?|lettres?|caractères?|chiffres?|jours?|mois|ans?|h|min|s|ko|Mo|km"
_UNBREAKABLE = re.compile(
    r"(?<=«) | (?=[»:;?!%€×])|(?<=×) |(?<=[0-9•]) (?=[0-9•])"
    rf"|(?<=[0-9]) (?=(?:{_UNITS})\b)|(?:{'|'.join(f'(?<={word})' for word in _NAMED)}) (?=[0-9])"
)
"""Blanks at which no line breaks: in a number, a code or a NIR, before a unit, after what a number is of."""


def wrapped(text: str, width: int, limit: int = 600) -> list[str]:
    """A cleaned value in lines of at most `width` characters.

    « guillemets » and « : » stay with their word, « 1 566,04 € », « 0450 054 », « 3 factures » and « n° 12 » on a line.
    """
    return list(_wrapped(text, width, limit))


@lru_cache(maxsize=512)
def _wrapped(text: str, width: int, limit: int) -> tuple[str, ...]:
    """Most invoices of a list are rejected for a few reasons, said anew of each as one goes down."""
    safe = _UNBREAKABLE.sub("\u00a0", clean(text, limit))
    lines = textwrap.wrap(safe, max(width, 10), break_on_hyphens=False)
    return tuple(line.replace("\u00a0", " ") for line in lines) or ("",)


def paragraphs(lines: Iterable[str], width: int) -> Text:
    """Several cleaned values, each wrapped, one under the other."""
    from rich.text import Text

    return Text("\n".join(line for text in lines for line in wrapped(text, width)))


def shortened(line: str, width: int) -> str:
    """A line that ends with an ellipsis after a whole word, where the rest was cut."""
    kept = line if len(line) <= width - 2 else line[: width - 2].rsplit(" ", 1)[0]
    return f"{kept.rstrip(' ,;:.«')} {ELLIPSIS}"


def path_end(path: str, width: int) -> str:
    """A path in at most `width` cells; its end tells more than its beginning."""
    safe = clean(path, 1000)
    return safe if len(safe) <= width else ELLIPSIS + safe[len(safe) - width + 1 :]

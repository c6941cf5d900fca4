"""The keys of the numbers that an invoice carries: NIR, practitioner and prescriber.

A right key does not prove that a number exists: in the sample practice, the prescribers of the invoices
rejected 0460 051 all have one.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import Final

NINE: Final = r"(?:[0-9]{9}|2[AB][0-9]{7})"
"""A number of nine digits, or a FINESS of Corsica as it is printed: a regular expression, without groups."""

_NIR = re.compile(r"[1-9][0-9]{4}(?:[0-9]{2}|2[AB])[0-9]{6}")
_ANONYMOUS = "555555"
_CORSICAN = re.compile(r"2[AB][0-9]{7}")
_CORSICAN_NUMERIC = re.compile(r"200[12][0-9]{5}")


class NirKind(Enum):
    """Whose a NIR is."""

    OWN = "1, 2"
    """Of a person whose civil status is known."""

    MIGRANT = "5, 6"
    """Of a migrant who passes."""

    PROVISIONAL = "7, 8"
    """Of an insured who waits for their own."""

    ANONYMOUS = "A 555555"
    """Of an invoice that names nobody."""


_KINDS: dict[str, NirKind] = {
    **dict.fromkeys("12", NirKind.OWN),
    **dict.fromkeys("56", NirKind.MIGRANT),
    **dict.fromkeys("78", NirKind.PROVISIONAL),
}


class KeyVerdict(Enum):
    """What a control key says of a number."""

    RIGHT = "juste"
    WRONG = "fausse"


def nir_key(nir13: str) -> int:
    """Return the key of a NIR, 1 to 97: 97 minus the remainder by 97, with 2A as 19 and 2B as 18.

    Provisional numbers (first digit 3, 4, 7, 8…) follow the same rule.

    Args:
        nir13: The thirteen characters, blanks or not.

    Raises:
        ValueError: They are not those of a NIR; the text is one French sentence.
    """
    bare = _bare(nir13)
    if not _NIR.fullmatch(bare):
        raise ValueError("NIR mal formé ; saisir 13 chiffres, ou 2A ou 2B pour un département corse")
    return 97 - int(bare[:5] + bare[5:7].replace("2A", "19").replace("2B", "18") + bare[7:]) % 97


@lru_cache(maxsize=4096)
def nir_is_valid(nir13: str, key: str | int) -> bool:
    """Tell whether a NIR is well formed and has this key."""
    written = str(key).strip()
    if not re.fullmatch(r"[0-9]{1,2}", written):
        return False
    try:
        return nir_key(nir13) == int(written)
    except ValueError:
        return False


def nir_kind(nir13: str) -> NirKind | None:
    """Return the kind of a NIR by its first digits; None where it is none, or of a kind that no source at hand tells.

    Sources: SNDS, IR_NIR_V (5 and 6, 7 and 8); SFG FIDES ACE v06.08, page 344 (A 555555 CCC zzz, anonymous).
    """
    bare = _bare(nir13)
    if not _NIR.fullmatch(bare):
        return None
    return NirKind.ANONYMOUS if bare[1:7] == _ANONYMOUS else _KINDS.get(bare[0])


def nir_birth(nir13: str) -> tuple[str, str | None] | None:
    """Return the year AA and the month MM of birth that a NIR tells; None for a month that it does not know.

    A month above 12 stands for one that is not known or a civil status that is incomplete (20, 30 to 42, from 50 on).
    Any other number than one's own promises neither. Source: python-stdnum 2.2, fr.nir.
    """
    if nir_kind(nir13) is not NirKind.OWN:
        return None
    bare = _bare(nir13)
    return bare[1:3], bare[3:5] if "01" <= bare[3:5] <= "12" else None


def rpps_key_ok(number11: str) -> bool:
    """Tell whether a RPPS has its eleven digits and its key: Luhn (general knowledge, no source at hand)."""
    bare = _bare(number11)
    return re.fullmatch(r"[0-9]{11}", bare) is not None and _passes_luhn(bare)


def _passes_luhn(digits: str) -> bool:
    """Every second digit from the right doubled, its own digits added; all of them together end with 0."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


@lru_cache(maxsize=4096)
def practitioner_key_ok(number9: str) -> KeyVerdict:
    """Check the key of a nine-character number: AM of a practitioner or FINESS of an establishment.

    AM: Luhn (FNMF, annexe 102). FINESS: Luhn too, checked on seven establishments; a Corsican one passes in both of its
    forms, A counting 1 and B 2 in the one with a letter (SFG FIDES ACE v06.08, page 320).
    """
    bare = _bare(number9)
    if not re.fullmatch(r"[0-9]{9}", numeric_finess(bare)) or bare == "0" * 9:  # nine zeros pass Luhn and name nobody
        return KeyVerdict.WRONG
    forms = {bare.replace("A", "1", 1).replace("B", "2", 1), numeric_finess(bare)}
    return KeyVerdict.RIGHT if all(map(_passes_luhn, forms)) else KeyVerdict.WRONG


@lru_cache(maxsize=4096)
def numeric_finess(number9: str) -> str:
    """The form in which a number zone holds a FINESS: 2A0002689 of Corsica is 200102689; any other is its own.

    Source: SFG FIDES ACE v06.08, page 320: 2A yy xxxx L becomes 2001 xxxx L, 2B yy xxxx L becomes 2002 xxxx L.
    """
    bare = _bare(number9)
    if not _CORSICAN.fullmatch(bare):
        return bare
    return f"200{'1' if bare[1] == 'A' else '2'}{bare[4:]}"


@lru_cache(maxsize=4096)
def finess_forms(number9: str) -> tuple[str, ...]:
    """Every way in which the same establishment may stand in the tables: with its letter, as a number."""
    numeric = numeric_finess(number9)
    if not _CORSICAN_NUMERIC.fullmatch(numeric):
        return (numeric,)
    return numeric, f"2{'A' if numeric[3] == '1' else 'B'}00{numeric[4:]}"


def _bare(number: str) -> str:
    return "".join(number.split()).upper()

"""The text that the lists' filter looks in, one line an invoice, without accents or capitals."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from models.reference.text_search import fold
from models.tables.invoice import Invoice

LONGEST: Final = 200
"""A filter is cut there: nobody types more, and the database takes no endless condition."""


def search_text(
    invoice: Invoice, lot: int | None, other_numbers: tuple[int, ...] = (), codes: tuple[str, ...] = ()
) -> str:
    """All by which a receptionist looks for an invoice.

    Args:
        invoice: with its fields as they are to be saved.
        lot: its lot's number.
        other_numbers: of the invoice that it replaces or that replaces it: old and new number find both.
        codes: of all its rejections, where it has several on a share.
    """
    known = dict.fromkeys(code for code in (invoice.amo_rejection, invoice.amc_rejection, *codes) if code)
    cents = invoice.total
    parts = [
        invoice.last_name,
        invoice.first_name,
        f"{invoice.number:09d}",
        *(f"{number:09d}" for number in other_numbers),
        f"lot{lot:03d}" if lot else "",
        invoice.nir + invoice.nir_key,
        f"{cents // 100},{cents % 100:02d}",
        *(f"{code} {code.replace(' ', '')}" for code in known),
    ]
    return " ".join(fold(part) for part in parts if part)


def search_terms(typed: str) -> list[str]:
    """The words of a filter, as they are looked for: « 43.32 » means « 43,32 », « lot 3 » means « lot003 ».

    What no invoice can hold (control characters, halves of characters) is left out, and what goes past `LONGEST`.
    """
    clean = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Cn"} else c for c in typed[:LONGEST])
    folded = re.sub(r"(\d)\.(\d)", r"\1,\2", fold(clean))
    folded = re.sub(r"\blot\s*(\d{1,3})\b", lambda found: f"lot{int(found[1]):03d}", folded)
    return folded.split()

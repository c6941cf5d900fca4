"""The names that the lists' filter looks in, one line an invoice, without accents or capitals.

Numbers, amounts, days and codes are looked for in their own columns (`models.queries.found`): in one text, the digits
of an invoice's number would be found inside a NIR.
"""

from __future__ import annotations

from functools import lru_cache

from models.reference.text_search import fold


@lru_cache(maxsize=1024)
def search_text(last_name: str, first_name: str) -> str:
    """The beneficiary's names, as they are looked for; a patient comes back."""
    return " ".join(fold(name) for name in (last_name, first_name) if name)

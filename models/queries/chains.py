"""The whole chain of an invoice: what it replaces, what replaced that, and the DRE that were made again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from models.store.database import rows_among
from models.store.faults import spoken

_BESIDE: Final = (
    "SELECT replaces_id FROM invoice WHERE id IN ({set}) AND replaces_id IS NOT NULL",
    "SELECT dre_of_id FROM invoice WHERE id IN ({set}) AND dre_of_id IS NOT NULL",
    "SELECT id FROM invoice WHERE replaces_id IN ({set})",
    "SELECT id FROM invoice WHERE dre_of_id IN ({set})",
)


@spoken()
def chain_of(invoices: Iterable[int]) -> tuple[int, ...]:
    """The ids of these invoices and of all that they came from or became, however long the chain; in their order.

    Args:
        invoices: their ids; several where a number names several.
    """
    found = set(invoices)
    new = found
    while new:
        new = {other for sql in _BESIDE for (other,) in rows_among(sql, new)} - found
        found |= new
    return tuple(sorted(found))

"""The invoices that answers could be about: those of their practitioner that bear their number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from models.domain.matching import Candidate
from models.domain.states import InvoiceKind, Settlement, ShareState
from models.reference.identifiers import numeric_finess
from models.store.database import rows_among
from models.store.faults import spoken
from models.tables.fields import Columns
from models.tables.invoice import Invoice
from models.tables.lots import Lot

Bearer = tuple[str, int]
"""The nine digits of a practitioner, and a number as a return gives it."""

_LOT: Final = Columns("l", [Lot.number, Lot.created_on])
_SAYS: Final = Columns("i", [Invoice.billed_on, Invoice.nir, Invoice.amo, Invoice.amc])

_BEARING: Final = (
    f"SELECT p.number, i.number, i.id, i.kind, i.settlement, {_LOT.sql}, {_SAYS.sql} FROM invoice i"  # noqa: S608
    " JOIN practitioner p ON p.id = i.practitioner_id LEFT JOIN batch l ON l.id = i.batch_id"
    " WHERE i.number IN ({set}) ORDER BY i.id"
)
_BEFORE: Final = (
    f"SELECT m.invoice_id, {_LOT.sql} FROM lot_mention m JOIN batch l ON l.id = m.batch_id"  # noqa: S608
    " WHERE m.invoice_id IN ({set}) ORDER BY m.id"
)
_TWINS: Final = (
    "SELECT i.id, (SELECT count(*) FROM invoice o WHERE o.batch_id = i.batch_id AND o.id <> i.id AND o.nir = i.nir"  # noqa: S608
    f" AND o.amc = i.amc AND o.amc_state <> '{ShareState.NONE}') FROM invoice i WHERE i.id IN ({{set}})"
)


@spoken()
def candidates_of(asked: Mapping[Bearer, bool]) -> dict[Bearer, list[Candidate]]:
    """All that bear each of these numbers, oldest first, whatever became of them.

    Args:
        asked: who bears what; with it whether the twins are to be counted, which a DRE's answer asks for.
    """
    same: dict[Bearer, list[Bearer]] = {}
    for bearer in asked:
        same.setdefault(_as_number(*bearer), []).append(bearer)
    numbers = dict.fromkeys(number for _, number in asked)
    found = [row for row in rows_among(_BEARING, numbers) if _as_number(*row[:2]) in same]
    lots: dict[int, list[tuple[int, date]]] = {row[2]: [] for row in found}
    for _, _, invoice_id, _, _, *lot in (row[:7] for row in found if row[5] is not None):
        lots[invoice_id].append(_lot(lot))
    for invoice_id, *lot in rows_among(_BEFORE, list(lots)):
        lots[invoice_id].append(_lot(lot))
    twins = dict(rows_among(_TWINS, [row[2] for row in found if any(map(asked.get, same[_as_number(*row[:2])]))]))
    bearing: dict[Bearer, list[Candidate]] = {bearer: [] for bearer in asked}
    for practitioner, number, invoice_id, kind, settlement, _, _, *says in found:
        dre = kind == InvoiceKind.DRE or settlement == Settlement.DRE_ALONE
        billed_on, nir, amo, amc = _SAYS.read(says)
        candidate = Candidate(
            invoice_id, dre, tuple(lots[invoice_id]), billed_on, nir, amo, amc, twins.get(invoice_id, 0)
        )
        for bearer in same[_as_number(practitioner, number)]:
            bearing[bearer].append(candidate)
    return bearing


def _as_number(practitioner: str, number: int) -> Bearer:
    """The same bearer, a Corsican establishment in the form of a number: a lot may have its letter, a return not."""
    return numeric_finess(practitioner), number


def _lot(row: list[object]) -> tuple[int, date]:
    number, day = _LOT.read(row)
    return number, day

"""Which number the next lot of ours bears: the next of our range that no lot of the past year bears, nor a live one."""

from __future__ import annotations

from datetime import date
from typing import Final

from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault
from models.domain.numbering import LOT_REST
from models.domain.states import InvoiceState, Origin
from models.store.database import rows
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.numbering import coming_lots, take_lot_number
from models.tables.people import Practitioner

_WAITING: Final = (InvoiceState.TRANSMITTED, InvoiceState.REPROCESSING, InvoiceState.REJECTED, InvoiceState.PARTLY_PAID)
"""The states in which a caisse may still answer."""


def free_lot_number(practitioner: Practitioner, today: date) -> int:
    """Take the practitioner's next lot number; inside a transaction only.

    Numbers turn over at the end of the range. One that a lot of the past year bears, imported ones too, is passed over;
    where all are borne, the one that was met longest ago and of which nothing is waited for serves again.

    Raises:
        PracticeFault: an answer is still waited for on every number, or the configuration cannot be read.
    """
    met = Lot.select().where(Lot.practitioner == practitioner.id)
    last = met.where(Lot.origin == Origin.IMPORTED).order_by(Lot.created_on.desc(), Lot.id.desc()).first()
    coming = list(coming_lots(practitioner.number, last.number if last else 0))
    latest: dict[int, date] = {}
    for known, day in rows(met.select(Lot.number, Lot.created_on)):
        latest[known] = max(day, latest.get(known, day))
    never = date.min
    number = next((number for number in coming if latest.get(number, never) < today - LOT_REST), None)
    if number is None:
        live = _live(practitioner)
        number = min((number for number in coming if number not in live), key=latest.__getitem__, default=None)
    if number is None:
        raise PracticeFault(
            f"Les {len(coming)} numéros de lot de la plage d’Accueil attendent tous une réponse : "
            "lisez les retours, ou élargissez la plage."
        )
    take_lot_number(practitioner.number, number)
    return number


def _live(practitioner: Practitioner) -> set[int]:
    """The numbers of the lots whose sending or whose answers are waited for."""
    query = (
        Lot.select(Lot.number)
        .join(Invoice)
        .where(
            Lot.practitioner == practitioner.id,
            (Lot.status == LotStatus.IN_DOUBT) | Invoice.state.in_(_WAITING),
        )
    )
    return {number for (number,) in rows(query.distinct())}

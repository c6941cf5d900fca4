"""Numbers met in the billing software's files: ours go on above those that lie in our range, and it is said aloud."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peewee import fn

from models.domain.numbering import A_JUMP, LAST_NUMBER, ROOM, near_the_end
from models.domain.states import InvoiceKind, Origin
from models.formats.b2.values import B2Lot
from models.store.database import rows
from models.tables.invoice import Invoice
from models.tables.numbering import coming_number, keep_above, numbering


def heed_numbers(lots: Sequence[B2Lot]) -> tuple[str, ...]:
    """Let our next number be above the numbers of these lots that lie in our range; inside a transaction only.

    Returns:
        One sentence for each thing that the practice should know: its two programs number in one another's way.

    Raises:
        PracticeFault: the configuration cannot be read.
    """
    ours = numbering()
    met = sorted({invoice.number for lot in lots for invoice in lot.invoices})
    foreign = _not_our_own(lots, [number for number in met if ours.is_ours(number) or near_the_end(number)])
    keep_above(met if ours.first_invoice == 1 else foreign)
    following = coming_number(InvoiceKind.INVOICE)
    last = [number for number in foreign if near_the_end(number)]
    inside = [number for number in foreign if not near_the_end(number)]
    said: list[str] = []
    if inside:
        said.append(
            f"{_some(inside, 'facture', 'n° ')} dans la plage d’Accueil (à partir du n° {ours.first_invoice}) : "
            f"nos numéros reprennent au n° {following} ; donnez une autre plage à l’un des deux logiciels."
        )
    if last:
        said.append(
            f"{_some(last, 'facture', 'n° ')} tout près de la fin des neuf chiffres : "
            f"nos numéros n’en dépendent pas et continuent au n° {following} ; voyez l’éditeur de l’autre logiciel."
        )
    lot_numbers = sorted({lot.number for lot in lots if ours.is_our_lot(lot.number)})
    if lot_numbers:
        said.append(
            f"{_some(lot_numbers, 'lot', '')} dans la plage d’Accueil ({ours.first_lot} à {ours.last_lot}) : "
            "nos lots évitent les numéros déjà pris ; donnez une autre plage à l’un des deux logiciels."
        )
    return tuple(said)


@dataclass(frozen=True, slots=True)
class FarNumbers:
    """Nothing was changed: invoices of the file have numbers far from all others; a person says if it is taken."""

    file_name: str
    numbers: tuple[int, ...]
    following: int
    """The number that our next invoice would get once the file is taken."""


def far_numbers(lots: Sequence[B2Lot], file_name: str) -> FarNumbers | None:
    """The numbers of a file that are none (0), that are near the end of the nine digits, or that would make ours jump.

    Raises:
        PracticeFault: the configuration cannot be read.
    """
    ours = numbering()
    met = sorted({invoice.number for lot in lots for invoice in lot.invoices})
    coming = coming_number(InvoiceKind.INVOICE)
    counted = [number for number in met if number and not near_the_end(number)]
    heeded = [number for number in counted if ours.is_ours(number) or ours.first_invoice == 1]
    usual = max(coming, _highest_known(), min(heeded, default=0) if ours.first_invoice == 1 else 0)
    jumping = {number for number in heeded if number > usual + A_JUMP}
    far = _not_our_own(lots, [number for number in met if number in jumping or not number or near_the_end(number)])
    if not far:
        return None
    following = max([coming, *(number + 1 for number in heeded)])
    return FarNumbers(file_name, tuple(far), following)


def _highest_known() -> int:
    """The highest number that an invoice of the practice bears, those near the end left out."""
    last = LAST_NUMBER - ROOM
    return Invoice.select(fn.MAX(Invoice.number)).where(Invoice.number <= last).scalar() or 0


def _not_our_own(lots: Iterable[B2Lot], numbers: list[int]) -> list[int]:
    """These numbers without those of our own invoices that only come back in a file: same number, same insured."""
    found: set[tuple[int, str]] = set()
    for start in range(0, len(numbers), 500):
        some = Invoice.number.in_(numbers[start : start + 500])
        found.update(rows(Invoice.select(Invoice.number, Invoice.nir).where(Invoice.origin == Origin.OWN, some)))
    if not found:
        return numbers
    own = {i.number for lot in lots for i in lot.invoices if (i.number, i.nir) in found}
    return [number for number in numbers if number not in own]


def _some(numbers: list[int], what: str, sign: str) -> str:
    """« La facture n° 12 est », « 3 factures (n° 12 à n° 15) sont »."""
    shown = [f"{sign}{number:03d}" for number in (numbers[0], numbers[-1])]
    if len(numbers) == 1:
        return f"{'Le' if what == 'lot' else 'La'} {what} {shown[0]} est"
    return f"{len(numbers)} {what}s ({shown[0]} à {shown[1]}) sont"

"""Traiter une DRE rejetée seule: the complementary share again, to the right payer, the AMO share untouched.

Settlement 25 (third-party payment of the complementary share alone: B2 record 2, positions 115-116).
"""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.outcomes import Refused, Stale, stale
from models.commands.records import copy_as_successor, save_changed
from models.domain.lifecycle import DRE_ALONE
from models.queries.sheets import sheet_of
from models.store.database import transaction
from models.store.faults import spoken
from models.tables import journal
from models.tables.invoice import Invoice
from models.tables.journal import Author
from models.tables.numbering import next_invoice_number


@dataclass(frozen=True, slots=True)
class DreMade:
    """Done and committed: the DRE of `old_number` goes again as `new_number`, to be validated."""

    old_number: int
    new_number: int
    new_id: int
    new_version: int


def resend_dre(invoice_id: int, version: int | None, amc_number: str, author: Author) -> DreMade | Refused | Stale:
    """Make the DRE that replaces a rejected one.

    Args:
        invoice_id: the invoice whose complementary share was rejected alone.
        version: as it was read; None from the command line.
        amc_number: the complementary payer, ten digits at most, corrected.
        author: who sends it again.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with spoken(), transaction():
        old = Invoice.get_by_id(invoice_id)
        if version is not None and (late := stale(old, version)):
            return late
        if reason := sheet_of(old).dre_refusal:
            return Refused(reason)
        number = next_invoice_number()
        new = copy_as_successor(
            old,
            number=number,
            kind="dre",
            dre_of=old.id,
            settlement=DRE_ALONE,
            amc_number=amc_number,
            signature=old.signature,
        )
        save_changed(old)
        journal.append(
            author, "resend_dre", f"invoice {old.id}", {"old": old.number, "new": number}, touched=(old.id, new.id)
        )
        return DreMade(old.number, number, new.id, new.version)

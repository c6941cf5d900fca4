"""Traiter une DRE rejetée seule: the complementary share again, to the right payer, the AMO share untouched.

A DRE is a document of its own, of its own series of numbers, and asks that share alone. No carte Vitale is read for it
and no module has signed it: it is unsecured, whatever its invoice was. Settlement 25 says third-party payment of the
complementary share alone (B2 record 2, positions 115-116): the one code of the source for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.commands.change import answers_stale, open_change
from models.commands.give_up import taken_up_again
from models.commands.outcomes import Stale
from models.commands.records import copy_as_successor
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.refusals import Refused
from models.domain.states import InvoiceKind, Settlement, Signature
from models.queries.sheets import invoice_sheet
from models.tables.content import content_of
from models.tables.invoice import Invoice
from models.tables.numbering import next_number


@dataclass(frozen=True, slots=True)
class DreMade:
    """Done and committed: the DRE of `old_number` goes again as `new_number`, to be validated."""

    old_number: int
    new_number: int
    new_id: int
    new_version: int


@answers_stale
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
    with open_change(author, Action.RESEND_DRE) as change:
        old = change.invoice(invoice_id, version)
        if refused := invoice_sheet(old.id).dre_refusal:
            return refused
        new = taken_up_again(Invoice.get_or_none(Invoice.dre_of == old.id))
        if new is not None:
            change.save(new)  # first: what is given up is sealed
            new.amc_number = amc_number
            change.save(new)
        else:
            new = copy_as_successor(
                change,
                old,
                replace(content_of(old).of_the_complementary(), settlement=Settlement.DRE_ALONE, amc_number=amc_number),
                number=next_number(InvoiceKind.DRE),
                kind=InvoiceKind.DRE,
                dre_of=old.id,
                signature=Signature.UNSECURED,
            )
        change.save(old)
        change.record(f"invoice {old.id}", {"old": old.number, "new": new.number})
        return DreMade(old.number, new.number, new.id, new.version)

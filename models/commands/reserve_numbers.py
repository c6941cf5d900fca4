"""Réserver des numéros: the range in which Accueil numbers, beside the billing software's."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.domain.numbering import Numbering
from models.domain.refusals import Refused
from models.domain.states import InvoiceKind
from models.queries.numbers import highest_met, met_in
from models.store.database import settings_file
from models.store.numbering_file import write_numbering
from models.tables.numbering import keep_above


@dataclass(frozen=True, slots=True)
class Reserved:
    """Done: the next number is of this range; those that were given stay."""

    numbering: Numbering


def reserve_numbers(wanted: Numbering, author: Author) -> Reserved | Refused:
    """Write the range into the practice's configuration.

    The file is written last and whole: a power cut right after it leaves the range without its entry in the journal.

    Args:
        wanted: the range; from 1 on, nothing is reserved.
        author: who decides.

    Raises:
        PracticeFault: the practice has no configuration, or it cannot be read or written; nothing was changed.
    """
    with open_change(author, Action.RESERVE_NUMBERS) as change:
        path = settings_file()
        if path is None:
            raise PracticeFault("Ce cabinet n’a pas de configuration : la plage ne s’écrit nulle part.")
        met = met_in(wanted, author.day)
        if met is not None:
            return met
        change.record("numbering", asdict(wanted))
        write_numbering(path, wanted)
        if wanted.first_invoice == 1:
            keep_above([highest_met(InvoiceKind.INVOICE)])
        return Reserved(wanted)

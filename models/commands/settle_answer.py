"""Trancher: a person takes or sets aside an answer that the program would not apply by itself."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.answers import apply_answer
from models.commands.outcomes import Refused
from models.domain.lifecycle import ForbiddenMove
from models.store.database import transaction
from models.store.faults import spoken
from models.tables import journal
from models.tables.invoice import Invoice
from models.tables.journal import Author
from models.tables.returns import Answer

TAKEABLE = frozenset({"contradictory", "identity"})
"""The outcomes that a person may turn into an applied answer; the others can only be set aside."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Done and committed: the answer is « taken » or « dismissed »."""

    number: int
    decision: str


def settle_answer(answer_id: int, take: bool, author: Author) -> Settled | Refused:
    """Decide on an answer that was kept aside.

    Args:
        answer_id: the answer.
        take: apply it; else set it aside for good, the invoice staying as it is.
        author: who decides.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    try:
        with spoken(), transaction():
            answer = Answer.get_by_id(answer_id)
            if answer.settled or answer.outcome in {"applied", "duplicate"}:
                return Refused("Cette réponse est déjà tranchée.")
            touched: tuple[int, ...] = ()
            if take:
                if answer.outcome not in TAKEABLE or answer.invoice_id is None:
                    return Refused("Cette réponse ne peut pas s’appliquer : écartez-la, puis voyez avec la caisse.")
                invoice = Invoice.get_by_id(answer.invoice_id)
                apply_answer(invoice, answer, forced=True)
                touched = (invoice.id,)
            answer.settled = "taken" if take else "dismissed"
            answer.save()
            journal.append(author, "settle", f"answer {answer.id}", {"decision": answer.settled}, touched=touched)
            return Settled(answer.number, answer.settled)
    except ForbiddenMove:
        return Refused("La facture est dans un état définitif : la réponse ne peut qu’être écartée.")

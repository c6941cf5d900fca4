"""Noter un droit: the attestation (or the card) that a person saw, its exemption and its period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.refusals import Refusal, Refused
from models.domain.states import RightSource
from models.reference.codes import EXEMPTIONS
from models.tables.rights import Right, RightWithdrawal


@dataclass(frozen=True, slots=True)
class RightRecorded:
    """Done and committed: the patient's record keeps what was seen, when, by whom; once a day for the same document."""

    exemption: str
    since: date
    until: date | None


def record_right(
    invoice_id: int, exemption: str, since: date, until: date | None, source: RightSource, author: Author
) -> RightRecorded | Refused:
    """Keep a right in the record of the invoice's patient.

    Args:
        invoice_id: an invoice of the patient.
        exemption: one digit; « 0 » where the document shows that there is none.
        since: first day that the document covers.
        until: last day; None where it says none.
        source: the document.
        author: who saw it.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    exemption = exemption.strip()
    if not EXEMPTIONS.known(exemption):
        return Refused(Refusal.UNKNOWN_EXEMPTION, typed=exemption)
    if until is not None and until < since:
        return Refused(Refusal.RIGHT_ENDS_BEFORE)
    with open_change(author, Action.RECORD_RIGHT) as change:
        patient = change.invoice(invoice_id).patient
        seen = {
            "patient": patient.id,
            "exemption": exemption,
            "since": since,
            "until": until,
            "source": source,
            "seen_on": author.day,
        }
        withdrawn = RightWithdrawal.select(RightWithdrawal.right)
        same = [getattr(Right, name) == value for name, value in seen.items() if value is not None]
        if until is None:
            same.append(Right.until.is_null())
        if Right.select().where(*same, Right.id.not_in(withdrawn)).exists():
            return RightRecorded(exemption, since, until)
        right = Right.create(**seen, seen_by=author.operator)
        change.record(f"patient {patient.id}", {"right": right.id, "source": source})
        return RightRecorded(exemption, since, until)

"""The papers that follow what is sent: sheets that a patient signed, documents to scan (SCOR); where each stands.

An invoice billed in degraded mode owes the caisse its sheet, with the lot's bordereau (`models/FIELD.md` §2.6). What
backs an invoice up (prescription, attestation…) is scanned and sent apart (SCOR).
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

from models.domain.refusals import Refusal

SHEETS_FOR: Final = timedelta(days=27 * 31)
"""How old a lot may be whose sheets are still asked for: what is older than the delay to claim (27 months) is lost."""

DOCUMENTS_FOR: Final = timedelta(days=90)
"""For how long after its lot the prescription of a degraded invoice is taken as owed: scans are kept as long."""


class DocumentKind(StrEnum):
    """What backs an invoice up; stored as spelt."""

    PRESCRIPTION = "prescription"
    ATTESTATION = "attestation"
    """Of rights, or of third-party payment in full."""
    AGREEMENT = "agreement"
    """The caisse's prior agreement."""
    OTHER = "other"


class DocumentStep(StrEnum):
    """Where a document stands; stored as spelt. Each step is one row, the latest holds."""

    OWED = "owed"
    SCANNED = "scanned"
    SENT = "sent"
    WAIVED = "waived"
    """Not owed after all: sent by another way, or asked for by mistake."""


OPEN: Final = frozenset({DocumentStep.OWED, DocumentStep.SCANNED})
"""Where somebody still has something to do."""

_FROM: Final[dict[DocumentStep | None, frozenset[DocumentStep]]] = {
    None: frozenset({DocumentStep.OWED}),
    DocumentStep.OWED: frozenset({DocumentStep.SCANNED, DocumentStep.WAIVED}),
    DocumentStep.SCANNED: frozenset({DocumentStep.SENT, DocumentStep.OWED, DocumentStep.WAIVED}),
    DocumentStep.SENT: frozenset({DocumentStep.OWED}),
    DocumentStep.WAIVED: frozenset({DocumentStep.OWED}),
}
"""The only moves; None: nobody asks for it."""


def needs_reason(now: DocumentStep | None, step: DocumentStep) -> bool:
    """Whether a move goes back, or says that nothing is owed: a person says why."""
    return step == DocumentStep.WAIVED or (step == DocumentStep.OWED and now is not None)


def why_not_step(now: DocumentStep | None, step: DocumentStep) -> Refusal | None:
    """Why a document cannot take this step; None where it can.

    Args:
        now: where it stands, None where nobody asks for it.
        step: the one that is wanted.
    """
    if step in _FROM[now]:
        return None
    if step == now:
        return Refusal.DOCUMENT_THERE
    if now in {None, DocumentStep.WAIVED}:
        return Refusal.DOCUMENT_NOT_OWED
    return Refusal.DOCUMENT_NOT_SCANNED if step == DocumentStep.SENT else Refusal.DOCUMENT_SENT

"""Verifier, of the papers: sheets went of lots that owe some, one day at a time; documents went step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.domain.exchanges import LotStatus
from models.domain.papers import DocumentKind, DocumentStep, why_not_step
from models.domain.states import Signature
from models.store.database import execute

_LEFT: Final = f"('{LotStatus.SENT}', '{LotStatus.REDONE}')"


def paper_breaches() -> Iterator[str]:
    """One French sentence for each breach (`models/INVARIANTS.md`, P32)."""
    sendings = (
        "SELECT b.number, b.signature, b.status, b.created_on, n.sent_on,"  # noqa: S608
        " (SELECT x.sent_on FROM sheet_sending x WHERE x.batch_id = n.batch_id AND x.id < n.id"
        f" ORDER BY x.id DESC LIMIT 1), b.status IN {_LEFT}"
        " FROM sheet_sending n JOIN batch b ON b.id = n.batch_id ORDER BY n.id"
    )
    for number, signature, _, created, sent_on, before, left in execute(sendings).fetchall():
        if signature != Signature.DEGRADED or not left:
            yield f"Lot {number:03d} : des feuilles y sont notées envoyées, alors qu’il n’en doit aucune."
        if sent_on is not None and sent_on < created:
            yield f"Lot {number:03d} : ses feuilles sont notées envoyées avant lui."
        if (sent_on is None) == (before is None):
            yield f"Lot {number:03d} : l’envoi de ses feuilles est noté, ou repris, deux fois de suite."
    steps = (
        "SELECT i.id, i.number, i.signature, coalesce(i.prescribed_on, ''), n.document, n.step FROM document_note n"
        " JOIN invoice i ON i.id = n.invoice_id ORDER BY n.id"
    )
    stands: dict[tuple[int, str], DocumentStep] = {}
    for key, number, signature, prescribed_on, kind, stored in execute(steps).fetchall():
        step = DocumentStep(stored)
        now = stands.get((key, kind))
        first = now is None and kind == DocumentKind.PRESCRIPTION and signature == Signature.DEGRADED and prescribed_on
        if why_not_step(now, step) and not (first and why_not_step(DocumentStep.OWED, step) is None):
            yield f"Facture n° {number} : une de ses pièces est notée dans un ordre impossible."
        stands[key, kind] = step

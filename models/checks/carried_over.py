"""A corrected invoice in which nothing that the rejection points to was changed would come back the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.checks.finding import Finding
from models.draft import changed_fields
from models.explanations import fields_of
from models.queries.sheets import InvoiceSheet

CHECK = "même rejet"
SOURCE = "Guide, 2 : « corrigez votre facture » avant de la valider ; double envoi à l’identique rejeté"


def check(sheet: InvoiceSheet, today: date) -> Iterator[Finding]:
    """For each reason carried along, whether one of the fields that it concerns differs from what was sent."""
    if sheet.rejected_draft is None:
        return
    changed = set(changed_fields(sheet.rejected_draft, sheet.draft))
    for share, code in {(reason.share, reason.code): None for reason in sheet.reasons}:
        fields = fields_of(code, share)
        if fields and not changed.intersection(fields):
            message = f"Rien n’a changé de ce que vise le rejet {code} : la même facture reviendrait."
            yield Finding(CHECK, "advice", fields[0], message, SOURCE)

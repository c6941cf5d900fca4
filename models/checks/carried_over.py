"""A corrected invoice in which nothing that the rejection points to was changed would come back the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from models.checks.case import Case
from models.checks.finding import Finding, told
from models.checks.rules import rule
from models.domain.content import InvoiceContent
from models.domain.draft import changed_fields
from models.domain.states import ShareName
from models.reference.identifiers import numeric_finess


def check(case: Case) -> Iterator[Finding]:
    """For each reason carried along, whether one of the fields that it concerns differs from what was sent."""
    if not case.sheet.reasons:
        return
    rejected = case.sheet.rejected_draft
    reasons = {(reason.share, reason.code): None for reason in case.sheet.reasons}
    changed = set(changed_fields(_as_sent(rejected), _as_sent(case.draft))) if rejected is not None else set()
    paid = {ShareName.AMO: case.sheet.amo_paid > 0, ShareName.AMC: case.sheet.amc_paid > 0}
    asked = {ShareName.AMO: case.draft.amo, ShareName.AMC: case.draft.amc}
    for share, code in reasons:
        if share not in paid:
            continue  # it does not read in the base
        if paid[share] or (rejected is not None and not asked[share]):
            continue  # of a share that is not asked any more nothing can come back
        fields = [field for field in case.book.fields_of(code, "", share) if field != "number"]
        if fields and not changed.intersection(fields):
            message = f"Rien n’a changé de ce que vise le rejet {code} : la même facture reviendrait."
            if rejected is None:
                message = f"Rejetée par {'la complémentaire' if share == ShareName.AMC else 'la caisse'}, code {code}."
            yield told(rule("rejection.unchanged"), fields[0], message)


def _as_sent(content: InvoiceContent) -> InvoiceContent:
    """The same Corsican establishment is sent as one number, whichever of its forms was typed."""
    return replace(content, prescriber=numeric_finess(content.prescriber))

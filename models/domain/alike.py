"""Corriger pareil: what was corrected on one invoice, on another that came with the same mistake."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from models.domain.content import InvoiceContent
from models.domain.draft import FIELDS, changed_fields

CARRIED: Final = ("exemption", "nature", "prescriber", "prescribed_on", "payer", "settlement", "amc_number")
"""The fields of the form whose correction can be that of another patient's invoice too."""
OF_THE_PATIENT: Final = ("nir", "beneficiary")
"""Those whose correction can be that of the same patient's other invoices only."""


def corrections(before: InvoiceContent, after: InvoiceContent) -> tuple[str, ...]:
    """The fields that were corrected and that another invoice can be corrected in alike; never its lines."""
    changed = changed_fields(before, after)
    return tuple(field for field in (*CARRIED, *OF_THE_PATIENT) if field in changed)


def corrected_alike(
    other: InvoiceContent, before: InvoiceContent, after: InvoiceContent, *, same_patient: bool
) -> tuple[InvoiceContent, tuple[str, ...]]:
    """`other` with the corrections that led from `before` to `after`, and the fields that they change in it.

    A field is changed only where it says exactly what was corrected: a number that is wrong otherwise is another
    mistake.
    """
    made = []
    for field in corrections(before, after):
        names = FIELDS[field]
        same = all(getattr(other, name) == getattr(before, name) for name in names)
        if same and (same_patient or field in CARRIED):
            other = replace(other, **{name: getattr(after, name) for name in names if name != "settlement"})
            if field == "settlement":
                other = other.with_settlement(after.settlement)
            made.append(field)
    return other, tuple(made)

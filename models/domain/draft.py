"""The fields of the form, and what differs between two contents of an invoice."""

from __future__ import annotations

from dataclasses import replace

from models.domain.content import InvoiceContent, Line

FIELDS: dict[str, tuple[str, ...]] = {
    "exemption": ("exemption",),
    "nature": ("nature",),
    "accident": ("accident",),
    "maternity": ("maternity",),
    "prescriber": ("prescriber",),
    "prescribed_on": ("prescribed_on",),
    "payer": ("regime", "caisse", "centre"),
    "nir": ("nir", "nir_key"),
    "beneficiary": ("last_name", "first_name", "birth", "birth_rank"),
    "settlement": ("settlement", "contract"),
    "amc_number": ("amc_number",),
    "lines": ("acts",),
}
"""The fields of the form, and what each holds of the invoice's content."""


_AMONG_OTHER = frozenset({"accident", "maternity"})
"""What stands among the zones that are kept as received: old rows have it there, under their seal."""


def corrected(before: InvoiceContent, typed: InvoiceContent) -> InvoiceContent:
    """`before` with what the fields of the form say in `typed`; what no field holds stays as it is."""
    named = (name for names in FIELDS.values() for name in names if name not in _AMONG_OTHER)
    after = replace(before, **{name: getattr(typed, name) for name in named})
    return after.with_accident(typed.accident).with_maternity(typed.maternity)


def changed_fields(before: InvoiceContent, after: InvoiceContent) -> tuple[str, ...]:
    """The fields of the form whose content differs.

    Lines differ by what was entered, not by the amounts that follow from other fields.
    """
    return tuple(
        field
        for field, names in FIELDS.items()
        if any(_entered(before, name) != _entered(after, name) for name in names)
    )


def _entered(draft: InvoiceContent, name: str) -> object:
    if name != "acts":
        return getattr(draft, name)
    return [entered(act) for act in draft.acts]


def entered(act: Line) -> tuple[object, ...]:
    """What one enters of a line; its amounts follow from that and from other fields."""
    return act.done_on, act.code, act.quantity, act.coefficient, act.unit_price, act.at_home

"""The fields of the form, and what differs between two contents of an invoice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

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

MENDABLE = frozenset(name for names in FIELDS.values() for name in names)
"""What of an invoice's content one types in the form: damaged there, it is typed again."""

MENDABLE_IN_LINES = frozenset({"done_on", "code"})
"""The same of a line."""

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


@dataclass(frozen=True, slots=True)
class LineChanges:
    """What became of the lines of an invoice."""

    changed: dict[int, Line | None]
    """The lines (positions from 1) that differ, each with what stood there before; None where the line is new."""
    removed: tuple[Line, ...]
    """The lines of before that are no longer there, in their order."""


def line_changes(before: tuple[Line, ...], now: tuple[Line, ...]) -> LineChanges:
    """What became of `before`: a line that only moved is neither new nor removed.

    Which old line a corrected one comes from is not kept: it is one of the same act and day, else of the same act,
    else the one that stood at the same place.
    """
    old, new = [entered(act) for act in before], [entered(act) for act in now]
    if Counter(old) == Counter(new):  # nothing but their order: each place that holds another line says which it held
        return LineChanges({place + 1: before[place] for place in range(len(old)) if old[place] != new[place]}, ())
    from difflib import SequenceMatcher  # most corrections stop at the line above

    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    left = [place for place in range(len(old)) if not any(b.a <= place < b.a + b.size for b in blocks)]
    changed: dict[int, Line | None] = {}
    unpaired = []
    for place in (place for place in range(len(new)) if not any(b.b <= place < b.b + b.size for b in blocks)):
        moved = next((index for index in left if old[index] == new[place]), None)
        if moved is None:
            unpaired.append(place)
        else:
            left.remove(moved)
            changed[place + 1] = before[place] if place < len(before) else before[moved]
    for alike in (_same_act_and_day, _same_act, None):
        for place in [place for place in unpaired if place + 1 not in changed]:
            fits = [
                index for index in left if (alike(before[index], now[place]) if alike is not None else index == place)
            ]
            if fits:
                changed[place + 1] = before[fits[0]]
                left.remove(fits[0])
    changed.update({place + 1: None for place in unpaired if place + 1 not in changed})
    return LineChanges(changed, tuple(before[index] for index in left))


def _same_act_and_day(one: Line, other: Line) -> bool:
    return (one.code, one.done_on) == (other.code, other.done_on)


def _same_act(one: Line, other: Line) -> bool:
    return one.code == other.code

"""How « Modifier » shares its window out: between the fields with their notes, the reasons, and the lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from tui.flows.form_fields import FormInput
from tui.text import display

_AROUND: Final = 4
"""Lines that are neither fields nor lines: place, news, summary, keys."""
_LEAST_LINES: Final = 4
"""Lines for those of the invoice, their heading among them."""
_USUAL: Final = 24
"""Lines of a window in which each field keeps its one line, whatever its note says: nothing moves as one types."""
_FIELDS: Final = 58
"""Hundredths of the width that the fields take; the reasons have the rest."""
_BOX: Final = 37
"""Hundredths of that width that the box of a field takes at the most."""
_NARROW: Final = 12
"""Cells beside a box below which a note is not wrapped."""
_LABEL: Final = 19
"""Cells of a field's name."""


class FormRoom(NamedTuple):
    """What each part gets, in cells and lines."""

    fields: int
    """Width of the fields."""
    boxes: dict[str, int]
    """Width of each field's box."""
    notes: dict[str, list[str]]
    """Each field's note in the lines that it takes; in one, where it is cut if it must be."""
    upper: int
    """Height of the fields and of the reasons."""


def share_room(
    width: int, height: int, notes: Mapping[FormInput, str], reasons: Callable[[int], int], lines: int
) -> FormRoom:
    """Share a window out: a note takes several lines in a high one, the reasons the height that the lines do not need.

    Args:
        width: columns of the window.
        height: its lines.
        notes: what stands beside each field that has its row.
        reasons: how many lines the reasons take in so many cells.
        lines: those of the invoice, with those that were removed.
    """
    fields = width * _FIELDS // 100
    boxes = {field.name: min(max(4, field.width + 1), fields * _BOX // 100) for field in notes}
    one = {field.name: [display.clean(note)] for field, note in notes.items()}
    beside = {name: fields - _LABEL - box - 1 for name, box in boxes.items()}
    several = {
        field.name: display.wrapped(note, beside[field.name]) if beside[field.name] >= _NARROW else one[field.name]
        for field, note in notes.items()
    }
    left = height - _AROUND - max(_LEAST_LINES, lines + 1)
    fits = height > _USUAL and sum(map(len, several.values())) <= left
    shown = several if fits else one
    rows = sum(map(len, shown.values()))
    return FormRoom(fields, boxes, shown, max(rows, min(max(rows + 1, reasons(width - fields)), left)))

"""What became of the lines of an invoice: which are new, corrected, moved, and which are gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.content import Line
from models.domain.draft import line_changes
from tests.models.practice import an_act

A, B, C = (replace(an_act(), code=code) for code in ("AMK", "IFD", "IK"))
A2 = replace(A, quantity=2)
OTHER = replace(C, code="RIM", done_on=C.done_on.replace(day=9))


@pytest.mark.parametrize(
    ("before", "now", "changed", "removed"),
    [
        ((A, B, C), (A, B, C), {}, ()),
        ((A, B, C), (A, C), {}, (B,)),
        ((A, B, C), (B, C), {}, (A,)),
        ((A, A, A), (A,), {}, (A, A)),
        ((A, B, C), (), {}, (A, B, C)),
        ((A, B), (B, A), {1: A, 2: B}, ()),
        ((A, B), (A2, B), {1: A}, ()),
        ((A, B, C), (A2, C), {1: A}, (B,)),
        ((A, B), (A, B, C), {3: None}, ()),
        ((A, B), (B, OTHER), {2: None}, (A,)),
        ((A, B), (OTHER, B), {1: A}, ()),
        ((A, B, C), (C, A), {1: A}, (B,)),
        ((), (A,), {1: None}, ()),
    ],
)
def test_what_became_of_each(
    before: tuple[Line, ...], now: tuple[Line, ...], changed: dict[int, Line | None], removed: tuple[Line, ...]
) -> None:
    found = line_changes(before, now)
    assert (found.changed, found.removed) == (changed, removed)

"""The seeks that go on from a place of a list's order, column by column.

A row-value comparison would use only the key's first column and scan the rest of a rank or a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Place = tuple[Any, ...]
"""Where a row stands in the order: what each of its columns holds."""


def steps(
    columns: tuple[str, ...], after: Place | None, ascending: bool, inclusive: bool
) -> Iterator[tuple[str, Place, int]]:
    """The seeks that together give what follows `after`: the same day further on, then the later days.

    With each, how many of the columns it holds to one value.
    """
    if after is None:
        yield "1 = 1", (), 0
        return
    sign = ">" if ascending else "<"
    for last in range(len(columns) - 1, -1, -1):
        equal = " AND ".join(f"{column} = {_bound(after[at])}" for at, column in enumerate(columns[:last]))
        further = f"{columns[last]} {sign}{'=' if inclusive and last == len(columns) - 1 else ''} {_bound(after[last])}"
        yield (f"{equal} AND {further}" if equal else further), after[: last + 1], last


def _bound(value: object) -> str:
    """How a value is bound: bytes are those of a text that is none."""
    return "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"


def beyond(columns: tuple[str, ...], after: Place | None, ascending: bool, inclusive: bool) -> tuple[str, Place]:
    """The same as one condition, for rows that are found by other means than the order."""
    each = list(steps(columns, after, ascending, inclusive))
    test = " OR ".join(f"({condition})" for condition, _, _ in each)
    return f"({test})", tuple(value for _, values, _ in each for value in values)

"""Words for the values of a closed list, and for one that does not read in the base (`models.domain.damage`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from models.domain.damage import is_damaged

K = TypeVar("K")
V = TypeVar("V")


class Words(dict[K, V]):
    """What is said of each value.

    Args:
        known: of those of the list, each.
        damaged: of one that stands for what does not read.
    """

    def __init__(self, known: Mapping[K, V], damaged: V) -> None:
        super().__init__(known)
        self._damaged = damaged

    def __missing__(self, key: K) -> V:
        if is_damaged(key):
            return self._damaged
        raise KeyError(key)

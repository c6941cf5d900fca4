"""What stands in the place of a person who is no longer to be named, and the person taken out of free text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from models.reference.text_search import fold

GONE: Final = "…"
"""What stands where a name or a NIR stood in a text."""

NIR: Final = 13
"""Digits, without the key."""

SHORT: Final = 200
"""Characters of a text up to which it is kept for when it is met again: the tables say few things, many times each."""

Spoken = tuple[str, tuple[int, int]]
"""A word as it is compared, and where it stands."""

_NUMBER: Final = re.compile(r"\d{13,}")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Named:
    """A person as records name them."""

    patient_id: int
    nir: str
    last_name: str
    first_name: str


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """What takes the place of whom a record named; the record's own number tells one from another."""

    nir: str
    last_name: str

    @classmethod
    def of(cls, patient_id: int) -> Pseudonym:
        """That of this record: nothing of it comes from the person."""
        return cls(f"P{patient_id:0{NIR - 1}}", f"PATIENT {patient_id}")


class Redaction:
    """Takes these people out of free text.

    Args:
        people: every record of each, under every name that was given.
        staying: whose names and NIR stay, though one of these bears the same.
    """

    def __init__(self, people: Sequence[Named], staying: Iterable[Named] = ()) -> None:
        kept = list(staying)
        nirs = {person.nir for person in kept}
        names = {(*_words(person.last_name), *_words(person.first_name)) for person in kept}
        self._everywhere = lru_cache(maxsize=4096)(self._named_in)
        self._nirs = {one.nir: one.patient_id for one in people if len(one.nir) == NIR and one.nir not in nirs}
        self._nirs_written = frozenset(nir.encode() for nir in self._nirs)
        self._names: dict[str, set[tuple[str, ...]]] = {}
        self._alone: dict[int, set[str]] = {}
        for person in people:
            last, first = _words(person.last_name), _words(person.first_name)
            self._alone.setdefault(person.patient_id, set()).update(word for word in (*last, *first) if len(word) > 1)
            if last and first and (*last, *first) not in names:
                for whole in ((*last, *first), (*first, *last)):
                    self._names.setdefault(whole[0], set()).add(whole)

    def whose(self, nir: str) -> int | None:
        """The record of whom has this NIR; None where none of them has it, or somebody who stays."""
        return self._nirs.get(nir)

    def without(self, text: str, patient_id: int | None = None) -> str:
        """The text without any NIR and without any whole name of theirs.

        Args:
            text: as it was kept.
            patient_id: whom the text is about, if that is known: then without each word of their names.
        """
        spans = self._everywhere(text) if len(text) <= SHORT else self._named_in(text)
        alone = self._alone.get(patient_id) if patient_id is not None else None
        if alone:
            spans += tuple(span for word, span in _spoken(text) if word in alone)
        end = len(text) + 1
        for start, stop in sorted(spans, reverse=True):
            if stop <= end:
                text, end = text[:start] + GONE + text[stop:], start
            else:  # they overlap: what stands before the later one goes too
                text, end = text[:start] + text[end:], start
        return text

    def names_somebody(self, data: bytes) -> bool:
        """Whether one of their NIR stands in these bytes, between whatever other digits."""
        nirs = self._nirs_written
        return any(
            not nirs.isdisjoint(run[at : at + NIR] for at in range(len(run) - NIR + 1))
            for run in re.findall(rb"[0-9]{13,}", data)
        )  # a record of a fixed width has no blanks between its zones

    def _named_in(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where a NIR or a whole name of theirs stands."""
        return (*self._numbers(text), *self._whole_names(text))

    def _numbers(self, text: str) -> Iterator[tuple[int, int]]:
        for run in _NUMBER.finditer(text):
            for at in range(len(run[0]) - NIR + 1):
                if run[0][at : at + NIR] in self._nirs:
                    yield run.start() + at, run.start() + at + NIR

    def _whole_names(self, text: str) -> Iterator[tuple[int, int]]:
        found = _spoken(text)
        for at, (word, (start, _)) in enumerate(found):
            for whole in self._names.get(word, ()):
                if tuple(other for other, _ in found[at : at + len(whole)]) == whole:
                    yield start, found[at + len(whole) - 1][1][1]


def _spoken(text: str) -> Sequence[Spoken]:
    return _spoken_before(text) if len(text) <= SHORT else _spoken_now(text)


def _spoken_now(text: str) -> Sequence[Spoken]:
    return tuple((fold(word[0]), word.span()) for word in _WORD.finditer(text))


_spoken_before = lru_cache(maxsize=4096)(_spoken_now)


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _WORD.findall(name))

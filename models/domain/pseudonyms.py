"""What stands in the place of a person who is no longer to be named, and the person taken out of free text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from models.reference.text_search import fold

GONE: Final = "…"
"""What stands where a name or a NIR stood in a text."""

NIR: Final = 13
"""Digits, without the key."""

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
        self._nirs = {one.nir: one.patient_id for one in people if len(one.nir) == NIR and one.nir not in nirs}
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
        spans = [*self._numbers(text), *self._whole_names(text)]
        alone = self._alone.get(patient_id, set()) if patient_id is not None else set()
        spans += [found.span() for found in _WORD.finditer(text) if alone and fold(found[0]) in alone]
        end = len(text) + 1
        for start, stop in sorted(spans, reverse=True):
            if stop <= end:
                text, end = text[:start] + GONE + text[stop:], start
            else:  # they overlap: what stands before the later one goes too
                text, end = text[:start] + text[end:], start
        return text

    def names_somebody(self, data: bytes) -> bool:
        """Whether one of their NIR stands in these bytes, between whatever other digits."""
        runs = re.findall(rb"[0-9]{13,}", data)
        return any(
            run[at : at + NIR].decode() in self._nirs for run in runs for at in range(len(run) - NIR + 1)
        )  # a record of a fixed width has no blanks between its zones

    def _numbers(self, text: str) -> Iterator[tuple[int, int]]:
        for run in _NUMBER.finditer(text):
            for at in range(len(run[0]) - NIR + 1):
                if run[0][at : at + NIR] in self._nirs:
                    yield run.start() + at, run.start() + at + NIR

    def _whole_names(self, text: str) -> Iterator[tuple[int, int]]:
        found = [(fold(word[0]), word.span()) for word in _WORD.finditer(text)]
        for at, (word, (start, _)) in enumerate(found):
            for whole in self._names.get(word, ()):
                if tuple(other for other, _ in found[at : at + len(whole)]) == whole:
                    yield start, found[at + len(whole) - 1][1][1]


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _WORD.findall(name))

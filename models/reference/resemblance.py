"""What the label of an unknown rejection resembles: an entry of the book under another code, or an official control."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.reference.controls import SOURCE, Control, controls
from models.reference.label_match import Labels
from models.reference.rejection_entry import FormField, Rejecter, RejectionEntry
from models.reference.text_search import fold

_TOO_MANY = 3
"""As many that fit equally well tell nothing."""

_FIELDS: dict[str, tuple[FormField, ...]] = {"accident": ("accident", "nature")}
"""Where more than the control's own field is looked at: an accident has its row only under its nature."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What is known under a label like the one received."""

    label: str
    named: str
    """The label as it is quoted: with the code of the book, where it has one."""

    meaning: str
    todo: str
    """What to do, without a full stop."""

    fields: tuple[FormField, ...]
    share: str
    source: str


class Resemblances:
    """All the labels that a received one may resemble.

    Args:
        entries: of the book; the controls come after them.
    """

    def __init__(self, entries: Iterable[RejectionEntry]) -> None:
        self._known = (*map(_of_entry, entries), *map(_of_control, controls()))
        self._labels = Labels(known.label for known in self._known)
        self._found: dict[tuple[str, str], tuple[Resemblance, ...]] = {}

    def of(self, label: str, share: str) -> tuple[Resemblance, ...]:
        """Return what a label resembles: one, two that fit as well, or none.

        Args:
            label: As received.
            share: Who rejected. The caisse speaks for the complementary payer too, never the other way round.
        """
        asked = label, share
        if asked not in self._found:
            self._found[asked] = self._seek(*asked)
        return self._found[asked]

    def _seek(self, label: str, share: str) -> tuple[Resemblance, ...]:
        found: list[Resemblance] = []
        for place in self._labels.like(label):
            known = self._known[place]
            speaks = known.share == share or (share == Rejecter.AMO and known.share == Rejecter.AMC)
            if speaks and not any(_twins(known, other) for other in found):
                found.append(known)
        return tuple(found) if len(found) < _TOO_MANY else ()


def _twins(one: Resemblance, other: Resemblance) -> bool:
    """The same label twice in the tables, or two that ask for the same."""
    return fold(one.label) == fold(other.label) or (one.todo, one.fields) == (other.todo, other.fields)


def _of_entry(entry: RejectionEntry) -> Resemblance:
    named = f"« {entry.label} » ({entry.code})"
    todo = entry.todo.rstrip(".")
    return Resemblance(entry.label, named, entry.meaning, todo, entry.fields, entry.share, entry.source)


def _of_control(control: Control) -> Resemblance:
    named = f"« {control.label} »"
    fields = _FIELDS.get(control.field or "", (control.field,) if control.field else ())
    return Resemblance(control.label, named, control.meaning, control.todo, fields, control.share, SOURCE)

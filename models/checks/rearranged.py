"""The lines in the order that the caisse wants: each act, then its travel and supplements, then its kilometres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.checks.attached import attached, flat_rate, owners
from models.draft import ActDraft, InvoiceDraft
from models.reference.acts import is_travel, letter, line_rank


def reordered(draft: InvoiceDraft) -> InvoiceDraft:
    """The same lines, each attached one behind an act of its day that allows it.

    Days keep the order in which they first appear, acts theirs within a day. A line stays with the act that it stands
    behind where that act was done at home and has no such line yet; lines of a day without an act stay together.
    """
    owner = owners(draft.acts)
    behind: dict[int, list[ActDraft]] = {}
    alone: dict[object, list[ActDraft]] = {}
    for place, line in sorted(enumerate(draft.acts), key=lambda numbered: line_rank(numbered[1].code)):
        if not attached(line):
            behind[place] = []
            continue
        home = _home_of(line, owner[place], draft.acts, behind)
        (alone.setdefault(line.done_on, []) if home is None else behind[home]).append(line)
    ordered: list[ActDraft] = []
    for day in dict.fromkeys(line.done_on for line in draft.acts):
        for place in sorted(place for place in behind if draft.acts[place].done_on == day):
            ordered += (draft.acts[place], *behind[place])
        ordered += alone.get(day, [])
    return replace(draft, acts=tuple(ordered))


def _home_of(
    line: ActDraft, stood: int | None, acts: Sequence[ActDraft], behind: dict[int, list[ActDraft]]
) -> int | None:
    """The act to put the line behind: the first of the best; None where its day has no act."""
    places = sorted(place for place in behind if acts[place].done_on == line.done_on)

    def merit(place: int) -> tuple[bool, bool, bool, bool]:
        fit = not is_travel(line.code) or (acts[place].at_home and not _remote(acts[place]))
        travels = any(flat_rate(other) for other in behind[place])
        return fit, not _full(line, acts[place], behind[place]), flat_rate(line) or travels, place == stood

    return max(places, key=merit, default=None)


def _full(line: ActDraft, act: ActDraft, others: list[ActDraft]) -> bool:
    """Whether the act has its share of such lines already."""
    if flat_rate(line):
        return sum(other.quantity for other in others if flat_rate(other)) + line.quantity > max(1, act.quantity)
    return any(other.code == line.code for other in others)


def _remote(act: ActDraft) -> bool:
    known = letter(act.code)
    return known is not None and known.tariff == "tmk"

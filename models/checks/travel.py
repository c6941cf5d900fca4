"""Travel against act (0540 057): behind the act of its day, at the patient's home, of a kind in force, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from models.checks.attached import attached, flat_rate, owners, sourced
from models.checks.case import Case
from models.checks.finding import Finding, told
from models.domain.content import InvoiceContent, Line
from models.domain.faults import Remedy
from models.reference.acts import is_travel, letter, line_rank, travel


def check(case: Case) -> Iterator[Finding]:
    """Each attached line against the acts of its day, then the acts at home that have no travel.

    What a memo says to one profession is held against no other: each line asks for the rules of who did it.
    """
    acts = case.draft.acts
    if any(map(attached, acts)):
        yield from _beside_their_acts(case)
        yield from _twice(case)
    yield from _not_travelled(case)


def _beside_their_acts(case: Case) -> Iterator[Finding]:
    """Each attached line against the acts of its day."""
    acts = case.draft.acts
    owner = owners(acts)
    for place, line in enumerate(acts):
        if not attached(line):
            continue
        behind = owner[place]
        if not any(act.done_on == line.done_on and not attached(act) for act in acts):
            what = f"{line.code} sans acte le {_day(line)} : saisissez l’acte, ou retirez-la"
            yield from _breach(case, "travel.after_act", place, what, stops=_sure(case, place))
        elif behind is None:
            what = f"{line.code} avant son acte : placez-la après lui"
            breach = _breach(case, "travel.after_act", place, what, stops=_sure(case, place))
            yield from (replace(finding, remedy=Remedy.PUT_AFTER_ACT) for finding in breach)
        elif is_travel(line.code):
            yield from _unfit(case, place, acts[behind])
        yield from _not_in_force(case, place)


def _not_travelled(case: Case) -> Iterator[Finding]:
    """The first act at home on whose day nobody travelled."""
    acts = case.draft.acts
    if not any(act.at_home for act in acts):
        return
    travelled = {line.done_on for line in acts if is_travel(line.code)}
    for place, act in enumerate(acts):
        if act.at_home and not attached(act) and act.done_on not in travelled:
            what = f"domicile le {_day(act)} sans déplacement : à ajouter s’il est dû"
            found = list(_breach(case, "travel.place", place, what))
            yield from found
            if found:
                return


def _unfit(case: Case, place: int, act: Line) -> Iterator[Finding]:
    """Travel behind an act that was done where nobody travels."""
    line = case.draft.acts[place]
    if _remote(act):
        what = f"{line.code} après un télésoin ({act.code}) : retirez-la"
        yield from _breach(case, "travel.fits", place, what)
    elif not act.at_home:
        what = f"{line.code} pour un acte au cabinet : acte à domicile, ou ligne à retirer"
        yield from _breach(case, "travel.place", place, what)


def _not_in_force(case: Case, place: int) -> Iterator[Finding]:
    line = case.draft.acts[place]
    known = travel(line.code)
    if known is not None and known.verified and known.until is not None and known.until < line.done_on:
        what = f"{line.code} plus en vigueur le {_day(line)} : prenez celle qui l’est"
        yield from _breach(case, "travel.fits", place, what)


def _twice(case: Case) -> Iterator[Finding]:
    """More flat rates than acts behind which they stand; the same kilometres or supplement twice; two visits a day."""
    acts = case.draft.acts
    owner = owners(acts)
    billed: dict[int, int] = {}
    codes: set[tuple[int, str]] = set()
    days: set[date] = set()
    for place, line in enumerate(acts):
        behind = owner[place]
        if not attached(line) or behind is None:
            continue
        if flat_rate(line):
            billed[behind] = billed.get(behind, 0) + line.quantity
            if billed[behind] > max(1, acts[behind].quantity):
                what = f"{line.code} en trop : un seul déplacement par acte, retirez-en un"
                yield from _breach(case, "travel.once", place, what, stops=True)
            elif line.done_on in days:
                what = f"deuxième déplacement le {_day(line)} : gardez-le s’il y a eu deux visites"
                yield from _breach(case, "travel.once", place, what)
            days.add(line.done_on)
        elif (behind, line.code) in codes:
            what = f"{line.code} deux fois après le même acte : retirez-en une"
            yield from _breach(case, "travel.once", place, what)
        codes.add((behind, line.code))


def _sure(case: Case, place: int) -> bool:
    return sourced(case.draft.acts[place], case.exercises[place].profession)


def _breach(case: Case, name: str, place: int, what: str, *, stops: bool = False) -> Iterator[Finding]:
    """The finding by the rule of whoever did the line at `place` (from 0); nothing where they have no such rule."""
    found = case.rule_of(name, place)
    if found is not None:
        what = f"Ligne {place + 1} : {what}."
        yield told(found, "lines", what, line=place + 1, stops=stops, by=case.exercises[place])


def reordered(draft: InvoiceContent) -> InvoiceContent:
    """The same lines in the order that the caisse wants: each act, its travel and supplements, then its kilometres.

    Days keep the order in which they first appear, acts theirs within a day. A line stays with the act that it stands
    behind where that act was done at home and has no such line yet; lines of a day without an act stay together.
    """
    acts = draft.acts
    owner = owners(acts)
    behind: dict[int, list[Line]] = {place: [] for place, line in enumerate(acts) if not attached(line)}
    alone: dict[date, list[Line]] = {}
    for place, line in sorted(enumerate(acts), key=lambda numbered: line_rank(numbered[1].code)):
        if not attached(line):
            continue
        home = _best_act(line, owner[place], acts, behind)
        (alone.setdefault(line.done_on, []) if home is None else behind[home]).append(line)
    ordered: list[Line] = []
    for day in dict.fromkeys(line.done_on for line in acts):
        for place, others in behind.items():
            if acts[place].done_on == day:
                ordered += (acts[place], *others)
        ordered += alone.get(day, [])
    return replace(draft, acts=tuple(ordered))


def _best_act(line: Line, stood: int | None, acts: Sequence[Line], behind: dict[int, list[Line]]) -> int | None:
    """The act to put the line behind: the first of the best; None where its day has no act."""

    def merit(place: int) -> tuple[bool, bool, bool, bool]:
        act, others = acts[place], behind[place]
        fit = not is_travel(line.code) or (act.at_home and not _remote(act))
        travelled = line_rank(line.code) < 2 or any(flat_rate(other) for other in others)
        return fit, not _full(line, act, others), travelled, place == stood

    return max((place for place in behind if acts[place].done_on == line.done_on), key=merit, default=None)


def _full(line: Line, act: Line, others: list[Line]) -> bool:
    """Whether the act has its share of such lines already."""
    if flat_rate(line):
        return sum(other.quantity for other in others if flat_rate(other)) + line.quantity > max(1, act.quantity)
    return any(other.code == line.code for other in others)


def _remote(act: Line) -> bool:
    """Whether it is a télésoin."""
    known = letter(act.code)
    return known is not None and known.tariff == "tmk"


def _day(line: Line) -> str:
    return f"{line.done_on:%d/%m/%Y}"

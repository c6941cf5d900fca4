"""Travel against act (0540 057): behind the act of its day, at the patient's home, of a kind in force, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.checks.attached import attached, flat_rate, owners, severity
from models.checks.case import Case
from models.checks.finding import Finding, Level
from models.checks.rearranged import reordered
from models.draft import ActDraft
from models.reference.acts import is_travel, letter, travel

__all__ = ["CHECK", "check", "reordered"]

CHECK = "déplacement"
SOURCE = "Mémo CPAM Gironde, 0540 057 : saisir le déplacement et les majorations après l’acte facturé"
NOT_TWICE = "Indemnités forfaitaires non cumulables entre elles (ordremk.fr, snmkr.fr ; domaine.md §5.4)"
TARIFF = "Mémo CPAM Gironde, 0540 057 : déplacement incompatible avec l’acte (models/reference/travel.toml)"
PLACE = "Mémo CPAM Gironde, 0540 057 ; lieu d’exécution, B2 type 4, position 121"


def check(case: Case) -> Iterator[Finding]:
    """Each attached line against the acts of its day, then the acts at home that have no travel."""
    acts = case.draft.acts
    owner = owners(acts)
    for position, line in enumerate(acts, start=1):
        if not attached(line):
            continue
        behind = owner[position - 1]
        if not any(act.done_on == line.done_on and not attached(act) for act in acts):
            what = f"{line.code} sans acte le {_day(line)} : saisissez l’acte, ou retirez-la"
            yield _finding(position, severity(line), what, SOURCE)
        elif behind is None:
            what = f"{line.code} avant son acte : placez-la après lui (R range les lignes)"
            yield _finding(position, severity(line), what, SOURCE)
        elif is_travel(line.code):
            yield from _unfit(position, line, acts[behind])
        yield from _not_in_force(position, line)
    yield from _twice(acts)
    travelled = {line.done_on for line in acts if is_travel(line.code)}
    for position, act in enumerate(acts, start=1):
        if act.at_home and not attached(act) and act.done_on not in travelled:
            yield _finding(position, "advice", f"acte à domicile le {_day(act)}, sans déplacement : à ajouter ?", PLACE)
            return


def _unfit(position: int, line: ActDraft, act: ActDraft) -> Iterator[Finding]:
    """Travel behind an act that was done where nobody travels."""
    known = letter(act.code)
    if known is not None and known.tariff == "tmk":
        yield _finding(position, "advice", f"{line.code} après un télésoin ({act.code}) : retirez-la", TARIFF)
    elif not act.at_home:
        what = f"{line.code} pour un acte au cabinet : mettez-le à domicile, ou retirez-la"
        yield _finding(position, "advice", what, PLACE)


def _not_in_force(position: int, line: ActDraft) -> Iterator[Finding]:
    known = travel(line.code)
    if known is not None and known.verified and known.until is not None and known.until < line.done_on:
        what = f"{line.code} supprimée depuis le {known.until:%d/%m/%Y} : prenez l’indemnité en vigueur"
        yield _finding(position, "advice", what, TARIFF)


def _twice(acts: tuple[ActDraft, ...]) -> Iterator[Finding]:
    """More flat rates than acts behind which they stand; the same kilometres or supplement twice; two visits a day."""
    owner = owners(acts)
    billed: dict[int, int] = {}
    codes: set[tuple[int, str]] = set()
    days: set[date] = set()
    for position, line in enumerate(acts, start=1):
        behind = owner[position - 1]
        if not attached(line) or behind is None:
            continue
        if flat_rate(line):
            billed[behind] = billed.get(behind, 0) + line.quantity
            if billed[behind] > max(1, acts[behind].quantity):
                what = f"{line.code} en trop : un seul déplacement par acte, retirez-en un"
                yield _finding(position, severity(line), what, NOT_TWICE)
            elif line.done_on in days:
                what = f"deuxième déplacement le {_day(line)} : gardez-le s’il y a eu deux visites"
                yield _finding(position, "advice", what, NOT_TWICE)
            days.add(line.done_on)
        elif (behind, line.code) in codes:
            yield _finding(position, "advice", f"{line.code} deux fois après le même acte : retirez-en une", NOT_TWICE)
        codes.add((behind, line.code))


def _day(line: ActDraft) -> str:
    return f"{line.done_on:%d/%m/%Y}"


def _finding(position: int, level: Level, what: str, source: str) -> Finding:
    return Finding(CHECK, level, "lines", f"Ligne {position} : {what}.", source, position)

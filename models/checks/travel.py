"""Travel against act (0540 057): after the act of its day, at the patient's home, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from models.checks.case import Case
from models.checks.finding import Finding
from models.draft import ActDraft, InvoiceDraft
from models.reference.acts import is_travel, line_rank, travel

CHECK = "déplacement"
SOURCE = "Mémo CPAM Gironde, 0540 057 : saisir le déplacement et les majorations après l’acte facturé"
NOT_TWICE = "Indemnités forfaitaires non cumulables entre elles (tarifs conventionnels, domaine.md §5.4)"


def check(case: Case) -> Iterator[Finding]:
    """Each travel line against the acts of its day."""
    acts = case.draft.acts
    flat_rates: set[date] = set()
    for position, line in enumerate(acts, start=1):
        if not _follows(line):
            continue
        before = [act for act in acts[: position - 1] if act.done_on == line.done_on and not _follows(act)]
        same_day = [act for act in acts if act.done_on == line.done_on and not _follows(act)]
        if not same_day:
            yield _blocking(
                position, f"{line.code} sans acte le {line.done_on:%d/%m/%Y} : saisissez l’acte, ou retirez-la"
            )
        elif not before:
            yield _blocking(position, f"{line.code} avant son acte : placez-la juste après lui (R range les lignes)")
        elif not any(act.at_home for act in same_day) and is_travel(line.code):
            yield _advice(position, f"{line.code} pour un acte au cabinet : domicile, ou pas de déplacement", SOURCE)
        if is_travel(line.code) and line_rank(line.code) == 1:
            if line.done_on in flat_rates:
                yield _advice(
                    position, f"deuxième déplacement le {line.done_on:%d/%m/%Y} : un seul se cumule", NOT_TWICE
                )
            flat_rates.add(line.done_on)
    for position, act in enumerate(acts, start=1):
        if act.at_home and not _follows(act) and act.done_on not in {a.done_on for a in acts if is_travel(a.code)}:
            yield _advice(position, f"acte à domicile le {act.done_on:%d/%m/%Y} sans déplacement", SOURCE)
            return


def reordered(draft: InvoiceDraft) -> InvoiceDraft:
    """The same lines in the order that the caisse wants: day by day, each act, then IF or supplement, then IK.

    Days keep the order in which they first appear, and acts theirs within a day.
    """
    days = list(dict.fromkeys(act.done_on for act in draft.acts))
    ordered = [
        act
        for day in days
        for act in sorted((act for act in draft.acts if act.done_on == day), key=lambda act: line_rank(act.code))
    ]
    return replace(draft, acts=tuple(ordered))


def _follows(line: ActDraft) -> bool:
    """Whether the line belongs to an act: travel, or a supplement for night, Sunday or holiday."""
    return travel(line.code) is not None or is_travel(line.code)


def _blocking(position: int, what: str) -> Finding:
    return Finding(CHECK, "blocking", "lines", f"Ligne {position} : {what}.", SOURCE, position)


def _advice(position: int, what: str, source: str) -> Finding:
    return Finding(CHECK, "advice", "lines", f"Ligne {position} : {what}.", source, position)

"""The prescriber (0460 051, 0460 053): a number with its key, one that the caisses know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.checks.case import Case
from models.checks.finding import Finding
from models.domain.findings import CheckName, FindingLevel
from models.reference.identifiers import KeyVerdict, finess_forms, practitioner_key_ok

ZONE = "B2, type 2, positions 59-67 : 9 chiffres, numéro AM ou FINESS"
KEY = "Clé de type Luhn : FNMF annexe 102 (numéros AM), FINESS, Corse comprise (SFG FIDES ACE, p. 320)"
UNKNOWN = "Mémo CPAM Gironde, 0460 051 ; mémo orthoptistes, 0460 053 : numéro à relire sur la prescription"
RPPS_DIGITS: Final = 11


def check(case: Case) -> Iterator[Finding]:
    """Present, nine digits, the right key; refused before, or never seen on a paid invoice."""
    number = case.draft.prescriber
    if not number.strip("0 "):
        level: FindingLevel = FindingLevel.BLOCKING if case.by_physiotherapist else FindingLevel.ADVICE
        yield _finding(level, "Prescripteur à saisir : 9 chiffres de l’ordonnance, ou FINESS.", ZONE)
    elif len(number) == RPPS_DIGITS and number.isdigit():
        yield _finding(FindingLevel.BLOCKING, "11 chiffres sont un RPPS : saisissez les 9 chiffres AM ou FINESS.", ZONE)
    elif practitioner_key_ok(number) is KeyVerdict.WRONG:
        known = _known_like(case, number)
        hint = f" (connu ici : {known})" if known else ""
        yield _finding(FindingLevel.BLOCKING, f"Clé de {number} fausse : relisez l’ordonnance{hint}.", KEY)
    elif not case.accepted:
        yield from _known(case, number)


def _known(case: Case, number: str) -> Iterator[Finding]:
    """What the caisses said of this prescriber."""
    history = case.history
    forms = finess_forms(number)
    if not history.prescribers_paid.isdisjoint(forms):
        return
    if not history.establishments_refused.isdisjoint(forms):
        yield _finding(
            FindingLevel.ADVICE, f"Établissement {number} déjà refusé : lisez son FINESS sur l’ordonnance.", UNKNOWN
        )
    elif not history.prescribers_refused.isdisjoint(forms):
        yield _finding(
            FindingLevel.ADVICE, f"Prescripteur {number} déjà refusé : relisez-le ; hôpital, son FINESS.", UNKNOWN
        )
    elif history.prescribers_paid:
        known = _known_like(case, number)
        hint = f"est-ce {known} ?" if known else "relisez l’ordonnance."
        yield _finding(FindingLevel.ADVICE, f"Prescripteur jamais vu sur une facture payée : {hint}", UNKNOWN)


def _finding(level: FindingLevel, message: str, source: str) -> Finding:
    return Finding(CheckName.PRESCRIBER, level, "prescriber", message, source)


def _known_like(case: Case, number: str) -> str | None:
    """A prescriber of a paid invoice whose number this one could be a slip of."""
    return next((known for known in sorted(case.history.prescribers_paid) if _one_slip(known, number)), None)


def _one_slip(known: str, typed: str) -> bool:
    """Whether two digits swapped, or one or two mistyped, make one number of the other."""
    if len(known) != len(typed):
        return False
    return 0 < sum(one != other for one, other in zip(known, typed, strict=True)) <= 2

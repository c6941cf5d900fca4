"""The prescriber (0460 051, 0460 053): a number with its key, one that the caisses know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.checks.case import Case
from models.checks.finding import Finding, told
from models.checks.rules import rule
from models.reference.identifiers import KeyVerdict, finess_forms, practitioner_key_ok

RPPS_DIGITS: Final = 11


def check(case: Case) -> Iterator[Finding]:
    """Present, nine digits, the right key; refused before, or never seen on a paid invoice."""
    number = case.draft.prescriber
    if not number.strip("0 "):
        yield from _missing(case)
    elif len(number) == RPPS_DIGITS and number.isdigit():
        what = "11 chiffres sont un RPPS : saisissez les 9 chiffres AM ou FINESS."
        yield told(rule("prescriber.number"), "prescriber", what)
    elif practitioner_key_ok(number) is KeyVerdict.WRONG:
        known = _known_like(case, number)
        hint = f" (connu ici : {known})" if known else ""
        yield told(rule("prescriber.key"), "prescriber", f"Clé de {number} fausse : relisez l’ordonnance{hint}.")
    elif not case.accepted:
        yield from _known(case, number)


def _missing(case: Case) -> Iterator[Finding]:
    """No number: asked of whose care is prescribed, unless the caisse has paid, or a RPPS says who prescribed."""
    asked = case.asked("prescriber.asked")
    if asked is None or case.accepted or _prescribed_by_rpps(case):
        return
    what = "Prescripteur à saisir : 9 chiffres de l’ordonnance, ou FINESS."
    if asked.unless:
        what = f"Prescripteur à saisir (9 chiffres ou FINESS), sauf {asked.unless}."
    yield told(asked, "prescriber", what)


def _prescribed_by_rpps(case: Case) -> bool:
    """Whether a record 4E bears the RPPS of the prescriber (positions 39-49: SFG FIDES ACE v06.08, TF)."""
    suites = (text for act in case.draft.acts for letter, text in act.suites if letter == "E")
    return any(text[2 : 2 + RPPS_DIGITS].strip("0 ") for text in suites)


def _known(case: Case, number: str) -> Iterator[Finding]:
    """What the caisses said of this prescriber."""
    history = case.history
    forms = finess_forms(number)
    if not history.prescribers_paid.isdisjoint(forms):
        return
    what = None
    if not history.establishments_refused.isdisjoint(forms):
        what = f"Établissement {number} déjà refusé : lisez son FINESS sur l’ordonnance."
    elif not history.prescribers_refused.isdisjoint(forms):
        what = f"Prescripteur {number} déjà refusé : relisez-le ; hôpital, son FINESS."
    elif history.prescribers_paid:
        known = _known_like(case, number)
        hint = f"est-ce {known} ?" if known else "relisez l’ordonnance."
        what = f"Prescripteur jamais vu sur une facture payée : {hint}"
    if what is not None:
        yield told(rule("prescriber.accepted"), "prescriber", what)


def _known_like(case: Case, number: str) -> str | None:
    """A prescriber of a paid invoice whose number this one could be a slip of."""
    return next((known for known in sorted(case.history.prescribers_paid) if _one_slip(known, number)), None)


def _one_slip(known: str, typed: str) -> bool:
    """Whether two digits swapped, or one or two mistyped, make one number of the other."""
    if len(known) != len(typed):
        return False
    return 0 < sum(one != other for one, other in zip(known, typed, strict=True)) <= 2

"""The prescriber (0460 051, 0460 053): a number with its key, one that the caisses know."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.case import Case
from models.checks.finding import Finding
from models.reference.identifiers import KeyVerdict, practitioner_key_ok

CHECK = "prescripteur"
KEY = "Clé de type Luhn : FNMF annexe 102 (numéros AM), FINESS"
UNKNOWN = "Mémo CPAM Gironde, 0460 051 ; mémo orthoptistes, 0460 053 : numéro à relire sur la prescription"


def check(case: Case) -> Iterator[Finding]:
    """Present, nine digits, the right key; refused before, or never seen on a paid invoice."""
    number = case.draft.prescriber
    if not number.strip("0 "):
        message = "Prescripteur à saisir : 9 chiffres de l’ordonnance, ou le FINESS de l’établissement."
        yield Finding(CHECK, "blocking", "prescriber", message, "B2, type 2, positions 59-67")
        return
    verdict = practitioner_key_ok(number)
    if verdict is KeyVerdict.WRONG:
        message = f"La clé du numéro {number} est fausse : relisez-le sur l’ordonnance, chiffre par chiffre."
        yield Finding(CHECK, "blocking", "prescriber", message, KEY)
        return
    if verdict is KeyVerdict.UNSURE:
        message = f"La clé du numéro {number} ne se vérifie pas ici (Corse) : relisez-le sur l’ordonnance."
        yield Finding(CHECK, "advice", "prescriber", message, KEY)
    if number in case.history.prescribers_refused and number not in case.history.prescribers_paid:
        message = "Une caisse a déjà refusé ce prescripteur : établissement, saisissez son FINESS ; sinon relisez."
        yield Finding(CHECK, "advice", "prescriber", message, UNKNOWN)
    elif case.history.prescribers_paid and number not in case.history.prescribers_paid:
        close = sorted(known for known in case.history.prescribers_paid if _one_slip(known, number))
        hint = f" ; connu ici : {close[0]}" if close else ""
        message = f"Prescripteur jamais vu sur une facture payée : relisez l’ordonnance{hint}."
        yield Finding(CHECK, "advice", "prescriber", message, UNKNOWN)


def _one_slip(known: str, typed: str) -> bool:
    """Whether two digits swapped, or one or two mistyped, make one number of the other."""
    if len(known) != len(typed):
        return False
    return 0 < sum(one != other for one, other in zip(known, typed, strict=True)) <= 2

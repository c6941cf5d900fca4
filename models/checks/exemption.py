"""Exemption (0450 054, 0450 056, 0450 072): the code against the patient's known rights on the days of care.

Rights are known from an attestation or a card (a period), or from what the caisse paid or refused before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from models.checks.case import Case
from models.checks.finding import Finding
from models.reference.codes import EXEMPTIONS

CHECK = "exonération"
NOT_FOUND = "Mémo CPAM Gironde, 0450 054 : pas ou plus de prise en charge à 100 %, ou code erroné"
NOT_SENT = "Mémo CPAM Gironde, 0450 056 : exonération connue de la caisse mais non transmise"
DIVERGENT = "Mémo CPAM Gironde, 0450 072 : exonération gardée en mémoire, inconnue à la date des soins"
NONE: Final = frozenset({"", "0"})
STILL_LIKELY: Final = timedelta(days=365)
"""How long after care that the caisse paid as exempted the same right is taken for granted."""


def check(case: Case) -> Iterator[Finding]:
    """An unknown code, a code without a right that covers the care, a right without its code."""
    code = case.draft.exemption
    if code not in NONE and not EXEMPTIONS.known(code):
        message = f"Code exonération « {code} » inconnu : un chiffre de 0 à 9."
        yield Finding(CHECK, "blocking", "exemption", message, "B2, type 2, position 79")
    elif code in NONE:
        yield from _forgotten(case)
    else:
        yield from _unfounded(case, code)


def _forgotten(case: Case) -> Iterator[Finding]:
    """No code, though a right is known: the caisse would answer 0450 056."""
    for day in case.days:
        for right in case.history.rights:
            if right.covers(day) and right.exemption not in NONE:
                message = f"Exonération {right.exemption} connue au {day:%d/%m/%Y} et non transmise."
                yield Finding(CHECK, "advice", "exemption", message, NOT_SENT)
                return
    if any(_same_care(case, invoice.first_day, invoice.last_day) for invoice in case.history.refused("0450 056")):
        message = "La caisse connaît une exonération à cette date : demandez l’attestation, saisissez son code."
        yield Finding(CHECK, "advice", "exemption", message, NOT_SENT)
        return
    paid = [invoice for invoice in case.history.paid() if invoice.exemption not in NONE]
    plain = [invoice for invoice in case.history.paid() if invoice.exemption in NONE]
    for invoice in paid:
        later_without = any(other.first_day > invoice.last_day for other in plain)
        if not later_without and any(_near(invoice.last_day, day) for day in case.days):
            message = f"La facture n° {invoice.number} a été payée avec l’exonération {invoice.exemption} : à vérifier."
            yield Finding(CHECK, "advice", "exemption", message, NOT_SENT)
            return


def _unfounded(case: Case, code: str) -> Iterator[Finding]:
    """A code, though no right covers the care: the caisse would answer 0450 054 or 0450 072."""
    uncovered = [
        day for day in case.days if not any(r.exemption == code and r.covers(day) for r in case.history.rights)
    ]
    if not uncovered:
        return
    day = uncovered[0]
    refused = [
        invoice
        for invoice in case.history.refused("0450 054", "0450 072")
        if invoice.exemption == code and not _seen_since(case, code, invoice.last_day)
    ]
    if refused:
        message = (
            f"La caisse a déjà refusé l’exonération {code} (facture n° {refused[0].number}) : attestation à demander."
        )
        yield Finding(CHECK, "advice", "exemption", message, NOT_FOUND)
        return
    if any(_same_care(case, invoice.first_day, invoice.last_day) for invoice in case.history.refused("0450 056")):
        return
    if any(right.exemption == code for right in case.history.rights):
        message = f"Le droit connu à l’exonération {code} ne couvre pas le {day:%d/%m/%Y}."
        yield Finding(CHECK, "advice", "exemption", message, DIVERGENT)
        return
    paid = [invoice for invoice in case.history.paid() if invoice.exemption == code]
    if any(_near(invoice.last_day, day) for invoice in paid):
        return
    kept = any(invoice.exemption == code for invoice in case.history.past)
    source = DIVERGENT if kept else NOT_FOUND
    message = f"Aucun droit connu à l’exonération {code} au {day:%d/%m/%Y} : demandez l’attestation de droits."
    yield Finding(CHECK, "advice", "exemption", message, source)


def _near(known: date, day: date) -> bool:
    return abs(day - known) <= STILL_LIKELY


def _same_care(case: Case, first: date, last: date) -> bool:
    """Whether the care lies around that of another invoice: what the caisse said of it holds here."""
    return any(first - STILL_LIKELY <= day <= last + STILL_LIKELY for day in case.days)


def _seen_since(case: Case, code: str, day: date) -> bool:
    return any(right.exemption == code and right.covers(day) for right in case.history.rights)

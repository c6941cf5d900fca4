"""Exemption (0450 054, 0450 056, 0450 072): the code against the patient's known rights on the days of care.

Rights are known from an attestation or a card (a period), or from what the caisse paid or refused before. A refusal
outweighs what was seen before it, and any card: 0450 072 says that the card is not what the caisse knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from models.checks.case import Case
from models.checks.evidence import last_word, near
from models.checks.finding import Finding, told
from models.checks.rules import rule
from models.domain.states import RightSource
from models.queries.history import KnownRight, PastInvoice
from models.reference.codes import EXEMPTIONS

NOT_FOUND: Final = "exemption.not_found"
NOT_SENT: Final = "exemption.not_sent"
DIVERGENT: Final = "exemption.divergent"
NONE: Final = frozenset({"", "0"})
REFUSALS: Final = ("0450 054", "0450 072")
OF_THE_CARE: Final = frozenset({"C"})
"""Codes that the care itself gives, whatever the patient's rights (SFG FIDES ACE v06.08, TF p. 323-324)."""
OF_THE_PATIENT: Final = frozenset({"4", "5"})
"""Codes that follow the patient from one invoice to the next (ALD, exempted insured: JFSE, supportdrsante.com)."""


def check(case: Case) -> Iterator[Finding]:
    """An unknown code; then, day by day until one tells, a code without its right or a right without its code."""
    code = case.draft.exemption
    if code not in NONE and not EXEMPTIONS.known(code):
        message = f"Code exonération « {code} » inconnu : un chiffre de 0 à 9, ou C."
        yield told(rule("exemption.known"), "exemption", message)
    elif not case.accepted and code not in OF_THE_CARE:
        tell = _forgotten if code in NONE else _unfounded
        for message, name in list(filter(None, (tell(case, day) for day in case.days)))[:1]:
            yield told(rule(name), "exemption", message)


def _forgotten(case: Case, day: date) -> tuple[str, str] | None:
    """No code, though a right is known: the caisse would answer 0450 056."""
    seen = _seen(case, day)
    if seen and seen[0].exemption in NONE:
        return None
    if seen:
        code = seen[0].exemption
        return f"Exonération {code} connue au {day:%d/%m/%Y} et non transmise : saisissez {code}.", NOT_SENT
    said = last_word(case.history, day, lambda past: past.refused("0450 056") or past.exemption in NONE, ("0450 056",))
    if said is not None and not said.paid and near(said, day):
        return "Exonération connue de la caisse : voyez l’attestation, saisissez son code.", NOT_SENT
    said = last_word(case.history, day, lambda past: True, REFUSALS)
    if said is None or not said.paid or said.exemption not in OF_THE_PATIENT or _ended_since(case, said, day):
        return None
    if said.first_day <= day and near(said, day):
        return f"Exonération {said.exemption} payée sur la n° {said.number}, absente ici : à vérifier.", NOT_SENT
    return None


def _unfounded(case: Case, day: date) -> tuple[str, str] | None:
    """A code, though no right covers the care: the caisse would answer 0450 054 or 0450 072."""
    code = case.draft.exemption
    seen = _seen(case, day)
    if any(right.exemption == code for right in seen):
        return None
    said = _said_of(case, code, day)
    if said is not None and not said.paid:
        return f"Exonération {code} déjà refusée (facture n° {said.number}) : demandez l’attestation.", NOT_FOUND
    if seen and seen[0].exemption in NONE:
        return f"Attestation sans exonération au {day:%d/%m/%Y} : saisissez 0.", NOT_FOUND
    if seen:
        return f"Le droit vu au {day:%d/%m/%Y} est l’exonération {seen[0].exemption}, pas {code}.", NOT_FOUND
    ended = max((right.last_day for right in case.history.rights if right.exemption == code), default=None)
    if said and near(said, day) and (ended is None or said.last_day > ended):
        return None
    known = last_word(case.history, day, lambda past: past.exemption != code, ("0450 056",))
    if known is not None and known.refused("0450 056") and near(known, day):
        return None
    if ended is not None:
        return f"Le droit vu à l’exonération {code} ne couvre pas le {day:%d/%m/%Y} : attestation.", DIVERGENT
    kept = next((past for past in case.history.past if past.exemption == code), None)
    if kept is not None:
        return f"Exonération {code} de la facture n° {kept.number}, sans droit au {day:%d/%m/%Y}.", DIVERGENT
    return f"Aucun droit connu à l’exonération {code} au {day:%d/%m/%Y} : attestation à demander.", NOT_FOUND


def _ended_since(case: Case, said: PastInvoice, day: date) -> bool:
    """Whether a document shows that the right of a paid invoice ended between its care and this day."""
    rights = (right for right in case.history.rights if right.exemption == said.exemption)
    return any(said.last_day <= right.last_day < day for right in rights)


def _seen(case: Case, day: date) -> list[KnownRight]:
    """The documents that hold on this day, the latest first, down to an attestation of no exemption at all."""
    seen = []
    for right in case.history.rights:
        if right.covers(day) and not _contradicted(case, right, day):
            seen.append(right)
            if right.exemption in NONE:
                break
    return seen


def _contradicted(case: Case, right: KnownRight, day: date) -> bool:
    """Whether the caisse has refused since what the document shows; a card of no exemption shows nothing."""
    if right.exemption in NONE:
        return right.source == RightSource.CARD
    said = _said_of(case, right.exemption, day)
    if said is None or said.paid:
        return False
    return right.source == RightSource.CARD or said.answered_on is None or right.seen_on < said.answered_on


def _said_of(case: Case, code: str, day: date) -> PastInvoice | None:
    """What the caisse last said of this exemption."""
    return last_word(case.history, day, lambda past: past.exemption == code, REFUSALS)

"""Nature of insurance (0317 051): a known one, that goes with the caisse, the exemption and the patient.

The official wording of 0317 051 is only known in part: nothing here blocks but an unknown code.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.checks.case import Case
from models.checks.evidence import last_word
from models.checks.exemption import NONE
from models.checks.finding import Finding, told
from models.checks.rules import rule
from models.reference.codes import NATURES

LOCAL_REGIME: Final = ("57", "67", "68")
"""The départements of the local régime of Alsace-Moselle, as the caisses' numbers begin."""

SICKNESS: Final = frozenset({"10", "13"})
"""Sickness: the one or the other, as long as the patient does not move."""


def check(case: Case) -> Iterator[Finding]:
    """The code, then what it does not go with."""
    draft = case.draft
    if not NATURES.known(draft.nature):
        message = f"Nature d’assurance « {draft.nature} » inconnue : 10 maladie, 13, 30, 41 ou 90."
        yield told(rule("nature.known"), "nature", message)
        return
    if not case.accepted:
        yield from _known(case)
    if draft.nature == "13" and not draft.caisse.startswith(LOCAL_REGIME):
        yield _advice("Nature 13 (Alsace-Moselle) pour une caisse d’une autre région : est-ce 10 ?")
    if draft.nature in {"30", "41"} and draft.exemption not in NONE:
        what = "maternité" if draft.nature == "30" else "accident du travail"
        yield _advice(f"En {what}, exonération 0 : la nature d’assurance y pourvoit.")
    if draft.nature == "90" and draft.exemption != "7":
        yield _advice("Nature 90 (prévention) sans le code exonération 7.")
    if (
        draft.nature == "30"
        and draft.nir.startswith(("1", "3", "5", "7"))
        and draft.birth == _birth_of(draft.nir, draft.birth)
    ):
        yield _advice("Maternité pour un assuré homme : vérifiez le bénéficiaire.")


def _known(case: Case) -> Iterator[Finding]:
    """What the caisse said of this nature with this exemption, or paid the patient's care under."""
    draft = case.draft
    same = (draft.nature, draft.exemption)
    for day in case.days:
        said = last_word(case.history, day, lambda past: (past.nature, past.exemption) == same, ("0317",))
        if said is not None and not said.paid:
            yield _advice(f"Nature {draft.nature} déjà refusée (n° {said.number}) : maladie, maternité, accident ?")
            return
        last = last_word(case.history, day, lambda past: past.nature in SICKNESS)
        if last is not None and draft.nature in SICKNESS - {last.nature}:
            yield _advice(f"Nature {last.nature} payée sur la n° {last.number}, {draft.nature} ici : à vérifier.")
            return


def _birth_of(nir: str, birth: str) -> str:
    """The birth that the NIR tells, completed by the day given: equal to it where the insured is the patient."""
    return nir[1:5] + birth[4:]


def _advice(message: str) -> Finding:
    return told(rule("nature.fits"), "nature", message)

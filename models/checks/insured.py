"""The insured and the payer: without them the caisse cannot know whose invoice it is (0250 050)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.checks.case import Case
from models.checks.evidence import last_word
from models.checks.finding import Finding
from models.domain.findings import CheckName, FindingLevel
from models.domain.lifecycle import COMPLEMENTARY_ASKED
from models.queries.history import PastInvoice
from models.reference.identifiers import nir_is_valid
from models.reference.payers import payer_known, payer_label

KEY = "Clé du NIR : 97 − (numéro modulo 97), Corse 2A → 19, 2B → 18"
TABLES = "Tables SNDS IR_CAI_V (models/reference/payers.csv)"
MEMO = "Rejet 0250 050 : l’assuré ne dépend pas ou plus de l’organisme, ou son NIR est erroné"


def check(case: Case) -> Iterator[Finding]:
    """The NIR and its key, the beneficiary, the payer's nine digits, the complementary payer, then what is known."""
    draft = case.draft
    if not nir_is_valid(draft.nir, draft.nir_key):
        message = "NIR et clé ne s’accordent pas : relisez la carte ou l’attestation."
        yield Finding(CheckName.INSURED, FindingLevel.BLOCKING, "nir", message, KEY)
    if not draft.last_name.strip() or not draft.first_name.strip():
        yield Finding(
            CheckName.INSURED,
            FindingLevel.BLOCKING,
            "beneficiary",
            "Nom et prénom du bénéficiaire à saisir.",
            "B2, type 2B",
        )
    if len(draft.birth) != 6 or not draft.birth.isdigit():
        message = "Date de naissance du bénéficiaire à saisir (JJ/MM/AAAA)."
        yield Finding(CheckName.INSURED, FindingLevel.BLOCKING, "beneficiary", message, "B2, type 2, positions 96-101")
    if draft.settlement in COMPLEMENTARY_ASKED and not draft.amc_number.strip("0 "):
        message = "Part complémentaire demandée sans organisme complémentaire : saisissez son numéro."
        yield Finding(CheckName.INSURED, FindingLevel.BLOCKING, "amc_number", message, "B2, type 2, positions 119-128")
    yield from _payer(case)


def _payer(case: Case) -> Iterator[Finding]:
    draft = case.draft
    payer = draft.regime + draft.caisse + draft.centre
    if len(payer) != 9 or not payer.isdigit() or payer.startswith("00"):
        message = "Organisme à saisir : régime (2 chiffres), caisse (3), centre (4)."
        yield Finding(CheckName.INSURED, FindingLevel.BLOCKING, "payer", message, "B2, type 2, positions 49-57")
        return
    if not payer_known(draft.regime, draft.caisse):
        message = f"Caisse {draft.regime} {draft.caisse} absente des tables : vérifiez l’organisme."
        yield Finding(
            CheckName.INSURED,
            FindingLevel.ADVICE,
            "payer",
            message,
            "Tables SNDS IR_CAI_V (models/reference/payers.csv)",
        )
    for day in () if case.accepted else case.days:
        elsewhere = _elsewhere(case, payer, day)
        if elsewhere is not None:
            yield Finding(CheckName.INSURED, FindingLevel.ADVICE, "payer", elsewhere, MEMO)
            return


def _elsewhere(case: Case, payer: str, day: date) -> str | None:
    """What tells that the insured does not depend on this payer on this day; None where nothing does."""
    said = _said_of(case, payer, day)
    if said is not None and not said.paid:
        return "Assuré inconnu de cette caisse : relisez NIR et organisme (attestation)."
    last = last_word(case.history, day, lambda past: True)
    if last is None or last.payer[:5] == payer[:5]:
        return None
    left = _said_of(case, last.payer, day)
    if left is not None and not left.paid:
        return None
    name = payer_label(last.payer[:2], last.payer[2:5]) or f"{last.payer[:2]} {last.payer[2:5]}"
    return f"N° {last.number} payée par {name} : le patient en a-t-il changé ?"


def _said_of(case: Case, payer: str, day: date) -> PastInvoice | None:
    """What this payer last said of this insured."""
    nir = case.draft.nir
    return last_word(case.history, day, lambda past: (past.nir, past.payer) == (nir, payer), ("0250",))

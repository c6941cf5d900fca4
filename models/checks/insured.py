"""The insured and the payer: without them the caisse cannot know whose invoice it is (0250 050)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.checks.case import Case
from models.checks.evidence import last_word
from models.checks.finding import Finding, told
from models.checks.rules import rule
from models.domain.content import InvoiceContent
from models.domain.lifecycle import COMPLEMENTARY_ASKED
from models.queries.history import PastInvoice
from models.reference.identifiers import nir_birth, nir_is_valid
from models.reference.payers import payer_known, payer_label


def check(case: Case) -> Iterator[Finding]:
    """The NIR and its key, the beneficiary, the payer's nine digits, the complementary payer, then what is known."""
    draft = case.draft
    if not nir_is_valid(draft.nir, draft.nir_key):
        yield told(rule("insured.nir"), "nir", "NIR et clé ne s’accordent pas : relisez la carte ou l’attestation.")
    if not draft.last_name.strip() or not draft.first_name.strip():
        yield told(rule("insured.name"), "beneficiary", "Nom et prénom du bénéficiaire à saisir.")
    if len(draft.birth) != 6 or not draft.birth.isdigit():
        yield told(rule("insured.birth"), "beneficiary", "Date de naissance du bénéficiaire à saisir (JJ/MM/AAAA).")
    elif not case.accepted:
        yield from _born_as_the_nir_tells(draft)
    if draft.settlement in COMPLEMENTARY_ASKED and not draft.amc_number.strip("0 "):
        message = "Part complémentaire demandée sans organisme complémentaire : saisissez son numéro."
        yield told(rule("insured.complementary"), "amc_number", message)
    yield from _payer(case)


def _born_as_the_nir_tells(draft: InvoiceContent) -> Iterator[Finding]:
    """The year, and the month where both are one of the calendar, against the beneficiary's own NIR."""
    said = nir_birth(draft.own_nir)
    if said is None:
        return
    year, month = said
    born = draft.birth[:2], draft.birth[2:4]
    if born[0] != year or (month not in {None, born[1]} and "01" <= born[1] <= "12"):
        nir = f"{month}/{year}" if month else year
        message = f"Naissance {born[1]}/{born[0]}, mais {nir} selon le NIR : relisez la carte ou l’attestation."
        yield told(rule("insured.birth_nir"), "beneficiary", message)


def _payer(case: Case) -> Iterator[Finding]:
    draft = case.draft
    payer = draft.regime + draft.caisse + draft.centre
    if len(payer) != 9 or not payer.isdigit() or payer.startswith("00"):
        message = "Organisme à saisir : régime (2 chiffres), caisse (3), centre (4)."
        yield told(rule("insured.payer"), "payer", message)
        return
    if not payer_known(draft.regime, draft.caisse):
        message = f"Caisse {draft.regime} {draft.caisse} absente des tables : vérifiez l’organisme."
        yield told(rule("insured.payer_known"), "payer", message)
    for day in () if case.accepted else case.days:
        elsewhere = _elsewhere(case, payer, day)
        if elsewhere is not None:
            yield told(rule("insured.payer_elsewhere"), "payer", elsewhere)
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

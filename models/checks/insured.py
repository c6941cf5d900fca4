"""The insured and the payer: without them the caisse cannot know whose invoice it is (family 0250)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.checks.finding import Finding
from models.lifecycle import COMPLEMENTARY_ASKED
from models.queries.sheets import InvoiceSheet
from models.reference.identifiers import nir_is_valid

CHECK = "assuré"
SOURCE = "Clé du NIR : 97 − (numéro modulo 97), Corse 2A → 19, 2B → 18"


def check(sheet: InvoiceSheet, today: date) -> Iterator[Finding]:
    """The NIR and its key, the beneficiary's name and birth, the payer's nine digits, the complementary payer."""
    draft = sheet.draft
    if not nir_is_valid(draft.nir, draft.nir_key):
        message = "NIR et clé ne s’accordent pas : recopiez-les de la carte ou de l’attestation."
        yield Finding(CHECK, "blocking", "nir", message, SOURCE)
    if not draft.last_name.strip() or not draft.first_name.strip():
        yield Finding(CHECK, "blocking", "beneficiary", "Nom et prénom du bénéficiaire à saisir.", "B2, type 2B")
    if len(draft.birth) != 6 or not draft.birth.isdigit():
        message = "Date de naissance du bénéficiaire à saisir (AAMMJJ)."
        yield Finding(CHECK, "blocking", "beneficiary", message, "B2, type 2, positions 96-101")
    payer = draft.regime + draft.caisse + draft.centre
    if len(payer) != 9 or not payer.isdigit() or payer.startswith("00"):
        message = "Organisme à saisir : régime (2 chiffres), caisse (3), centre (4)."
        yield Finding(CHECK, "blocking", "payer", message, "B2, type 2, positions 49-57")
    if draft.settlement in COMPLEMENTARY_ASKED and not draft.amc_number.strip("0 "):
        message = "Part complémentaire demandée sans organisme complémentaire : saisissez son numéro."
        yield Finding(CHECK, "blocking", "amc_number", message, "B2, type 2, positions 119-128")

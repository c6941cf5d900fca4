"""The fields of « Modifier »: how each is written on screen, read back, and named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from models.domain.content import InvoiceContent
from models.reference.codes import EXEMPTIONS, NATURES, SETTLEMENTS
from models.reference.payers import payer_label
from tui.text import display


@dataclass(frozen=True, slots=True)
class FormInput:
    """One field of the form.

    `field` is the name under which rejections and checks point to it; several inputs may share one. `write` raises
    `ValueError` with a French sentence of a few words.
    """

    name: str
    field: str
    label: str
    width: int
    read: Callable[[InvoiceContent], str]
    write: Callable[[InvoiceContent, str], InvoiceContent]
    note: Callable[[InvoiceContent], str] = lambda draft: ""


_NINE = re.compile(r"[0-9]{9}|2[AB][0-9]{7}")
"""A number of nine digits, or a FINESS of Corsica as it is printed."""


def _digits(text: str, length: int, what: str) -> str:
    bare = "".join(text.split())
    if len(bare) != length or not (bare.isascii() and bare.isdigit()):
        raise ValueError(f"{what} attendu" if length == 1 else f"{length} chiffres attendus")
    return bare


def _exemption(draft: InvoiceContent, text: str) -> InvoiceContent:
    return replace(draft, exemption=_digits(text, 1, "un chiffre"))


def _nature(draft: InvoiceContent, text: str) -> InvoiceContent:
    return replace(draft, nature=_digits(text, 2, ""))


def _prescriber(draft: InvoiceContent, text: str) -> InvoiceContent:
    bare = "".join(text.split()).upper()
    if bare and not _NINE.fullmatch(bare):
        raise ValueError("9 chiffres attendus")
    return replace(draft, prescriber=bare)


def _prescribed_on(draft: InvoiceContent, text: str) -> InvoiceContent:
    if not text.strip():
        return replace(draft, prescribed_on=None)
    try:
        return replace(draft, prescribed_on=display.parse_day(text))
    except ValueError:
        raise ValueError("JJ/MM/AAAA attendu") from None


def _payer(draft: InvoiceContent, text: str) -> InvoiceContent:
    bare = _digits(text, 9, "")
    return replace(draft, regime=bare[:2], caisse=bare[2:5], centre=bare[5:])


def _nir(draft: InvoiceContent, text: str) -> InvoiceContent:
    bare = "".join(text.split()).upper()
    if len(bare) != 15 or not bare.isascii() or not bare.isalnum():
        raise ValueError("13 + clé attendus")
    return replace(draft, nir=bare[:13], nir_key=bare[13:])


def _name(limit: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        bare = display.clean(" ".join(text.split())).upper()
        if not bare:
            raise ValueError("à saisir")
        if len(bare) > limit:
            raise ValueError(f"{limit} lettres au plus")
        if not _is_latin(bare):
            raise ValueError("caractère refusé")
        return bare

    return read


def _is_latin(text: str) -> bool:
    """Whether a B2 file (latin-1) can carry it."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _birth(draft: InvoiceContent, text: str) -> InvoiceContent:
    bare = _digits(text.replace("/", " "), 7, "")
    return replace(draft, birth=bare[:6], birth_rank=bare[6])


def _settlement(draft: InvoiceContent, text: str) -> InvoiceContent:
    return draft.with_settlement(_digits(text, 2, ""))


def _amc(draft: InvoiceContent, text: str) -> InvoiceContent:
    bare = "".join(text.split()).upper()
    if len(bare) > 10 or not bare.isascii() or not (bare == "" or bare.isalnum()):
        raise ValueError("10 caractères au plus")
    return replace(draft, amc_number=bare)


FORM: tuple[FormInput, ...] = (
    FormInput("exemption", "exemption", "Code exonération", 1, lambda d: d.exemption, _exemption,
              lambda d: EXEMPTIONS.label(d.exemption) or "code inconnu"),
    FormInput("nature", "nature", "Nature d’assurance", 2, lambda d: d.nature, _nature,
              lambda d: NATURES.label(d.nature) or "code inconnu"),
    FormInput("prescriber", "prescriber", "Prescripteur", 9, lambda d: d.prescriber, _prescriber),
    FormInput("prescribed_on", "prescribed_on", "Prescrit le", 10, lambda d: display.day(d.prescribed_on),
              _prescribed_on),
    FormInput("payer", "payer", "Organisme", 11, lambda d: display.payer(d.regime, d.caisse, d.centre), _payer,
              lambda d: payer_label(d.regime, d.caisse) or ""),
    FormInput("nir", "nir", "NIR et clé", 15, lambda d: d.nir + d.nir_key, _nir),
    FormInput("last_name", "beneficiary", "Bénéficiaire, nom", 25, lambda d: d.last_name,
              lambda d, text: replace(d, last_name=_name(25)(text))),
    FormInput("first_name", "beneficiary", "  prénom", 15, lambda d: d.first_name,
              lambda d, text: replace(d, first_name=_name(15)(text))),
    FormInput("birth", "beneficiary", "  né AAMMJJ + rang", 8, lambda d: f"{d.birth} {d.birth_rank}", _birth),
    FormInput("settlement", "settlement", "Règlement", 2, lambda d: d.settlement, _settlement,
              lambda d: SETTLEMENTS.label(d.settlement) or "code inconnu"),
    FormInput("amc_number", "amc_number", "N° AMC", 10, lambda d: d.amc_number, _amc),
)  # fmt: skip
"""Every field, in the form's order; settlement is read after the lines' rate is known."""

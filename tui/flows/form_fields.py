"""The fields of « Modifier »: how each is written on screen, read back, and named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from models.checks.accident import MATERNITY, WORK_ACCIDENT, accident_day
from models.checks.prescriber import RPPS_DIGITS
from models.domain.content import InvoiceContent
from models.reference.codes import EXEMPTIONS, NATURES, SETTLEMENTS
from models.reference.identifiers import NINE, NirKind, nir_kind, rpps_key_ok
from models.reference.payers import payer_label
from tui.text import display, typed_values


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
    shown: Callable[[InvoiceContent], bool] = lambda draft: True
    """Whether it has a row: what only some natures of insurance ask has none for the others."""


_NIR = re.compile(r"[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]{8}")
"""Thirteen and the key; the département of Corsica is 2A or 2B."""

_NIR_NOTES: dict[NirKind | None, str] = {
    NirKind.PROVISIONAL: "provisoire",
    NirKind.MIGRANT: "de passage",
    NirKind.ANONYMOUS: "anonyme",
}
"""What stands beside a NIR that is not a person's own."""

_RANKED = re.compile(r"(.*\S)\s+([0-9])|([0-9]{6}|[0-9]{8})([0-9])")
"""A day, then the rank of the beneficiary among those born on it."""


_WHOLE_YEAR = re.compile(r"(?:\A[0-9]{4}|[^0-9])[0-9]{4}\Z")
"""A date that ends in a year of four digits: one of two leaves the century open."""


def _exemption(draft: InvoiceContent, text: str) -> InvoiceContent:
    bare = text.strip().upper()
    return replace(draft, exemption=bare if EXEMPTIONS.known(bare) else typed_values.digits(text, 1))


def _nature(draft: InvoiceContent, text: str) -> InvoiceContent:
    return replace(draft, nature=typed_values.digits(text, 2))


def _prescriber(draft: InvoiceContent, text: str) -> InvoiceContent:
    found = typed_values.bare(text)
    if len(found) == RPPS_DIGITS and found.isascii() and found.isdecimal():
        raise ValueError("RPPS : saisir l’AM (9 ch.)" if rpps_key_ok(found) else "RPPS à clé fausse")
    return replace(draft, prescriber=found if not found or re.fullmatch(NINE, found) else typed_values.digits(text, 9))


def _prescribed_on(draft: InvoiceContent, text: str) -> InvoiceContent:
    return replace(draft, prescribed_on=_day(text) if text.strip() else None)


def _day(text: str) -> date:
    try:
        return display.parse_day(text)
    except ValueError:
        raise ValueError("JJ/MM/AAAA attendu") from None


def _payer(draft: InvoiceContent, text: str) -> InvoiceContent:
    found = typed_values.digits(text, 9)
    return replace(draft, regime=found[:2], caisse=found[2:5], centre=found[5:])


def _nir(draft: InvoiceContent, text: str) -> InvoiceContent:
    found = typed_values.bare(text)
    if len(found) != 15:
        raise ValueError("13 + clé attendus")
    if not _NIR.fullmatch(found):
        typed_values.digits(found[:5] + found[7:] + found[5:7], 15)  # 2A and 2B apart, says which digit is none
    return replace(draft, nir=found[:13], nir_key=found[13:])


def birth_shown(draft: InvoiceContent) -> str:
    """The birth as one reads it, then the rank; as it came where it is no day of the calendar (lunar dates exist)."""
    return f"{display.birth(draft.birth, draft.acts[-1].done_on if draft.acts else None)} {draft.birth_rank}".strip()


def _birth(draft: InvoiceContent, text: str) -> InvoiceContent:
    ranked = _RANKED.fullmatch(text.strip())
    day, rank = (ranked[1] or ranked[3], ranked[2] or ranked[4]) if ranked else (text, draft.birth_rank)
    if day == birth_shown(replace(draft, birth_rank="")):
        return replace(draft, birth_rank=rank)  # no day of the calendar, perhaps, but the one that came
    born = _day(day)
    if draft.acts and born > draft.acts[-1].done_on and _WHOLE_YEAR.search(day.strip()):
        raise ValueError("né(e) après les soins ?")
    return replace(draft, birth=f"{born:%y%m%d}", birth_rank=rank)


def _accident_shown(draft: InvoiceContent) -> str:
    day = accident_day(draft.accident)
    return draft.accident if day is None else display.day(day)


def _accident(draft: InvoiceContent, text: str) -> InvoiceContent:
    """Nine digits are the number; six or eight, or strokes, a date, which the zone holds behind 000."""
    found = typed_values.bare(text)
    if not found or (len(found) == 9 and found.isascii() and found.isdecimal()):
        return draft.with_accident(found)
    try:
        return draft.with_accident(f"000{display.parse_day(text):%y%m%d}")
    except ValueError:
        raise ValueError("9 chiffres ou JJ/MM/AAAA") from None


def _maternity_shown(draft: InvoiceContent) -> str:
    day = accident_day(f"000{draft.maternity}")
    return draft.maternity if day is None else display.day(day)


def _maternity(draft: InvoiceContent, text: str) -> InvoiceContent:
    return draft.with_maternity(f"{_day(text):%y%m%d}" if text.strip() else "")


def _settlement(draft: InvoiceContent, text: str) -> InvoiceContent:
    return draft.with_settlement(typed_values.digits(text, 2))


def _amc(draft: InvoiceContent, text: str) -> InvoiceContent:
    return replace(draft, amc_number=typed_values.code(text, typed_values.AMC_LENGTH))


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
    FormInput("nir", "nir", "NIR et clé", 15, lambda d: d.nir + d.nir_key, _nir,
              lambda d: _NIR_NOTES.get(nir_kind(d.nir), "")),
    FormInput("last_name", "beneficiary", "Bénéficiaire, nom", 25, lambda d: d.last_name,
              lambda d, text: replace(d, last_name=typed_values.name(text, 25))),
    FormInput("first_name", "beneficiary", "  prénom", 15, lambda d: d.first_name,
              lambda d, text: replace(d, first_name=typed_values.name(text, 15))),
    FormInput("birth", "beneficiary", "  né(e) le + rang", 12, birth_shown, _birth),
    FormInput("settlement", "settlement", "Règlement", 2, lambda d: d.settlement, _settlement,
              lambda d: SETTLEMENTS.label(d.settlement) or "code inconnu"),
    FormInput("amc_number", "amc_number", "N° AMC", typed_values.AMC_LENGTH, lambda d: d.amc_number, _amc),
    FormInput("accident", "accident", "Accident n° / date", 10, _accident_shown, _accident,
              shown=lambda d: d.nature == WORK_ACCIDENT or bool(d.accident)),
    FormInput("maternity", "maternity", "Maternité, date", 10, _maternity_shown, _maternity,
              shown=lambda d: d.nature == MATERNITY or bool(d.maternity)),
)  # fmt: skip
"""Every field, in the form's order; settlement is read after the lines' rate is known.

What only some natures ask stands last: a row that comes must not take what is typed ahead for the next one."""

"""What a B2 file says, as plain values.

Amounts are cents, coefficients hundredths, rates percents. `other` holds the zones that no attribute
models and that are not at their default (names of `b2_layout`), so that nothing received is lost;
`suites` holds the records that complete one, as (letter of the complement, text of positions 37-128).
"""

from dataclasses import dataclass, field
from datetime import date

from models.domain.content import KeptZones


@dataclass(frozen=True, slots=True)
class B2Act:
    """One act of an invoice: a record 4 and the 4S that follow it."""

    done_on: date
    code: str
    """Act code, 5 characters at most, such as « AMK »."""
    quantity: int
    coefficient: int
    unit_price: int
    base: int
    """Base of the refund."""
    rate: int
    amo: int
    fee: int
    """Honoraires: what the act costs."""
    amc: int
    at_home: bool
    """Code lieu 1."""
    executant: str
    """Number and key of who did the act, 9 digits."""
    exemption: str
    """Justification of the exemption at the act, '' when blank."""
    other: KeptZones = ()
    suites: KeptZones = ()


@dataclass(frozen=True, slots=True)
class B2Invoice:
    """One invoice: its records 2, 2S, 2M, 2P, 2B, 2C, 4, 4S and 5. Absent text is ''."""

    practitioner: str
    """Number and key, 9 digits."""
    nir: str
    """NIR of the insured, 13 characters (2A and 2B keep their letter)."""
    nir_key: str
    number: int
    billed_on: date
    split: str
    """Top éclatement: E (SESAM, with a DRE), F (outside SESAM) or ''."""
    sesam: bool
    """Whether the invoice is SESAM or SESAM dégradé."""
    regime: str
    caisse: str
    centre: str
    prescriber: str
    """Number and key, 9 digits; '' when blank or zeros."""
    prescribed_on: date | None
    nature: str
    """Nature d'assurance: 10 maladie, 30 maternité, 41 AT…"""
    exemption: str
    birth: str
    """AAMMJJ as received: lunar dates exist, so it may be no day of the calendar."""
    birth_rank: str
    settlement: str
    """Destinataire du règlement: 05 tiers payant AMO, 15 intégral…"""
    contract: str
    amc_number: str
    quality: str
    """Of the beneficiary: A, C, E, AA."""
    last_name: str
    first_name: str
    acts: tuple[B2Act, ...]
    total: int
    amo: int
    patient: int
    """Participation of the insured before the complementary: total - amo."""
    amc: int
    other: KeptZones = field(default=(), kw_only=True)
    """Unmodelled zones of the records 2, 2B and 5."""
    suites: KeptZones = field(default=(), kw_only=True)
    """2S, 2M, 2P and 2C; the 2B is written before the first 2C."""

    @property
    def label(self) -> str:
        """How the messages name it."""
        return f"facture n° {self.number:09}"


@dataclass(frozen=True, slots=True)
class B2Batch:
    """One lot: its records 1 to 6."""

    practitioner: str
    practitioner_name: str
    number: int
    created_on: date
    caisse: str
    """Organisme destinataire, 3 digits."""
    regime: str
    """Grand régime of the caisse pivot; the pivot itself is `caisse` unless `other` says otherwise."""
    certification: str
    """'' not secured, S with carte Vitale, F without, D dégradé."""
    invoices: tuple[B2Invoice, ...]
    other: KeptZones = field(default=(), kw_only=True)
    """Unmodelled zones of the records 1 and 6."""

    @property
    def label(self) -> str:
        """How the messages name it."""
        return f"lot n° {self.number:03}"


@dataclass(frozen=True, slots=True)
class B2File:
    """A whole B2 file: its records 000 to 999."""

    sender: str
    """14 digits, as received."""
    recipient: str
    created_on: date
    reference: str
    """Identification du fichier, 6 characters."""
    batches: tuple[B2Batch, ...]
    other: KeptZones = field(default=(), kw_only=True)
    """Unmodelled zones of the records 000 and 999."""
    warnings: tuple[str, ...] = field(default=(), kw_only=True)
    """French sentences on what was mended while reading; never written."""

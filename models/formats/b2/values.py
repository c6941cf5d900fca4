"""What a B2 file says, as plain values.

`other` holds the zones that no attribute
models and that are not at their default (names of `b2_layout`), so that nothing received is lost;
`suites` holds the records that complete one, as (letter of the complement, text of positions 37-128); a 3F or 3H behind
an act is kept under its whole name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.domain.content import InvoiceContent, KeptZones


@dataclass(frozen=True, slots=True, kw_only=True)
class B2Invoice(InvoiceContent):
    """An invoice as a lot holds it, its records 2, 2B, 4 and 5 with every suite of them: its content, under its number.

    The 2B is written before the first 2C, or where `suites` says that it stood.
    """

    practitioner: str
    """Number and key, 9 digits."""
    number: int
    billed_on: date

    @property
    def label(self) -> str:
        """How the messages name it."""
        return f"facture n° {self.number:09}"


@dataclass(frozen=True, slots=True)
class B2Lot:
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
    lots: tuple[B2Lot, ...]
    other: KeptZones = field(default=(), kw_only=True)
    """Unmodelled zones of the records 000 and 999."""
    warnings: tuple[str, ...] = field(default=(), kw_only=True)
    """French sentences on what was mended or is odd; never written."""
    amounts: tuple[str, ...] = field(default=(), kw_only=True)
    """French sentences on totals that are not those of the lines: `warnings` of another weight."""

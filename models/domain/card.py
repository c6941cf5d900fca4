"""The carte Vitale, as a port: what a reader gives, and the readers that there are.

No reader is assumed: the terminal is remote. Signing a feuille de soins with the card belongs to certified modules;
what is read here only spares typing and shows what the card says. An external program that reads one is run by
`models.store.card_command`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from models.domain.faults import PracticeFault

if TYPE_CHECKING:
    from models.domain.content import InvoiceContent


@dataclass(frozen=True, slots=True)
class CardHolder:
    """A person on the card; birth as AAMMJJ."""

    last_name: str
    first_name: str
    birth: str
    birth_rank: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a carte Vitale says. `exemption` and `amc_number` are None where it says nothing of them.

    `exemption_since` and `exemption_until` are the first and the last day of the exemption, as far as it tells.
    """

    nir: str
    nir_key: str
    regime: str
    caisse: str
    centre: str
    holders: tuple[CardHolder, ...]
    exemption: str | None = None
    amc_number: str | None = None
    exemption_since: date | None = None
    exemption_until: date | None = None

    @property
    def right(self) -> tuple[str, date, date | None] | None:
        """The exemption, its first and its last day, to keep in the patient's record; None if it shows no such right.

        A card that says « no exemption » is no proof that there is none: it may not be up to date (memo, 0450 056).
        """
        if self.exemption is None or self.exemption == "0" or self.exemption_since is None:
            return None
        return self.exemption, self.exemption_since, self.exemption_until


class CardReader(Protocol):
    """What can read a carte Vitale."""

    @property
    def present(self) -> bool:
        """Whether there is something to read with."""
        ...

    @property
    def describe(self) -> str:
        """What this reader is, in a French sentence for the card step."""
        ...

    def read(self, patient: InvoiceContent) -> Card:
        """Read the card that is in the reader.

        Args:
            patient: whose card is expected; only the demonstration's reader looks at it.

        Raises:
            PracticeFault: no card, or no reader.
        """
        ...


class AbsentReader:
    """No reader at this desk."""

    present = False
    describe = "Aucun lecteur de carte n’est relié à ce poste."

    def read(self, patient: InvoiceContent) -> Card:
        """There is nothing to read with."""
        raise PracticeFault(f"{self.describe[:-1]} : facturez en dégradé, ou depuis un poste qui en a un.")


class DemoReader:
    """The demonstration's reader: the patient has brought an up-to-date card."""

    present = True
    describe = "Lecteur de démonstration : aucune vraie carte n’est lue."

    def read(self, patient: InvoiceContent) -> Card:
        """The card of the patient of the invoice."""
        holder = CardHolder(patient.last_name, patient.first_name, patient.birth, patient.birth_rank)
        return Card(patient.nir, patient.nir_key, patient.regime, patient.caisse, patient.centre, (holder,))


def with_card(draft: InvoiceContent, card: Card) -> InvoiceContent:
    """The invoice with what the card says.

    Raises:
        PracticeFault: the card is not that of the invoice's insured, or not of its beneficiary.
    """
    if card.nir != draft.nir:
        raise PracticeFault("Cette carte est celle d’un autre assuré que celui de la facture : rien n’a été repris.")
    if (draft.birth, draft.birth_rank) not in {(who.birth, who.birth_rank) for who in card.holders}:
        raise PracticeFault("Le bénéficiaire de la facture n’est pas sur cette carte : rien n’a été repris.")
    updated = replace(draft, nir_key=card.nir_key, regime=card.regime, caisse=card.caisse, centre=card.centre)
    if card.exemption is not None:
        updated = replace(updated, exemption=card.exemption)
    if card.amc_number is not None:
        updated = replace(updated, amc_number=card.amc_number)
    return updated

"""The carte Vitale, as a port: what a reader gives, and the readers that there are.

No reader is assumed: the terminal is remote. Signing a feuille de soins with the card belongs to certified modules;
what is read here only spares typing and shows what the card says.

Contract of an external reader (`lecteur = "commande"` in the practice's configuration): the program is started
without a shell, has `SECONDS` to answer, prints one JSON object on its standard output and exits with 0::

    {"nir": "1840533063017", "cle": "42", "regime": "01", "caisse": "331", "centre": "0000",
     "exoneration": "4", "exoneration_du": "2026-01-01", "exoneration_au": "2026-12-31", "amc": "0077570001",
     "beneficiaires": [{"nom": "DUPONT", "prenom": "MARIE", "naissance": "840512", "rang": "1"}]}

`exoneration` and `amc` may be missing; so may the period of the exemption, of which the end alone means nothing: both
days are included, no `exoneration_au` is a right without an end. Any other exit code: the first line of its standard
error is shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

from models.domain.faults import PracticeFault

if TYPE_CHECKING:
    from models.domain.draft import InvoiceDraft

SECONDS: Final = 20
"""How long an external reader may take."""


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

    def read(self, patient: InvoiceDraft) -> Card:
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

    def read(self, patient: InvoiceDraft) -> Card:
        """There is nothing to read with."""
        raise PracticeFault(f"{self.describe[:-1]} : facturez en dégradé, ou depuis un poste qui en a un.")


class DemoReader:
    """The demonstration's reader: the patient has brought an up-to-date card."""

    present = True
    describe = "Lecteur de démonstration : aucune vraie carte n’est lue."

    def read(self, patient: InvoiceDraft) -> Card:
        """The card of the patient of the invoice."""
        holder = CardHolder(patient.last_name, patient.first_name, patient.birth, patient.birth_rank)
        return Card(patient.nir, patient.nir_key, patient.regime, patient.caisse, patient.centre, (holder,))


class CommandReader:
    """An external program that reads the card; see the module's contract."""

    present = True
    describe = "Lecteur externe, nommé dans la configuration du cabinet."

    def __init__(self, command: Sequence[str]) -> None:
        self.command = tuple(command)

    def read(self, patient: InvoiceDraft) -> Card:
        """Run the program and read what it prints."""
        import subprocess  # a desk without such a reader need not load it

        try:
            answer = subprocess.run(  # noqa: S603 - the administrator's own program, no shell
                self.command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PracticeFault(
                "Le lecteur de carte ne répond pas : vérifiez qu’il est branché, ou facturez en dégradé."
            ) from error
        if answer.returncode != 0:
            said = answer.stderr.decode("utf-8", "replace").splitlines()
            raise PracticeFault(f"Le lecteur de carte a refusé : {said[0] if said else 'sans explication'}.")
        try:
            return parse_card(json.loads(answer.stdout))
        except (ValueError, KeyError, TypeError) as error:
            raise PracticeFault(
                "Le lecteur de carte a donné une réponse illisible : facturez en dégradé et prévenez son installateur."
            ) from error


def parse_card(said: dict[str, Any]) -> Card:
    """The card that a reader's JSON describes.

    Raises:
        KeyError: a mandatory member is missing.
        ValueError: a member has not its form.
        TypeError: the JSON is no object of such members.
    """
    holders = tuple(
        CardHolder(str(who["nom"]), str(who["prenom"]), digits(who["naissance"], 6), digits(who.get("rang", "1"), 1))
        for who in said["beneficiaires"]
    )
    exemption, amc = said.get("exoneration"), said.get("amc")
    since, until = (_day(said.get(member)) for member in ("exoneration_du", "exoneration_au"))
    if since is not None and until is not None and until < since:
        raise ValueError("exoneration_au")
    nir = str(said["nir"]).upper()
    if len(nir) != 13 or not nir.isalnum():
        raise ValueError("nir")
    return Card(
        nir=nir,
        nir_key=digits(said["cle"], 2),
        regime=digits(said["regime"], 2),
        caisse=digits(said["caisse"], 3),
        centre=digits(said["centre"], 4),
        holders=holders,
        exemption=None if exemption is None else digits(exemption, 1),
        amc_number=None if amc is None else str(amc)[:10],
        exemption_since=since,
        exemption_until=until,
    )


def _day(value: object) -> date | None:
    """An ISO day, or None where the card tells none.

    Raises:
        ValueError: it is something else.
    """
    if value is None:
        return None
    day = date.fromisoformat(str(value))
    if day.isoformat() != value:
        raise ValueError(value)
    return day


def digits(value: object, length: int) -> str:
    """`value` as text if it is so many digits.

    Raises:
        ValueError: it is not.
    """
    text = str(value)
    if len(text) != length or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return text


def with_card(draft: InvoiceDraft, card: Card) -> InvoiceDraft:
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

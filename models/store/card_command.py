"""A reader of cartes Vitale that is an external program: how it is run, and what it must print.

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
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from models.domain.card import Card, CardHolder
from models.domain.faults import PracticeFault

if TYPE_CHECKING:
    from models.domain.content import InvoiceContent

SECONDS: Final = 20
"""How long the program may take."""


class CommandReader:
    """An external program that reads the card; see the module's contract."""

    present = True
    describe = "Lecteur externe, nommé dans la configuration du cabinet."

    def __init__(self, command: Sequence[str]) -> None:
        self.command = tuple(command)

    def read(self, patient: InvoiceContent) -> Card:
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

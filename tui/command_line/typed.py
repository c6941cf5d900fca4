"""What may be typed as the value of an argument, read as plain values; argparse turns a refusal into exit code 2."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from models.domain.filing import FiledAs
from models.domain.states import InvoiceKind
from models.reference.identifiers import NINE
from tui.command_line.typed_opening import words

if TYPE_CHECKING:
    from models.domain.operators import Role

OutputFormat = Literal["texte", "json", "csv"]
"""How `--format` may ask for what is printed."""

KINDS: Final = {"facture": InvoiceKind.INVOICE, "dre": InvoiceKind.DRE}
"""How the kind of what bears a number is typed behind it."""


FILED_AS: Final = {
    "reclamation": FiledAs.CLAIMED,
    "payee": FiledAs.SETTLED,
    "abandon": FiledAs.ABANDONED,
}
"""How the reason to classify an invoice is typed."""

CAUSES: Final = {"caisse-paie": FiledAs.PAID_AFTER_ALL, "renonce": FiledAs.RENOUNCED}
"""How the reason to give one up is typed."""


class TypedNumber(NamedTuple):
    """As typed: a number, with its practitioner, and its lot (0: none yet), its day or its kind where given."""

    number: int
    practitioner: str | None
    lot: int | None = None
    day: date | None = None
    kind: InvoiceKind | None = None


def invoice_number(typed: str) -> TypedNumber:
    """Read « 1001 », « 000001001 », « 336012349:1001 », « 1001@22 » of a lot, « 1001@05/11/2026 », « 1001@dre ».

    Raises:
        ArgumentTypeError: it is none of these.
    """
    found = re.fullmatch(
        rf"(?:({NINE}):)?([0-9]{{1,9}})(?:@(?:([0-9]{{1,3}})|([0-9]{{2}})/([0-9]{{2}})/([0-9]{{4}})|(facture|dre)))?",
        typed,
        re.IGNORECASE,
    )
    if found is None:
        raise ArgumentTypeError(
            f"« {typed} » n’est pas un numéro de facture (écrivez 1001 ou 336012349:1001, avec son lot 1001@22, "
            "avec sa date 1001@05/11/2026, 1001@dre ou 1001@facture)"
        )
    owner, number, lot, day, month, year, kind = found.groups()
    try:
        billed_on = date(int(year), int(month), int(day)) if year else None
    except ValueError:
        raise ArgumentTypeError(f"« {typed} » : la date {day}/{month}/{year} n’existe pas") from None
    owner = owner and owner.upper()
    return TypedNumber(int(number), owner, int(lot) if lot else None, billed_on, KINDS[kind.lower()] if kind else None)


def practitioner_number(typed: str) -> str:
    """Read the nine digits of a practitioner, or a Corsican establishment's with its letter.

    Raises:
        ArgumentTypeError: it is something else.
    """
    if re.fullmatch(NINE, typed, re.IGNORECASE) is None:
        raise ArgumentTypeError(f"« {typed} » n’est pas un numéro de professionnel (neuf chiffres)")
    return typed.upper()


def lot_number(typed: str) -> int:
    """Read a lot's number, 1 to 999.

    Raises:
        ArgumentTypeError: it is something else.
    """
    if re.fullmatch(r"[0-9]{1,3}", typed) is None or int(typed) == 0:
        raise ArgumentTypeError(f"« {typed} » n’est pas un numéro de lot (1 à 999)")
    return int(typed)


def first_number(typed: str) -> int:
    """Read the first number of a range of invoices.

    Raises:
        ArgumentTypeError: it is something else, or so near the end of the nine digits that few could follow.
    """
    from models.domain.numbering import LAST_NUMBER, ROOM

    highest = LAST_NUMBER - ROOM
    if re.fullmatch(r"[0-9]{1,9}", typed) is None or not 1 <= int(typed) <= highest:
        raise ArgumentTypeError(f"« {typed} » n’est pas un premier numéro (de 1 à {highest})")
    return int(typed)


def lot_range(typed: str) -> tuple[int, int]:
    """Read the first and the last lot of a range, « 700-999 ».

    Raises:
        ArgumentTypeError: it is something else, or its end is not above its beginning.
    """
    found = re.fullmatch(r"([0-9]{1,3})-([0-9]{1,3})", typed)
    if found is None or not 1 <= int(found[1]) < int(found[2]):
        raise ArgumentTypeError(f"« {typed} » n’est pas une plage de lots (écrivez 700-999, de 1 à 999)")
    return int(found[1]), int(found[2])


def listed_number(typed: str) -> int:
    """Read a number that a list of this program shows.

    Raises:
        ArgumentTypeError: it is something else.
    """
    if re.fullmatch(r"[0-9]{1,9}", typed) is None:
        raise ArgumentTypeError(f"« {typed} » n’est pas un numéro de la liste (voyez accueil trancher)")
    return int(typed)


def typed_day(typed: str) -> date:
    """Read a day, as « 05/11/2026 ».

    Raises:
        ArgumentTypeError: it is none.
    """
    from tui.text.display import parse_day

    try:
        return parse_day(words(typed))
    except ValueError as refusal:
        raise ArgumentTypeError(str(refusal)) from None


def role(typed: str) -> Role:
    """Read an operator's role.

    Raises:
        ArgumentTypeError: it is none.
    """
    from tui.text.operators import ROLES

    found = next((one for one, name in ROLES.items() if name == typed.strip().casefold()), None)
    if found is None:
        raise ArgumentTypeError(f"« {typed} » n’est pas un rôle (écrivez {', '.join(ROLES.values())})")
    return found


def ssh_key(typed: str) -> str:
    """Read a public key, as its fingerprint; '' for none.

    Raises:
        ArgumentTypeError: it is neither a key nor a fingerprint.
    """
    from models.domain.operators import fingerprint

    try:
        return fingerprint(typed) if typed.strip() else ""
    except ValueError:
        raise ArgumentTypeError(
            "ce n’est ni une clé publique SSH (ce que contient un fichier .pub) ni son empreinte SHA256:…"
        ) from None


def day_typed(typed: str) -> date:
    """Read a day, « 05/11/2026 ».

    Raises:
        ArgumentTypeError: it is none.
    """
    from tui.text.display import parse_day

    try:
        return parse_day(typed)
    except ValueError as refusal:
        raise ArgumentTypeError(f"« {typed} » : {refusal}") from None

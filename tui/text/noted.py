"""What is noted by hand: how it is typed, by whom and where it is said to have been said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from models.domain.exchanges import Arl
from models.domain.notes import LONGEST, UNCODED, NoteMark
from models.domain.states import ShareName
from models.reference.rejection_entry import compact_code, display_code
from tui.text import display
from tui.text.typed_values import bare

if TYPE_CHECKING:
    from models.reference.rejections import RejectionBook

SHARE_WORDS: Final = {ShareName.AMO: "AMO", ShareName.AMC: "AMC"}
"""How a share is typed and shown."""

_CODE: Final = re.compile(r"(?=.*[0-9])[0-9A-Z]{2,10}")
_EUROS: Final = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,2}))?")


def note_clause(mark: NoteMark) -> str:
    """« par sophie le 16/11/2026 : courrier du 14/11/2026 »; behind « noté » or the word of its line."""
    said = display.clean(mark.said_in)
    return f"par {display.clean(mark.by)} le {display.day(mark.noted_on)} : {said} du {display.day(mark.said_on)}"


def arl_clause(arl: Arl, mark: NoteMark, reason: str) -> str:
    """« négatif (lot illisible), noté par sophie le 16/11/2026 : Espace pro du 14/11/2026 »."""
    said = f"négatif ({display.clean(reason)})" if arl == Arl.NEGATIVE else "positif"
    return f"{said}, noté {note_clause(mark)}"


def typed_share(typed: str) -> ShareName:
    """Read a share: « AMO », « amc », « O », « C ».

    Raises:
        ValueError: it is neither; a French sentence.
    """
    found = bare(typed)
    if found in {"AMO", "O", "OBLIGATOIRE", "CAISSE"}:
        return ShareName.AMO
    if found in {"AMC", "C", "DRE", "COMPLEMENTAIRE", "COMPLÉMENTAIRE", "MUTUELLE"}:
        return ShareName.AMC
    raise ValueError("Part : AMO (la caisse) ou AMC (la complémentaire).")


def typed_rejection(typed: str, book: RejectionBook) -> tuple[str, str]:
    """Read a rejection by its code or by its wording: the code (`UNCODED` of a wording alone) and the wording.

    Raises:
        ValueError: nothing is typed, or too much; a French sentence.
    """
    said = typed_words(typed, "Code ou libellé du rejet")
    code = compact_code(said)
    if _CODE.fullmatch(code) and (len(said.split()) == 1 or code.isdigit()):
        known = book.get(code)
        return display_code(code), known.label if known else ""
    return UNCODED, said


def typed_money(typed: str) -> int:
    """Read an amount in euros, « 18,90 », « 18.9 », « 1 234 € », as cents.

    Raises:
        ValueError: it is none, or nothing; a French sentence.
    """
    found = _EUROS.fullmatch("".join(typed.split()).removesuffix("€"))
    cents = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 0
    if cents == 0:
        raise ValueError("Montant : des euros et des centimes, par exemple 18,90.")
    return cents


def typed_words(typed: str, what: str) -> str:
    """Read a few words that a person writes.

    Raises:
        ValueError: there are none, or too many; a French sentence.
    """
    said = display.clean(" ".join(typed.split()), LONGEST + 1)
    if not said:
        raise ValueError(f"{what} : à écrire.")
    if len(said) > LONGEST:
        raise ValueError(f"{what} : {LONGEST} caractères au plus.")
    return said

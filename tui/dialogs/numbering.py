"""The numbers that are ours: taken as they are proposed, or others typed."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Final

from models.domain.numbering import LAST_LOT, LAST_NUMBER, ROOM, Numbering
from tui.dialogs.dialog import Choice, Dialog, Labelled
from tui.dialogs.form import FormDialog
from tui.text.typed_values import bare
from tui.widgets.text_field import TextField


class Proposal(StrEnum):
    """What a person answers to the numbers that are proposed."""

    TAKEN = "taken"
    CHANGED = "changed"
    LATER = "later"


class NumberingProposal(Dialog[Proposal]):
    """Tells which numbers would be ours; Enter takes them.

    Args:
        lines: the numbers, and why there are any.
    """

    def __init__(self, lines: tuple[str, ...]) -> None:
        choices = (
            Choice("OK", Proposal.TAKEN, "k", writes=True),
            Choice("Autres numéros (A)", Proposal.CHANGED, "a"),
            Choice("Plus tard (Échap)", Proposal.LATER),
        )
        super().__init__("Les numéros d’Accueil", lines, choices, safe_answer=Proposal.LATER)


_HIGHEST: Final = LAST_NUMBER - ROOM
_FIELDS: Final = (
    ("first_invoice", "Première facture", _HIGHEST),
    ("first_dre", "Première DRE", _HIGHEST),
    ("first_lot", "Premier lot", LAST_LOT - 1),
    ("last_lot", "Dernier lot", LAST_LOT),
)
"""Each number: its name in `Numbering`, what is said of it, the highest that it may be."""


class NumberingForm(FormDialog[Numbering]):
    """Asks for other numbers; None to give up.

    Args:
        line: what one should know, or what was wrong with those of before.
        numbering: what the fields start from.
    """

    def __init__(self, line: str, numbering: Numbering) -> None:
        self._numbering = numbering
        fields = tuple(
            Labelled(label, TextField(str(getattr(numbering, name)), id=name), 12) for name, label, _ in _FIELDS
        )
        super().__init__("D’autres numéros", (line,), fields)

    def read(self, typed: dict[str, str]) -> Numbering:
        """The range of these numbers."""
        read = {name: _number(bare(typed[name]), label, highest) for name, label, highest in _FIELDS}
        if read["first_lot"] >= read["last_lot"]:
            raise ValueError("Le dernier lot doit être après le premier.")
        return replace(self._numbering, **read)


def _number(typed: str, label: str, highest: int) -> int:
    if not (typed.isascii() and typed.isdigit()) or not 1 <= int(typed) <= highest:
        raise ValueError(f"{label} : saisissez un nombre de 1 à {highest}.")
    return int(typed)

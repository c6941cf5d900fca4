"""The complementary payer of a DRE, to correct."""

from __future__ import annotations

from tui.dialogs.dialog import Labelled
from tui.dialogs.form import FormDialog
from tui.widgets.text_field import TextField


class AmcDialog(FormDialog[str]):
    """Asks for the number of the complementary payer; None to give up.

    Args:
        title: which DRE.
        lines: its patient, its rejection, what to do.
        number: the number that was rejected.
    """

    def __init__(self, title: str, lines: tuple[str, ...], number: str) -> None:
        super().__init__(title, lines, (Labelled("N° AMC", TextField(number, id="amc", max_length=10), 12),))

    def read(self, typed: dict[str, str]) -> str:
        """The number without its spaces, letters in capitals."""
        number = "".join(typed["amc"].split()).upper()
        if not (number.strip("0") and number.isascii() and number.isalnum()):
            raise ValueError("Saisissez le numéro de l’organisme, 10 caractères au plus.")
        return number

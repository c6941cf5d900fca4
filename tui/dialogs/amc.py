"""The complementary payer of a DRE, to correct."""

from __future__ import annotations

from tui.dialogs.dialog import Labelled
from tui.dialogs.form import FormDialog
from tui.text.typed_values import AMC_LENGTH, code
from tui.widgets.text_field import TextField


class AmcDialog(FormDialog[str]):
    """Asks for the number of the complementary payer; None to give up.

    Args:
        title: which DRE.
        lines: its patient, its rejection, what to do.
        number: the number that was rejected.
    """

    def __init__(self, title: str, lines: tuple[str, ...], number: str) -> None:
        super().__init__(
            title, lines, (Labelled("N° AMC", TextField(number, id="amc", room=AMC_LENGTH, tidy=self._number), 12),)
        )

    def read(self, typed: dict[str, str]) -> str:
        """The number without its spaces, letters in capitals."""
        try:
            number = self._number(typed["amc"])
        except ValueError as error:
            raise ValueError(f"Saisissez le numéro de l’organisme : {error}.") from None
        if not number.strip("0") or number.isalpha():  # a name, typed where one did not look
            raise ValueError(f"Saisissez le numéro de l’organisme, {AMC_LENGTH} caractères au plus.")
        return number

    def _number(self, typed: str) -> str:
        return code(typed, AMC_LENGTH)

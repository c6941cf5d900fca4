"""One line of the invoice, to correct or to add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from textual.events import Key

from models.checks.exercise import exercises_of
from models.domain.content import Line
from models.reference.acts import is_travel, travel_price, unit_price
from models.reference.profession import Profession
from tui.dialogs.dialog import Labelled
from tui.dialogs.form import FormDialog
from tui.text import display
from tui.text.typed_values import unspaced
from tui.widgets.text_field import TextField


class LineDialog(FormDialog[Line]):
    """The five things that one enters of a line; its price follows from the dated tariffs.

    Args:
        title: what is done.
        act: the line to start from.
    """

    HELP_LINES = (("Flèches", "Haut et bas : d’un champ à l’autre."),)

    def __init__(self, title: str, act: Line) -> None:
        self.act = act
        fields = (
            Labelled("Date", TextField(display.day(act.done_on), id="line-day", tidy=display.tidy_day), 12),
            Labelled("Acte", TextField(act.code, id="line-code", tidy=unspaced), 7),
            Labelled(
                "Coefficient",
                TextField(display.coefficient(act.coefficient), id="line-coefficient", tidy=_tidy_coefficient),
                9,
            ),
            Labelled("Quantité", TextField(str(act.quantity), id="line-quantity", tidy=unspaced), 4),
            Labelled(
                "Lieu : C cabinet, D domicile",
                TextField("D" if act.at_home else "C", id="line-place", tidy=unspaced),
                3,
            ),
        )
        super().__init__(title, (), fields)

    def on_key(self, event: Key) -> None:
        """Up and down go from field to field."""
        if event.key in {"up", "down"}:
            event.stop()
            self.go(1 if event.key == "down" else -1)

    def read(self, typed: dict[str, str]) -> Line:
        """The line that was typed."""
        return read_line(self.act, {name.removeprefix("line-"): value for name, value in typed.items()})


def read_line(act: Line, typed: dict[str, str]) -> Line:
    """The line that was typed, over `act`; its unit price is that of the tariff on its day, where one is known.

    Raises:
        ValueError: something cannot be read; a French sentence.
    """
    code, quantity, place = (unspaced(typed[name]) for name in ("code", "quantity", "place"))
    if not code or len(code) > 5 or not (code.isascii() and code.isalnum()):
        raise ValueError("Acte : une lettre-clé de 1 à 5 caractères, comme AMK.")
    if not (quantity.isascii() and quantity.isdecimal()) or not 1 <= int(quantity) <= 99:
        raise ValueError("Quantité : un nombre de 1 à 99.")
    if place not in {"C", "D"}:
        raise ValueError("Lieu : C pour le cabinet, D pour le domicile.")
    done_on = display.parse_day(typed["day"])
    coefficient = display.parse_coefficient(typed["coefficient"])
    if not 0 < coefficient <= 999_999:
        raise ValueError("Coefficient : un nombre de 0,01 à 9999,99.")
    price = _price(replace(act, code=code), done_on) if (code, done_on) != (act.code, act.done_on) else act.unit_price
    return replace(
        act,
        done_on=done_on,
        code=code,
        coefficient=coefficient,
        quantity=int(quantity),
        at_home=place == "D",
        unit_price=act.unit_price if price is None else price,
    )


def _tidy_coefficient(typed: str) -> str:
    return display.coefficient(display.parse_coefficient(typed))


def _price(line: Line, on_day: date) -> int | None:
    """Cents of the tariff; None where none is known: of travel, only the physiotherapists' tariff is."""
    if not is_travel(line.code):
        return unit_price(line.code, on_day)
    (exercise,) = exercises_of((line,))
    return travel_price(line.code, on_day) if exercise.profession in {Profession.PHYSIOTHERAPIST, None} else None

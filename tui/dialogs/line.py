"""One line of the invoice, to correct or to add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from models.draft import ActDraft
from models.reference.acts import is_travel, travel_price, unit_price
from tui import display
from tui.dialogs.dialog import Dialog
from tui.widgets.choice import Choice
from tui.widgets.field import Field

_LABELS = (
    ("day", "Date", 10),
    ("code", "Acte", 5),
    ("coefficient", "Coefficient", 7),
    ("quantity", "Quantité", 2),
    ("place", "Lieu : C cabinet, D domicile", 1),
)


class LineDialog(Dialog[ActDraft | None]):
    """The five things that one enters of a line; its price follows from the dated tariffs.

    Args:
        title: what is done.
        act: the line to start from.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "field(-1)", show=False),
        Binding("down", "field(1)", show=False),
    ]

    def __init__(self, title: str, act: ActDraft) -> None:
        super().__init__(title, (), (Choice("OK", id="ok"), Choice("Renoncer (Échap)", id="back")), safe_answer=None)
        self.act = act
        self.values = {
            "day": display.day(act.done_on),
            "code": act.code,
            "coefficient": display.coefficient(act.coefficient),
            "quantity": str(act.quantity),
            "place": "D" if act.at_home else "C",
        }

    def compose_body(self) -> ComposeResult:
        """The fields, then what is wrong with them."""
        for name, label, width in _LABELS:
            with Horizontal(classes="row"):
                yield Static(display.fit(label, 30))
                field = Field(self.values[name], id=f"line-{name}")
                field.styles.width = width + 2
                yield field
        yield Static("", id="line-error")

    def first_focus(self) -> None:
        """Start in the first field."""
        self.query_one("#line-day", Field).focus()

    def action_field(self, step: int) -> None:
        """To the field above or below."""
        if step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """Enter in a field means OK."""
        event.stop()
        self._accept()

    def on_choice_taken(self, event: Choice.Taken) -> None:
        """OK, or leave the line as it was."""
        event.stop()
        if event.choice.id == "ok":
            self._accept()
        else:
            self.give(None)

    def _accept(self) -> None:
        typed = {name: self.query_one(f"#line-{name}", Field).value.strip() for name, _, _ in _LABELS}
        try:
            self.give(read_line(self.act, typed))
        except ValueError as error:
            self.query_one("#line-error", Static).update(display.text(f"✗ {error}"))


def read_line(act: ActDraft, typed: dict[str, str]) -> ActDraft:
    """The line that was typed, over `act`; its unit price is that of the tariff on its day, where one is known.

    Raises:
        ValueError: something cannot be read; a French sentence.
    """
    code = typed["code"].upper()
    if not code or len(code) > 5 or not (code.isascii() and code.isalnum()):
        raise ValueError("Acte : une lettre-clé de 1 à 5 caractères, comme AMK.")
    if not typed["quantity"].isdecimal() or not 1 <= int(typed["quantity"]) <= 99:
        raise ValueError("Quantité : un nombre de 1 à 99.")
    if typed["place"].upper() not in {"C", "D"}:
        raise ValueError("Lieu : C pour le cabinet, D pour le domicile.")
    done_on = display.parse_day(typed["day"])
    coefficient = display.parse_coefficient(typed["coefficient"])
    if not 0 < coefficient <= 999_999:
        raise ValueError("Coefficient : un nombre de 0,01 à 9999,99.")
    price = _price(code, done_on) if (code, done_on) != (act.code, act.done_on) else act.unit_price
    return replace(
        act,
        done_on=done_on,
        code=code,
        coefficient=coefficient,
        quantity=int(typed["quantity"]),
        at_home=typed["place"].upper() == "D",
        unit_price=act.unit_price if price is None else price,
    )


def _price(code: str, on_day: date) -> int | None:
    return travel_price(code, on_day) if is_travel(code) else unit_price(code, on_day)

"""What became of the invoices that were cancelled together: the table of their new numbers, and what was left."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from models.commands.cancel import CancelledTogether
from models.domain.refusals import Refused
from tui.base.page import Page
from tui.terminal import pens
from tui.text import display, places
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence

_PAIR = 24
"""Cells of « 000001003 → 800000012 » and the blank after it."""


class NewNumbers(Page):
    """Old number, new number; C goes on to correct them.

    Args:
        outcome: what was cancelled, and what was not.
    """

    PLACE = places.NEW_NUMBERS
    KEYS = ("correct", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,f2", "correct", "Corriger maintenant", key_display="C/F2",
                tooltip="Aller à « Vérifier factures non validées » et prendre la première."),
        Binding("enter,escape", "back", "Retour", key_display="Échap",
                tooltip="Revenir à l’écran d’avant ; Entrée aussi."),
    ]  # fmt: skip

    def __init__(self, outcome: CancelledTogether) -> None:
        super().__init__()
        self.outcome = outcome

    def on_mount(self) -> None:
        """Say what was done."""
        super().on_mount()
        done = len(self.outcome.cancelled)
        self.tell(
            f"{display.plural(done, 'facture annulée', 'factures annulées')} : notez les nouveaux numéros."
            if done
            else "Aucune facture n’a été annulée."
        )

    def refusal(self, action: str) -> str | None:
        """Nothing to correct where nothing was cancelled."""
        if action == "correct" and not self.outcome.cancelled:
            return "Aucune facture n’a été annulée."
        return super().refusal(action)

    def action_correct(self) -> None:
        """To the first of them."""
        if reason := self.refusal("correct"):
            self.refuse(reason)
        else:
            self.desk.open_correction(self.outcome.cancelled[0].new_id)

    def text(self, width: int) -> Text:
        """The table in as many columns as fit, then what was left, each with its reason."""
        text = Text()
        pairs = [
            f"{display.number(one.old_number)} → {display.number(one.new_number)}" for one in self.outcome.cancelled
        ]
        if pairs:
            text.append("Ancien n° → nouveau n°\n", pens.style(pens.HEADING))
            across = max(1, width // _PAIR)
            for start in range(0, len(pairs), across):
                text.append("".join(pair.ljust(_PAIR) for pair in pairs[start : start + across]).rstrip() + "\n")
            text.append("\n".join(display.wrapped(_WHERE, width)) + "\n")
        if self.outcome.left:
            text.append("\nNe sont pas annulées\n", pens.style(pens.HEADING))
            for left in self.outcome.left:
                why = refusal_sentence(left.why) if isinstance(left.why, Refused) else stale_sentence(left.why)
                text.append("\n  ".join(display.wrapped(f"{display.number(left.number)} : {why}", width - 2)) + "\n")
        return text


_WHERE = "Elles vous attendent dans « Vérifier factures non validées » ; l’ancien numéro les retrouve aussi."

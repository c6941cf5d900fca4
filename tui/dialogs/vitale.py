"""The card step: « OK » prepares the loading (guide, 2.4 bis), then carte Vitale or « Facturer en dégradé » (2.5)."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.binding import Binding, BindingType

from tui.dialogs.dialog import Dialog
from tui.widgets.choice import Choice

Way = Literal["card", "degraded", "none"]


class Prepare(Dialog[bool]):
    """« OK » to prepare the loading of the invoice; True if it was taken."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("k", "go", "OK", show=False)]

    def __init__(self, lines: tuple[str, ...]) -> None:
        title = "Préparer le chargement de la facture"
        choices = (Choice("OK", id="ok"), Choice("Renoncer (Échap)", id="back"))
        super().__init__(title, lines, choices, safe_answer=False)

    def action_go(self) -> None:
        """By the letter."""
        self.give(True)

    def on_choice_taken(self, event: Choice.Taken) -> None:
        """By Enter."""
        event.stop()
        self.give(event.choice.id == "ok")


class VitaleStep(Dialog[Way]):
    """How the invoice is billed again: with the carte Vitale, or without it in degraded mode.

    Args:
        lines: the invoice, and what the reader says of itself.
        card_first: whether a reader is there: its choice then comes first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "way('card')", "Lire la carte Vitale", show=False),
        Binding("d", "way('degraded')", "Facturer en dégradé", show=False),
    ]

    def __init__(self, lines: tuple[str, ...], *, card_first: bool) -> None:
        card = Choice("Lire la carte Vitale (L)", id="card")
        degraded = Choice("Facturer en dégradé (D)", id="degraded")
        choices = (card, degraded) if card_first else (degraded, card)
        super().__init__("Carte Vitale", lines, choices, safe_answer="none")

    def action_way(self, way: Way) -> None:
        """By the letter."""
        self.give(way)

    def on_choice_taken(self, event: Choice.Taken) -> None:
        """By Enter."""
        event.stop()
        self.give("card" if event.choice.id == "card" else "degraded")

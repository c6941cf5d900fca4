"""The card step: « OK » prepares the loading (guide, 2.4 bis), then carte Vitale or « Facturer en dégradé » (2.5)."""

from __future__ import annotations

from models.domain.states import Signature
from tui.dialogs.dialog import Choice, Dialog


class Prepare(Dialog[bool]):
    """« OK » to prepare the loading of the invoice; True if it was taken."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        choices = (Choice("OK", True, "k"), Choice("Renoncer (Échap)", False))
        super().__init__("Préparer le chargement de la facture", lines, choices, safe_answer=False)


class VitaleStep(Dialog[Signature]):
    """How the invoice is billed again: with the carte Vitale, or without it in degraded mode.

    Args:
        lines: the invoice, and what the reader says of itself.
        card_first: whether a reader is there: its choice then comes first.
    """

    def __init__(self, lines: tuple[str, ...], *, card_first: bool) -> None:
        card: Choice[Signature] = Choice("Lire la carte Vitale (L)", Signature.CARD, "l", writes=True)
        degraded: Choice[Signature] = Choice("Facturer en dégradé (D)", Signature.DEGRADED, "d", writes=True)
        choices = (card, degraded) if card_first else (degraded, card)
        super().__init__("Carte Vitale", lines, choices, safe_answer=Signature.UNBILLED)

"""The card step: « OK » prepares the loading (guide, 2.4 bis), then carte Vitale or « Facturer en dégradé » (2.5)."""

from __future__ import annotations

from models.domain.states import Signature
from tui.dialogs.dialog import Choice, Dialog


class Prepare(Dialog[bool]):
    """« OK » to prepare the loading of the invoice; True if it was taken."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        choices = (Choice("OK", True, "k"), Choice("Renoncer (Échap)", False))
        super().__init__("Préparer le chargement de la facture", lines, choices, safe_answer=False)


class VitaleStep(Dialog[Signature | None]):
    """How the invoice is billed again: with the carte Vitale, or without it in degraded mode; None to give up.

    `Signature.UNBILLED` takes one that is billed in degraded mode out of it.

    Args:
        lines: the invoice, and what the reader says of itself.
        card_first: whether a reader is there: its choice then comes first.
        degraded: whether it is billed in degraded mode already.
    """

    def __init__(self, lines: tuple[str, ...], *, card_first: bool, degraded: bool = False) -> None:
        card: Choice[Signature | None] = Choice("Lire la carte Vitale (L)", Signature.CARD, "l", writes=True)
        without: Choice[Signature | None] = Choice("Facturer en dégradé (D)", Signature.DEGRADED, "d", writes=True)
        out: Choice[Signature | None] = Choice("En sortir (S)", Signature.UNBILLED, "s", writes=True)
        choices = (card, without) if card_first else (without, card)
        super().__init__("Carte Vitale", lines, (*choices, out) if degraded else choices, safe_answer=None)

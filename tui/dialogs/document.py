"""Which document goes with an invoice."""

from __future__ import annotations

from models.domain.papers import DocumentKind
from tui.dialogs.dialog import Choice, Dialog


class DocumentChoice(Dialog[DocumentKind | None]):
    """Asks which; None to give up.

    Args:
        lines: of which invoice.
    """

    ESCAPE = "Renoncer"

    def __init__(self, lines: tuple[str, ...]) -> None:
        choices: tuple[Choice[DocumentKind | None], ...] = (
            Choice("Ordonnance (O)", DocumentKind.PRESCRIPTION, "o"),
            Choice("Attestation (A)", DocumentKind.ATTESTATION, "a"),
            Choice("Accord (C)", DocumentKind.AGREEMENT, "c"),
            Choice("Autre (U)", DocumentKind.OTHER, "u"),
            Choice("Renoncer", None),
        )
        super().__init__("Quelle pièce ?", lines, choices, safe_answer=None)

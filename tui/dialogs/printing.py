"""Which pages of a list are printed: the list as it stands, or what to hand to each practitioner."""

from __future__ import annotations

from typing import Literal

from tui.dialogs.dialog import Choice, Dialog

Pages = Literal["list", "practitioner"]


class PrintChoice(Dialog[Pages | None]):
    """Asks which; None to print nothing."""

    ESCAPE = "Renoncer"

    def __init__(self) -> None:
        choices: tuple[Choice[Pages | None], ...] = (
            Choice("La liste (L)", "list", "l"),
            Choice("Pour le praticien (P)", "practitioner", "p"),
            Choice("Renoncer (Échap)", None),
        )
        lines = (
            "La liste : comme elle est filtrée et triée à l’écran.",
            "Pour le praticien : les rejets de cette liste, une page par professionnel, avec ce qu’il y a à faire.",
        )
        super().__init__("Imprimer", lines, choices, safe_answer=None)

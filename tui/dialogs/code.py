"""The code that unlocks the desk, chosen: typed twice, shown never."""

from __future__ import annotations

from textual.widgets import Input

from models.domain.unlock_code import SHORTEST
from tui.dialogs.dialog import Labelled
from tui.dialogs.form import FormDialog
from tui.widgets.text_field import TextField


class ChooseCode(FormDialog[str]):
    """Asks for a new code; None to give up."""

    def __init__(self) -> None:
        lines = (
            f"Pour verrouiller ce poste, choisissez un code d’au moins {SHORTEST} caractères : il le rouvrira. "
            "Il n’est gardé que sous une forme qui ne se relit pas ; ne le donnez à personne.",
        )
        fields = (
            Labelled("Votre code", TextField(password=True, id="code"), 20),
            Labelled("Encore une fois", TextField(password=True, id="again"), 20),
        )
        super().__init__("Code de déverrouillage", lines, fields)

    def entered(self, field: Input) -> None:
        """Enter goes on, and from the last field means OK."""
        if field is self.fields[-1]:
            self.accept()
        else:
            self.go(1)

    def read(self, typed: dict[str, str]) -> str:
        """The code."""
        if len(typed["code"]) < SHORTEST:
            raise ValueError(f"Code trop court : au moins {SHORTEST} caractères.")
        if typed["code"] != typed["again"]:
            raise ValueError("Les deux codes ne sont pas les mêmes.")
        return typed["code"]

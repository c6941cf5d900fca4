"""Verrouiller: by hand or after a time without keys; where no code is chosen yet, it is chosen first."""

from __future__ import annotations

from typing import Final

from models.commands.unlock_code import CodeChosen, choose_code
from models.domain.refusals import Refused
from models.queries.unlock import has_code
from tui.base.desk_screen import DeskScreen
from tui.dialogs.code import ChooseCode
from tui.text.refusals import refusal_sentence

FIRST_ANSWER: Final = "Répondez d’abord à la question, puis verrouillez : votre code est à choisir."


async def choose_first(screen: DeskScreen) -> bool:
    """Have the person at the desk choose a code, if they have none; whether they have one now."""
    author = screen.desk.author()
    known = await screen.perform(lambda: has_code(author.operator))
    if known is not False:
        return bool(known)
    code = await screen.ask(ChooseCode())
    if code is None:
        screen.tell("Pas verrouillé : aucun code n’est choisi.")
        return False
    outcome = await screen.perform(lambda: choose_code(code, author))
    if isinstance(outcome, Refused):
        screen.tell(refusal_sentence(outcome))
    return isinstance(outcome, CodeChosen)

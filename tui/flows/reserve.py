"""Réserver des numéros: told once which numbers are ours, beside the billing software's; Enter takes them."""

from __future__ import annotations

from functools import partial

from models.commands.reserve_numbers import Reserved, reserve_numbers
from models.domain.numbering import Numbering
from models.domain.refusals import Refused
from models.queries.numbers import proposed_numbering
from tui.base.desk_screen import DeskScreen
from tui.dialogs.numbering import NumberingForm, NumberingProposal, Proposal
from tui.text.numbers import reserved, reserved_news
from tui.text.refusals import refusal_sentence

_LATER = "Numéros d’Accueil : la question reviendra à la prochaine ouverture."


async def ask_numbering(screen: DeskScreen) -> None:
    """Propose the range, and reserve what is taken or typed instead."""
    proposed = await screen.perform(lambda: proposed_numbering(screen.desk.today()))
    if proposed is None:
        return
    answer = await screen.ask(NumberingProposal(_lines(proposed)))
    wanted = proposed if answer == Proposal.TAKEN else None
    if answer == Proposal.CHANGED:
        wanted = await screen.ask(NumberingForm("Au-dessus de ceux du logiciel de facturation.", proposed))
    while wanted is not None:
        match await screen.perform(partial(reserve_numbers, wanted, screen.desk.author())):
            case Reserved(numbering):
                screen.tell(reserved_news(numbering))
                return
            case Refused() as refused:
                wanted = await screen.ask(NumberingForm(refusal_sentence(refused), wanted))
            case None:
                return  # `perform` has said why
    screen.tell(_LATER)


def _lines(numbering: Numbering) -> tuple[str, ...]:
    invoices, dre, lots = reserved(numbering)
    return (
        "La caisse refuse un numéro qui sert deux fois : Accueil prend donc les siens à part.",
        f"– {invoices}",
        f"– {dre}",
        f"– {lots}",
        "Votre logiciel de facturation reste en dessous.",
    )

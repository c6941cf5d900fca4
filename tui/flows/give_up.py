"""Retirer: an invoice that has not left is given up with a reason; what it was made for waits again."""

from __future__ import annotations

from models.commands.give_up import GivenUp, give_up
from models.commands.outcomes import Stale
from models.domain.refusals import Refused
from models.domain.states import InvoiceKind
from models.queries.invoice_row import InvoiceRow
from tui.base.desk_screen import DeskScreen
from tui.dialogs.give_up import GiveUpDialog
from tui.text import display
from tui.text.columns import patient
from tui.text.places import CANCEL, DRE, RETURNS
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence
from tui.text.state_words import document, head


async def give_up_row(screen: DeskScreen, row: InvoiceRow) -> None:
    """Ask why, give it up, say what waits again and where."""
    if (refused := row.give_up_refusal) is not None:
        screen.tell(refusal_sentence(refused))
        return
    stands = row.replaces or row.dre_of
    dre = row.kind == InvoiceKind.DRE
    lines = (
        f"{patient(row)} · {display.money(row.total)} €",
        f"Le rejet de la DRE de la facture n° {stands} attendra de nouveau." if dre
        else f"La facture n° {stands}, annulée, redeviendra rejetée et attendra de nouveau.",
        f"Le n° {row.number} lui reste, et ne part pas ; la refaire le reprendra.",
    )  # fmt: skip
    answer = await screen.ask(GiveUpDialog(f"Retirer la {document(row.kind, row.number)} ?", lines))
    if answer is None:
        screen.tell(f"La {document(row.kind, row.number)} reste à corriger.")
        return
    author = screen.desk.author()
    outcome = await screen.perform(lambda: give_up(row.id, row.version, *answer, author))
    screen.command_done()
    match outcome:
        case GivenUp(number, old):
            waits = (
                f"Le rejet de la DRE de la facture n° {old} attend de nouveau dans « {DRE[-1]} » : refaites-la, ou "
                "classez la facture." if dre
                else f"La facture n° {old} attend de nouveau dans « {CANCEL[-1]} » : annulez-la, classez-la, ou "
                f"tranchez ce que la caisse en dit dans « {RETURNS[-1]} »."
            )  # fmt: skip
            await screen.show(f"{head(row.kind, number)} : retirée", waits)
        case Refused():
            await screen.show("Rien n’a été retiré", refusal_sentence(outcome))
        case Stale():
            await screen.show("Rien n’a été retiré", stale_sentence(outcome))
        case None:
            pass  # `perform` has said why

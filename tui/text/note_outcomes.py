"""What is said of a note once it is made, or before it contradicts what is known."""

from __future__ import annotations

from typing import Final

from models.commands.note_answer import Against, Noted
from models.commands.note_arl import ArlNoted
from models.commands.take_back import BuiltOn, TakenBack
from models.domain.exchanges import Arl
from models.domain.refusals import Refused
from models.domain.states import ShareName, ShareState
from models.queries.sheets import InvoiceSheet
from tui.text import display
from tui.text.refusals import refusal_sentence
from tui.text.state_words import SHARES, STATES, document


def likely_share(sheet: InvoiceSheet) -> ShareName:
    """The share of which something is awaited: the obligatory one first."""
    awaited = {ShareState.PENDING, ShareState.DEFERRED, ShareState.REJECTED}
    amo_waits = sheet.amo_state in awaited or (sheet.amo_state == ShareState.PAID and sheet.amo_paid < sheet.amo)
    return ShareName.AMO if amo_waits or sheet.amc_state == ShareState.NONE else ShareName.AMC


def against_sentence(outcome: Against) -> str:
    """What is known, which a note would contradict."""
    share = f"Part {outcome.share.upper()} : {SHARES[outcome.known].word}"
    paid = f" {display.money(outcome.paid)} €" if outcome.known == ShareState.PAID else ""
    return f"{share}{paid}, {display.money(outcome.asked)} € demandés ; la note dit autre chose et la remplace."


def noted_sentence(outcome: Noted) -> str:
    """What the invoice has become."""
    return f"Noté : la {document(outcome.kind, outcome.number)} est {STATES[outcome.state].whole}."


def arl_sentence(outcome: ArlNoted) -> str:
    """What follows from the ARL that was noted."""
    if outcome.arl != Arl.NEGATIVE:
        return f"ARL positif noté : la caisse a bien reçu le lot {outcome.lot:03d}."
    back = display.plural(outcome.invoices, "facture revenue", "factures revenues")
    return f"ARL négatif du lot {outcome.lot:03d} noté : {back} à corriger, sous le même numéro."


def withdrawn_sentence(outcome: TakenBack) -> str:
    """What follows from a note that was withdrawn."""
    judged = " ; la réponse qui attendait est appliquée" if outcome.judged else ""
    if outcome.invoices == 1:
        return f"Note retirée : la facture est ce qu’elle était avant{judged}."
    back = display.plural(outcome.invoices, "facture remise", "factures remises")
    return f"Note retirée : {back} comme avant{judged}." if outcome.invoices else "Note retirée."


def undone_sentence(outcome: TakenBack) -> str:
    """What follows from a return that was undone."""
    answers = display.plural(outcome.answers, "réponse retirée", "réponses retirées")
    back = display.plural(outcome.invoices, "facture remise", "factures remises")
    judged = display.plural(outcome.judged, "réponse en attente appliquée", "réponses en attente appliquées")
    more = f" ; {judged}" if outcome.judged else ""
    return display.clean(f"{outcome.file_name} défait : {answers}, {back} comme avant{more}.", 1000)


def kept_lines(outcome: BuiltOn | Refused) -> list[str]:
    """Why something was not taken back: what was done since, invoice by invoice, the first ones."""
    if isinstance(outcome, Refused):
        return [refusal_sentence(outcome)]
    said = [display.clean(refusal_sentence(reason), 1000) for reason in outcome.reasons]
    return said if len(said) <= MOST else [*said[:MOST], f"… et {len(said) - MOST} autres factures."]


MOST: Final = 8
"""The invoices that are named, of those that hold a return."""

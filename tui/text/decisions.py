"""What is said of answers and returns that wait for a decision, and of the decision."""

from __future__ import annotations

from models.commands.settle_answer import Settled
from models.commands.settle_return import ReturnSettled
from models.domain.exchanges import AnsweredDocument, AnswerOutcome, Decision
from models.domain.states import InvoiceKind, InvoiceState, ShareState
from models.queries.returns import AsideAnswer, HeldReturn
from tui.text.display import clean, money, plural
from tui.text.noted import note_clause
from tui.text.state_words import DOCUMENTS, capital
from tui.text.words import Words


def answered(document: AnsweredDocument, number: int) -> str:
    """What an answer is about: « facture n° 1001 », « DRE n° 900000001 », « facture sans numéro »."""
    what = DOCUMENTS[InvoiceKind.DRE if document == AnsweredDocument.DRE else InvoiceKind.INVOICE]
    return f"{what} n° {number}" if number else f"{what} sans numéro"


def answer_said(answer: AsideAnswer) -> str:
    """« AMO payée 18,90 €, AMC sans réponse »."""
    words = Words(
        {
            ShareState.PAID: "payée",
            ShareState.REJECTED: "rejetée",
            ShareState.DEFERRED: "différée",
            ShareState.NONE: "sans réponse",
        },
        "abîmée",
    )
    shares = (("AMO", answer.amo_state, answer.amo_paid), ("AMC", answer.amc_state, answer.amc_paid))
    said = [
        f"{share} {words[state]}" + (f" {money(paid)} €" if state == ShareState.PAID else "")
        for share, state, paid in shares
    ]
    return ", ".join((*said, *(f"code {code}" for code in answer.codes[:3])))


def known_by_hand(answer: AsideAnswer) -> list[str]:
    """By whose note it is known what the answer contradicts; and, of a payment, what to do with that note first."""
    if answer.noted is None:
        return []
    lines = [f"La facture est notée {note_clause(answer.noted)}."]
    if answer.outcome == AnswerOutcome.AFTER_PAYMENT:
        lines.append("Si la réponse a raison, retirez cette note : elle s’appliquera d’elle-même.")
    return lines


def answer_settled(outcome: Settled) -> str:
    """What became of one answer."""
    what = "appliquée" if outcome.decision == Decision.TAKEN else "écartée"
    return f"{capital(answered(outcome.document, outcome.number))} : réponse {what}."


def return_settled(outcome: ReturnSettled) -> str:
    """What became of the answers of a held return."""
    if outcome.decision == Decision.DISMISSED:
        what = plural(outcome.answers, "réponse écartée", "réponses écartées")
        return clean(f"{outcome.file_name} : {what}, aucune facture n’a changé.", 1000)
    answers = plural(outcome.answers, "réponse reprise", "réponses reprises")
    parts = changed_parts(outcome.states, outcome.aside)
    made = f" : {', '.join(parts)}" if parts else ""
    return clean(f"{outcome.file_name} : {answers}{made}.", 1000)


def changed_parts(states: dict[InvoiceState, int], aside: int) -> list[str]:
    """« 11 payées », « 3 rejetées », « 1 mise de côté »: what a return made of the invoices, on one line."""
    words = (
        (InvoiceState.PAID, "payée", "payées"),
        (InvoiceState.REJECTED, "rejetée", "rejetées"),
        (InvoiceState.REPROCESSING, "en recyclage", "en recyclage"),
        (InvoiceState.PARTLY_PAID, "partielle", "partielles"),
    )
    parts = [plural(states[state], one, more) for state, one, more in words if state in states]
    return parts + ([plural(aside, "mise de côté", "mises de côté")] if aside else [])


def held_facts(held: HeldReturn) -> str:
    """« 19 réponses, 298,26 € annoncés »."""
    return f"{plural(held.answers, 'réponse', 'réponses')}, {money(held.paid)} € annoncés"


HELD = "Total faux : aucune réponse n’est appliquée avant que quelqu’un décide du retour entier."
"""What is said when such a return was read."""

"""What is said of a note once it is made, or before it contradicts what is known."""

from __future__ import annotations

from models.commands.note_answer import Against, Noted
from models.domain.states import ShareName, ShareState
from models.queries.sheets import InvoiceSheet
from tui.text import display
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

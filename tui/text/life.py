"""The life of an invoice in words: what happened, each with its moment, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.exchanges import AnswerOutcome, Decision
from models.domain.states import ShareState
from models.queries.journal import Numbered, Recorded
from models.queries.life import Happened, Heard, Left, Life, SaidShare
from models.queries.people import SeenRight
from models.reference.rejection_entry import display_code
from tui.text.display import day, money
from tui.text.journal import moment, sentence
from tui.text.movements import transfer_words
from tui.text.noted import SHARE_WORDS
from tui.text.people import seen_right
from tui.text.state_words import ASIDE, SHARES, capital, document, head


def chain_line(chain: tuple[Numbered, ...]) -> str:
    """« facture n° 1003 → facture n° 1061 », the numbers that it bore, old to new."""
    return capital(" → ".join(document(one.kind, one.number) for one in chain))


def life_pairs(life: Life) -> Iterator[tuple[str, str]]:
    """The moment of each thing that happened, and what it was."""
    for one in life.happened:
        yield _when(one), _what(one)


def _when(one: Happened) -> str:
    match one:
        case Recorded():
            return moment(one)
        case Left():
            return day(one.created_on)
        case Heard():
            local = one.read_at.astimezone()
            return f"{day(local.date())} {local:%H:%M}"
        case SeenRight():
            return day(one.right.seen_on)


def _what(one: Happened) -> str:
    match one:
        case Recorded():
            return sentence(one)
        case Left():
            how = "aussi nommée dans" if one.again else "envoyée dans"
            return f"{head(one.invoice.kind, one.invoice.number)} {how} le lot {one.lot:03d} ({one.file_name})."
        case Heard():
            return heard_sentence(one)
        case SeenRight():
            return f"Droit vu : {seen_right(one)}."


def heard_sentence(heard: Heard) -> str:
    """« Réponse à la facture n° 1003 (retour-01.noe du 14/11/2026, relevé par sophie) : AMO rejetée, 0450 054 … »."""
    about = document(heard.invoice.kind, heard.invoice.number)
    by = f" par {heard.read_by}" if heard.read_by else ""
    if heard.said_in:
        source = f"noté{by} : {heard.said_in} du {day(heard.created_on)}"
    else:
        source = f"{heard.file_name} du {day(heard.created_on)}" + (f", relevé{by}" if by else "")
    parts = [_share(share) for share in heard.shares] or ["rien sur les parts"]
    if heard.transfer is not None and any(share.paid for share in heard.shares):
        parts.append(transfer_words(heard.transfer))
    parts += [f"« {remark} »" for remark in heard.remarks]
    return f"Réponse à la {about} ({source}) : {' ; '.join(parts)}{_fate(heard)}."


def _share(said: SaidShare) -> str:
    paid = f" {money(said.paid)} €" if said.paid or said.state == ShareState.PAID else ""
    reasons = ", ".join(f"{display_code(code)} {label}".rstrip() for code, label in said.reasons)
    return f"{SHARE_WORDS[said.share]} {SHARES[said.state].word}{paid}" + (f", {reasons}" if reasons else "")


def _fate(heard: Heard) -> str:
    """What was made of it, where it was not simply applied."""
    if heard.decision == Decision.WITHDRAWN:
        return " ; retirée depuis"
    if heard.decision == Decision.DISMISSED:
        return " ; écartée"
    if heard.decision == Decision.TAKEN:
        return " ; gardée de côté, puis appliquée"
    if heard.outcome == AnswerOutcome.DUPLICATE:
        return " ; déjà connue"
    return f" ; à trancher, {ASIDE[heard.outcome].clause}" if heard.outcome.aside else ""

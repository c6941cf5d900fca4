"""Which invoice an answer is about: practitioner and number first, then lot, dates, kind, insured and amounts.

Numbers come back from year to year, and DRE have a series of their own: a number alone names no invoice. Sources: the
NOEMIE entities 080 (lot), 102 (number, lot, date, kind), 103 (insured), 198 and 199 (amounts asked).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from models.domain.exchanges import AnsweredDocument, AnswerOutcome

_KINDS: Final[dict[str, AnsweredDocument]] = {"D": AnsweredDocument.DRE, "A": AnsweredDocument.DRE}
"""NOEMIE 102, type de facture: D a DRE, A the complementary's own flow; others are the caisse's."""

_COMPLEMENTARY: Final = frozenset({"OC", "CS"})
"""NOEMIE 000, type d'émetteur: who answers complementary shares only."""


def answered_document(kind: str, sender_type: str) -> AnsweredDocument:
    """What a return answers to: the type of the invoice (102) and that of the sender (000) say it."""
    if sender_type in _COMPLEMENTARY:
        return AnsweredDocument.DRE
    return _KINDS.get(kind, AnsweredDocument.INVOICE if kind else AnsweredDocument.UNSAID)


class Candidate(NamedTuple):
    """An invoice of the practitioner that bears the number. Cents."""

    id: int
    dre: bool
    """A DRE of its own, which asks the complementary share only."""
    lots: tuple[tuple[int, date], ...]
    """Number and date of the lot in which it stands, and of those made anew before; none: it has not left."""
    billed_on: date
    nir: str
    amo: int
    amc: int
    twins: int
    """The other invoices of its lot for the same insured that ask the same complementary share."""


class Said(NamedTuple):
    """By what an answer names its invoice; what the return leaves out is None, '' or 0."""

    number: int
    document: AnsweredDocument
    lot: int | None
    lot_date: date | None
    billed_on: date | None
    nirs: frozenset[str]
    """The insured's and the beneficiary's own."""
    amo_answered: bool
    amo_asked: int
    """0 where the share is not answered."""
    amc_asked: int


class Match(NamedTuple):
    """The invoice that is meant, and why its answer must not be applied; `reason` is None where it may."""

    invoice: int | None
    reason: AnswerOutcome | None = None


def which_invoice(said: Said, candidates: Sequence[Candidate]) -> Match:
    """The invoice that an answer is about, of those that bear its number.

    Another lot excludes an invoice, and so do the dates when none of those given agrees. Then the insured and the
    amounts asked narrow what is left; several left are ambiguous. A DRE's answer goes to a DRE; only when nothing else
    can be meant does it go to the complementary share of a facture.
    """
    if not said.number:
        return Match(None, AnswerOutcome.NO_NUMBER)
    left = [one for one in candidates if _placed(said, one)]
    left = [one for one in left if one.lots] or left
    if not left:
        return Match(None, AnswerOutcome.UNKNOWN)
    own = [one for one in left if one.dre]
    if said.document == AnsweredDocument.DRE:
        return _narrowed(said, own) if own else _share_of(said, left)
    others = [one for one in left if not one.dre]
    if not others and said.document == AnsweredDocument.INVOICE and said.amo_answered:
        return Match(None, AnswerOutcome.OTHER_DOCUMENT)
    return _narrowed(said, others or own)


def _placed(said: Said, one: Candidate) -> bool:
    """Whether lot and dates let the answer be about this invoice; what has not left has no lot to compare."""
    lots = [(number, day) for number, day in one.lots if said.lot in {None, number}]
    if one.lots and not lots:
        return False
    days = [(said.billed_on, {one.billed_on})]
    if lots:
        days.append((said.lot_date, {day for _, day in lots}))
    told = [given in known for given, known in days if given is not None]
    return not told or any(told)


def _narrowed(said: Said, left: list[Candidate]) -> Match:
    """The one that insured and amounts leave; a sole one of another insured is for the caller to judge."""
    same = [one for one in left if one.nir in said.nirs] if said.nirs else left
    if not same:
        return Match(left[0].id) if len(left) == 1 else Match(None, AnswerOutcome.AMBIGUOUS)
    fitting = [one for one in same if _asks(said.amo_asked, one.amo) and _asks(said.amc_asked, one.amc)]
    match fitting or same:
        case [one]:
            return Match(one.id, None if fitting else AnswerOutcome.OTHER_AMOUNT)
        case _:
            return Match(None, AnswerOutcome.AMBIGUOUS)


def _asks(said: int, asked: int) -> bool:
    """Whether the amounts agree, as far as the return gives one."""
    return said in (0, asked)


def _share_of(said: Said, left: list[Candidate]) -> Match:
    """The facture whose complementary share a DRE's answer is about, if nothing else can be meant.

    What does not fit names no invoice: another series may bear the same number, and a person could not tell either.
    """
    told = said.lot is not None or said.lot_date is not None or said.billed_on is not None
    alike = [one for one in left if told and one.nir in said.nirs and one.amc and one.lots]
    if said.amo_answered or not alike:
        return Match(None, AnswerOutcome.OTHER_DOCUMENT)
    fitting = [one for one in alike if one.amc == said.amc_asked]
    match fitting:
        case []:
            return Match(None, AnswerOutcome.OTHER_AMOUNT)
        case [one] if not one.twins:
            return Match(one.id)
        case _:
            return Match(None, AnswerOutcome.AMBIGUOUS)

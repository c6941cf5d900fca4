"""What a caisse's answer does to its invoice: applied once, or kept aside for a person when it contradicts.

An answer is applied once, to the invoice it names; unknown, late, duplicate or contradictory answers are kept and
flagged; a rejection after payment does not undo the payment (`models/INVARIANTS.md`, P19).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from models.commands.change import Change
from models.commands.patient_names import NamelessPatients
from models.commands.records import set_state, set_state_back
from models.domain.damage import stored_member
from models.domain.exchanges import AnsweredDocument, AnswerOutcome
from models.domain.lifecycle import Share, state_of
from models.domain.matching import Match, Said, which_invoice
from models.domain.payments import ShareWord, paid_in_all
from models.domain.states import InvoiceState, ShareName, ShareState
from models.queries.candidates import Bearer, candidates_of
from models.queries.notes import notes_of
from models.queries.payments import words_of
from models.store.database import rows_among
from models.tables.content import row_damage
from models.tables.invoice import Invoice
from models.tables.returns import Answer
from models.tables.sets import rows_with, update_rows


class ShareVerdict(NamedTuple):
    """What one share's answer would do: the share as it would be, or why it is kept aside."""

    share: Share
    outcome: AnswerOutcome


_OPEN: Final = frozenset({ShareState.PENDING, ShareState.DEFERRED})


def read_share(known: Share, said: ShareState, asked: int, paid: int) -> ShareVerdict:
    """Hold what is said of a share against what is known.

    A payment above what was asked, or money taken back, contradicts the invoice: a person decides.
    """
    if said == ShareState.NONE or (known.state == ShareState.NONE and asked == 0 and paid == 0):
        return ShareVerdict(known, AnswerOutcome.DUPLICATE)
    if said == known.state == ShareState.PAID and paid == known.paid:
        return ShareVerdict(known, AnswerOutcome.DUPLICATE)  # what a person took beyond the bill, too
    if said == ShareState.PAID and not 0 <= paid <= known.asked:
        return ShareVerdict(known, AnswerOutcome.CONTRADICTORY)
    told = Share(said, known.asked, paid if said == ShareState.PAID else 0)
    if known.state in _OPEN:
        return ShareVerdict(told, AnswerOutcome.DUPLICATE if said == known.state else AnswerOutcome.APPLIED)
    if known.state == ShareState.PAID and said == ShareState.REJECTED:
        return ShareVerdict(known, AnswerOutcome.AFTER_PAYMENT)
    if known.state == said and known.paid == told.paid:
        return ShareVerdict(known, AnswerOutcome.DUPLICATE)
    return ShareVerdict(known, AnswerOutcome.CONTRADICTORY)


class Heard(NamedTuple):
    """An answer, and the first code with which it rejects each share."""

    answer: Answer
    codes: Mapping[ShareName, str]


def heard_of(answers: Sequence[Answer]) -> list[Heard]:
    """Answers that were kept before, with what is kept of their rejections."""
    codes: dict[int, dict[ShareName, str]] = {}
    for answer_id, share, code in rows_among(_CODES, [answer.id for answer in answers]):
        codes.setdefault(answer_id, {}).setdefault(stored_member(ShareName, share), code)
    return [Heard(answer, codes.get(answer.id, {})) for answer in answers]


_CODES: Final = "SELECT answer_id, share, code FROM rejection WHERE answer_id IN ({set}) ORDER BY id"


def matches_of(answers: Sequence[Answer]) -> list[Match]:
    """The invoice that each answer is about, as far as the return tells it from others of its number."""
    asked: dict[Bearer, bool] = {}
    for answer in answers:
        bearer = answer.practitioner_number, answer.number
        asked[bearer] = asked.get(bearer, False) or answer.document == AnsweredDocument.DRE
    known = candidates_of({bearer: twins for bearer, twins in asked.items() if bearer[1]})
    return [which_invoice(_said(each), known.get((each.practitioner_number, each.number), [])) for each in answers]


def _said(answer: Answer) -> Said:
    """By what this answer names its invoice."""
    return Said(
        number=answer.number,
        document=answer.document,
        lot=answer.lot,
        lot_date=answer.lot_date,
        billed_on=answer.billed_on,
        nirs=_nirs(answer),
        amo_answered=answer.amo_state != ShareState.NONE,
        amo_asked=answer.amo_asked if answer.amo_state != ShareState.NONE else 0,
        amc_asked=answer.amc_asked if answer.amc_state != ShareState.NONE else 0,
    )


class Hearing:
    """Some answers held against the invoices that they are about: what they touch is read and written for all at once.

    Each answer still meets its invoice as those before it left it.

    Args:
        change: in which they are judged.
        heard: in the order in which they are to be judged.
    """

    def __init__(self, change: Change, heard: Sequence[Heard]) -> None:
        self._change = change
        self._heard = heard
        self._matches = matches_of([one.answer for one in heard])
        self._invoices = rows_with(Invoice, (match.invoice for match in self._matches if match.invoice is not None))
        self._patients = NamelessPatients(self._invoices.values())
        self._changed: dict[int, Invoice] = {}
        self._notes = notes_of(self._invoices)
        self.confirmed = 0
        """How many answers said what a person had noted."""

    def judge(self) -> list[tuple[Invoice | None, AnswerOutcome]]:
        """Apply each answer where that is right, as things stand now; its invoice, and what was made of it.

        The answers are given their invoice and outcome; whoever asks saves them, then calls `save`.
        """
        return [self._judge(one, match) for one, match in zip(self._heard, self._matches, strict=True)]

    def save(self) -> None:
        """Write the invoices, and the patients, that the answers changed."""
        self._patients.save()
        self._change.save(*self._changed.values())

    def _judge(self, heard: Heard, match: Match) -> tuple[Invoice | None, AnswerOutcome]:
        answer = heard.answer
        if match.invoice is None:
            answer.invoice, answer.outcome = None, match.reason or AnswerOutcome.UNKNOWN
            return None, answer.outcome
        invoice = self._invoices[match.invoice]
        outcome = AnswerOutcome.DAMAGED if row_damage(invoice) else self._apply(invoice, heard, match.reason)
        answer.invoice, answer.outcome = invoice, outcome
        return invoice, outcome

    def _apply(self, invoice: Invoice, heard: Heard, reason: AnswerOutcome | None) -> AnswerOutcome:
        """Put an answer's word into its invoice where that is right; what must become of the answer.

        Args:
            invoice: sound, as the answers before left it.
            heard: the answer.
            reason: why it must not be applied, if the return does not tell which invoice is meant.
        """
        answer, readings = heard.answer, _readings(invoice, heard.answer)
        outcome = reason or _outcome_for(invoice, answer, readings)
        if outcome.aside:
            return outcome
        if invoice.id in self._notes:
            noted = self._noted(invoice, answer)
            if _names_another(invoice, heard, noted):
                return AnswerOutcome.CONTRADICTORY
            self.confirmed += bool(noted)
        named = self._patients.take_name(invoice, answer)
        if outcome == AnswerOutcome.APPLIED:
            amo, amc = readings
            put_shares(self._change, invoice, amo.share, amc.share, heard)
        if named or outcome == AnswerOutcome.APPLIED:
            self._changed[invoice.id] = invoice
        return outcome

    def _noted(self, invoice: Invoice, answer: Answer) -> frozenset[ShareName]:
        """The shares of which the answer says what a note in force says."""
        said = {ShareName.AMO: answer.amo_state, ShareName.AMC: answer.amc_state}
        return frozenset(note.share for note in self._notes[invoice.id] if said[note.share] == note.state)


def _names_another(invoice: Invoice, heard: Heard, noted: frozenset[ShareName]) -> bool:
    """Whether a share is rejected with another code than the one that a person noted."""
    codes = {ShareName.AMO: invoice.amo_rejection, ShareName.AMC: invoice.amc_rejection}
    return any(name in heard.codes and heard.codes[name] != codes[name] for name in noted)


def save_judged(answers: Sequence[Answer]) -> None:
    """Write what was made of answers that were kept before."""
    update_rows(Answer, ((each.id, {name: each.__data__[name] for name in _JUDGED}) for each in answers))


_JUDGED: Final = ("invoice", "outcome", "made", "before")


def _outcome_for(invoice: Invoice, answer: Answer, readings: Readings) -> AnswerOutcome:
    """What must become of an answer that is about this invoice, and says this of its shares."""
    if answer.nir and invoice.nir not in _nirs(answer):
        return AnswerOutcome.IDENTITY
    if invoice.state == InvoiceState.CANCELLED:
        return AnswerOutcome.LATE
    if invoice.state.unsent:
        return AnswerOutcome.NOT_SENT
    outcomes = [reading.outcome for reading in readings]
    for serious in (AnswerOutcome.AFTER_PAYMENT, AnswerOutcome.CONTRADICTORY):
        if serious in outcomes:
            return serious
    return AnswerOutcome.APPLIED if AnswerOutcome.APPLIED in outcomes else AnswerOutcome.DUPLICATE


def taken_shares(invoice: Invoice, answer: Answer) -> tuple[Share, Share] | None:
    """The shares as they are once a person takes this answer against what is known.

    None where no share can be so: a payment that is undone, or more taken back than was paid.
    """
    amo, amc = _readings(invoice, answer)
    words = words_of([invoice.id]).get(invoice.id, ())
    shares = (
        _taken(amo, answer.amo_state, answer.amo_paid, [word.amo for word in words]),
        _taken(amc, answer.amc_state, answer.amc_paid, [word.amc for word in words]),
    )
    return None if shares[0] is None or shares[1] is None else (shares[0], shares[1])


def _taken(reading: ShareVerdict, said: ShareState, paid: int, words: Sequence[ShareWord]) -> Share | None:
    known = reading.share
    if reading.outcome in {AnswerOutcome.APPLIED, AnswerOutcome.DUPLICATE}:
        return known
    if said != ShareState.PAID:
        return None if known.state == ShareState.PAID else Share(said, known.asked, 0)
    before = words if paid_in_all(words) == known.paid else [ShareWord(known.state, known.paid, noted=False)]
    whole = paid_in_all([*before, ShareWord(said, paid, noted=False)])
    return None if whole < 0 else Share(said, known.asked, whole)


def put_shares(change: Change, invoice: Invoice, amo: Share, amc: Share, heard: Heard) -> None:
    """Let the shares be what an answer made them, and keep with it what they were.

    Raises:
        ForbiddenMove: the state that follows is not one that the invoice may move to.
    """
    before = _shares(invoice)
    _, _, amo_code, _, _, amc_code = before
    amo_code = heard.codes.get(ShareName.AMO, amo_code) if amo.state == ShareState.REJECTED else None
    amc_code = heard.codes.get(ShareName.AMC, amc_code) if amc.state == ShareState.REJECTED else None
    _put(invoice, before, (amo.state, amo.paid, amo_code, amc.state, amc.paid, amc_code))
    set_state(invoice, state_of(amo, amc))
    heard.answer.made = change.version_made(invoice)
    heard.answer.before = _before_text(before)


Shares = tuple[ShareState, int, str | None, ShareState, int, str | None]
"""What an answer changes of an invoice, its state aside, which follows."""

_SHARES: Final = ("amo_state", "amo_paid", "amo_rejection", "amc_state", "amc_paid", "amc_rejection")


def _shares(invoice: Invoice) -> Shares:
    """What is kept of an invoice before an answer."""
    return _KEPT(invoice.__data__)


_KEPT: Final[Callable[[dict[str, Any]], Shares]] = itemgetter(*_SHARES)


def _put(invoice: Invoice, now: Shares, then: Shares) -> None:
    """Set what differs: what is set is written, and each index that holds it with it."""
    for name, was, becomes in zip(_SHARES, now, then, strict=True):
        if was != becomes:
            setattr(invoice, name, becomes)


@lru_cache(maxsize=1024)
def _before_text(before: Shares) -> str:
    """What `put_back` reads; most invoices were the same before they were answered."""
    return json.dumps(before)


def put_back(invoice: Invoice, before: str) -> None:
    """Let the shares be what they were before an answer; whoever asks saves the invoice.

    Args:
        invoice: as nothing but that answer left it.
        before: as the answer keeps it.

    Raises:
        ForbiddenMove: the answer did not lead from there.
    """
    _put(invoice, _shares(invoice), _before_of(before))
    amo, amc = shares_of(invoice)
    set_state_back(invoice, state_of(amo, amc))


@lru_cache(maxsize=1024)
def _before_of(text: str) -> Shares:
    """What `_before_text` wrote."""
    amo, amo_paid, amo_code, amc, amc_paid, amc_code = json.loads(text)
    return stored_member(ShareState, amo), amo_paid, amo_code, stored_member(ShareState, amc), amc_paid, amc_code


def shares_of(invoice: Invoice) -> tuple[Share, Share]:
    """The two shares as they stand."""
    amo_state, amo, amo_paid, amc_state, amc, amc_paid = _KNOWN(invoice.__data__)
    return Share(amo_state, amo, amo_paid), Share(amc_state, amc, amc_paid)


_KNOWN: Final = itemgetter("amo_state", "amo", "amo_paid", "amc_state", "amc", "amc_paid")


def _nirs(answer: Answer) -> frozenset[str]:
    """The numbers under which the return knows the insured; none where it gives none."""
    return frozenset({answer.nir, answer.individual_nir} - {""}) if answer.nir else frozenset()


Readings = tuple[ShareVerdict, ShareVerdict]
"""What an answer says of the obligatory and of the complementary share."""


def _readings(invoice: Invoice, answer: Answer) -> Readings:
    amo, amc = shares_of(invoice)
    amo_state, amo_asked, amo_paid, amc_state, amc_asked, amc_paid = _TOLD(answer.__data__)
    return read_share(amo, amo_state, amo_asked, amo_paid), read_share(amc, amc_state, amc_asked, amc_paid)


_TOLD: Final = itemgetter("amo_state", "amo_asked", "amo_paid", "amc_state", "amc_asked", "amc_paid")

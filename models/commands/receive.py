"""Relever: read a retour NOEMIE, apply each answer to its invoice, keep aside what must not be applied blindly.

Where a sum of the return does not agree, it is held: all its answers are kept aside, and a person decides on them at
once (`models/commands/settle_return.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final, NamedTuple

from models.commands.answers import Heard, Hearing, matches_of
from models.commands.change import Change, open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import AnswerOutcome, Decision
from models.domain.faults import PracticeFault, Remedy
from models.domain.matching import answered_document
from models.domain.patience import Step
from models.domain.states import InvoiceState, ShareName, ShareState
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import InvoiceAnswer, Movement, NoemieFile, RejectionLine, ShareAnswer, Transfer
from models.reference.identifiers import finess_forms
from models.store.in_bulk import MUCH, in_bulk
from models.tables.beside_answers import ReturnMovement, ReturnRemark
from models.tables.invoice import Invoice
from models.tables.people import Practitioner
from models.tables.returns import Answer, Rejection, Return, ReturnTransfer
from models.tables.sets import insert_rows, unwritten

A_STEP: Final = 250
"""Answers that are judged at once, and after which the progress is told."""


@dataclass(frozen=True, slots=True)
class Received:
    """Done and committed. `outcomes` counts the answers by what was made of them; `paid` in cents."""

    file_name: str
    answers: int
    paid: int
    outcomes: dict[AnswerOutcome, int]
    states: dict[InvoiceState, int]
    warnings: tuple[str, ...]
    movements: tuple[Movement, ...]
    """Lump payments and withholdings: no answers, but what explains a transfer."""
    return_id: int = 0
    confirmed: int = 0
    """How many answers said what a person had noted by hand."""
    wrong_totals: tuple[str, ...] = ()
    """The sums that do not agree, as French sentences: where there are answers, all of them are kept aside."""

    @property
    def held(self) -> bool:
        """Whether the whole return waits for a person's decision."""
        return AnswerOutcome.WRONG_TOTAL in self.outcomes

    @property
    def aside(self) -> int:
        """How many answers wait for a person's decision."""
        return sum(count for outcome, count in self.outcomes.items() if outcome.aside)


@dataclass(frozen=True, slots=True)
class AlreadyReceived:
    """Nothing was changed: this very return was read before."""

    file_name: str
    received_at: str


def receive_return(
    data: bytes, file_name: str, author: Author, progress: Step | None = None
) -> Received | AlreadyReceived:
    """Read one return, wholly or not at all.

    Args:
        data: the file's bytes.
        file_name: its name, without its folder.
        author: who reads it.
        progress: called with (answers done, answers in all).

    Raises:
        FormatError: the file is not a sound return; nothing was changed.
        PracticeFault: no practitioner of this practice is in it, or the database refused; nothing was changed.
    """
    with in_bulk(much=len(data) >= MUCH):
        return _receive(data, file_name, author, progress)


def _receive(data: bytes, file_name: str, author: Author, progress: Step | None) -> Received | AlreadyReceived:
    digest = hashlib.sha256(data).hexdigest()
    file = read_noemie(data, (lambda _, total: progress(0, total)) if progress else None)
    with open_change(author, Action.RECEIVE) as change:
        known = Return.get_or_none(Return.content_hash == digest)
        if known is not None:
            return AlreadyReceived(known.file_name, known.received_at)
        _refuse_strangers(file)
        source = Return.create(
            content_hash=digest,
            file_name=file_name,
            reference=file.reference,
            created_on=file.created_on,
            received_at=author.at.isoformat(),
            answers=len(file.answers),
            paid=file.total_paid,
            sender_type=file.sender_type,
        )
        transfers = _keep_beside(source, file)
        held = bool(file.wrong_totals and file.answers)
        states: dict[int, InvoiceState] = {}
        outcomes: Tally[AnswerOutcome] = Tally()
        confirmed = 0
        for start in range(0, len(file.answers), A_STEP):
            some = file.answers[start : start + A_STEP]
            confirmed += (_hold if held else _take)(change, _Kept(source, transfers), some, outcomes, states)
            if progress:
                progress(start + len(some), len(file.answers))
        change.record(f"return {source.id}", {"answers": dict(outcomes)})
        return Received(
            file_name,
            len(file.answers),
            file.total_paid,
            dict(outcomes),
            dict(Tally(states.values())),
            file.warnings,
            file.movements,
            source.id,
            confirmed,
            file.wrong_totals,
        )


def _refuse_strangers(file: NoemieFile) -> None:
    """A return none of whose practitioners is known here belongs to another practice."""
    numbers = {answer.practitioner for answer in file.answers} or {moved.practitioner for moved in file.movements}
    forms = sorted({form for number in numbers for form in finess_forms(number)})
    if numbers and not Practitioner.select().where(Practitioner.number.in_(forms)).exists():
        raise PracticeFault(
            f"Retour destiné au professionnel n° {', '.join(sorted(numbers))}, inconnu de ce cabinet",
            Remedy.IMPORT_FIRST,
        )


Transfers = dict[Transfer, int]
"""The ids of what is kept of a return's transfers."""


def _keep_beside(source: Return, file: NoemieFile) -> Transfers:
    """Keep what a return says beside its answers; its transfers as they are kept."""
    for grave, sentences in ((True, file.wrong_totals), (False, file.warnings)):
        for sentence in sentences:
            ReturnRemark.create(source=source.id, grave=grave, message=sentence)
    transfers: Transfers = {}
    for announced in file.transfers:
        kept = ReturnTransfer.create(
            source=source.id,
            practitioner_number=announced.practitioner,
            sent_on=announced.sent_on,
            label=announced.label,
            payer=announced.payer,
        )
        transfers[announced] = kept.id
    for moved in file.movements:
        ReturnMovement.create(
            source=source.id,
            transfer=transfers[moved.transfer] if moved.transfer else None,
            practitioner_number=moved.practitioner,
            return_kind=moved.return_kind,
            withheld=moved.withheld,
            amount=moved.amount,
            reference=moved.reference,
            labels=json.dumps(moved.labels, ensure_ascii=False),
        )
    return transfers


class _Kept(NamedTuple):
    """A return as it is kept, with its transfers."""

    source: Return
    transfers: Transfers


Outcomes = Tally[AnswerOutcome]
States = dict[int, InvoiceState]
"""Of the invoices that changed, by their ids."""


def _take(change: Change, kept: _Kept, said: Sequence[InvoiceAnswer], outcomes: Outcomes, states: States) -> int:
    """Keep some answers with their reasons, and apply them where that is right; how many confirm a note."""
    heard = [Heard(_answer(kept, one), _first_codes(one)) for one in said]
    hearing = Hearing(change, heard)
    note(hearing.judge(), outcomes, states)
    _keep([one.answer for one in heard], said)
    hearing.save()
    return hearing.confirmed


def _hold(change: Change, kept: _Kept, said: Sequence[InvoiceAnswer], outcomes: Outcomes, states: States) -> int:
    """Keep some answers aside, each beside the invoice that it names: nobody cancels that one meanwhile."""
    answers = [_answer(kept, one) for one in said]
    for answer, match in zip(answers, matches_of(answers), strict=True):
        answer.invoice_id = match.invoice
    outcomes[AnswerOutcome.WRONG_TOTAL] += len(answers)
    _keep(answers, said)
    return 0


def note(judged: Iterable[tuple[Invoice | None, AnswerOutcome]], outcomes: Outcomes, states: States) -> None:
    """Count what was made of answers, and note the state of each invoice that they changed."""
    for invoice, outcome in judged:
        outcomes[outcome] += 1
        if invoice is not None and outcome == AnswerOutcome.APPLIED:
            states[invoice.id] = invoice.state


def _answer(kept: _Kept, said: InvoiceAnswer) -> Answer:
    """The row of one answer, aside until it is judged."""
    amo, amc = said.amo or _SILENT, said.amc or _SILENT
    of_patient = said.patient_named or said.birth[:4] == said.nir[1:5]
    return unwritten(
        Answer,
        {
            "source": kept.source.id,
            "invoice": None,
            "practitioner_number": said.practitioner,
            "number": said.number,
            "lot": said.lot,
            "nir": said.nir,
            "amo_asked": amo.asked,
            "amo_state": amo.state,
            "amo_paid": amo.paid,
            "amc_asked": amc.asked,
            "amc_state": amc.state,
            "amc_paid": amc.paid,
            "amc_number": said.amc_number,
            "remarks": _remarks_text(said.remarks),
            "outcome": AnswerOutcome.WRONG_TOTAL,
            "document": answered_document(said.kind, kept.source.sender_type),
            "lot_date": said.lot_date,
            "billed_on": said.billed_on,
            "individual_nir": said.individual_nir,
            "last_name": said.last_name if of_patient else "",
            "first_name": said.first_name if of_patient else "",
            "birth": said.birth,
            "birth_rank": said.birth_rank,
            "transfer": kept.transfers.get(said.transfer) if said.transfer else None,
            "made": None,
            "before": "",
            "settled": Decision.NONE,
        },
    )


@lru_cache(maxsize=1024)
def _remarks_text(remarks: tuple[str, ...]) -> str:
    return json.dumps(remarks, ensure_ascii=False)


def _first_codes(said: InvoiceAnswer) -> dict[ShareName, str]:
    """The first code with which each share is rejected."""
    return {reason.share: reason.code for reason in reversed(said.rejections)}


def _keep(answers: Sequence[Answer], said: Sequence[InvoiceAnswer]) -> None:
    """Write the answers, each with its reasons."""
    ids = insert_rows(Answer, [answer.__data__ for answer in answers])
    insert_rows(
        Rejection,
        [
            {"answer": answer_id, **{name: getattr(reason, name) for name in _REASON}}
            for answer_id, one in zip(ids, said, strict=True)
            for reason in one.rejections
        ],
    )


_REASON: Final = tuple(field.name for field in fields(RejectionLine))

_SILENT = ShareAnswer(asked=0, state=ShareState.NONE, paid=0)
"""A share of which a return says nothing."""

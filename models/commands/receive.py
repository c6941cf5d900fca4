"""Relever: read a retour NOEMIE, apply each answer to its invoice, keep aside what must not be applied blindly.

Where a sum of the return does not agree, it is held: all its answers are kept aside, and a person decides on them at
once (`models/commands/settle_return.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass

from models.commands.answers import match_of, take_answer
from models.commands.change import Change, open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import AnswerOutcome
from models.domain.faults import PracticeFault, Remedy
from models.domain.matching import answered_document
from models.domain.states import InvoiceState, ShareState
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import InvoiceAnswer, Movement, NoemieFile, ShareAnswer, Transfer
from models.tables.beside_answers import ReturnMovement, ReturnRemark, ReturnTransfer
from models.tables.people import Practitioner
from models.tables.returns import Answer, Rejection, Return

Progress = Callable[[int, int], None]


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
    data: bytes, file_name: str, author: Author, progress: Progress | None = None
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
    digest = hashlib.sha256(data).hexdigest()
    file = read_noemie(data)
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
        _keep_beside(source, file)
        held = bool(file.wrong_totals and file.answers)
        states: dict[int, InvoiceState] = {}
        outcomes: Tally[AnswerOutcome] = Tally()
        for done, said in enumerate(file.answers, start=1):
            answer = _keep(source, said)
            outcomes[_hold(answer) if held else apply_said(change, answer, states)] += 1
            if progress:
                progress(done, len(file.answers))
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
            file.wrong_totals,
        )


def _refuse_strangers(file: NoemieFile) -> None:
    """A return none of whose practitioners is known here belongs to another practice."""
    numbers = {answer.practitioner for answer in file.answers} or {moved.practitioner for moved in file.movements}
    if numbers and not Practitioner.select().where(Practitioner.number.in_(sorted(numbers))).exists():
        raise PracticeFault(
            f"Retour destiné au professionnel n° {', '.join(sorted(numbers))}, inconnu de ce cabinet",
            Remedy.IMPORT_FIRST,
        )


def _keep_beside(source: Return, file: NoemieFile) -> None:
    """Keep what a return says beside its answers."""
    for grave, sentences in ((True, file.wrong_totals), (False, file.warnings)):
        for sentence in sentences:
            ReturnRemark.create(source=source.id, grave=grave, message=sentence)
    transfers: dict[Transfer, ReturnTransfer] = {}
    for announced in file.transfers:
        transfers[announced] = ReturnTransfer.create(
            source=source.id,
            practitioner_number=announced.practitioner,
            sent_on=announced.sent_on,
            label=announced.label,
            payer=announced.payer,
        )
    for moved in file.movements:
        ReturnMovement.create(
            source=source.id,
            transfer=transfers[moved.transfer].id if moved.transfer else None,
            practitioner_number=moved.practitioner,
            return_kind=moved.return_kind,
            withheld=moved.withheld,
            amount=moved.amount,
            reference=moved.reference,
            labels=json.dumps(moved.labels, ensure_ascii=False),
        )


def _keep(source: Return, said: InvoiceAnswer) -> Answer:
    """Keep one answer with its reasons, aside until `apply_said` judges it."""
    amo, amc = said.amo or _SILENT, said.amc or _SILENT
    of_patient = said.patient_named or said.birth[:4] == said.nir[1:5]
    answer: Answer = Answer.create(
        source=source.id,
        practitioner_number=said.practitioner,
        number=said.number,
        lot=said.lot,
        nir=said.nir,
        amo_asked=amo.asked,
        amo_state=amo.state,
        amo_paid=amo.paid,
        amc_asked=amc.asked,
        amc_state=amc.state,
        amc_paid=amc.paid,
        amc_number=said.amc_number,
        remarks=json.dumps(said.remarks, ensure_ascii=False),
        outcome=AnswerOutcome.WRONG_TOTAL,
        document=answered_document(said.kind, source.sender_type),
        lot_date=said.lot_date,
        billed_on=said.billed_on,
        individual_nir=said.individual_nir,
        last_name=said.last_name if of_patient else "",
        first_name=said.first_name if of_patient else "",
        birth=said.birth,
        birth_rank=said.birth_rank,
    )
    for reason in said.rejections:
        Rejection.create(
            answer=answer.id,
            share=reason.share,
            code=reason.code,
            label=reason.label,
            level=reason.level,
            act_code=reason.act_code,
            care_date=reason.care_date,
            line=reason.line,
            info=reason.info,
        )
    return answer


def _hold(answer: Answer) -> AnswerOutcome:
    """Leave a kept answer aside, beside the invoice that it names: nobody cancels that one meanwhile."""
    answer.invoice_id = match_of(answer).invoice
    answer.save()
    return answer.outcome


def apply_said(change: Change, answer: Answer, states: dict[int, InvoiceState]) -> AnswerOutcome:
    """Judge a kept answer as things stand now, and apply it where that is right.

    Args:
        change: what it is part of.
        answer: as `receive_return` kept it.
        states: given the state of the invoice, by its id, where it changed.

    Returns:
        What was made of the answer.
    """
    invoice, outcome = take_answer(change, answer)
    if invoice is not None and outcome == AnswerOutcome.APPLIED:
        states[invoice.id] = invoice.state
    return outcome


_SILENT = ShareAnswer(asked=0, state=ShareState.NONE, paid=0)
"""A share of which a return says nothing."""

"""Noter un ARL: what the acknowledgement of a lot said. Negative, its invoices go back to be corrected, numbers kept.

The caisse never took a lot, or an invoice, that its ARL refuses (*accusé de réception logique*): no new number, the lot
is made anew. A positive one only says that the lot came in.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.commands.change import Change, open_change
from models.commands.known_invoices import mark_if_redone
from models.commands.records import set_state, set_state_back
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import AnswerOutcome, Arl, LotStatus
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState, ShareState
from models.store.database import rows
from models.tables.invoice import Invoice, LotMention
from models.tables.lots import Lot
from models.tables.returns import Answer, Return
from models.tables.sets import insert_rows


@dataclass(frozen=True, slots=True)
class ArlWord:
    """What the ARL of a lot says, on which day, where it was read; of a negative one, its reason."""

    arl: Arl
    said_on: date
    said_in: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ArlNoted:
    """Done and committed; `invoices` are to be corrected, under their numbers."""

    lot: int
    arl: Arl
    invoices: int
    note_id: int


def note_arl(lot_id: int, word: ArlWord, author: Author, *, invoice_id: int | None = None) -> ArlNoted | Refused:
    """Note the ARL of a lot that left.

    Args:
        lot_id: the lot.
        word: what it says.
        author: who notes it.
        invoice_id: the one invoice that a negative ARL refuses; None: the whole lot.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.NOTE_ARL) as change:
        lot = Lot.get_by_id(lot_id)
        if refused := _why_not(lot, word, author):
            return refused
        refuses = word.arl == Arl.NEGATIVE
        of_lot = Invoice.lot == lot.id
        members = list(Invoice.select().where(of_lot if invoice_id is None else of_lot & (Invoice.id == invoice_id)))
        answered = next((one for one in members if not _waits(one)), None)
        if refuses and answered is not None:
            return Refused(Refusal.LOT_ANSWERED, answered.number)
        if not members:
            return Refused(Refusal.LOT_EMPTY, lot.number)
        source = Return.create(
            content_hash=f"note {secrets.token_hex(16)}",
            file_name="",
            reference="",
            created_on=word.said_on,
            received_at=author.at.isoformat(),
            answers=len(members) if refuses else 0,
            paid=0,
            noted_by=author.operator,
            said_in=word.said_in.strip(),
            arl=word.arl,
            lot=lot.id,
            reason=word.reason.strip(),
        )
        if refuses:
            _send_back(change, source, lot, members)
        change.record(f"return {source.id}", {"arl": word.arl, "lot": lot.number, "count": len(members)})
        return ArlNoted(lot.number, word.arl, len(members) if refuses else 0, source.id)


def _why_not(lot: Lot, word: ArlWord, author: Author) -> Refused | None:
    if lot.status != LotStatus.SENT:
        return Refused(Refusal.LOT_NOT_SENT, lot.number)
    if not word.said_in.strip():
        return Refused(Refusal.NO_SOURCE)
    if word.arl == Arl.NEGATIVE and not word.reason.strip():
        return Refused(Refusal.NO_ARL_REASON)
    if word.said_on > author.day:
        return Refused(Refusal.SAID_LATER)
    if word.said_on < lot.created_on:
        return Refused(Refusal.SAID_BEFORE_BILLED)
    positive = Return.select().where(Return.lot == lot.id, Return.arl == Arl.POSITIVE, Return.undone_at == "").exists()
    return Refused(Refusal.ARL_POSITIVE, lot.number) if positive else None


def _waits(invoice: Invoice) -> bool:
    """Whether nobody has said anything of it yet."""
    quiet = {invoice.amo_state, invoice.amc_state} <= {ShareState.NONE, ShareState.PENDING}
    return invoice.state == InvoiceState.TRANSMITTED and quiet


def _send_back(change: Change, source: Return, lot: Lot, members: Sequence[Invoice]) -> None:
    """Let these invoices be unvalidated again; the lot remembers them."""
    mentioned = {invoice for (invoice,) in rows(LotMention.select(LotMention.invoice).where(LotMention.lot == lot.id))}
    practitioner = lot.practitioner.number
    answers = []
    for invoice in members:
        answers.append(
            {
                "source": source.id,
                "invoice": invoice.id,
                "practitioner_number": practitioner,
                "number": invoice.number,
                "lot": lot.number,
                "nir": invoice.nir,
                "amo_asked": 0,
                "amo_state": ShareState.NONE,
                "amo_paid": 0,
                "amc_asked": 0,
                "amc_state": ShareState.NONE,
                "amc_paid": 0,
                "amc_number": "",
                "remarks": "[]",
                "outcome": AnswerOutcome.APPLIED,
                "made": change.version_made(invoice),
                "before": json.dumps([invoice.amo_state, invoice.amc_state]),
            }
        )
        set_state(invoice, InvoiceState.UNVALIDATED)
        invoice.lot = None
        invoice.amo_state = invoice.amc_state = ShareState.NONE
    insert_rows(Answer, answers)
    new = [invoice.id for invoice in members if invoice.id not in mentioned]
    insert_rows(LotMention, [{"lot": lot.id, "invoice": invoice_id} for invoice_id in new])
    change.save(*members)
    mark_if_redone(lot)


def put_back_in_lot(source: Return, invoice: Invoice, before: str) -> None:
    """Let an invoice stand in its lot again, as sent: its ARL was noted by mistake; whoever asks saves it."""
    amo_state, amc_state = json.loads(before)
    set_state_back(invoice, InvoiceState.TRANSMITTED)
    invoice.lot = source.lot
    invoice.amo_state, invoice.amc_state = ShareState(amo_state), ShareState(amc_state)

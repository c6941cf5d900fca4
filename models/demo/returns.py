"""How the caisses of the demo answer: what is in a lot, and what is said of it, as a NOEMIE return."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from models.demo.faults import BILLED_TWICE, Fault
from models.demo.story import CaisseSays
from models.domain.exchanges import RejectionLevel
from models.domain.lifecycle import CERTIFICATION, COMPLEMENTARY_ASKED
from models.domain.states import Settlement, ShareName, ShareState, Signature
from models.formats.b2.values import B2Invoice, B2Lot
from models.formats.noemie.values import InvoiceAnswer, NoemieFile, RejectionLine, ShareAnswer, Transfer
from models.formats.noemie.write import write_noemie
from models.reference.acts import is_travel
from models.reference.rejection_entry import RejectionScope
from models.reference.rejections import load_book

REPROCESSING: Final = "TRAITEMENT MANUEL EN COURS PAR LA CAISSE"
WITHOUT_TRAVEL: Final = "DEPLACEMENT NON PRIS EN CHARGE"

_CENTRE: Final = "331"
"""The caisse of the practice: all returns come through it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An invoice as it is in a lot that left."""

    lot: B2Lot
    invoice: B2Invoice


def answer(sent: Sent, says: CaisseSays, faults: tuple[Fault, ...] = ()) -> InvoiceAnswer:
    """What a return says of one invoice.

    Args:
        sent: the invoice.
        says: of its shares; « rejected » rejects those that have a fault and pays the AMO share if it has none.
        faults: in the invoice, with the codes of its rejection.
    """
    invoice = sent.invoice
    dre = invoice.settlement == Settlement.DRE_ALONE
    amo = None if dre else ShareAnswer(invoice.amo, ShareState.PAID, invoice.amo)
    amc = ShareAnswer(invoice.amc, ShareState.PAID, invoice.amc) if invoice.settlement in COMPLEMENTARY_ASKED else None
    reasons: tuple[RejectionLine, ...] = ()
    remarks: tuple[str, ...] = ()
    match says:
        case CaisseSays.REJECTED:
            reasons = tuple(_reason(fault, invoice) for fault in faults)
            wrong = {fault.share for fault in faults}
            if ShareName.AMO in wrong:
                amo = ShareAnswer(invoice.amo, ShareState.REJECTED, 0)
                amc = None
            if ShareName.AMC in wrong:
                amc = ShareAnswer(invoice.amc, ShareState.REJECTED, 0)
        case CaisseSays.DEFERRED:
            amo, amc, remarks = ShareAnswer(invoice.amo, ShareState.DEFERRED, 0), None, (REPROCESSING,)
        case CaisseSays.SHORT:
            travel = sum(act.amo for act in invoice.acts if is_travel(act.code))
            amo, remarks = ShareAnswer(invoice.amo, ShareState.PAID, invoice.amo - travel), (WITHOUT_TRAVEL,)
        case CaisseSays.AMO_ALONE:
            amc = None
        case CaisseSays.ALREADY_PAID:
            reasons = (_reason(BILLED_TWICE, invoice),)
            amo, amc = ShareAnswer(invoice.amo, ShareState.REJECTED, 0), None
        case CaisseSays.PAID:
            pass
    degraded = sent.lot.certification == CERTIFICATION[Signature.DEGRADED]
    return InvoiceAnswer(
        practitioner=invoice.practitioner,
        number=invoice.number,
        lot=sent.lot.number,
        lot_date=sent.lot.created_on,
        kind="D" if dre else "B" if degraded else "F",
        billed_on=invoice.billed_on,
        nature="AS",
        nir=invoice.nir,
        nir_key=invoice.nir_key,
        individual_nir="",
        last_name=invoice.last_name,
        first_name=invoice.first_name,
        birth=invoice.birth,
        birth_rank=invoice.birth_rank,
        amo=amo,
        amc=amc,
        amc_number=invoice.amc_number if amc else "",
        rejections=reasons,
        remarks=remarks,
    )


def strange_answer(like: InvoiceAnswer, number: int, lot: int, sent_on: date) -> InvoiceAnswer:
    """An answer about an invoice, and a lot, that this practice does not know."""
    return replace(like, number=number, lot=lot, lot_date=sent_on, billed_on=sent_on)


def return_file(rank: int, created_on: date, answers: list[tuple[str, InvoiceAnswer]]) -> bytes:
    """A return.

    Args:
        rank: its number since the first one.
        created_on: its day.
        answers: each with the régime and the number of the caisse that pays it.
    """
    said = sorted(answers, key=lambda pair: (pair[1].practitioner, pair[0], pair[1].lot or 0, pair[1].number))
    transfers = {
        (answer.practitioner, payer): Transfer(
            answer.practitioner, created_on, f"VIR CAISSE {payer[:2]} {payer[2:]}", payer
        )
        for payer, answer in said
        if answer.amo and answer.amo.paid
    }
    return write_noemie(
        NoemieFile(
            sender=_CENTRE.zfill(14),
            recipient=said[0][1].practitioner,
            created_on=created_on,
            reference=f"R{rank:05d}",
            answers=tuple(
                replace(answer, transfer=transfers.get((answer.practitioner, payer))) for payer, answer in said
            ),
            transfers=tuple(transfers.values()),
            total_paid=0,
        )
    )


def _reason(fault: Fault, invoice: B2Invoice) -> RejectionLine:
    """The rejection, at the line that it is about if it is about one."""
    entry = load_book(None)[0].get(fault.code)
    line = _stray_travel(invoice) if entry and entry.level == RejectionScope.LINE else None
    act = invoice.acts[line - 1] if line else None
    return RejectionLine(
        share=fault.share,
        code=fault.code,
        label=fault.label,
        level=RejectionLevel.LINE if act else RejectionLevel.INVOICE,
        act_code=act.code if act else "",
        care_date=act.done_on if act else None,
        line=line,
        info="",
    )


def _stray_travel(invoice: B2Invoice) -> int | None:
    """The position, from 1, of the first travel line without an act of its day before it."""
    seen: set[date] = set()
    for position, act in enumerate(invoice.acts, start=1):
        if not is_travel(act.code):
            seen.add(act.done_on)
        elif act.done_on not in seen:
            return position
    return None

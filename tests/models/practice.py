"""A practice's life in few words: invoices, lots and returns made as formats values and taken in by the commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.import_lots import Imported, import_lots
from models.commands.receive import AlreadyReceived, Received, receive_return
from models.commands.validate import Validated, validate_invoice
from models.domain.author import Author
from models.domain.content import Line
from models.domain.exchanges import RejectionLevel
from models.domain.lifecycle import COMPLEMENTARY_ASKED
from models.domain.money import amount, share
from models.domain.states import ShareName, ShareState, Signature
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.formats.b2.write import write_b2
from models.formats.noemie.values import InvoiceAnswer, NoemieFile, RejectionLine, ShareAnswer
from models.formats.noemie.write import write_noemie
from models.queries.sheets import InvoiceSheet, find_number, invoice_sheet
from models.reference.identifiers import nir_key
from models.reference.rejections import our_book
from models.store.database import db

Said = Literal["paid", "rejected", "deferred"]

TEAM = ("336012349", "336056783")
SOPHIE = Author("sophie", datetime(2026, 11, 16, 11, 0, tzinfo=UTC))
CLAIRE = Author("claire", datetime(2026, 11, 16, 11, 30, tzinfo=UTC))
CARE_DAY = date(2026, 11, 5)
NIRS = ("1840533002001", "2900133063015", "1551299350402")
TABLES = (
    *("practitioner", "patient", "prescriber", "payer", "batch", "invoice", "act"),
    *("return", "answer", "rejection", "counter", "journal_entry", "right", "override"),
    *("lot_remark", "lot_mention"),
    *("return_remark", "return_transfer", "return_movement", "unsaved_form"),
    *("operator", "unlock_code", "access", "journal_mention", "right_withdrawal"),
    *("filing", "reminder", "sheet_sending", "document_note"),
)
BESIDE = {"unsaved_form", "access"}
"""What is typed and not saved, and what was looked at: nothing of the practice changes by it."""


def an_act(*, rate: int = 60, complementary: bool = False, coefficient: int = 1000, day: date = CARE_DAY) -> Line:
    """A line of AMI at 3,15 € the unit."""
    base = amount(315, coefficient, 1)
    amo = share(base, rate)
    return Line(
        done_on=day,
        code="AMI",
        quantity=1,
        coefficient=coefficient,
        unit_price=315,
        base=base,
        rate=rate,
        amo=amo,
        fee=base,
        amc=base - amo if complementary else 0,
        at_home=False,
        executant=TEAM[0],
        exemption="",
    )


def an_invoice(
    number: int,
    *,
    settlement: str = "05",
    practitioner: str = TEAM[0],
    nir: str = NIRS[0],
    last_name: str = "DUPONT",
    first_name: str = "MARIE",
    billed_on: date = CARE_DAY,
    coefficients: tuple[int, ...] = (1000,),
    caisse: str = "331",
    rate: int = 60,
) -> B2Invoice:
    """An invoice as a B2 file holds it; settlement 15 asks the complementary payer too."""
    complementary = settlement in COMPLEMENTARY_ASKED
    acts = tuple(an_act(complementary=complementary, coefficient=each, rate=rate) for each in coefficients)
    return B2Invoice(
        practitioner=practitioner,
        nir=nir,
        nir_key=f"{nir_key(nir):02d}",
        number=number,
        billed_on=billed_on,
        split="",
        sesam=True,
        regime="01",
        caisse=caisse,
        centre="0000",
        prescriber="331397141",
        prescribed_on=date(2026, 11, 2),
        nature="10",
        exemption="0",
        birth="840512",
        birth_rank="1",
        settlement=settlement,
        contract="",
        amc_number="0077570001" if complementary else "",
        quality="A",
        last_name=last_name,
        first_name=first_name,
        acts=acts,
    )


def a_lot(
    *invoices: B2Invoice, lot_number: int = 1, certification: str = "S", made_on: date = date(2026, 11, 6)
) -> bytes:
    """The bytes of a B2 file with one lot."""
    first = invoices[0]
    lot = B2Lot(
        practitioner=first.practitioner,
        practitioner_name="MARTIN CLAIRE",
        number=lot_number,
        created_on=made_on,
        caisse=first.caisse,
        regime=first.regime,
        certification=certification,
        invoices=invoices,
    )
    return write_b2(
        B2File(
            sender=first.practitioner.zfill(14),
            recipient=first.caisse,
            created_on=made_on,
            reference=f"F{lot_number:05d}",
            lots=(lot,),
        )
    )


def take_in(
    *invoices: B2Invoice, lot: int = 1, certification: str = "S", made_on: date = date(2026, 11, 6)
) -> Imported:
    """Import these invoices as one lot."""
    data = a_lot(*invoices, lot_number=lot, certification=certification, made_on=made_on)
    outcome = import_lots(data, f"lot-{lot:03d}.b2", SOPHIE, far=True)
    assert isinstance(outcome, Imported)
    return outcome


def an_answer(
    invoice: B2Invoice,
    amo: Said | None = None,
    amc: Said | None = None,
    *,
    code: str = "0450 054",
    label: str = "MOTIF DE LA CAISSE",
    amc_code: str = "1001",
    amo_paid: int | None = None,
    amc_paid: int | None = None,
    nir: str | None = None,
    number: int | None = None,
    kind: str = "F",
) -> InvoiceAnswer:
    """What a return says of this invoice; a payment is whole unless told otherwise."""
    reasons = []
    if amo == "rejected":
        reasons.append(RejectionLine(ShareName.AMO, code, label, RejectionLevel.INVOICE, "", None, None, ""))
    if amc == "rejected":
        reasons.append(
            RejectionLine(ShareName.AMC, amc_code, "ORGANISME INCONNU", RejectionLevel.INVOICE, "", None, None, "")
        )
    return InvoiceAnswer(
        practitioner=invoice.practitioner,
        number=invoice.number if number is None else number,
        lot=None,
        lot_date=None,
        kind=kind,
        billed_on=invoice.billed_on,
        nature="AS",
        nir=invoice.nir if nir is None else nir,
        nir_key=invoice.nir_key,
        individual_nir="",
        last_name=invoice.last_name,
        first_name=invoice.first_name,
        birth=invoice.birth,
        birth_rank=invoice.birth_rank,
        amo=_share(amo, invoice.amo, amo_paid),
        amc=_share(amc, invoice.amc, amc_paid),
        amc_number=invoice.amc_number if amc else "",
        rejections=tuple(reasons),
    )


def _share(said: Said | None, asked: int, paid: int | None) -> ShareAnswer | None:
    if said is None:
        return None
    return ShareAnswer(asked, ShareState(said), (asked if paid is None else paid) if said == "paid" else 0)


def a_return(*answers: InvoiceAnswer, reference: str = "R00001") -> bytes:
    """The bytes of a NOEMIE return."""
    file = NoemieFile(
        sender="331".zfill(14),
        recipient=TEAM[0],
        created_on=date(2026, 11, 14),
        reference=reference,
        answers=answers,
        transfers=(),
        total_paid=0,
    )
    return write_noemie(file)


def hear(*answers: InvoiceAnswer, reference: str = "R00001", author: Author = SOPHIE) -> Received:
    """Read a return with these answers; a new `reference` makes it another file."""
    outcome = receive_return(a_return(*answers, reference=reference), f"{reference}.noe", author)
    assert not isinstance(outcome, AlreadyReceived)
    return outcome


def sheet(number: int, practitioner: str | None = None) -> InvoiceSheet:
    """The sheet of the invoice that bears this number."""
    (match,) = find_number(number, practitioner)
    return invoice_sheet(match.id)


def rejected(
    number: int = 1001, *, settlement: str = "05", code: str = "0450 054", label: str = "MOTIF DE LA CAISSE"
) -> InvoiceSheet:
    """A sent invoice that the caisse rejected."""
    invoice = an_invoice(number, settlement=settlement)
    take_in(invoice, lot=number % 999 + 1)
    hear(an_answer(invoice, "rejected", code=code, label=label), reference=f"J{number:05d}"[:6])
    return sheet(number)


def cancelled(number: int = 1001, *, settlement: str = "05") -> InvoiceSheet:
    """The unvalidated successor of a rejected invoice."""
    old = rejected(number, settlement=settlement)
    outcome = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(outcome, Cancelled)
    return invoice_sheet(outcome.new_id)


def ready(number: int = 1001, *, settlement: str = "05", rate: int = 100) -> InvoiceSheet:
    """A successor that is corrected, billed and validated: it waits to leave."""
    new = cancelled(number, settlement=settlement)
    billed = bill_invoice(new.id, new.version, Signature.DEGRADED, SOPHIE)
    assert isinstance(billed, Billed)
    draft = replace(new.draft, exemption="4").with_rate(rate)
    saved = save_correction(new.id, billed.version, draft, SOPHIE)
    assert isinstance(saved, Saved)
    assert isinstance(validate_invoice(new.id, saved.version, SOPHIE, book=our_book()), Validated)
    return invoice_sheet(new.id)


def contents() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table: equal before and after means that nothing was changed."""
    kept = (table for table in TABLES if table not in BESIDE)
    return {table: list(db.execute_sql(f'SELECT * FROM "{table}" ORDER BY id').fetchall()) for table in kept}

"""Accueil beside the billing software: both number for the same practitioner, day after day, and never meet."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.import_lots import Imported, import_lots
from models.commands.receive import Received, receive_return
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.author import Author
from models.domain.place import Practice
from models.domain.states import Signature
from models.formats.b2.values import B2Invoice
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from models.store.database import db
from tests.models.practice import NIRS, SOPHIE, a_lot, a_return, an_answer, an_invoice, sheet

FIELD = Path(__file__).parents[1] / "samples" / "field"
MORNING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAYS = 200 if os.environ.get("ACCUEIL_LONG") else 80


class Desks:
    """The billing software, which counts upwards, and ours, which cancels and sends again what comes back.

    Args:
        practice: in which nothing is said of numbers.
        seed: draws what each day brings.
    """

    def __init__(self, practice: Practice, seed: int) -> None:
        self.practice, self.draw = practice, Random(seed)
        self.number = 500
        self.lot = 640
        self.ours: list[tuple[str, int]] = []

    def live(self, day: date, author: Author) -> None:
        """One day: a lot comes in, its answers come, and what was rejected is made anew."""
        self.lot += 1
        invoices = []
        for nir in self.draw.sample(NIRS, 1):
            self.number += 1
            settlement = self.draw.choice(("05", "15"))
            made = an_invoice(self.number, settlement=settlement, nir=nir, billed_on=day)
            acts = tuple(replace(act, done_on=day) for act in made.acts)
            invoices.append(replace(made, prescribed_on=day, acts=acts))
        file = a_lot(*invoices, lot_number=self.lot, made_on=day)
        assert isinstance(import_lots(file, f"lot-{self.lot}.b2", author), Imported)
        answers = [
            an_answer(invoice, "paid", "rejected") if invoice.amc else an_answer(invoice, "rejected")
            for invoice in invoices
        ]
        heard = receive_return(a_return(*answers, reference=f"R{self.lot:05d}"), f"R{self.lot}.noe", author)
        assert isinstance(heard, Received)
        for invoice in invoices:
            self.make_anew(invoice, author)
        if self.draw.random() < 0.2:
            self.send(author)

    def make_anew(self, invoice: B2Invoice, author: Author) -> None:
        """Cancel what the caisse rejected; make again the DRE that the other payer rejected."""
        old = sheet(invoice.number)
        if invoice.amc:
            made = resend_dre(old.id, None, "0088888888", author)
            assert isinstance(made, DreMade)
            self.ours.append(("dre", made.new_number))
            return
        outcome = cancel_invoice(old.id, None, author)
        assert isinstance(outcome, Cancelled)
        self.ours.append(("invoice", outcome.new_number))

    def send(self, author: Author) -> None:
        """Correct, validate and send the last invoice that was made."""
        kind, number = self.ours[-1]
        made = sheet(number)
        version = made.version
        if kind == "invoice":
            billed = bill_invoice(made.id, version, Signature.DEGRADED, author)
            assert isinstance(billed, Billed)
            draft = replace(made.draft, exemption="4").with_rate(100)
            saved = save_correction(made.id, billed.version, draft, author)
            assert isinstance(saved, Saved)
            version = saved.version
        assert isinstance(validate_invoice(made.id, version, author, book=our_book()), Validated)
        assert len(transmit_all(self.practice.outbox, author)) == 1


@pytest.fixture
def reserved(practice: Practice) -> Practice:
    """A practice in which nobody said anything of numbers: the proposed range holds."""
    practice.settings_file.unlink()
    return practice


@pytest.mark.parametrize("seed", [1])
def test_two_programs_write_day_after_day_and_never_meet(reserved: Practice, seed: int) -> None:
    desks = Desks(reserved, seed)
    for passed in range(DAYS):
        moment = MORNING + timedelta(days=passed)
        desks.live(moment.date(), Author("sophie", moment))
    assert db.execute_sql("SELECT count(*) FROM invoice").fetchone()[0] == DAYS + len(desks.ours)
    assert len(set(desks.ours)) == len(desks.ours) == DAYS
    assert min(number for _, number in desks.ours) > desks.number
    lots = list(db.execute_sql("SELECT number, origin FROM batch ORDER BY id"))
    met: set[int] = set()
    for number, origin in lots:
        assert origin == "imported" or number not in met, f"lot {number} was given though it is borne"
        met.add(number)
    assert sum(origin == "own" for _, origin in lots) > 10
    assert list(breaches(reserved)) == []


def test_the_billing_software_goes_on_numbering_after_a_cancellation(reserved: Practice) -> None:
    """The complaint: 501 is cancelled, its successor took 502, and the software's own 502 was refused the next day."""

    def take(name: str) -> Imported:
        outcome = import_lots((FIELD / name).read_bytes(), name, SOPHIE)
        assert isinstance(outcome, Imported)
        return outcome

    take("coll-1.b2")
    assert isinstance(receive_return((FIELD / "coll.noe").read_bytes(), "coll.noe", SOPHIE), Received)
    outcome = cancel_invoice(sheet(501).id, None, SOPHIE)
    assert isinstance(outcome, Cancelled)
    assert outcome.new_number == 800_000_001
    later = take("coll-2.b2")
    assert later.warnings == ()
    assert invoice_sheet(outcome.new_id).replaces == 501
    assert sheet(502).state == "transmitted"
    assert list(breaches(reserved)) == []

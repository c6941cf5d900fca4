"""Returns that were damaged on their way: no traceback, nothing half read, no money on an invoice that is not meant."""

from __future__ import annotations

import os
import random
from typing import Final

import pytest

from models.commands.receive import receive_return
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.formats.errors import FormatError
from models.queries.verification import breaches
from models.tables.invoice import Invoice
from models.tables.returns import IS_TAKEN, Answer
from tests.models.practice import SOPHIE, contents
from tests.models.test_field_returns import FIELD, comes

LOTS: Final = ("sent-ps1", "sent-ps2", "sent-s", "two", "coll-1", "dre")
RETURNS: Final = tuple(sorted(FIELD.glob("*.noe")))
COUNT: Final = 20_000 if os.environ.get("ACCUEIL_LONG") else 60
RECORD: Final = 128


def mutant(data: bytes, draw: random.Random) -> bytes:
    """A byte changed, an end cut off, a record doubled, dropped or swapped with the next."""
    at, record = draw.randrange(len(data)), draw.randrange(len(data) // RECORD) * RECORD
    here, after = data[record : record + RECORD], data[record + RECORD :]
    match draw.randrange(6):
        case 0 | 1:
            return data[:at] + bytes([draw.choice(b"0123456789 APRDFOC")]) + data[at + 1 :]
        case 2:
            return data[:at]
        case 3:
            return data[:record] + here + here + after
        case 4:
            return data[:record] + after
        case _:
            return data[:record] + after[:RECORD] + here + after[RECORD:]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_damaged_return_is_refused_whole_or_taken_as_it_reads(practice: Practice, seed: int) -> None:
    draw = random.Random(seed)
    for lot in LOTS:
        comes(lot)
    for _ in range(COUNT // 2):
        before = contents()
        try:
            receive_return(mutant(draw.choice(RETURNS).read_bytes(), draw), "mutant.noe", SOPHIE)
        except (FormatError, PracticeFault):
            assert contents() == before
    for answer in Answer.select().where(IS_TAKEN):
        one = Invoice.get_by_id(answer.invoice_id)
        assert (one.number, one.practitioner.number) == (answer.number, answer.practitioner_number)
        assert one.nir in {answer.nir or one.nir, answer.individual_nir}
        assert answer.amo_asked in (0, one.amo)
    paid = Invoice.select().where((Invoice.amo_paid > Invoice.amo) | (Invoice.amc_paid > Invoice.amc))
    assert not paid.exists()
    assert list(breaches(practice)) == []

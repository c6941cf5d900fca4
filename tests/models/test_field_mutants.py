"""Lots of the field with characters changed at random: taken whole and written back, or refused and nothing changed."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from models.commands.import_lots import import_lots
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.formats.b2.read import read_b2
from models.formats.b2.write import write_b2
from models.formats.errors import FormatError
from models.queries.verification import breaches
from tests.models.practice import SOPHIE, contents

FIELD = Path(__file__).parent.parent / "samples" / "field"
LOTS = [path.read_bytes() for path in sorted(FIELD.glob("*.b2"))]
LONG = bool(os.environ.get("ACCUEIL_LONG"))


def mutants(count: int, seed: int) -> list[bytes]:
    """Lots with one to three characters replaced."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        data = bytearray(chance.choice(LOTS))
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.choice(b"0123456789 ABCZ")
        found.append(bytes(data))
    return found


def test_what_is_read_is_written_back_byte_for_byte() -> None:
    read = 0
    for data in mutants(30_000 if LONG else 300, seed=9):
        try:
            file = read_b2(data)
        except FormatError:
            continue
        assert write_b2(file) == data
        read += 1
    assert read > 100


def test_a_mutant_is_taken_whole_or_changes_nothing(practice: Practice) -> None:
    for data in mutants(3_000 if LONG else 40, seed=10):
        before = contents()
        try:
            import_lots(data, "lot.b2", SOPHIE)
        except (FormatError, PracticeFault):
            assert contents() == before
    assert list(breaches(practice)) == []


@pytest.mark.parametrize(("typed", "written"), [("MK", b" MK  "), ("AMK", b"AMK  ")])
def test_what_stood_behind_blanks_stays_there_until_it_is_corrected(typed: str, written: bytes) -> None:
    data = (FIELD / "reuse-2026.b2").read_bytes().replace(b"AMK  ", b" MK  ")
    file = read_b2(data)
    (invoice,) = file.lots[0].invoices
    assert invoice.acts[0].code == "MK"
    corrected = replace(invoice, acts=(replace(invoice.acts[0], code=typed),))
    out = write_b2(replace(file, lots=(replace(file.lots[0], invoices=(corrected,)),)))
    assert out == data.replace(b" MK  ", written)

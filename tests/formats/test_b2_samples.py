from datetime import date
from pathlib import Path

import pytest

from models.domain.content import Line
from models.formats.b2.read import read_b2
from models.formats.b2.values import B2Invoice
from models.formats.b2.write import write_b2
from tests.formats.building import EXPECTED, LOTS


def test_the_samples_are_all_there() -> None:
    assert len(LOTS) == 6
    assert sorted(EXPECTED) == list(range(1001, 1061))


@pytest.mark.parametrize("path", LOTS, ids=lambda path: path.name)
def test_a_sample_comes_back_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    file = read_b2(data)
    assert write_b2(file) == data
    assert file.warnings == ()


def test_every_expected_invoice_is_found_with_its_amounts() -> None:
    found = {
        invoice.number: (lot.number, invoice.total, invoice.amo, invoice.amc)
        for path in LOTS
        for lot in read_b2(path.read_bytes()).lots
        for invoice in lot.invoices
    }
    assert found == {row.number: (row.lot, row.total, row.amo, row.amc) for row in EXPECTED.values()}


def test_every_zone_of_an_invoice() -> None:
    file = read_b2(LOTS[0].read_bytes())
    assert (file.sender, file.recipient, file.reference) == ("00000336012349", "331", "F00001")
    assert file.created_on == date(2026, 11, 5)
    (lot,) = file.lots
    assert (lot.practitioner, lot.practitioner_name) == ("336012349", "DURAND CLAIRE")
    assert (lot.number, lot.created_on, lot.caisse) == (1, date(2026, 11, 5), "331")
    assert (lot.regime, lot.certification) == ("01", "S")
    assert lot.invoices[1] == B2Invoice(
        practitioner="336012349", nir="1160975351857", nir_key="60", number=1002,
        billed_on=date(2026, 11, 5), split="E", sesam=True, regime="01", caisse="331", centre="0000",
        prescriber="331397141", prescribed_on=date(2026, 10, 25), nature="10", exemption="0",
        birth="160911", birth_rank="1", settlement="15", contract="", amc_number="0077570001",
        quality="A", last_name="RICHARD", first_name="BERNARD",
        acts=(
            _act(date(2026, 11, 1), "NMI", 1000, 221, 2210, 1326, 884),
            _act(date(2026, 11, 1), "IFS", 100, 400, 400, 240, 160),
        ),
    )  # fmt: skip
    at_home = [act.at_home for act in lot.invoices[4].acts]
    assert (lot.invoices[4].nir, at_home) == ("209112A240778", [True, True])
    assert [act.at_home for act in lot.invoices[0].acts] == [False]


def _act(day: date, code: str, coefficient: int, price: int, fee: int, amo: int, amc: int) -> Line:
    return Line(
        done_on=day, code=code, quantity=1, coefficient=coefficient, unit_price=price, base=fee, rate=60,
        amo=amo, fee=fee, amc=amc, at_home=True, executant="336012349", exemption="",
        other=(("tariff_zone", "24"), ("specialty", "26")),
    )  # fmt: skip

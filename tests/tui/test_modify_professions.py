"""Modifier, the invoices of every profession: another exemption or nature moves the shares as that profession's do."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.import_lots import Imported, import_lots
from models.domain.place import Practice
from models.formats.b2.read import read_b2
from tests.models.cases import line
from tests.models.practice import SOPHIE, an_answer, hear, sheet
from tests.tui.desk import at_desk
from tests.tui.ways import go_to, open_form
from tui.dialogs.line import read_line

FIELD = Path(__file__).parent.parent / "samples" / "field"


def to_correct(name: str, specialty: str) -> int:
    """The number under which the invoice of this lot is corrected, its executant being of this specialty."""
    records = (FIELD / f"{name}.b2").read_bytes()
    data = b"".join(
        record[:65] + specialty.encode() + record[67:] if record.startswith(b"4") else record
        for record in (records[start : start + 128] for start in range(0, len(records), 128))
    )
    assert isinstance(import_lots(data, f"{name}.b2", SOPHIE), Imported)
    (came,) = read_b2(data).lots[0].invoices
    hear(an_answer(came, "rejected"))
    old = sheet(came.number)
    outcome = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(outcome, Cancelled)
    return outcome.new_number


@pytest.mark.parametrize(
    ("name", "specialty", "field", "typed", "shares"),
    [
        ("b-doctor-G", "01", "exemption", "4", "30,00 € = AMO 30,00"),
        ("b-doctor-G", "01", "nature", "13", "30,00 € = AMO 27,00"),
        ("b-doctor-G", "01", "nature", "11", "30,00 € = AMO 21,00"),
        ("b-doctor-G", "26", "nature", "11", "30,00 € = AMO 21,00"),
        ("b-doctor-G", "26", "nature", "13", "30,00 € = AMO 21,00"),
        ("b-doctor-G", "00", "nature", "11", "30,00 € = AMO 21,00"),
        ("b-doctor-G", "26", "exemption", "4", "30,00 € = AMO 30,00"),
        ("b-nurse-AMI", "24", "exemption", "4", "17,75 € = AMO 17,75"),
        ("b-nurse-AMI", "24", "nature", "13", "17,75 € = AMO 15,99"),
        ("b-midwife", "21", "nature", "10", "48,25 € = AMO 33,78"),
        ("b-midwife", "26", "nature", "10", "48,25 € = AMO 48,25"),
        ("b-speech", "28", "nature", "13", "32,46 € = AMO 29,21"),
        ("b-speech", "26", "nature", "13", "32,46 € = AMO 19,48"),
    ],
)
async def test_the_shares_move_as_the_profession_s_do(
    practice: Practice, name: str, specialty: str, field: str, typed: str, shares: str
) -> None:
    number = to_correct(name, specialty)
    async with at_desk(practice) as desk:
        await open_form(desk, number)
        await go_to(desk, field)
        await desk.fills(typed)
        assert shares in desk.screen_lines()[2]


async def test_where_nobody_knows_the_profession_the_rate_stays_and_is_to_be_checked(practice: Practice) -> None:
    number = to_correct("b-doctor-G", "26")
    async with at_desk(practice) as desk:
        await open_form(desk, number)
        await go_to(desk, "nature")
        await desk.fills("13")
        await go_to(desk, "ActLines")
        await desk.sees("profession non sûre, taux 70 % laissé tel quel")


async def test_the_exemption_of_the_care_itself_is_typed_as_a_letter(practice: Practice) -> None:
    number = to_correct("b-speech", "28")
    async with at_desk(practice) as desk:
        await open_form(desk, number)
        await go_to(desk, "exemption")
        await desk.fills("c")
        assert "32,46 € = AMO 32,46" in desk.screen_lines()[2]


@pytest.mark.parametrize(("specialty", "price"), [("26", 400), ("24", 315), ("21", 315)])
def test_a_nurse_s_travel_does_not_take_the_physiotherapist_s_price(specialty: str, price: int) -> None:
    visit = line("AMK", price=315, specialty=specialty)
    typed = {"day": "05/11/2026", "code": "IFS", "coefficient": "1", "quantity": "1", "place": "D"}
    assert read_line(visit, typed).unit_price == price

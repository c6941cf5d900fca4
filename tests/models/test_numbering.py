"""Numbers: contiguous in our range, never reused, beside those of the billing software; a jump is told from a hole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.change import open_change
from models.commands.import_lots import Imported, import_lots
from models.commands.met_numbers import FarNumbers, far_numbers
from models.domain.actions import Action
from models.domain.faults import PracticeFault
from models.domain.numbering import LAST_NUMBER, ROOM, Numbering
from models.domain.place import Practice
from models.domain.states import InvoiceKind
from models.formats.b2.read import read_b2
from models.queries.verification import breaches
from models.store.database import db, transaction
from models.store.numbering_file import write_numbering
from models.tables.numbering import Counter, coming_lots, coming_number, keep_above, next_number, take_lot_number
from tests.models.practice import (
    NIRS,
    SOPHIE,
    TEAM,
    a_lot,
    an_answer,
    an_invoice,
    contents,
    hear,
    rejected,
    sheet,
    take_in,
)


def runs(name: str = "invoice") -> list[tuple[int, int]]:
    """The runs of the numbers given out."""
    return [(run.first, run.last) for run in Counter.select().where(Counter.name == name).order_by(Counter.id)]


def invoice_number() -> int:
    """The next number of an invoice, taken."""
    return next_number(InvoiceKind.INVOICE)


def cancelled_as(number: int) -> int:
    """The number that this invoice gets when it is cancelled, rejected as it was."""
    outcome = cancel_invoice(sheet(number).id, None, SOPHIE)
    assert isinstance(outcome, Cancelled)
    return outcome.new_number


@pytest.fixture
def reserved(practice: Practice) -> Practice:
    """A practice in which nobody said anything of numbers: the proposed range holds."""
    practice.settings_file.unlink()
    return practice


def test_the_first_number_is_one_and_the_next_ones_follow(practice: Practice) -> None:
    with transaction():
        assert [invoice_number() for _ in range(3)] == [1, 2, 3]
    assert runs() == [(1, 3)]


def test_the_number_that_is_announced_is_the_one_that_is_given_though_a_file_took_it_near_the_end(
    practice: Practice,
) -> None:
    first = LAST_NUMBER - ROOM
    write_numbering(practice.settings_file, Numbering(first_invoice=first))
    with transaction():
        assert invoice_number() == first
    take_in(an_invoice(first + 1))
    assert coming_number(InvoiceKind.INVOICE) == first + 2
    with transaction():
        assert invoice_number() == first + 2


def test_a_change_that_fails_gives_its_number_back(practice: Practice) -> None:
    def fail() -> None:
        with transaction():
            invoice_number()
            raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            fail()
    with transaction():
        assert invoice_number() == 1


def test_an_import_moves_the_numbers_up_and_leaves_no_hole_behind(practice: Practice) -> None:
    take_in(an_invoice(1001))
    take_in(an_invoice(5000), lot=2)
    assert runs() == [(5001, 5000)]
    with transaction():
        assert invoice_number() == 5001
        assert keep_above([4000]) is None
        assert keep_above([5001]) is None
        assert invoice_number() == 5002
        assert keep_above([9000, 17]) == 9001
        assert invoice_number() == 9001
    assert runs() == [(5001, 5002), (9001, 9001)]


def test_a_jump_between_two_cancellations_is_no_breach(practice: Practice) -> None:
    given = []
    for number in (1001, 7001):
        rejected(number)
        given.append(cancelled_as(number))
    assert given == [1002, 7002]
    assert list(breaches(practice)) == []


def test_our_numbers_lie_in_a_range_of_their_own(reserved: Practice) -> None:
    for number in (1001, 7001):
        assert take_in(an_invoice(number), lot=number % 100).warnings == ()
        hear(an_answer(an_invoice(number), "rejected"), reference=f"R{number}")
    assert [cancelled_as(number) for number in (1001, 7001)] == [800_000_001, 800_000_002]
    assert list(breaches(reserved)) == []


def test_a_practice_of_before_keeps_its_numbers_and_gets_the_range_from_the_next_one_on(practice: Practice) -> None:
    rejected(1001)
    assert cancelled_as(1001) == 1002
    with open_change(SOPHIE, Action.RESERVE_NUMBERS) as change:
        Counter.update(lowest=None, highest=None).execute()
        change.record("numbers")
    practice.settings_file.unlink()
    rejected(1003)
    assert cancelled_as(1003) == 800_000_001
    assert (sheet(1002).replaces, list(breaches(practice))) == (1001, [])


def test_a_number_of_our_range_in_a_file_is_taken_said_aloud_and_jumped_over(reserved: Practice) -> None:
    invoices = [an_invoice(number) for number in (1001, 800_000_005)]
    (said,) = take_in(*invoices).warnings
    assert said.startswith(
        "La facture n° 800000005 est dans la plage d’Accueil (à partir du n° 800000001) : "
        "nos numéros reprennent au n° 800000006"
    )
    hear(an_answer(invoices[0], "rejected"))
    assert cancelled_as(1001) == 800_000_006
    assert list(breaches(reserved)) == []


@pytest.mark.parametrize("last", [LAST_NUMBER - 1, LAST_NUMBER, LAST_NUMBER - ROOM + 1])
def test_a_number_near_the_end_does_not_end_ours(reserved: Practice, last: int) -> None:
    invoices = [an_invoice(number) for number in (last, 1001)]
    (said,) = take_in(*invoices).warnings
    assert f"n° {last} est tout près de la fin des neuf chiffres" in said
    assert "continuent au n° 800000001" in said
    hear(*(an_answer(invoice, "rejected") for invoice in invoices))
    assert [cancelled_as(number) for number in (1001, last)] == [800_000_001, 800_000_002]
    assert list(breaches(reserved)) == []


def test_a_number_that_an_imported_invoice_bears_is_passed_over(reserved: Practice) -> None:
    write_numbering(reserved.settings_file, Numbering(first_invoice=LAST_NUMBER - ROOM))
    first = LAST_NUMBER - ROOM
    invoices = [an_invoice(number) for number in (1001, 1002, first + 1)]
    take_in(*invoices)
    hear(*(an_answer(invoice, "rejected") for invoice in invoices))
    assert [cancelled_as(number) for number in (1001, 1002)] == [first, first + 2]
    assert runs() == [(first, first), (first + 2, first + 2)]
    assert list(breaches(reserved)) == []


def statements_of(work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many statements this work runs."""
    ran: list[str] = []
    plain = db.obj.execute_sql

    def counted(sql: str, *rest: Any) -> Any:
        ran.append(sql)
        return plain(sql, *rest)

    monkeypatch.setattr(db.obj, "execute_sql", counted)
    work()
    monkeypatch.undo()
    return len(ran)


def test_many_taken_numbers_are_passed_over_by_as_many_statements_as_few(
    reserved: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = LAST_NUMBER - ROOM
    write_numbering(reserved.settings_file, Numbering(first_invoice=first))
    taken = [*range(first + 1, first + 3), *range(first + 4, first + 64), first + 65]
    take_in(*(an_invoice(number) for number in taken))
    take_in(an_invoice(first + 5, practitioner=TEAM[1], nir=NIRS[1]), lot=2)  # borne twice
    given: list[int] = []
    with transaction():
        ran = [statements_of(lambda: given.append(invoice_number()), monkeypatch) for _ in range(5)]
    assert given == [first, first + 3, first + 64, first + 66, first + 67]
    assert ran[1] == ran[2] == ran[3]  # two, sixty and one were passed over


def test_nine_digits_are_the_end_and_say_so(practice: Practice) -> None:
    invoices = [an_invoice(number) for number in (1001, 1002)]
    take_in(*invoices)
    hear(*(an_answer(invoice, "rejected") for invoice in invoices))
    Counter.create(name="invoice", first=LAST_NUMBER, last=LAST_NUMBER - 1)
    assert cancelled_as(1001) == LAST_NUMBER
    before = contents()
    with pytest.raises(PracticeFault, match="neuf chiffres sont épuisés"):
        cancel_invoice(sheet(1002).id, None, SOPHIE)
    assert contents() == before


def test_a_range_that_is_moved_is_followed_from_the_next_number_on(practice: Practice) -> None:
    given = []
    for first in (500_000_001, 600_000_001, 500_000_001):
        write_numbering(practice.settings_file, Numbering(first_invoice=first))
        with transaction():
            given.append([invoice_number(), invoice_number()])
    assert given == [[500_000_001, 500_000_002], [600_000_001, 600_000_002], [600_000_003, 600_000_004]]


def test_dre_have_a_series_of_their_own(reserved: Practice) -> None:
    write_numbering(reserved.settings_file, Numbering(first_invoice=500, first_dre=500))
    with transaction():
        assert invoice_number() == 500
        assert [next_number(InvoiceKind.DRE) for _ in range(2)] == [500, 501]
    assert (runs(), runs("dre")) == ([(500, 500)], [(500, 501)])


def lots(practitioner: str, highest: int, count: int) -> list[int]:
    """The next lots of this practitioner, taken."""
    found = []
    with transaction():
        for _ in range(count):
            found.append(next(coming_lots(practitioner, highest)))
            take_lot_number(practitioner, found[-1])
    return found


def test_each_practitioner_has_a_series_of_lots(practice: Practice) -> None:
    assert lots(TEAM[0], 6, 2) == [7, 8]
    assert lots(TEAM[1], 0, 1) == [1]
    assert lots("759999999", 999, 1) == [1]


def test_lots_turn_over_within_the_range(reserved: Practice) -> None:
    write_numbering(reserved.settings_file, Numbering(first_lot=998, last_lot=999))
    assert lots(TEAM[0], 6, 3) == [998, 999, 998]
    assert runs(f"lot {TEAM[0]}") == [(998, 999), (998, 998)]


FIRST = [1001, 1002]


@pytest.mark.parametrize("number", [0, 20_000, 500_000_000, 998_999_999, 999_000_001, 999_999_998, 999_999_999])
def test_a_number_far_from_all_others_asks_first_and_ends_nothing(practice: Practice, number: int) -> None:
    take_in(*(an_invoice(known) for known in FIRST))
    data = a_lot(an_invoice(1003), an_invoice(number, nir=NIRS[1]), lot_number=2)
    before = contents()
    asked = import_lots(data, "loin.b2", SOPHIE)
    assert isinstance(asked, FarNumbers)
    assert asked.numbers == (number,)
    assert contents() == before
    taken = import_lots(data, "loin.b2", SOPHIE, far=True)
    assert isinstance(taken, Imported)
    hear(*(an_answer(an_invoice(known), "rejected") for known in FIRST))
    assert [cancelled_as(known) for known in FIRST] == [asked.following, asked.following + 1]
    assert list(breaches(practice)) == []


class Compared(int):
    """A number that counts how often it is held against another one."""

    times = 0

    def __eq__(self, other: object) -> bool:
        Compared.times += 1
        return int(self) == other

    __hash__ = int.__hash__


def test_many_far_numbers_are_not_held_against_each_other(practice: Practice) -> None:
    numbers = [1, *range(20_000, 20_300)]
    (lot,) = read_b2(a_lot(*(an_invoice(number) for number in numbers))).lots
    invoices = tuple(replace(invoice, number=Compared(invoice.number)) for invoice in lot.invoices)
    Compared.times = 0
    asked = far_numbers([replace(lot, invoices=invoices)], "loin.b2")
    assert asked is not None
    assert asked.numbers == tuple(numbers[1:])
    assert Compared.times < 5 * len(numbers)


@pytest.mark.parametrize("numbers", [(1003, 1004), (1003, 10_900), (17,), (900_000,)])
def test_numbers_that_a_program_gives_are_not_asked_after(practice: Practice, numbers: tuple[int, ...]) -> None:
    if numbers != (900_000,):  # a practice's first file begins where its program stands
        take_in(*(an_invoice(known) for known in FIRST))
    invoices = [an_invoice(number, nir=NIRS[place]) for place, number in enumerate(numbers)]
    assert isinstance(import_lots(a_lot(*invoices, lot_number=2), "l.b2", SOPHIE), Imported)


def test_in_a_range_of_ours_a_far_number_asks_and_a_near_one_does_not(reserved: Practice) -> None:
    take_in(an_invoice(1001))
    near, far = a_lot(an_invoice(800_000_005), lot_number=2), a_lot(an_invoice(950_000_000), lot_number=3)
    assert isinstance(import_lots(near, "a.b2", SOPHIE), Imported)
    asked = import_lots(far, "b.b2", SOPHIE)
    assert isinstance(asked, FarNumbers)
    assert (asked.numbers, asked.following) == ((950_000_000,), 950_000_001)

"""Numbers that come back and lots made anew: which invoice is another one, which is the same in a later lot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.import_lots import AlreadyImported, Imported, import_lots
from models.domain.exchanges import AnswerOutcome, LotStatus, RemarkWeight
from models.domain.lists import ListName
from models.domain.place import Practice
from models.queries.invoice_row import ListView
from models.queries.sheets import find_number, invoice_sheet
from models.queries.verification import breaches
from models.queries.windows import page
from models.tables.invoice import LotMention
from models.tables.lots import Lot, LotRemark
from tests.models.practice import (
    NIRS,
    SOPHIE,
    TEAM,
    a_lot,
    an_act,
    an_answer,
    an_invoice,
    contents,
    hear,
    rejected,
    sheet,
    take_in,
)

FIELD = Path(__file__).parent.parent / "samples" / "field"
LATER = date(2026, 11, 9)


def comes(name: str) -> Imported:
    """A file of the field comes in."""
    outcome = import_lots((FIELD / f"{name}.b2").read_bytes(), f"{name}.b2", SOPHIE)
    assert isinstance(outcome, Imported)
    return outcome


def listed() -> list[tuple[int, int | None]]:
    """The invoices of the practice, each with the number of its lot."""
    return sorted((row.number, row.lot) for row in page(ListView(ListName.ALL), None, 99))


def lots() -> list[tuple[int, LotStatus]]:
    """The lots with what became of them."""
    return [(lot.number, lot.status) for lot in Lot.select().order_by(Lot.id)]


def states(number: int) -> list[tuple[int | None, str]]:
    """The invoices that bear this number, each by its lot with its state."""
    return sorted((match.lot, str(invoice_sheet(match.id).state)) for match in find_number(number))


def test_a_number_that_comes_back_the_next_year_is_another_invoice(practice: Practice) -> None:
    comes("reuse-2025")
    outcome = comes("reuse-2026")
    assert [(match.lot, match.billed_on) for match in find_number(149)] == [
        (22, date(2025, 11, 5)),
        (23, date(2026, 11, 5)),
    ]
    assert outcome.warnings == (
        "Numéro déjà porté par une autre facture, prise comme une facture de plus : n° 149 (lot 022 du 05/11/2025).",
    )
    assert lots() == [(22, LotStatus.SENT), (23, LotStatus.SENT)]
    assert list(breaches(practice)) == []


def test_a_lot_redone_after_a_negative_arl_takes_the_invoices_over(practice: Practice) -> None:
    comes("arl-lot1")
    before = [sheet(number) for number in (1001, 1002)]
    outcome = comes("arl-lot2-redone")
    assert outcome.redone == ((1, 2),)
    assert outcome.warnings == ()
    assert listed() == [(1001, 2), (1002, 2)]
    assert lots() == [(1, LotStatus.REDONE), (2, LotStatus.SENT)]
    for old in before:
        now = sheet(old.number)
        assert (now.id, now.version, now.billed_on) == (old.id, old.version + 1, LATER)
        assert now.draft == old.draft
    assert [mention.lot.number for mention in LotMention.select()] == [1, 1]
    assert list(breaches(practice)) == []


def test_the_redone_lot_that_comes_first_keeps_the_invoices(practice: Practice) -> None:
    comes("arl-lot2-redone")
    outcome = comes("arl-lot1")
    assert listed() == [(1001, 2), (1002, 2)]
    assert lots() == [(2, LotStatus.SENT), (1, LotStatus.REDONE)]
    assert outcome.warnings == (
        "Lot refait depuis : la facture reste dans le lot qui a suivi : n° 1001 (lot 002 du 09/11/2026), et 1 autre.",
    )
    assert list(breaches(practice)) == []


def test_a_lot_redone_in_part_keeps_what_was_not_sent_again(practice: Practice) -> None:
    first, second, third = an_invoice(1001), an_invoice(1002, nir=NIRS[1]), an_invoice(1003, nir=NIRS[2])
    take_in(first, second, third)
    outcome = take_in(second, an_invoice(1004), lot=2, made_on=LATER)
    assert outcome.redone == ((1, 1),)
    assert listed() == [(1001, 1), (1002, 2), (1003, 1), (1004, 2)]
    assert lots() == [(1, LotStatus.SENT), (2, LotStatus.SENT)]
    take_in(first, third, lot=3, made_on=LATER)
    assert lots() == [(1, LotStatus.REDONE), (2, LotStatus.SENT), (3, LotStatus.SENT)]
    assert list(breaches(practice)) == []


def test_a_lot_is_redone_twice(practice: Practice) -> None:
    for lot in (1, 2, 3):
        take_in(an_invoice(1001), lot=lot, made_on=date(2026, 11, 5 + lot))
    assert listed() == [(1001, 3)]
    assert lots() == [(1, LotStatus.REDONE), (2, LotStatus.REDONE), (3, LotStatus.SENT)]
    assert list(breaches(practice)) == []


def test_the_answer_to_a_redone_lot_lands_on_the_invoice(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    take_in(invoice, lot=2, made_on=LATER)
    hear(replace(an_answer(invoice, "rejected"), lot=2))
    assert sheet(1001).state == "rejected"
    assert isinstance(cancel_invoice(sheet(1001).id, None, SOPHIE), Cancelled)
    assert list(breaches(practice)) == []


def test_the_lot_of_an_answer_tells_which_of_two_invoices_of_a_number_is_meant(practice: Practice) -> None:
    old, new = an_invoice(149), replace(an_invoice(149), acts=(an_act(day=date(2026, 11, 3)),))
    take_in(old, lot=22, made_on=date(2025, 11, 5))
    take_in(new, lot=23)
    hear(replace(an_answer(old, "rejected"), lot=22))
    hear(replace(an_answer(new, "paid"), lot=23), reference="R00002")
    assert states(149) == [(22, "rejected"), (23, "paid")]
    assert list(breaches(practice)) == []


@pytest.mark.parametrize(("lot", "why"), [(None, AnswerOutcome.AMBIGUOUS), (24, AnswerOutcome.UNKNOWN)])
def test_an_answer_that_may_mean_two_invoices_or_a_third_waits_for_a_person(
    practice: Practice, lot: int | None, why: AnswerOutcome
) -> None:
    old, new = an_invoice(149), replace(an_invoice(149), acts=(an_act(day=date(2026, 11, 3)),))
    take_in(old, lot=22, made_on=date(2025, 11, 5))
    take_in(new, lot=23)
    outcome = hear(replace(an_answer(new, "paid"), lot=lot))
    assert outcome.outcomes == {why: 1}
    assert states(149) == [(22, "transmitted"), (23, "transmitted")]
    assert list(breaches(practice)) == []


def test_an_answer_that_waits_is_not_given_to_another_years_invoice(practice: Practice) -> None:
    old, new = an_invoice(149), replace(an_invoice(149), acts=(an_act(day=date(2026, 11, 3)),))
    take_in(old, lot=22, made_on=date(2025, 11, 5))
    take_in(new, lot=23)
    third = replace(an_invoice(149), acts=(an_act(day=date(2026, 11, 2)),))
    hear(replace(an_answer(third, "rejected"), lot=24))
    take_in(replace(third, acts=(an_act(day=date(2026, 11, 1)),)), lot=25)
    assert {state for _, state in states(149)} == {"transmitted"}
    take_in(third, lot=24)
    assert states(149) == [(22, "transmitted"), (23, "transmitted"), (24, "rejected"), (25, "transmitted")]


@pytest.mark.parametrize("said", ["paid", "rejected", "deferred"])
def test_what_a_caisse_has_answered_stays_in_its_lot_and_is_said_loudly(practice: Practice, said: str) -> None:
    answered, waiting = an_invoice(1001), an_invoice(1002, nir=NIRS[1])
    take_in(answered, waiting)
    hear(an_answer(answered, said))  # type: ignore[arg-type]
    before = sheet(1001)
    outcome = take_in(answered, waiting, lot=2, made_on=LATER)
    assert sheet(1001) == before
    assert listed() == [(1001, 1), (1002, 2)]
    assert outcome.amounts == (
        "La caisse a déjà répondu sur une facture que ce lot redonne : elle reste dans le sien :"
        " n° 1001 (lot 001 du 06/11/2026).",
    )
    assert list(breaches(practice)) == []


def test_what_was_cancelled_here_does_not_come_back(practice: Practice) -> None:
    old = rejected(1001)
    assert isinstance(cancel_invoice(old.id, old.version, SOPHIE), Cancelled)
    before = contents()
    take_in(an_invoice(1001), lot=9, made_on=LATER)
    assert contents()["invoice"] == before["invoice"]
    assert list(breaches(practice)) == []


def test_the_same_care_under_the_same_number_in_other_words_is_said_loudly(practice: Practice) -> None:
    take_in(an_invoice(1001))
    outcome = take_in(an_invoice(1001, rate=100), lot=2, made_on=LATER)
    assert listed() == [(1001, 1), (1001, 2)]
    assert outcome.redone == ()
    assert outcome.amounts == (
        "Mêmes patient et soins qu’une facture déjà là, autre contenu : les deux sont gardées, vérifiez laquelle la"
        " caisse doit payer : n° 1001 (lot 001 du 06/11/2026).",
    )
    assert list(breaches(practice)) == []


def test_the_same_lot_in_another_wrapping_changes_nothing(practice: Practice) -> None:
    data = a_lot(an_invoice(1001), an_invoice(1002, nir=NIRS[1]))
    assert isinstance(import_lots(data, "lot-001.b2", SOPHIE), Imported)
    before = contents()
    outcome = import_lots(data.replace(b"F00001", b"F00009"), "copie.b2", SOPHIE)
    assert outcome == AlreadyImported("lot-001.b2")
    assert contents() == before


def test_the_same_lot_with_one_more_invoice_takes_the_others_along(practice: Practice) -> None:
    take_in(an_invoice(1001))
    outcome = take_in(an_invoice(1001), an_invoice(1002, nir=NIRS[1]))
    assert outcome.redone == ((1, 1),)
    assert listed() == [(1001, 1), (1002, 1)]
    assert lots() == [(1, LotStatus.REDONE), (1, LotStatus.SENT)]
    assert list(breaches(practice)) == []


def test_a_wrong_total_is_kept_with_its_lot_and_does_not_leave_again(practice: Practice) -> None:
    data = a_lot(an_invoice(1001))
    place = data.index(b"5" + TEAM[0].encode()) + 57
    outcome = import_lots(data[:place] + b"00009999" + data[place + 8 :], "lot.b2", SOPHIE)
    assert isinstance(outcome, Imported)
    (said,) = outcome.amounts
    assert said.startswith("Le total de contrôle annonce 99,99 € facturés, les lignes font 31,50 € (facture n° 1001,")
    assert [(kept.weight, kept.text) for kept in LotRemark.select()] == [(RemarkWeight.AMOUNT, said)]
    assert sheet(1001).total == 3150
    assert list(breaches(practice)) == []


def test_a_journal_entry_tells_of_the_redone_lot(practice: Practice) -> None:
    comes("arl-lot1")
    comes("arl-lot2-redone")
    (detail,) = contents()["journal_entry"][-1:]
    assert '"redone":[[1,2]]' in str(detail)

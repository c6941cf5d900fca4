"""The overview of rejections: history counts once and for ever, what waits is what nothing has taken the place of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.receive import receive_return
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.settle_answer import Settled, settle_answer
from models.domain.exchanges import RejectionLevel
from models.domain.place import Practice
from models.domain.states import ShareName
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import InvoiceAnswer, RejectionLine
from models.formats.noemie.write import write_noemie
from models.practice import close_practice, open_practice
from models.queries.overview import NO_CODE, OLDEST, CodeLine, overview
from models.queries.returns import aside_answers
from models.reference.practice_book import PracticeBook
from models.reference.rejections import our_book
from models.store.database import db
from tests.models.practice import CARE_DAY, SOPHIE, a_return, an_answer, an_invoice, hear, rejected, sheet, take_in
from tests.practices import SAMPLES, copy_practice, sample_practice

EXPECTED: list[dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text())


def code(wanted: str, share: str = "amo") -> CodeLine:
    """The only line of this code on this share."""
    (line,) = [line for line in overview(our_book()).by_code if (line.code, line.share) == (wanted, share)]
    return line


def hear_on(day: date, *answers: InvoiceAnswer) -> None:
    """Read a return of this day."""
    file = read_noemie(a_return(*answers, reference=f"R{day:%m%d}"))
    receive_return(write_noemie(replace(file, created_on=day)), f"{day}.noe", SOPHIE)


class TestSamples:
    @pytest.fixture(scope="class", autouse=True)
    def cabinet(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
        folder = tmp_path_factory.mktemp("bilan")
        open_practice(copy_practice(sample_practice(), folder))
        yield
        close_practice()

    def test_each_code_has_its_invoices_and_its_amount(self) -> None:
        found = {
            (line.code, line.share): (line.count, line.waiting, line.waiting_cents)
            for line in overview(our_book()).by_code
        }
        wanted: dict[tuple[str, str], tuple[int, int, int]] = {}
        for invoice in EXPECTED:
            for key, share in (("reject", "amo"), ("amc_reject", "amc")):
                if invoice[key]:
                    count, waiting, cents = wanted.get((invoice[key], share), (0, 0, 0))
                    wanted[invoice[key], share] = (count + 1, waiting + 1, cents + invoice[share])
        assert found == wanted

    def test_the_whole_is_the_sum_of_the_lines(self) -> None:
        found = overview(our_book())
        rejected_ones = [invoice for invoice in EXPECTED if invoice["reject"] or invoice["amc_reject"]]
        assert found.waiting == len(rejected_ones) == 15
        assert found.waiting_cents == sum(line.waiting_cents for line in found.by_code)
        assert [(line.share, line.count, line.waiting) for line in found.by_share] == [("amo", 14, 14), ("amc", 3, 3)]
        assert [(line.month, line.rejected, line.amount_cents) for line in found.by_month] == [
            ("2026-11", 15, found.waiting_cents)
        ]

    def test_the_largest_amount_comes_first(self) -> None:
        amounts = [line.waiting_cents for line in overview(our_book()).by_code]
        assert amounts == sorted(amounts, reverse=True)


class TestWaiting:
    def test_a_rejected_invoice_waits_with_the_date_of_its_billing(self, practice: Practice) -> None:
        waiting = rejected(1001)
        line = code("0450 054")
        assert (line.count, line.waiting, line.waiting_cents, line.oldest) == (1, 1, waiting.amo, CARE_DAY)
        assert line.label == "MOTIF DE LA CAISSE"

    def test_an_unknown_code_is_told_by_the_wording_received(self, practice: Practice) -> None:
        rejected(1001, code="8899 123", label="LOT ATYPIQUE")
        assert (code("8899 123").label, code("8899 123").resembles) == ("LOT ATYPIQUE", ("lot atypique",))
        (waiting,) = overview(our_book()).oldest
        assert (waiting.amo_label, waiting.amc_label) == ("LOT ATYPIQUE", None)

    def test_a_cancelled_invoice_stays_in_history_and_waits_no_more(self, practice: Practice) -> None:
        old = rejected(1001)
        assert isinstance(cancel_invoice(old.id, old.version, SOPHIE), Cancelled)
        line, found = code("0450 054"), overview(our_book())
        assert (line.count, line.waiting, line.waiting_cents, line.oldest) == (1, 0, 0, None)
        assert (found.waiting, found.waiting_cents, found.oldest) == (0, 0, ())
        assert [(month.rejected, month.amount_cents) for month in found.by_month] == [(1, old.amo)]
        assert found.by_share[0].count == 1

    def test_a_payment_taken_by_a_person_ends_the_wait(self, practice: Practice) -> None:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(an_answer(invoice, "rejected"))
        hear(an_answer(invoice, "paid"), reference="R00002")
        assert code("0450 054").waiting == 1
        (aside,) = aside_answers()
        assert isinstance(settle_answer(aside.id, True, SOPHIE), Settled)
        line = code("0450 054")
        assert (line.count, line.waiting, line.waiting_cents) == (1, 0, 0)

    def test_of_a_dre_rejected_alone_only_its_own_share_waits(self, practice: Practice) -> None:
        invoice = an_invoice(1001, settlement="15")
        take_in(invoice)
        hear(an_answer(invoice, "paid", "rejected"))
        found = overview(our_book())
        assert [(line.code, line.share, line.waiting_cents) for line in found.by_code] == [("1001", "amc", invoice.amc)]
        assert found.waiting_cents == found.oldest[0].waiting_cents == invoice.amc
        assert (found.oldest[0].amo_rejection, found.oldest[0].amc_rejection) == (None, "1001")

    def test_a_dre_made_again_waits_no_more(self, practice: Practice) -> None:
        invoice = an_invoice(1001, settlement="15")
        take_in(invoice)
        hear(an_answer(invoice, "paid", "rejected"))
        assert isinstance(resend_dre(sheet(1001).id, None, "0099999999", SOPHIE), DreMade)
        found = overview(our_book())
        assert (found.waiting, found.waiting_cents, found.oldest) == (0, 0, ())
        assert code("1001", "amc").count == 1

    def test_an_invoice_rejected_on_both_shares_waits_once_for_both_amounts(self, practice: Practice) -> None:
        invoice = an_invoice(1001, settlement="15")
        take_in(invoice)
        hear(an_answer(invoice, "rejected", "rejected"))
        found = overview(our_book())
        assert found.waiting == 1
        assert found.waiting_cents == found.oldest[0].waiting_cents == invoice.amo + invoice.amc
        assert [line.waiting_cents for line in found.by_share] == [invoice.amo, invoice.amc]
        assert found.by_month[0].rejected == 1

    def test_a_rejection_without_code_has_its_own_line(self, practice: Practice) -> None:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(replace(an_answer(invoice, "rejected"), rejections=()))
        line = code("")
        assert (line.label, line.count, line.waiting, line.waiting_cents) == (NO_CODE, 1, 1, invoice.amo)
        assert overview(our_book()).waiting_cents == invoice.amo

    def test_two_codes_of_one_share_count_twice_and_weigh_once(self, practice: Practice) -> None:
        invoice = an_invoice(1001)
        take_in(invoice)
        second = RejectionLine(ShareName.AMO, "0540 057", "AUTRE MOTIF", RejectionLevel.INVOICE, "", None, None, "")
        answer = an_answer(invoice, "rejected")
        hear(replace(answer, rejections=(*answer.rejections, second)))
        assert [(line.code, line.count, line.waiting_cents) for line in overview(our_book()).by_code] == [
            ("0450 054", 1, invoice.amo),
            ("0540 057", 1, 0),
        ]
        assert overview(our_book()).waiting_cents == invoice.amo

    def test_one_code_on_several_lines_counts_once(self, practice: Practice) -> None:
        invoice = an_invoice(1001, coefficients=(1000, 900))
        take_in(invoice)
        reasons = tuple(
            RejectionLine(ShareName.AMO, "0540 057", "DEPLACEMENT", RejectionLevel.LINE, "AMI", CARE_DAY, line, "")
            for line in (1, 2)
        )
        hear(replace(an_answer(invoice, "rejected"), rejections=reasons))
        assert code("0540 057").count == 1


class TestHistory:
    def test_a_repeated_rejection_counts_once(self, practice: Practice) -> None:
        invoice = an_invoice(1001, settlement="15")
        take_in(invoice)
        hear_on(date(2026, 10, 30), an_answer(invoice, "rejected"))
        hear_on(date(2026, 11, 14), an_answer(invoice, "rejected", "rejected"))
        found = overview(our_book())
        assert code("0450 054").count == 1
        assert [(line.month, line.rejected, line.amount_cents) for line in found.by_month] == [
            ("2026-10", 1, invoice.amo + invoice.amc)
        ]

    def test_months_are_those_of_the_returns_the_latest_first(self, practice: Practice) -> None:
        invoices = [an_invoice(1001 + index) for index in range(3)]
        take_in(*invoices)
        hear_on(date(2026, 12, 31), an_answer(invoices[0], "rejected"))
        hear_on(date(2027, 1, 1), *(an_answer(invoice, "rejected") for invoice in invoices[1:]))
        assert [(line.month, line.rejected) for line in overview(our_book()).by_month] == [
            ("2027-01", 2),
            ("2026-12", 1),
        ]

    def test_answers_kept_aside_count_for_nothing(self, practice: Practice) -> None:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(an_answer(invoice, "rejected", nir="1700175001001"), an_answer(invoice, "rejected", number=4242))
        found = overview(our_book())
        assert (found.by_code, found.by_month, found.waiting_cents) == ((), (), 0)

    def test_a_payment_a_delay_or_silence_is_no_rejection(self, practice: Practice) -> None:
        invoices = [an_invoice(1001 + index) for index in range(3)]
        take_in(*invoices)
        hear(an_answer(invoices[0], "paid"), an_answer(invoices[1], "deferred"))
        assert overview(our_book()).by_code == ()

    def test_an_empty_practice_has_an_empty_overview(self, practice: Practice) -> None:
        found = overview(our_book())
        assert (found.by_code, found.by_month, found.oldest, found.waiting, found.waiting_cents) == ((), (), (), 0, 0)
        assert [(line.count, line.waiting, line.waiting_cents) for line in found.by_share] == [(0, 0, 0), (0, 0, 0)]


class TestOldest:
    def test_the_ten_that_wait_longest_come_in_order(self, practice: Practice) -> None:
        invoices = [an_invoice(1001 + index, billed_on=CARE_DAY - timedelta(days=index % 7)) for index in range(14)]
        take_in(*invoices)
        hear(*(an_answer(invoice, "rejected") for invoice in invoices))
        wanted = sorted(invoices, key=lambda invoice: (invoice.billed_on, invoice.number))
        found = overview(our_book())
        assert [line.number for line in found.oldest] == [invoice.number for invoice in wanted[:OLDEST]]
        assert found.oldest[0].billed_on == code("0450 054").oldest == CARE_DAY - timedelta(days=6)
        assert (found.oldest[0].last_name, found.waiting) == ("DUPONT", 14)


def test_the_practices_own_label_names_a_code_received_without_one(practice: Practice, tmp_path: Path) -> None:
    (tmp_path / "rejets.toml").write_text(
        '[[rejection]]\ncode = "7777"\nlabel = "DU CABINET"\nmeaning = "m"\ntodo = "t"\n'
    )
    invoice = an_invoice(1001)
    take_in(invoice)
    answer = an_answer(invoice, "rejected", code="7777")
    hear(replace(answer, rejections=tuple(replace(reason, label="") for reason in answer.rejections)))
    (line,) = overview(PracticeBook(tmp_path).current).by_code
    assert (line.code, line.label) == ("7777", "DU CABINET")


def test_the_number_of_statements_does_not_grow(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    def statements() -> int:
        ran: list[str] = []
        plain = db.obj.execute_sql

        def counted(sql: str, *rest: Any) -> Any:
            ran.append(sql)
            return plain(sql, *rest)

        monkeypatch.setattr(db.obj, "execute_sql", counted)
        overview(our_book())
        monkeypatch.undo()
        return sum(sql.startswith("SELECT") for sql in ran)

    few = statements()
    invoices = [an_invoice(1001 + index, settlement="15") for index in range(20)]
    take_in(*invoices)
    hear(*(an_answer(each, "rejected", "rejected", code=f"0450 0{each.number % 100:02d}") for each in invoices))
    assert len(overview(our_book()).by_code) == 21
    assert statements() == few == 11

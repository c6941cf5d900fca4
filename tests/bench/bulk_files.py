"""Files of any size, for measuring: the lots of a busy practice and the returns that answer them, all by the formats.

A patient has about twelve invoices, a week apart; of a hundred answers, four are rejections and two wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Final

from models.demo.care import clean_draft
from models.demo.people import PHYSIOTHERAPISTS, Insured
from models.demo.returns import Sent, answer
from models.demo.story import CaisseSays
from models.domain.exchanges import RejectionLevel
from models.domain.lifecycle import COMPLEMENTARY_ASKED
from models.domain.states import ShareName, ShareState
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.formats.b2.write import write_b2
from models.formats.noemie.values import InvoiceAnswer, NoemieFile, RejectionLine, ShareAnswer
from models.formats.noemie.write import write_noemie

FIRST_DAY: Final = date(2025, 9, 1)
A_LOT: Final = 500
A_FILE: Final = 100_000
"""Invoices of a file at most: a B2 file counts its lots in three digits."""
WEEKS: Final = 12
"""Invoices of one patient."""
_CODES: Final = (("0450 054", "LE CODE EXO EST DIVERGENT"), ("0460 051", "LE PRESCRIPTEUR EST INCONNU"))


@dataclass(frozen=True, slots=True)
class Exchange:
    """One file that was sent, and the return that answers it."""

    lots: bytes
    answers: bytes
    invoices: int


def exchanges(invoices: int) -> Iterator[Exchange]:
    """So many invoices in files of `A_FILE` at most, each with its return."""
    for rank, first in enumerate(range(0, invoices, A_FILE)):
        count = min(A_FILE, invoices - first)
        lots = tuple(_lots(rank, first, count))
        day = lots[0].created_on
        biller = PHYSIOTHERAPISTS[0].number
        sent = write_b2(B2File(biller.zfill(14), "331", day, f"F{rank:05d}", lots))
        said = tuple(_said(Sent(lot, invoice)) for lot in lots for invoice in lot.invoices)
        back = NoemieFile("331".zfill(14), biller, day, f"R{rank:05d}", said, (), 0)
        yield Exchange(sent, write_noemie(back), count)


def _lots(rank: int, first: int, count: int) -> Iterator[B2Lot]:
    created_on = FIRST_DAY + timedelta(days=7 * WEEKS + rank)
    biller = PHYSIOTHERAPISTS[0]
    for number, start in enumerate(range(first, first + count, A_LOT), start=1):
        batch = tuple(_invoice(place, created_on) for place in range(start, min(start + A_LOT, first + count)))
        yield B2Lot(
            practitioner=biller.number,
            practitioner_name=biller.name,
            number=number,
            created_on=created_on,
            caisse="331",
            regime="01",
            certification="S",
            invoices=batch,
        )


def _invoice(place: int, billed_on: date) -> B2Invoice:
    """The invoice at this place: its patient's next one, of the week after the one before."""
    person, week = divmod(place, WEEKS)
    like = PHYSIOTHERAPISTS[0].patients[person % len(PHYSIOTHERAPISTS[0].patients)]
    days = [FIRST_DAY + timedelta(days=7 * week + day) for day in range(1 + place % 3)]
    draft = clean_draft(_patient(like, person), PHYSIOTHERAPISTS[0].number, week, days, FIRST_DAY - timedelta(days=9))
    said = {field.name: getattr(draft, field.name) for field in fields(draft)}
    said["split"] = "E" if draft.settlement in COMPLEMENTARY_ASKED else ""
    said["quality"] = like.quality
    return B2Invoice(**said, practitioner=PHYSIOTHERAPISTS[0].number, number=1000 + place, billed_on=billed_on)


def _patient(like: Insured, person: int) -> Insured:
    """Someone of their own, in care as one of the demo's people is."""
    nir = f"{like.nir[:7]}{990 - person // 1000 % 90:03d}{person % 1000:03d}"
    return replace(like, nir=nir, first_name=f"{like.first_name[:8]} {_letters(person)}", exemption=like.exemption)


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(4))


def _said(sent: Sent) -> InvoiceAnswer:
    """What the caisse answers: most is paid."""
    number = sent.invoice.number
    if number % 50 == 7:
        return answer(sent, CaisseSays.DEFERRED)
    paid = answer(sent, CaisseSays.PAID)
    if number % 25 != 3:
        return paid
    code, label = _CODES[number // 25 % 2]
    reason = RejectionLine(ShareName.AMO, code, label, RejectionLevel.INVOICE, "", None, None, "")
    return replace(paid, amo=ShareAnswer(sent.invoice.amo, ShareState.REJECTED, 0), amc=None, rejections=(reason,))

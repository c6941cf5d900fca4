"""The caisses and the complementary payers: what they answer to each lot, when, and what they get wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from models.formats.b2.read import read_b2
from models.formats.b2.values import B2Invoice
from models.formats.noemie import layout
from models.formats.noemie.entities import join_entities, pack_entity
from models.formats.noemie.values import InvoiceAnswer, NoemieFile, Transfer
from models.formats.noemie.write import write_noemie
from tests.models.practice import NIRS, TEAM, Said, an_answer
from tests.models.quarter import chance

CODES: Final = ("0450 054", "0460 053", "0540 057", "9999 123")
"""The last one is in no book."""
DRE: Final = "25"


@dataclass(frozen=True, slots=True)
class Sent:
    """An invoice in a lot that a caisse took."""

    invoice: B2Invoice
    lot: int
    made_on: date

    @property
    def key(self) -> tuple[str, int, date]:
        """What names it in the practice."""
        return self.invoice.practitioner, self.invoice.number, self.invoice.billed_on


@dataclass(frozen=True, slots=True)
class Post:
    """A return: what it says, of what the practice knows and of what it does not."""

    name: str
    data: bytes
    said: tuple[tuple[Sent | None, InvoiceAnswer], ...]
    beside: int = 0
    """Cents that move outside the invoices."""
    wrong: bool = False
    """Its total is wrong."""
    mistaken: bool = False
    """It was taken by mistake, and is undone."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A lot, or one invoice of it, that the caisse never took: its negative ARL; or the lot is made anew."""

    practitioner: str
    lot: int
    made_on: date
    number: int | None
    redone: bool


class Caisse:
    """What was sent, and what will be said of it.

    Args:
        seed: of the quarter.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._due: list[tuple[date, Sent, InvoiceAnswer]] = []
        self._letters: list[tuple[date, Letter]] = []
        self._silent: list[Sent] = []
        self._rank = 0

    def take(self, data: bytes, day: date, *, own: bool) -> list[Sent]:
        """A file comes in: each invoice is answered later, unless its lot is lost. Give back what was sent."""
        found: list[Sent] = []
        for lot in read_b2(data).lots:
            sent = [Sent(invoice, lot.number, lot.created_on) for invoice in lot.invoices]
            found += sent
            choice = chance(self._seed, "lost", lot.practitioner, sent[0].invoice.number, lot.created_on)
            fate = choice.random()
            if fate < 0.12:
                redone = not own and choice.random() < 0.5
                letter = Letter(lot.practitioner, lot.number, lot.created_on, None, redone)
                self._letters.append((day + timedelta(days=choice.randint(1, 6)), letter))
                continue
            if fate < 0.18 and len(sent) > 1:
                refused = sent.pop().invoice
                letter = Letter(lot.practitioner, lot.number, lot.created_on, refused.number, redone=False)
                self._letters.append((day + timedelta(days=2), letter))
            for one in sent:
                self._plan(one, day, own=own)
        return found

    def _plan(self, sent: Sent, day: date, *, own: bool) -> None:
        invoice = sent.invoice
        choice = chance(self._seed, "answer", *sent.key, sent.made_on)
        when = day + timedelta(days=choice.randint(1, 5))
        code = choice.choice(CODES)
        fate = choice.random() * (0.8 if own else 1)
        both = invoice.settlement != DRE and invoice.amc > 0
        lead: Said | None = None if invoice.settlement == DRE else "paid"
        whole = self._answer(sent, lead, "paid" if invoice.amc else None)

        def later(days: int, answer: InvoiceAnswer) -> None:
            self._due.append((when + timedelta(days=days), sent, answer))

        if fate < 0.42:
            later(0, whole)
            if choice.random() < 0.1:
                later(3, whole)
            if choice.random() < 0.1 and lead:
                later(4, self._answer(sent, "rejected", None, code=code))
            if choice.random() < 0.25 and lead:
                later(4, self._answer(sent, "paid", None, amo_paid=-invoice.amo))
                if choice.random() < 0.5:
                    later(7, self._answer(sent, "paid", None))
        elif fate < 0.55 and both:
            later(0, self._answer(sent, "paid", "rejected"))
        elif fate < 0.72:
            later(0, self._answer(sent, lead and "rejected", None if lead else "rejected", code=code))
            if choice.random() < 0.2:
                later(4, whole)
        elif fate < 0.78 and lead:
            later(0, self._answer(sent, "deferred", None))
            later(4, whole if choice.random() < 0.7 else self._answer(sent, "rejected", None, code=code))
        elif fate < 0.88 and lead:
            half = invoice.amo // 2
            later(0, self._answer(sent, "paid", None, amo_paid=half))
            if choice.random() < 0.6:
                later(3, self._answer(sent, "paid", None, amo_paid=invoice.amo - half))
            if choice.random() < 0.3:
                later(5, self._answer(sent, "paid", None, amo_paid=-(half // 2)))
        elif fate < 0.92 and both:
            later(0, self._answer(sent, "paid", None))
            later(3, self._answer(sent, None, "paid"))
        elif fate < 0.96:
            later(0, replace(whole, nir=NIRS[0], nir_key="01"))
        else:
            self._silent.append(sent)

    @staticmethod
    def _answer(
        sent: Sent, amo: Said | None, amc: Said | None, *, code: str = CODES[0], amo_paid: int | None = None
    ) -> InvoiceAnswer:
        kind = "D" if sent.invoice.settlement == DRE else "F"
        said = an_answer(sent.invoice, amo, amc, code=code, amo_paid=amo_paid, kind=kind)
        return replace(said, lot=sent.lot, lot_date=sent.made_on)

    def letters(self, day: date) -> list[Letter]:
        """What is told of lots on this day."""
        return [letter for due, letter in self._letters if due == day]

    def returns(self, day: date) -> list[Post]:
        """The returns of this day."""
        choice = chance(self._seed, "return", day)
        due = sorted(((sent, answer) for when, sent, answer in self._due if when <= day), key=lambda one: one[0].key)
        found = []
        if due and choice.random() < 0.6:
            self._due = [one for one in self._due if one[0] > day]
            said: list[tuple[Sent | None, InvoiceAnswer]] = [*due]
            if choice.random() < 0.15:
                like = due[0][1]
                said.append(
                    (None, replace(an_answer(due[0][0].invoice, "paid"), number=555_000 + self._rank, lot=None))
                )
                assert like.practitioner in TEAM
            beside = choice.choice((0, 0, 0, 2500, -1300))
            wrong = choice.random() < 0.08
            found.append(self._write(day, said, beside=beside, wrong=wrong))
            if wrong and not taken(self._seed, found[-1].name):
                self._due += [(day + timedelta(days=3), sent, answer) for sent, answer in due]
        if self._silent and choice.random() < 0.2:
            wrongly = [(sent, self._answer(sent, "paid", None)) for sent in self._latest_silent() if sent.invoice.amo]
            if wrongly:
                found.append(self._write(day, wrongly, mistaken=True))
        return found

    def _latest_silent(self) -> list[Sent]:
        return sorted(self._silent, key=lambda one: (one.made_on, one.key))[-3:]

    def _write(
        self,
        day: date,
        said: Iterable[tuple[Sent | None, InvoiceAnswer]],
        *,
        beside: int = 0,
        wrong: bool = False,
        mistaken: bool = False,
    ) -> Post:
        self._rank += 1
        ordered = sorted(said, key=lambda one: (one[1].practitioner, one[1].number))
        answers = tuple(answer for _, answer in ordered)
        payers = sorted({answer.practitioner for answer in answers})
        data = write_noemie(
            NoemieFile(
                sender="331".zfill(14),
                recipient=payers[0],
                created_on=day,
                reference=f"Q{self._rank:05d}",
                answers=answers,
                transfers=tuple(Transfer(one, day, f"VIR {self._rank} {one}", "01331") for one in payers),
                total_paid=0,
            )
        )
        if beside:
            data = _with_movement(data, beside)
        if wrong:
            data = with_wrong_total(data)
        return Post(f"retour-{self._rank:05d}.noe", data, tuple(ordered), beside, wrong, mistaken)


def taken(seed: int, name: str) -> bool:
    """Whether the manager takes the answers of this return, whose total is wrong."""
    return chance(seed, "held", name).random() < 0.5


def _with_movement(data: bytes, cents: int) -> bytes:
    """A lump payment or a withholding, behind the first kind of return."""
    text = data.decode("latin-1")
    records = [text[start : start + 128] for start in range(0, len(text), 128)]
    entities = [f"{one}@" for one in "".join(record[1:] for record in records[1:-1]).split("@")[:-1]]
    place = next(at for at, one in enumerate(entities) if one.startswith("081"))
    moved = (
        pack_entity(layout.LUMP_PAYMENT, {"payment_code": 7, "amount": cents})
        if cents > 0
        else pack_entity(layout.WITHHOLDING, {"debt": "D77", "amount": -cents, "sign": "N"})
    )
    body = join_entities([*entities[: place + 1], moved, *entities[place + 1 :]])
    count = layout.FILE_END.by_name["record_count"]
    end = f"{records[-1][: count.start - 1]}{len(body) + 2:08d}{records[-1][count.end :]}"
    return "".join([records[0], *body, end]).encode("latin-1")


def with_wrong_total(data: bytes) -> bytes:
    """One cent more at the end of the file than its answers come to."""
    amount = layout.FILE_END.by_name["amount"]
    start, stop = len(data) - 128 + amount.start - 1, len(data) - 128 + amount.end
    return data[:start] + f"{int(data[start:stop]) + 1:011d}".encode() + data[stop:]

"""The demo practice, week after week: returns are read, rejections treated, lots imported, all by the commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from models.commands.import_lots import import_lots
from models.commands.note_arl import ArlWord, note_arl
from models.commands.receive import receive_return
from models.commands.settle_lot import SentLot
from models.commands.transmit import transmit_all
from models.demo.desk import treat
from models.demo.lots import b2_file
from models.demo.papers import hear_what_came_back, post_what_is_owed
from models.demo.people import PHYSIOTHERAPISTS
from models.demo.returns import Sent, answer, return_file, strange_answer
from models.demo.story import (
    LAST_WEEK,
    PAPERS_WEEK,
    SENDING_WEEK,
    STRANGE_ANSWER_WEEK,
    UNREAD,
    UNREAD_LOTS,
    WEEKS,
    CaisseSays,
    DeskStep,
)
from models.demo.weeks import Bill, Billing
from models.domain.author import Author
from models.domain.exchanges import Arl
from models.domain.patience import Step
from models.domain.states import ShareState
from models.formats.b2.read import read_b2
from models.formats.b2.values import B2Invoice
from models.formats.b2.write import write_b2
from models.formats.noemie.values import InvoiceAnswer
from models.practice import OpenPractice
from models.queries.lots import sent_lots
from models.store.file_faults import spoken_files
from models.store.whole_file import write_whole

FIRST_NUMBER: Final = 1001
"""The first invoice of the story: those before it, and their lots, were another program's."""

FIRST_LOT: Final = 41

OWN_LOTS: Final = 30
"""Lot numbers that the billing software leaves to Accueil once Accueil has sent lots of its own."""

RECEPTIONIST: Final = "Nadia"

RETURN_PREFIX: Final = "retour-demo-"
"""How the names of the demo's returns begin, so that they are told from a real one's."""

_RETURNS_AT, _DESK_AT = time(10, 0, tzinfo=UTC), time(10, 10, tzinfo=UTC)
_FILES_AT, _PAPERS_AT, _ARL_AT = (time(12, minute, tzinfo=UTC) for minute in (0, 10, 20))
"""Around noon: the same day wherever the demo is shown in Europe or overseas."""


def make_demo(practice: OpenPractice, today: date, progress: Step | None = None) -> None:
    """Fill the practice that is open, and empty, with three months of invoices that end the day before `today`.

    The same day makes the same practice. Two returns that nobody has read are left in its inbox.

    Args:
        practice: as `open_practice(place, create=True)` has just made it.
        today: the day on which the demo is shown.
        progress: called with (weeks told, in all).

    Raises:
        GivenUp: raised by `progress`.
        PracticeFault: the database or the disk refused; within a transaction, as `open_demo` calls it, nothing is left.
    """
    story = _Story(practice, today)
    for week in range(WEEKS):
        if progress is not None:
            progress(week, WEEKS)
        story.read_return(week)
        story.treat_rejections(week)
        story.send_files(week)
        story.follow_papers(week)
    story.hear_arl()
    story.leave_returns()


@dataclass(frozen=True, slots=True)
class _Leaving:
    """An invoice that left, and what the story knows of it; no bill for one that the desk has sent again."""

    sent: Sent
    bill: Bill | None


class _Story:
    """Where the story is: the next numbers, and who still waits for what."""

    def __init__(self, practice: OpenPractice, today: date) -> None:
        self.practice = practice.place
        self.book = practice.book.current
        self.billing = Billing(today)
        self.next_number = FIRST_NUMBER
        self.next_lot = dict.fromkeys((biller.number for biller in PHYSIOTHERAPISTS), FIRST_LOT)
        self.unanswered: list[_Leaving] = []
        self.known: list[_Leaving] = []

    def read_return(self, week: int) -> None:
        """The week's return: what left the week before, and the second answers that come now."""
        answers = [self._answer(line) for line in self.unanswered if not _unread(line)]
        self.unanswered = [line for line in self.unanswered if _unread(line)]
        answers += self._second_answers(week)
        if week == STRANGE_ANSWER_WEEK:
            payer, like = next(pair for pair in answers if pair[1].amo and pair[1].amo.state == ShareState.PAID)
            before = self.billing.days[0][0] - timedelta(days=7)
            answers.append((payer, strange_answer(like, FIRST_NUMBER - 17, FIRST_LOT - 3, before)))
        if answers:
            day = self._last_day(week)
            data = return_file(week, day, answers)
            receive_return(data, _return_name(week, day), self._author(week, _RETURNS_AT))

    def treat_rejections(self, week: int) -> None:
        """Twice, the desk sits down to what was rejected; the first time, what it corrected leaves again."""
        if week not in (SENDING_WEEK, LAST_WEEK):
            return
        numbered = {
            *(DeskStep.CANCEL, DeskStep.CORRECT, DeskStep.VALIDATE, DeskStep.SEND, DeskStep.DRE),
            *(DeskStep.GIVE_UP, DeskStep.INSIST),
        }
        author = self._author(week, _DESK_AT)
        leaving = (
            (DeskStep.SEND, DeskStep.DRE, DeskStep.INSIST)
            if week == SENDING_WEEK
            else (DeskStep.VALIDATE, DeskStep.CORRECT, DeskStep.CANCEL)
        )
        noted = DeskStep.NOTE_REJECTION, DeskStep.NOTE_PAYMENT
        later = () if week == SENDING_WEEK else (DeskStep.CLAIM, DeskStep.GIVE_UP, DeskStep.REMIND, *noted)
        known = [(line, line.bill) for line in self.known if line.bill and line.bill.case]
        for steps in (leaving, *((step,) for step in later)):
            for line, bill in known:
                if bill.case and bill.case.desk in steps:
                    author = Author(author.operator, author.at + timedelta(minutes=4))
                    treat(line.sent.invoice, bill.right, bill.case.desk, author, self.book)
                    self.next_number += bill.case.desk in numbered
        if week == SENDING_WEEK:
            for lot in transmit_all(self.practice.outbox, author):
                self._note_own(lot)

    def send_files(self, week: int) -> None:
        """The week's B2 files, one a physiotherapist."""
        bills = self.billing.week(week)
        day = self._last_day(week)
        for place, biller in enumerate(PHYSIOTHERAPISTS):
            own = [bill for bill in bills if bill.biller == place]
            first_lot = self.next_lot[biller.number]
            file = b2_file(biller, own, day, first_lot=first_lot, first_number=self.next_number)
            name = f"{biller.number}-lot{first_lot:03d}-{day:%Y%m%d}.b2"
            import_lots(write_b2(file), name, self._author(week, _FILES_AT))
            bill_of = dict(enumerate(own, start=self.next_number))
            for lot in file.lots:
                for invoice in lot.invoices:
                    line = _Leaving(Sent(lot, invoice), bill_of[invoice.number])
                    self.known.append(line)
                    self.unanswered.append(line)
            self.next_number += len(own)
            self.next_lot[biller.number] += len(file.lots)

    def follow_papers(self, week: int) -> None:
        """Once, all that is owed is posted; in the last week some of it comes back."""
        author = self._author(week, _PAPERS_AT)
        if week == PAPERS_WEEK:
            post_what_is_owed(author)
        elif week == LAST_WEEK:
            hear_what_came_back(author)

    def hear_arl(self) -> None:
        """The smallest of the last lots comes back by a negative ARL, told on the phone: to be corrected."""
        lots = [line.sent.lot for line in self.known if line.bill and line.bill.week == LAST_WEEK]
        lot = min(lots, key=lambda one: len(one.invoices))
        (sent,) = sent_lots(lot.number, lot.practitioner)
        word = ArlWord(Arl.NEGATIVE, self._last_day(LAST_WEEK), "appel du concentrateur", "lot illisible")
        note_arl(sent.id, word, self._author(LAST_WEEK, _ARL_AT))

    def leave_returns(self) -> None:
        """Two returns that have come and that nobody has read yet."""
        day = self._last_day(LAST_WEEK)
        waiting = [self._answer(line) for line in self.unanswered if _unread(line)]
        with spoken_files(self.practice.inbox):
            self.practice.inbox.mkdir(parents=True, exist_ok=True, mode=0o700)
            for rank, answers in enumerate((waiting, self._second_answers(UNREAD)), start=WEEKS):
                write_whole(self.practice.inbox / _return_name(rank, day), return_file(rank, day, answers))

    def _answer(self, line: _Leaving) -> tuple[str, InvoiceAnswer]:
        case = line.bill.case if line.bill else None
        return _payer(line), answer(line.sent, case.says, case.faults) if case else answer(line.sent, CaisseSays.PAID)

    def _second_answers(self, week: int) -> list[tuple[str, InvoiceAnswer]]:
        found = []
        for line in self.known:
            case = line.bill.case if line.bill else None
            if case and case.then and case.then[0] == week:
                found.append((_payer(line), answer(line.sent, case.then[1], case.faults)))
        return found

    def _note_own(self, sent: SentLot) -> None:
        """A lot of ours waits for its answer, and the billing software numbers its lots after it."""
        (lot,) = read_b2(Path(sent.file).read_bytes()).lots
        self.unanswered += [_Leaving(Sent(lot, invoice), self._insisted(invoice)) for invoice in lot.invoices]
        self.next_lot[sent.practitioner] = max(self.next_lot[sent.practitioner], sent.number + OWN_LOTS)

    def _insisted(self, invoice: B2Invoice) -> Bill | None:
        """The bill of one that was sent again as it was: it comes back as it came the first time."""
        for line in self.known:
            same = (line.sent.invoice.nir, line.sent.invoice.acts) == (invoice.nir, invoice.acts)
            if same and line.bill and line.bill.case and line.bill.case.desk == DeskStep.INSIST:
                return line.bill
        return None

    def _last_day(self, week: int) -> date:
        return self.billing.days[week][-1]

    def _author(self, week: int, at: time) -> Author:
        return Author(RECEPTIONIST, datetime.combine(self._last_day(week), at))


def _unread(line: _Leaving) -> bool:
    """Whether its answer is in a return that nobody has read."""
    return line.bill is not None and (line.bill.week, line.bill.biller) == UNREAD_LOTS


def _payer(line: _Leaving) -> str:
    return line.sent.lot.regime + line.sent.lot.caisse


def _return_name(rank: int, day: date) -> str:
    return f"{RETURN_PREFIX}{rank:03d}-{day:%Y%m%d}.noe"

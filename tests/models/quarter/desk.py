"""What the three people of the practice do on a day: each task finds what is left of it to do, so that it can go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Final, NamedTuple

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice, cancel_invoices
from models.commands.correct import Saved, save_correction
from models.commands.file_away import Filed, bring_back_due, file_invoices
from models.commands.give_up import GivenUp, give_up
from models.commands.import_lots import Imported, import_lots
from models.commands.note_answer import Noted, note_answer
from models.commands.note_arl import ArlNoted, ArlWord, note_arl
from models.commands.receive import Received, receive_return
from models.commands.record_right import record_right
from models.commands.remind import remind
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.settle_answer import Settled, settle_answer
from models.commands.settle_lot import settle_doubt
from models.commands.settle_return import ReturnSettled, settle_return
from models.commands.take_back import TakenBack, undo_return, withdraw_note
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.commands.withdraw_right import withdraw_right
from models.domain.author import Author
from models.domain.exchanges import AnswerOutcome, Arl, LotFile, LotStatus
from models.domain.filing import CAUSES, CLASSES
from models.domain.notes import NotedWord
from models.domain.place import Practice
from models.domain.states import InvoiceState, RightSource, ShareName, ShareState, Signature
from models.queries.lots import lot_place, own_lots
from models.queries.returns import aside_answers, held_returns
from models.queries.sheets import invoice_sheet
from models.reference.rejections import our_book
from models.store.database import execute
from tests.models.quarter import chance
from tests.models.quarter.caisse import CODES, Letter, Post, taken
from tests.models.quarter.software import File

RECEPTION: Final = ("sophie", "claire")
MANAGER: Final = "paul"
SAID_IN: Final = ("courrier", "appel à la caisse", "relevé bancaire", "Espace pro")


@dataclass(frozen=True, slots=True)
class Today:
    """What comes to the desk on a day."""

    day: date
    files: tuple[File, ...]
    posts: tuple[Post, ...]
    letters: tuple[Letter, ...]


class Row(NamedTuple):
    """An invoice, as a list shows it. Cents."""

    id: int
    number: int
    version: int
    state: InvoiceState
    billed_on: date
    amo_state: ShareState
    amo: int
    amo_paid: int
    amc: int
    amc_paid: int


_ROWS: Final = (
    "SELECT id, number, version, state, billed_on, amo_state, amo, amo_paid, amc, amc_paid FROM invoice WHERE {such}"
    " ORDER BY id"
)

Tell = Callable[..., None]
"""What happened, and with which values, for whoever keeps the account."""


class Desk:
    """The people, and the lists that they look at.

    Args:
        seed: of the quarter.
        practice: where it is.
        today: what came.
        tell: told what was done.
    """

    def __init__(self, seed: int, practice: Practice, today: Today, tell: Tell) -> None:
        self._seed, self._practice, self._today, self._tell = seed, practice, today, tell
        self._day = today.day

    def tasks(self) -> Iterator[Callable[[], None]]:
        """The day, from its beginning."""
        yield self.come_back
        for post in self._today.posts:
            yield partial(self.read, post)
            if post.mistaken:
                yield partial(self.undo, post)
                if chance(self._seed, "after all", post.name).random() < 0.4:
                    yield partial(self.read, post)
        yield from (
            self.hold,
            self.settle,
            self.note,
            self.withdraw,
            self.hear_of_lots,
            self.give_up,
            self.cancel,
            self.file,
        )
        yield from (self.make_dre, self.correct, self.validate, self.rights, self.remind)
        for file in self._today.files:
            yield partial(self.take_in, file)
        yield self.transmit

    def _by(self, *about: object, manager: bool = False) -> Author:
        who = MANAGER if manager else chance(self._seed, "who", *about).choice(RECEPTION)
        return Author(who, datetime.combine(self._day, time(11), tzinfo=UTC))

    def _odds(self, *about: object) -> float:
        return chance(self._seed, self._day, *about).random()

    def _in(self, *states: InvoiceState) -> list[Row]:
        """The invoices in these states that nobody classified, the oldest first."""
        named = ", ".join(f"'{state}'" for state in states)
        return _rows(f"filed_until IS NULL AND state IN ({named})")

    # -- what comes in

    def come_back(self) -> None:
        """What was classified comes back at its day."""
        due = [row.id for row in _rows("filed_until <= ?", self._day.isoformat())]
        if bring_back_due(self._by("back")):
            self._tell("filed", due, None)

    def read(self, post: Post) -> None:
        """A return is read."""
        outcome = receive_return(post.data, post.name, self._by(post.name))
        if isinstance(outcome, Received):
            assert outcome.held == post.wrong, outcome.wrong_totals
            self._tell("read", outcome.return_id, post, _answers(outcome.return_id))
        stand = execute("SELECT count(*) FROM \"return\" WHERE file_name = ? AND undone_at = ''", (post.name,))
        assert stand.fetchone()[0] == 1, "read once, and once more after it was taken back"

    def undo(self, post: Post) -> None:
        """The return was another practice's."""
        for (source,) in execute("SELECT id FROM \"return\" WHERE file_name = ? AND undone_at = ''", (post.name,)):
            assert isinstance(undo_return(source, self._by(post.name)), TakenBack)
            self._tell("undone", source)

    def hold(self) -> None:
        """The manager decides on the returns whose total is wrong."""
        for one in held_returns():
            take, answers = taken(self._seed, one.file_name), _answers(one.id)
            assert isinstance(settle_return(one.id, take, self._by(manager=True)), ReturnSettled)
            self._tell("held", answers, take=take)

    def settle(self) -> None:
        """Each answer that waits: taken where it can be, and where the person thinks so; some wait on."""
        for answer in aside_answers():
            odds = chance(self._seed, "settle", answer.file_name, answer.number, self._day).random()
            if answer.outcome == AnswerOutcome.WRONG_TOTAL or odds < 0.3:
                continue
            take = isinstance(settle_answer(answer.id, True, self._by(answer.number)), Settled) if odds < 0.9 else False
            if not take:
                assert isinstance(settle_answer(answer.id, False, self._by(answer.number)), Settled)
            self._tell("settled", answer.id, take=take)

    def note(self) -> None:
        """Of what is silent for long, or paid in part, a letter or a call tells."""
        for row in self._in(InvoiceState.TRANSMITTED, InvoiceState.PARTLY_PAID, InvoiceState.REPROCESSING):
            choice = chance(self._seed, "note", row.number, self._day)
            known = row.id in {invoice for _, invoice, _ in self._notes()}
            if known or row.billed_on > self._day - timedelta(days=4) or choice.random() > 0.08:
                continue
            owed = row.amo_state not in {ShareState.NONE, ShareState.REJECTED} and row.amo_paid < row.amo
            name = ShareName.AMO if owed else ShareName.AMC
            asked, paid = (row.amo, row.amo_paid) if name == ShareName.AMO else (row.amc, row.amc_paid)
            said = choice.choice((ShareState.PAID, ShareState.PAID, ShareState.REJECTED, ShareState.DEFERRED))
            cents = choice.choice((asked - paid, (asked - paid) // 2 or 1)) if said == ShareState.PAID else 0
            code = choice.choice(CODES) if said == ShareState.REJECTED else ""
            word = NotedWord(name, said, self._day, choice.choice(SAID_IN), paid=cents, code=code)
            outcome = note_answer(row.id, row.version, word, self._by(row.number))
            if not isinstance(outcome, Noted):
                continue
            self._tell("noted", outcome.note_id, row.id, str(name), str(said), cents, code)

    def withdraw(self) -> None:
        """Some of today's notes were of another file."""
        for note, _, number in self._notes(standing=True):
            if self._odds("withdraw", number) < 0.3:
                assert isinstance(withdraw_note(note, "un autre dossier", self._by(number)), TakenBack)
                self._tell("withdrawn", note)

    def _notes(self, *, standing: bool = False) -> list[tuple[int, int, int]]:
        """Today's notes, each with its invoice and that one's number."""
        such = "AND r.undone_at = ''" if standing else ""
        sql = (
            'SELECT r.id, a.invoice_id, a.number FROM "return" r JOIN answer a ON a.return_id = r.id'
            f" WHERE r.noted_by <> '' AND r.arl = '' AND r.created_on = ? {such} ORDER BY r.id"
        )
        return [tuple(row) for row in execute(sql, (self._day.isoformat(),)).fetchall()]

    def hear_of_lots(self) -> None:
        """The caisse never took a lot, or an invoice of it, says the Espace pro."""
        for letter in self._today.letters:
            if letter.redone:
                continue
            found = execute(
                "SELECT b.id FROM batch b JOIN practitioner p ON p.id = b.practitioner_id WHERE p.number = ?"
                " AND b.number = ? AND b.created_on = ? AND b.status = 'sent'",
                (letter.practitioner, letter.lot, letter.made_on.isoformat()),
            ).fetchall()
            for (lot,) in found:
                refused = [row.id for row in _rows("batch_id = ?", lot) if letter.number in {None, row.number}]
                word = ArlWord(Arl.NEGATIVE, self._day, "Espace pro", "lot illisible")
                one = refused[0] if letter.number is not None and refused else None
                if refused and isinstance(note_arl(lot, word, self._by(lot), invoice_id=one), ArlNoted):
                    self._tell("refused", refused)

    # -- what is to be done

    def cancel(self) -> None:
        """What is rejected: several at once on some days, one by one on others."""
        rows = [row for row in self._in(InvoiceState.REJECTED) if self._odds("cancel", row.number) < 0.55]
        if self._odds("several") < 0.4:
            done = list(cancel_invoices([(row.id, row.version) for row in rows], self._by("several")).cancelled)
        else:
            done = [
                one
                for row in rows
                if isinstance(one := cancel_invoice(row.id, row.version, self._by(row.id)), Cancelled)
            ]
        for one in done:
            ((old,),) = execute("SELECT replaces_id FROM invoice WHERE id = ?", (one.new_id,)).fetchall()
            self._tell("made", old, one.new_id, one.new_number, dre=False)

    def file(self) -> None:
        """Some of what waits is classified."""
        waits = (InvoiceState.REJECTED, InvoiceState.PARTLY_PAID, InvoiceState.TRANSMITTED, InvoiceState.REPROCESSING)
        for row in self._in(*waits):
            choice = chance(self._seed, "file", row.number, self._day)
            if choice.random() < (0.1 if row.state == InvoiceState.REJECTED else 0.01):
                why, until = choice.choice(CLASSES), self._day + timedelta(days=choice.randint(1, 40))
                outcome = file_invoices([(row.id, row.version)], why, "vu", until, self._by(row.number))
                if isinstance(outcome, Filed) and outcome.numbers:
                    self._tell("filed", [row.id], str(why))

    def make_dre(self) -> None:
        """What the complementary payer alone rejected."""
        for row in _rows("amc_state = 'rejected'"):
            if self._odds("dre", row.number) < 0.6:
                made = resend_dre(row.id, None, "0088888888", self._by(row.number))
                if isinstance(made, DreMade):
                    self._tell("made", row.id, made.new_id, made.new_number, dre=True)

    def correct(self) -> None:
        """What is to be corrected gets its exemption, or stays, and is billed with the card or without."""
        for row in self._in(InvoiceState.UNVALIDATED):
            choice = chance(self._seed, "correct", row.number, self._day)
            if choice.random() < 0.3:
                continue
            seen = invoice_sheet(row.id)
            if choice.random() < 0.5 and seen.kind != "dre":
                draft = replace(seen.draft, exemption="4").with_rate(100)
                if isinstance(save_correction(row.id, seen.version, draft, self._by(row.number)), Saved):
                    acts = invoice_sheet(row.id).draft.acts
                    self._tell("corrected", row.id, sum(act.amo for act in acts), sum(act.amc for act in acts))
            now = invoice_sheet(row.id)
            signature = choice.choice((Signature.CARD, Signature.DEGRADED))
            if now.kind != "dre":
                assert isinstance(bill_invoice(row.id, now.version, signature, self._by(row.number)), Billed)

    def validate(self) -> None:
        """What passes its checks."""
        for row in self._in(InvoiceState.UNVALIDATED):
            if self._odds("validate", row.number) < 0.7:
                outcome = validate_invoice(row.id, row.version, self._by(row.number), book=our_book())
                if isinstance(outcome, Validated):
                    self._tell("stands", row.id, "validated")

    def give_up(self) -> None:
        """Some of what was made anew should not have been."""
        for row in self._in(InvoiceState.UNVALIDATED):
            choice = chance(self._seed, "give up", row.number, self._day)
            if choice.random() < 0.2:
                outcome = give_up(row.id, row.version, choice.choice(CAUSES), "vu", self._by(row.number))
                if isinstance(outcome, GivenUp):
                    self._tell("stands", row.id, "given_up")

    def rights(self) -> None:
        """An attestation is seen, and some were seen by mistake."""
        for row in self._in(InvoiceState.UNVALIDATED)[:2]:
            if self._odds("right", row.number) < 0.2:
                record_right(row.id, "4", self._day, None, RightSource.ATTESTATION, self._by(row.number))
        for (right,) in execute('SELECT id FROM "right" ORDER BY id DESC LIMIT 1').fetchall():
            if self._odds("no right", right) < 0.1:
                withdraw_right(right, "autre patient", self._by(right))

    def remind(self) -> None:
        """The payers of what is silent are called; once a day, the oldest."""
        rows = self._in(InvoiceState.TRANSMITTED)[:1]
        said = f"le {self._day}"
        done = execute("SELECT count(*) FROM reminder WHERE note = ?", (said,)).fetchone()[0]
        if rows and not done and self._odds("remind") < 0.3:
            remind([row.id for row in rows], self._day, said, self._by("remind"))

    def take_in(self, file: File) -> None:
        """A lot of the billing software."""
        if isinstance(import_lots(file.data, file.name, self._by(file.name), far=True), Imported):
            self._tell("imported", file)

    def transmit(self) -> None:
        """What is validated leaves in the evening; a lot that a cut left in doubt is decided on by its file."""
        for lot in own_lots(LotStatus.IN_DOUBT):
            left = lot_place(lot.id, self._practice.outbox).file == LotFile.WHOLE
            settle_doubt(lot.id, left, self._practice.outbox, self._by(lot.id))
        transmit_all(self._practice.outbox, self._by("transmit"))


def _answers(source: int) -> list[int]:
    return [one for (one,) in execute("SELECT id FROM answer WHERE return_id = ? ORDER BY id", (source,)).fetchall()]


def _rows(such: str, *values: object) -> list[Row]:
    found = execute(_ROWS.format(such=such), values).fetchall()
    return [
        Row(row_id, number, version, InvoiceState(state), date.fromisoformat(day), ShareState(amo_state), *cents)
        for row_id, number, version, state, day, amo_state, *cents in found
    ]

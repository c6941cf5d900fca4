"""What a practice hears, at random: returns, decisions, notes by hand; and what of it is taken back.

The model keeps of each invoice what was said of it, in the order in which it came and in that in which it counted; its
rules are written again from what a receptionist knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from models.commands.note_answer import Noted, note_answer
from models.commands.note_arl import ArlNoted, ArlWord, note_arl
from models.commands.settle_answer import Settled, settle_answer
from models.commands.take_back import BuiltOn, TakenBack, undo_return, withdraw_note
from models.domain.exchanges import AnswerOutcome, Arl
from models.domain.notes import NotedWord
from models.domain.refusals import Refused
from models.domain.states import ShareName, ShareState
from models.formats.noemie.values import InvoiceAnswer
from models.queries.returns import aside_answers
from models.queries.sheets import invoice_sheet, invoice_version
from models.tables.invoice import Invoice
from tests.models.life import Known, Life, state_after
from tests.models.practice import CLAIRE, SOPHIE, Said, an_answer, an_invoice, contents, hear

SAID = st.sampled_from([None, "paid", "paid", "rejected", "rejected", "rejected", "deferred"])
ANY = st.integers(0, 59)
SENT = ("transmitted", "reprocessing", "rejected", "partly_paid", "paid")
Picks = list[tuple[int, Said | None, Said | None]]
PICKS = st.lists(st.tuples(ANY, SAID, SAID), min_size=1, max_size=3)
CODES: Final = {"amo": "0450 054", "amc": "1001"}


@dataclass
class Word:
    """What one return, or note, said of one invoice; `counted` is its place among what moved it, 0 if it did not."""

    source: int
    amo: str | None
    amc: str | None
    came: int
    waits: bool = False
    early: bool = False
    """It waits because the invoice had not left, or was cancelled: nothing else makes it count."""
    late: bool = False
    """It came once the invoice was cancelled."""
    held: bool = False
    """It waits with its whole return, the total of which is wrong."""
    counted: int = 0
    before: tuple[str, str] = ("", "")
    arl: int = 0
    """Of a negative ARL, the version of the invoice that it made: corrected since, it is not taken back."""


class HeardLife(Life):
    """A practice that hears."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[int, list[Word]] = {}
        self.sources: dict[int, bool] = {}
        """Each return or note that stands, and whether it is a note."""
        self.positive: dict[int, int] = {}
        """The lots of which a positive ARL stands, by its note."""
        self.moments = 0

    @rule(picks=PICKS)
    def receive(self, picks: Picks) -> None:
        """A return that says something of some invoices, sent or not, right or not."""
        answers, told = self.answers_to(picks)
        if not answers:
            return
        self.files += 1
        source = hear(*answers, reference=f"M{self.files:05d}").return_id
        self.sources[source] = False
        for key, said_amo, said_amc in told:
            self.told(self.known[key], self.hears(key, source, said_amo, said_amc))
        self.done()

    def answers_to(self, picks: Picks) -> tuple[list[InvoiceAnswer], Picks]:
        """What a return says of these invoices, and of which it says what."""
        answers: list[InvoiceAnswer] = []
        told: Picks = []
        for pick, amo, amc in picks:
            key = self.some(pick, *SENT) if pick % 4 else self.some(pick)
            if key is None or key in [other for other, _, _ in told] or not (amo or amc):
                continue
            seen, known = invoice_sheet(key), self.known[key]
            named = an_invoice(seen.number, billed_on=seen.billed_on)
            value = replace(named, acts=seen.draft.acts, amc_number="0077570001")
            said_amo, said_amc = (amo if known.amo != "none" else None), (amc if known.amc != "none" else None)
            if known.state in {"unvalidated", "validated", "given_up"}:
                said_amo = amo or "paid"
            if not (said_amo or said_amc):
                continue
            answers.append(an_answer(value, said_amo, said_amc))
            told.append((key, said_amo, said_amc))
        return answers, told

    def hears(self, key: int, source: int, amo: str | None, amc: str | None) -> Word:
        """A word that came, whatever is made of it."""
        self.moments += 1
        word = Word(source, amo, amc, self.moments)
        self.words.setdefault(key, []).append(word)
        return word

    def counts(self, known: Known, word: Word) -> None:
        """The word moves the invoice."""
        self.moments += 1
        word.waits, word.counted, word.before = False, self.moments, (known.amo, known.amc)
        known.amo, known.amc = word.amo or known.amo, word.amc or known.amc
        known.state, known.filed = state_after(known), False

    def told(self, known: Known, word: Word) -> None:
        """What the program must make of it: both shares or none (P19)."""
        pairs = [(before, said) for before, said in ((known.amo, word.amo), (known.amc, word.amc)) if said]
        unsent = known.state in {"cancelled", "unvalidated", "validated", "given_up"}
        if unsent or any(before not in {"pending", "deferred"} and said != before for before, said in pairs):
            known.aside += not word.waits
            word.waits, word.early, word.late = True, unsent, known.state == "cancelled"
        elif any(said != before for before, said in pairs):
            known.aside -= word.waits
            self.counts(known, word)
        else:
            known.aside -= word.waits
            word.waits = False

    @precondition(lambda self: any(known.aside for known in self.known.values()))
    @rule(pick=ANY, take=st.booleans())
    def settle_an_answer(self, pick: int, take: bool) -> None:
        """A person decides on an answer kept aside."""
        waiting = [answer for answer in aside_answers() if answer.outcome != AnswerOutcome.WRONG_TOTAL]
        if not waiting:
            return
        answer = waiting[pick % len(waiting)]
        (key,) = [key for key, known in self.known.items() if known.number == answer.number]
        known, before = self.known[key], contents()
        outcome = settle_answer(answer.id, take, SOPHIE)
        if isinstance(outcome, Refused):
            assert take
            assert contents() == before
            return
        assert isinstance(outcome, Settled)
        known.aside -= 1
        (word,) = [word for word in self.words[key] if word.source == answer.source]
        word.waits = False
        if take:
            before_it = known.state
            self.counts(known, word)
            is_final = before_it in {"paid", "cancelled", "unvalidated", "validated", "given_up"}
            assert known.state == before_it or not is_final, "a final state was left (P13)"
        self.done()

    # -- what no file says, and what is taken back

    @rule(
        pick=ANY, share=st.sampled_from(["amo", "amo", "amc"]), said=st.sampled_from(["paid", "rejected", "deferred"])
    )
    def note(self, pick: int, share: str, said: str) -> None:
        """A person notes something of an invoice that left, knowing what it contradicts; a payment is not undone."""
        key = self.some(pick, *SENT) if pick % 5 else self.some(pick)
        if key is None:
            return
        known, seen, before = self.known[key], invoice_sheet(key), contents()
        stands = known.amo if share == "amo" else known.amc
        owed = seen.amo if share == "amo" else seen.amc
        word = NotedWord(ShareName(share), ShareState(said), SOPHIE.day, "courrier")
        if said == "paid":
            word = replace(word, paid=owed)
        if said == "rejected":
            word = replace(word, code=CODES[share])
        outcome = note_answer(key, seen.version, word, SOPHIE, against=True)
        sent = known.state in SENT and known.state != "paid"
        if not sent or stands in {"none", "paid", said}:
            self.refused(before, outcome)
            return
        assert isinstance(outcome, Noted)
        heard = self.hears(key, outcome.note_id, said if share == "amo" else None, said if share == "amc" else None)
        self.counts(known, heard)
        self.sources[outcome.note_id] = True
        self.done()

    @precondition(lambda self: "transmitted" in self.states())
    @rule(pick=ANY, whole=st.booleans())
    def negative_arl(self, pick: int, whole: bool) -> None:
        """What the caisse never took is to be corrected under its number, unless it answered."""
        key = self.some(pick, "transmitted")
        lot = None if key is None else Invoice.get_by_id(key).lot_id
        if key is None or lot is None:
            return
        members = [row.id for row in Invoice.select().where(Invoice.lot == lot)] if whole else [key]
        before = contents()
        word = ArlWord(Arl.NEGATIVE, SOPHIE.day, "Espace pro", "lot illisible")
        outcome = note_arl(lot, word, SOPHIE, invoice_id=None if whole else key)
        quiet = {"none", "pending"}
        known = [self.known[one] for one in members]
        if lot in self.positive.values() or any(
            one.state != "transmitted" or not {one.amo, one.amc} <= quiet for one in known
        ):
            self.refused(before, outcome)
            return
        assert isinstance(outcome, ArlNoted), outcome
        self.sources[outcome.note_id] = True
        for one in members:
            moved = self.known[one]
            heard = self.hears(one, outcome.note_id, None, None)
            self.moments += 1
            heard.counted, heard.before, heard.arl = self.moments, (moved.amo, moved.amc), invoice_version(one)
            moved.state, moved.amo, moved.amc, moved.sealed = "unvalidated", "none", "none", None
            moved.filed = False
        self.done()

    @precondition(lambda self: bool(self.sources))
    @rule(pick=ANY)
    def take_back(self, pick: int) -> None:
        """A return or a note goes whole, unless something was built on it; what waited because of it may count then."""
        source = sorted(self.sources)[pick % len(self.sources)]
        before = contents()
        held = [key for key, word in self.moved(source) if self.built(key, word)]
        outcome = withdraw_note(source, "erreur", CLAIRE) if self.sources[source] else undo_return(source, CLAIRE)
        if held:
            assert isinstance(outcome, BuiltOn)
            assert sorted(reason.number or 0 for reason in outcome.reasons) == sorted(
                self.known[key].number for key in held
            )
            assert contents() == before
            return
        assert isinstance(outcome, TakenBack), outcome
        moved = list(self.moved(source))
        for key, first in moved:
            known = self.known[key]
            known.amo, known.amc = first.before
            known.state, known.filed = state_after(known), False
            if first.arl:
                self.seal(key)
        for key, words in self.words.items():
            self.known[key].aside -= sum(word.waits for word in words if word.source == source)
            self.words[key] = [word for word in words if word.source != source]
        for key, first in moved:
            for word in self.words[key]:
                if word.waits and not word.held and (word.came > first.came if first.arl else not word.early):
                    self.told(self.known[key], word)
        del self.sources[source]
        self.positive.pop(source, None)
        self.done()

    def moved(self, source: int) -> Iterator[tuple[int, Word]]:
        """The invoices that this return moved, each with the first of its words that did."""
        for key, words in self.words.items():
            counted = [word for word in words if word.source == source and word.counted]
            if counted:
                yield key, min(counted, key=lambda word: word.counted)

    def built(self, key: int, first: Word) -> bool:
        """Whether something was done since with an invoice that it moved."""
        known = self.known[key]
        others = (word for word in self.words[key] if word.source != first.source)
        later = (
            word.counted > first.counted or (word.came > first.came and not word.counted and not word.waits)
            for word in others
        )
        if first.arl and invoice_version(key) != first.arl:
            return True
        return known.state == "cancelled" or known.dre_again or any(later)

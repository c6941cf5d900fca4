"""What a desk does beside the answers, at random: reminders, rights, positive ARL, held returns, lots made anew."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from models.commands.cancel import cancel_invoices
from models.commands.import_lots import AlreadyImported, Imported, import_lots
from models.commands.note_arl import ArlNoted, ArlWord, note_arl
from models.commands.receive import Received, receive_return
from models.commands.record_right import RightRecorded, record_right
from models.commands.remind import Reminded, ReminderWithdrawn, remind, withdraw_reminder
from models.commands.settle_return import ReturnSettled, settle_return
from models.commands.withdraw_right import RightWithdrawn, withdraw_right
from models.domain.exchanges import Arl
from models.domain.states import RightSource
from models.domain.whereabouts import Place
from models.formats.b2.values import B2Invoice
from models.queries.sheets import invoice_sheet
from models.queries.whereabouts import whereabouts
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from tests.models.heard_life import ANY, PICKS, SENT, HeardLife, Picks, Word
from tests.models.life import Known, table
from tests.models.practice import CLAIRE, SOPHIE, a_lot, a_return, contents
from tests.models.quarter.caisse import with_wrong_total

WAITS = {"transmitted", "reprocessing", "rejected", "partly_paid"}
HEARD = {"pending": Place.SILENT, "deferred": Place.REPROCESSING, "paid": Place.PAID, "rejected": Place.REJECTED}
HEIRS = {"unvalidated": Place.TO_CORRECT, "validated": Place.TO_SEND}


class NotedLife(HeardLife):
    """A practice that notes what moves no invoice, and whose lots may come again."""

    def __init__(self) -> None:
        super().__init__()
        self.reminders: dict[int, int] = {}
        self.rights: dict[int, str] = {}
        """Those that stand, by id, with their exemption: all the patients are one."""
        self.lots: dict[int, tuple[B2Invoice, ...]] = {}
        """What the billing software put into each lot."""
        self.held: dict[int, list[tuple[int, Word]]] = {}
        """The returns that wait whole, each with its words."""

    @rule(pick=ANY)
    def remind(self, pick: int) -> None:
        """« Relancée le … »: of what waits, and nothing moves."""
        key = self.some(pick, *SENT) if pick % 4 else self.some(pick)
        if key is None:
            return
        before = contents()
        outcome = remind([key], SOPHIE.day, "appel", SOPHIE)
        assert isinstance(outcome, Reminded)
        if self.known[key].state not in WAITS:
            assert (outcome.numbers, contents()) == ((), before)
            return
        assert outcome.numbers == (self.known[key].number,)
        self.reminders[key] = self.reminders.get(key, 0) + 1
        self.done()

    @precondition(lambda self: bool(self.reminders))
    @rule(pick=ANY)
    def withdraw_a_reminder(self, pick: int) -> None:
        """The last one, as long as there is one."""
        key = sorted(self.reminders)[pick % len(self.reminders)]
        before = contents()
        outcome = withdraw_reminder(key, CLAIRE)
        if not self.reminders[key]:
            self.refused(before, outcome)
            return
        assert isinstance(outcome, ReminderWithdrawn)
        self.reminders[key] -= 1
        self.done()

    @rule(pick=ANY, exemption=st.sampled_from(["0", "4"]))
    def note_a_right(self, pick: int, exemption: str) -> None:
        """An attestation is seen; the same one again is not noted twice."""
        key = self.some(pick)
        if key is None:
            return
        before = contents()
        outcome = record_right(key, exemption, date(2026, 1, 1), None, RightSource.ATTESTATION, SOPHIE)
        assert isinstance(outcome, RightRecorded)
        if exemption in self.rights.values():
            assert contents() == before
            return
        ((right,),) = table('SELECT max(id) FROM "right"')
        self.rights[right] = exemption
        self.done()

    @precondition(lambda self: table('SELECT 1 FROM "right"') != [])
    @rule(pick=ANY)
    def withdraw_a_right(self, pick: int) -> None:
        """Noted by mistake: once."""
        rights = [right for (right,) in table('SELECT id FROM "right" ORDER BY id')]
        right, before = rights[pick % len(rights)], contents()
        outcome = withdraw_right(right, "autre patient", CLAIRE)
        if right not in self.rights:
            self.refused(before, outcome)
            return
        assert isinstance(outcome, RightWithdrawn)
        del self.rights[right]
        self.done()

    @precondition(lambda self: "transmitted" in self.states())
    @rule(pick=ANY)
    def positive_arl(self, pick: int) -> None:
        """A lot came in, says its ARL: then no other ARL of it is noted."""
        key = self.some(pick, "transmitted")
        lot = None if key is None else Invoice.get_by_id(key).lot_id
        if lot is None:
            return
        before = contents()
        outcome = note_arl(lot, ArlWord(Arl.POSITIVE, SOPHIE.day, "Espace pro"), SOPHIE)
        if lot in self.positive.values():
            self.refused(before, outcome)
            return
        assert isinstance(outcome, ArlNoted)
        self.sources[outcome.note_id] = True
        self.positive[outcome.note_id] = lot
        self.done()

    @rule(picks=PICKS)
    def receive_a_wrong_total(self, picks: Picks) -> None:
        """Nothing of such a return counts, nor is anything of it decided by itself."""
        answers, told = self.answers_to(picks)
        if not answers:
            return
        self.files += 1
        data = with_wrong_total(a_return(*answers, reference=f"W{self.files:05d}"))
        outcome = receive_return(data, f"W{self.files:05d}.noe", SOPHIE)
        assert isinstance(outcome, Received)
        assert outcome.held
        self.sources[outcome.return_id] = False
        self.held[outcome.return_id] = []
        for key, amo, amc in told:
            word = self.hears(key, outcome.return_id, amo, amc)
            word.waits = word.held = True
            self.known[key].aside += 1
            self.held[outcome.return_id].append((key, word))
        self.done()

    @precondition(lambda self: bool(self.held))
    @rule(pick=ANY, take=st.booleans())
    def settle_a_return(self, pick: int, take: bool) -> None:
        """One decision on all of it: judged as if the sums had agreed, or set aside; not once it was taken back."""
        source = sorted(self.held)[pick % len(self.held)]
        words, before = self.held.pop(source), contents()
        outcome = settle_return(source, take, CLAIRE)
        if source not in self.sources:
            self.refused(before, outcome)
            return
        assert isinstance(outcome, ReturnSettled)
        for key, word in words:
            word.held = False
            if take:
                self.told(self.known[key], word)
            else:
                word.waits = False
                self.known[key].aside -= 1
        self.done()

    @precondition(lambda self: "rejected" in self.states())
    @rule()
    def cancel_several(self) -> None:
        """All that can be, at once; what cannot stays, and stops no other."""
        wanted = [key for key, known in sorted(self.known.items()) if known.state in {"rejected", "paid"}]
        fit = [key for key in wanted if self._is_cancellable(self.known[key])]
        before = contents()
        outcome = cancel_invoices([(key, None) for key in wanted], SOPHIE)
        assert [one.old_number for one in outcome.cancelled] == [self.known[key].number for key in fit]
        assert len(outcome.left) == len(wanted) - len(fit)
        if not fit:
            assert contents() == before
            return
        for key, done in zip(fit, outcome.cancelled, strict=True):
            known = self.known[key]
            assert known.successor in {None, done.new_id}
            if known.successor is None:
                assert done.new_number > self.highest()
                self.known[done.new_id] = Known(done.new_number, "unvalidated", known.settlement)
            self.known[done.new_id].state = "unvalidated"
            known.successor, known.state = done.new_id, "cancelled"
        self.done()

    @staticmethod
    def _is_cancellable(known: Known) -> bool:
        return (known.state, known.amo) == ("rejected", "rejected") and not known.aside and not known.filed

    @rule(pick=ANY, again=st.booleans())
    def redo_a_lot(self, pick: int, again: bool) -> None:
        """The billing software makes a lot anew: what nobody answered stands in it now; its file may come twice."""
        lots = sorted(self.lots)
        if not lots:
            return
        members = self.lots[lots[pick % len(lots)]]
        keys = {known.number: key for key, known in self.known.items()}
        if any(self._is_another(keys[value.number], value) for value in members):
            return
        back = [key for value in members if self._was_sent_back(key := keys[value.number])]
        moved = back + [key for value in members if self._is_quiet(key := keys[value.number])]
        self.files += 1
        data = a_lot(*members, lot_number=self.files)
        outcome = import_lots(data, f"lot-{self.files:03d}.b2", SOPHIE, far=True)
        assert isinstance(outcome, Imported), outcome
        self.lots[self.files] = members
        new = Lot.select().where(Lot.number == self.files).order_by(Lot.id.desc()).get().id
        for key in back:
            self._leaves_again(key)
        for key in moved:
            self.seal(key)
        assert {row for (row,) in table(f"SELECT id FROM invoice WHERE batch_id = {new}")} == set(moved)
        self.done()
        if again:
            before = contents()
            assert isinstance(import_lots(data, "encore.b2", CLAIRE, far=True), AlreadyImported)
            assert contents() == before

    def _is_another(self, key: int, value: B2Invoice) -> bool:
        """Whether what an ARL sent back was corrected since: then it is another invoice than the file's."""
        seen = invoice_sheet(key).draft
        return (seen.acts, seen.exemption) != (value.acts, value.exemption)

    def _was_sent_back(self, key: int) -> bool:
        return self.known[key].state in {"unvalidated", "validated"} and not invoice_sheet(key).lot

    def _leaves_again(self, key: int) -> None:
        """As it first did; what was said of it meanwhile counts now."""
        known = self.known[key]
        known.state, known.amo = "transmitted", "pending"
        known.amc = "pending" if known.settlement == "15" else "none"
        for word in self.words.get(key, ()):
            if word.waits and word.early and not word.late and not word.held:
                self.told(known, word)

    def _is_quiet(self, key: int) -> bool:
        known = self.known[key]
        return known.state == "transmitted" and {known.amo, known.amc} <= {"none", "pending"}

    # -- what always holds

    @invariant()
    def reminders_that_stand_are_those_that_were_noted(self) -> None:
        """Each is withdrawn alone, the others stay."""
        found = dict(table("SELECT invoice_id, count(*) FROM reminder WHERE withdrawn_at = '' GROUP BY invoice_id"))
        assert found == {key: count for key, count in self.reminders.items() if count}

    @invariant()
    def every_cent_is_in_one_place(self) -> None:
        """P31: each share that was asked, where the model knows it to be."""
        expected: dict[Place, int] = {}
        for key, amo, amc in table("SELECT id, amo, amc FROM invoice"):
            for place, cents in self._places(key, amo, amc):
                if cents:
                    expected[place] = expected.get(place, 0) + cents
        found = whereabouts()
        assert {line.place: line.cents for line in found.places} == {
            one: cents for one, cents in expected.items() if cents
        }
        assert found.sent == sum(expected.values())

    def _places(self, key: int, amo: int, amc: int) -> list[tuple[Place, int]]:
        known = self.known[key]
        if known.state in {"unvalidated", "validated"}:
            asks = {"05": amo, "15": amo + amc}.get(known.settlement, 0)
            return [] if key in self.heirs() else [(HEIRS[known.state], asks)]
        if known.state == "given_up":
            return []
        shares = [(name, said, cents) for name, said, cents in (("amo", known.amo, amo), ("amc", known.amc, amc))]
        asked = [share for share in shares if share[1] != "none"]
        return [(self._place(known, name, said), cents) for name, said, cents in asked]

    def _place(self, known: Known, name: str, said: str) -> Place:
        if known.state == "cancelled":
            return self._at(known.successor)
        if said != "paid" and known.filed:
            return Place(known.filed_as)
        if (name, said) == ("amc", "rejected") and known.dre_again:
            return self._at(known.dre)
        return HEARD[said]

    def _at(self, heir: int | None) -> Place:
        assert heir is not None
        return HEIRS.get(self.known[heir].state, Place.SENT_AGAIN)

    def heirs(self) -> set[int]:
        """What was made in the place of another, or asks its complementary share again."""
        made = {heir for known in self.known.values() for heir in (known.successor, known.dre)}
        return {heir for heir in made if heir is not None}

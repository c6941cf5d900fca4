"""The whole life of a practice, at random: after every step the invariants hold, and a refusal leaves no trace.

The model knows only what a receptionist would: what was sent, what the caisse said, what was decided. Its rules are
written again here, on purpose not those of `models.domain.lifecycle`. ACCUEIL_LONG=1 runs many more and longer lives.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from models.commands import transmit
from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.file_away import Filed, TakenOut, bring_back_due, file_invoices, take_out
from models.commands.give_up import GivenUp, give_up
from models.commands.outcomes import Stale
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.settle_lot import ReleasedLot, SentLot, settle_doubt
from models.commands.transmit import transmit_all
from models.commands.validate import Reopened, Validated, reopen_invoice, validate_invoice
from models.domain.exchanges import LotStatus
from models.domain.filing import CAUSES, CLASSES, FiledAs
from models.domain.states import Signature
from models.practice import close_practice, open_practice
from models.queries.lots import own_lots
from models.queries.sheets import invoice_sheet
from models.reference.rejections import our_book
from models.store.database import rows
from models.tables.invoice import Invoice
from tests.models.heard_life import ANY, SENT
from tests.models.life import Known
from tests.models.noted_life import NotedLife
from tests.models.practice import CLAIRE, SOPHIE, an_invoice, contents, take_in
from tests.practices import empty_practice

LONG: Final = bool(os.environ.get("ACCUEIL_LONG"))


class Crash(BaseException):
    """The power goes."""


class Desk(NotedLife):
    """A desk at work."""

    # -- files

    @initialize()
    def begin(self) -> None:
        """A first lot all rejected: one to cancel, one to correct, one to send."""
        self.import_lot()
        self.receive([(0, "rejected", None), (1, "rejected", None), (2, "rejected", None)])
        self.cancel(1, twice=False)
        self.cancel(1, twice=False)
        self.bill(1, "card")
        self.validate(1)
        assert sorted(known.state for known in self.known.values()) == [
            "cancelled", "cancelled", "rejected", "unvalidated", "validated",
        ]  # fmt: skip

    @rule()
    def import_lot(self) -> None:
        """Three invoices, one of them asking both payers, come in as a lot that was sent."""
        self.files += 1
        top = max(self.next_import, self.highest() + 1)
        settlements = ("05", "15", "15")
        invoices = [an_invoice(top + index, settlement=each) for index, each in enumerate(settlements)]
        first = rows(Invoice.select(Invoice.id).order_by(Invoice.id.desc()).limit(1))
        take_in(*invoices, lot=self.files)
        self.lots[self.files] = tuple(invoices)
        start = first[0][0] if first else 0
        for index, invoice in enumerate(invoices, start=1):
            known = Known(invoice.number, "transmitted", invoice.settlement, "pending")
            known.amc = "pending" if invoice.amc else "none"
            self.known[start + index] = known
            self.seal(start + index)
        self.next_import = top + 3
        self.done()

    # -- the two procedures of the guide

    @precondition(lambda self: "rejected" in self.states())
    @rule(pick=ANY, twice=st.booleans())
    def cancel(self, pick: int, twice: bool) -> None:
        """OUI: from « rejected » alone, once, into one new number."""
        key = self.some(pick, "rejected") if pick % 3 else self.some(pick)
        if key is None:
            return
        known, seen, before = self.known[key], invoice_sheet(key), contents()
        allowed = known.state == "rejected" and known.amo == "rejected" and not known.aside and not known.filed
        assert (seen.cancel_refusal is None) == allowed
        outcome = cancel_invoice(key, seen.version, SOPHIE)
        if not allowed:
            self.refused(before, outcome)
            return
        assert isinstance(outcome, Cancelled)
        new = invoice_sheet(outcome.new_id)
        assert new.replaces == known.number
        if known.successor is not None:
            assert (outcome.new_id, self.known[known.successor].state) == (known.successor, "given_up"), "P9"
            self.known[known.successor].state = "unvalidated"
        else:
            assert outcome.new_number > self.highest(), "monotone (P4)"
            self.known[outcome.new_id] = Known(outcome.new_number, "unvalidated", known.settlement)
            assert (new.draft, new.total) == (seen.draft, seen.total)
        known.successor = outcome.new_id
        known.state = "cancelled"
        self.done()
        if twice:
            before = contents()
            self.refused(before, cancel_invoice(key, seen.version, CLAIRE))

    @rule(pick=ANY)
    def do_not_cancel(self, pick: int) -> None:
        """NON: reading the invoice to confirm changes nothing (P8)."""
        if (key := self.some(pick)) is not None:
            before = contents()
            invoice_sheet(key)
            assert contents() == before

    @precondition(lambda self: "unvalidated" in self.states())
    @rule(pick=ANY, rate=st.sampled_from([60, 70, 100]), exemption=st.sampled_from(["0", "4"]), late=st.booleans())
    def correct(self, pick: int, rate: int, exemption: str, late: bool) -> None:
        """Saved if unvalidated and read at its last version (P12, P23)."""
        key = self.some(pick, "unvalidated") if pick % 4 else self.some(pick)
        if key is None:
            return
        seen, before = invoice_sheet(key), contents()
        draft = replace(seen.draft, exemption=exemption).with_rate(rate)
        version = seen.version - 1 if late else seen.version
        outcome = save_correction(key, version, draft, SOPHIE)
        if late or seen.state != "unvalidated":
            self.refused(before, outcome)
        elif draft == seen.draft:
            assert outcome == Saved(seen.number, seen.version, ())
            assert contents() == before
        else:
            assert isinstance(outcome, Saved)
            assert invoice_sheet(key).draft == draft
            self.old_versions.append((key, seen.version, seen.draft.with_rate(50)))
            self.done()

    @precondition(lambda self: self.old_versions)
    @rule(pick=ANY)
    def save_a_form_read_long_ago(self, pick: int) -> None:
        """It loses, whatever the invoice has become."""
        key, version, draft = self.old_versions[pick % len(self.old_versions)]
        before = contents()
        outcome = save_correction(key, version, draft, CLAIRE)
        self.refused(before, outcome)
        assert isinstance(outcome, Stale)
        assert outcome.by == "sophie"

    @rule(pick=ANY, signature=st.sampled_from([Signature.CARD, Signature.DEGRADED]))
    def bill(self, pick: int, signature: Signature) -> None:
        """Carte Vitale or dégradé, while unvalidated."""
        key = self.some(pick, "unvalidated") if pick % 4 else self.some(pick)
        if key is None:
            return
        seen, before = invoice_sheet(key), contents()
        outcome = bill_invoice(key, seen.version, signature, SOPHIE)
        if seen.state != "unvalidated":
            self.refused(before, outcome)
        else:
            assert isinstance(outcome, Billed)
            if (seen.signature, seen.billed_on) != (signature, SOPHIE.day):
                self.done()

    @precondition(lambda self: "unvalidated" in self.states())
    @rule(pick=ANY)
    def validate(self, pick: int) -> None:
        """Valider, once billed."""
        key = self.some(pick, "unvalidated") if pick % 4 else self.some(pick)
        if key is None:
            return
        seen, before = invoice_sheet(key), contents()
        outcome = validate_invoice(key, seen.version, SOPHIE, book=our_book())
        if seen.state != "unvalidated" or not seen.signature:
            self.refused(before, outcome)
            return
        assert isinstance(outcome, Validated)
        self.known[key].state = "validated"
        self.done()

    @precondition(lambda self: "validated" in self.states())
    @rule(pick=ANY)
    def reopen(self, pick: int) -> None:
        """Back to correction, while in no lot."""
        key = self.some(pick, "validated") if pick % 4 else self.some(pick)
        if key is None:
            return
        seen, before = invoice_sheet(key), contents()
        outcome = reopen_invoice(key, seen.version, SOPHIE)
        if seen.state != "validated" or seen.lot is not None:
            self.refused(before, outcome)
            return
        assert isinstance(outcome, Reopened)
        self.known[key].state = "unvalidated"
        self.done()

    # -- sending

    @precondition(lambda self: bool(self.leaving()))
    @rule()
    def send(self) -> None:
        """Every validated invoice that is in no lot leaves, and no other."""
        leaving = [
            key for key, known in self.known.items() if known.state == "validated" and not invoice_sheet(key).lot
        ]
        lots = transmit_all(self.practice.outbox, SOPHIE)
        assert sum(lot.invoices for lot in lots) == len(leaving)
        for key in leaving:
            self.sent(key)
        self.changes += 2 * len(lots)

    def sent(self, key: int) -> None:
        known = self.known[key]
        known.state = "transmitted"
        dre = invoice_sheet(key).kind == "dre"
        known.amo = "none" if dre else "pending"
        known.amc = "pending" if dre or known.settlement == "15" else "none"
        if known.amc == "pending" and invoice_sheet(key).amc == 0:
            known.amc = "none"
        self.seal(key)

    @precondition(lambda self: bool(self.leaving()))
    @rule(where=st.sampled_from(["write_whole", "_mark_sent"]))
    def send_and_crash(self, where: str) -> None:
        """The power goes between the lot's two commits: it is in doubt (P20)."""
        leaving = [
            key for key, known in self.known.items() if known.state == "validated" and not invoice_sheet(key).lot
        ]
        if not leaving:
            return

        def crash(*_: object) -> None:
            raise Crash

        before = len(own_lots(LotStatus.IN_DOUBT))
        patch = pytest.MonkeyPatch()
        with patch.context() as patched:
            patched.setattr(transmit, where, crash)
            with pytest.raises(Crash):
                transmit_all(self.practice.outbox, SOPHIE)
        assert len(own_lots(LotStatus.IN_DOUBT)) == before + 1
        self.done()
        self.close_and_open_again()

    @precondition(lambda self: bool(own_lots(LotStatus.IN_DOUBT)))
    @rule(pick=ANY, left=st.booleans())
    def settle_a_doubt(self, pick: int, left: bool) -> None:
        """A person says whether the lot left; the second decision changes nothing."""
        lots = own_lots(LotStatus.IN_DOUBT)
        if not lots:
            return
        lot = lots[pick % len(lots)]
        members = [row[0] for row in rows(Invoice.select(Invoice.id).where(Invoice.lot == lot.id))]
        outcome = settle_doubt(lot.id, left, self.practice.outbox, SOPHIE)
        assert isinstance(outcome, SentLot if left else ReleasedLot)
        for key in members:
            if left:
                self.sent(key)
            else:
                assert self.known[key].state == "validated"
        self.done()
        self.refused(contents(), settle_doubt(lot.id, not left, self.practice.outbox, CLAIRE))

    @rule(pick=ANY)
    def dre(self, pick: int) -> None:
        """The invoice first, then the DRE; and each DRE once."""
        key = self.some(pick)
        if key is None:
            return
        known, seen, before = self.known[key], invoice_sheet(key), contents()
        allowed = (
            known.amc == "rejected"
            and known.amo in {"paid", "none"}
            and known.state != "cancelled"
            and not known.dre_again
            and not known.filed
        )
        assert (seen.dre_refusal is None) == allowed
        outcome = resend_dre(key, seen.version, "0088888888", SOPHIE)
        if not allowed:
            self.refused(before, outcome)
            return
        assert isinstance(outcome, DreMade)
        if key in self.given_up_dre:
            assert outcome.new_id == self.given_up_dre.pop(key)
            self.known[outcome.new_id].state = "unvalidated"
        else:
            self.known[outcome.new_id] = Known(outcome.new_number, "unvalidated", "25")
        known.dre_again, known.dre = True, outcome.new_id
        self.done()

    # -- what leaves « À traiter » otherwise

    @rule(pick=ANY, filed_as=st.sampled_from(CLASSES), again=st.booleans())
    def classify(self, pick: int, filed_as: FiledAs, again: bool) -> None:
        """Classer: what waits, with a reason and a day; what is settled or has not left, never."""
        key = self.some(pick, *SENT) if pick % 4 else self.some(pick)
        if key is None:
            return
        known, seen, before = self.known[key], invoice_sheet(key), contents()
        allowed = known.state in {"transmitted", "reprocessing", "rejected", "partly_paid"} and not known.filed
        until = SOPHIE.day + timedelta(days=1 + pick)
        outcome = file_invoices([(key, seen.version)], filed_as, "vu", until, SOPHIE)
        assert isinstance(outcome, Filed)
        assert (outcome.numbers == (known.number,)) == allowed
        if not allowed:
            assert contents() == before
            return
        known.filed, known.filed_as = True, str(filed_as)
        self.done()
        if again:
            assert isinstance(take_out(key, None, CLAIRE), TakenOut)
            known.filed = False
            self.done()

    @precondition(lambda self: "unvalidated" in self.states())
    @rule(pick=ANY, cause=st.sampled_from(CAUSES))
    def give_up(self, pick: int, cause: FiledAs) -> None:
        """Retirer: what has not left, and what it was made for waits again, as it did before."""
        key = self.some(pick, "unvalidated") if pick % 4 else self.some(pick)
        if key is None:
            return
        known, seen, before = self.known[key], invoice_sheet(key), contents()
        outcome = give_up(key, seen.version, cause, "", SOPHIE)
        if known.state != "unvalidated" or (seen.replaces or seen.dre_of) is None:
            self.refused(before, outcome)
            return
        assert isinstance(outcome, GivenUp)
        known.state = "given_up"
        (old,) = [other for other, one in self.known.items() if one.number == outcome.stands]
        if seen.kind == "dre":
            self.known[old].dre_again = False
            self.given_up_dre[old] = key
        else:
            assert self.known[old].state == "cancelled"
            self.known[old].state = "rejected"
            for word in self.words.get(old, ()):
                word.early = word.early and not word.late  # what came late may be taken now
        self.done()

    @precondition(lambda self: any(known.filed for known in self.known.values()))
    @rule(days=st.integers(0, 61))
    def days_go_by(self, days: int) -> None:
        """What is due comes back, all of it at once."""
        later = replace(SOPHIE, at=SOPHIE.at + timedelta(days=days))
        due = [key for (key,) in rows(Invoice.select(Invoice.id).where(Invoice.filed_until <= later.day))]
        assert bring_back_due(later) == len(due)
        for key in due:
            self.known[key].filed = False
        if due:
            self.done()

    @rule()
    def close_and_open_again(self) -> None:
        """Everything is on the disk."""
        before = contents()
        close_practice()
        open_practice(self.practice)
        assert contents() == before


@pytest.fixture(scope="module", autouse=True)
def template() -> None:
    """An empty practice that each life starts from a copy of."""
    Desk.template = empty_practice()


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=2000 if LONG else 12,
    stateful_step_count=80 if LONG else 35,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

"""Papers: the sheets of a degraded lot are owed until « envoyé le », a document until it is scanned and sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from peewee import IntegrityError

from models.commands.bill import Billed, bill_invoice, leave_degraded
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.note_document import DocumentNoted, NotNoted, note_document
from models.commands.send_sheets import SheetsSent, SheetsTakenBack, send_sheets, take_back_sheets
from models.domain.follow_up import Waiting
from models.domain.papers import DocumentKind, DocumentStep
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import Signature
from models.queries.follow_up import due
from models.queries.journal import JournalView, every_entry
from models.queries.lots import sent_lots
from models.queries.papers import documents_of, paper_documents, paper_lots, paper_sheets, papers_owed
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.store.database import db
from models.tables.journal import JournalEntry
from tests.models.practice import SOPHIE, an_answer, an_invoice, cancelled, contents, hear, ready, sheet, take_in
from tui.text.journal import sentence

SENT = date(2026, 11, 6)
"""The day of the lots."""
TODAY = SOPHIE.day
PRESCRIPTION = DocumentKind.PRESCRIPTION


def lot_id(number: int) -> int:
    """The lot that bears this number."""
    return sent_lots(number)[0].id


def step(number: int, wanted: DocumentStep, note: str = "", kind: DocumentKind = PRESCRIPTION) -> Refused | None:
    """Note a step of a document of an invoice; why it was refused."""
    outcome = note_document([sheet(number).id], kind, wanted, TODAY, note, SOPHIE)
    assert isinstance(outcome, DocumentNoted)
    return outcome.left[0].why if outcome.left else None


def deeds() -> list[str]:
    """What the journal says, the oldest first."""
    return [sentence(entry) for entry in every_entry(JournalView())]


def test_a_degraded_lot_owes_its_sheets_until_they_are_sent_and_again_when_that_is_taken_back(
    practice: Practice,
) -> None:
    take_in(an_invoice(1001), an_invoice(1002), lot=1, certification="D")
    take_in(an_invoice(1003), lot=2)
    take_in(an_invoice(1004, caisse="301"), lot=3, certification="D")
    assert [(lot.number, lot.caisse, lot.sheets, lot.cents, lot.owed) for lot in paper_lots(TODAY)] == [
        (3, "301", 1, 3150, True), (1, "331", 2, 6300, True),
    ]  # fmt: skip
    assert [(one.number, one.first_care) for one in paper_sheets(lot_id(1))] == [
        (1001, date(2026, 11, 5)), (1002, date(2026, 11, 5)),
    ]  # fmt: skip
    before = contents()
    tomorrow = TODAY + timedelta(days=1)
    for lots, on, why in (
        ([1], tomorrow, Refused(Refusal.SHEETS_LATER)),
        ([1], SENT - timedelta(days=1), Refused(Refusal.SHEETS_BEFORE, 1, "2026-11-06")),
        ([1, 2], TODAY, Refused(Refusal.NO_SHEETS, 2)),
    ):
        assert send_sheets([lot_id(one) for one in lots], on, "", SOPHIE) == why
    assert take_back_sheets(lot_id(1), "erreur", SOPHIE) == Refused(Refusal.SHEETS_NOT_SENT, 1)
    assert contents() == before
    assert send_sheets([lot_id(1)], TODAY, " par  la poste ", SOPHIE) == SheetsSent((1,), TODAY)
    owed, sent = paper_lots(TODAY)
    assert (owed.number, sent.number, sent.sent_on, sent.note, sent.noted_by) == (3, 1, TODAY, "par la poste", "sophie")
    again = send_sheets([lot_id(3), lot_id(1)], TODAY, "", SOPHIE)
    assert again == Refused(Refusal.SHEETS_SENT, 1, "2026-11-16"), "all of them, or none"
    assert papers_owed(TODAY).lots == 1
    assert take_back_sheets(lot_id(1), " ", SOPHIE) == Refused(Refusal.NO_SHEETS_REASON)
    assert take_back_sheets(lot_id(1), "retour à l’envoyeur", SOPHIE) == SheetsTakenBack(1, TODAY)
    assert papers_owed(TODAY).lots == 2
    assert deeds()[-2:] == [
        "sophie a noté envoyées le 16/11/2026 les feuilles de soins du lot 001 : « par la poste ».",
        "sophie a repris l’envoi du 16/11/2026 des feuilles de soins du lot 001 : « retour à l’envoyeur ».",
    ]
    with pytest.raises(IntegrityError, match="sheet_sending"):
        db.execute_sql("UPDATE sheet_sending SET sent_on = NULL")
    assert list(breaches(practice)) == []


def test_what_was_cancelled_before_its_sheet_went_owes_none_and_what_went_stays_on_the_bordereau(
    practice: Practice,
) -> None:
    first, second = an_invoice(1001), an_invoice(1002)
    take_in(first, lot=1, certification="D")
    take_in(second, lot=2, certification="D")
    send_sheets([lot_id(2)], TODAY, "", SOPHIE)
    hear(an_answer(first, "rejected"), an_answer(second, "rejected"))
    for number in (1001, 1002):
        seen = sheet(number)
        assert isinstance(cancel_invoice(seen.id, seen.version, SOPHIE), Cancelled)
    assert [(lot.number, lot.sheets) for lot in paper_lots(TODAY)] == [(2, 1)]
    assert papers_owed(TODAY) == replace(papers_owed(TODAY), lots=0, documents=0)


def test_follow_up_lists_papers_until_they_are_sent(practice: Practice) -> None:
    take_in(an_invoice(1001), lot=1, certification="D")
    assert [one.waiting for one in due(TODAY)] == [Waiting.PAPERS]
    send_sheets([lot_id(1)], TODAY, "", SOPHIE)
    assert due(TODAY) == []
    take_back_sheets(lot_id(1), "pas partie", SOPHIE)
    assert [one.waiting for one in due(TODAY)] == [Waiting.PAPERS]


def test_a_document_goes_step_by_step_and_back_with_a_reason(practice: Practice) -> None:
    take_in(an_invoice(1001), lot=1, certification="D")
    take_in(an_invoice(1002), lot=2)
    assert [(one.number, one.step, one.on, one.noted_by) for one in paper_documents(TODAY)] == [
        (1001, DocumentStep.OWED, SENT, ""),
    ]  # fmt: skip
    assert paper_documents(SENT + timedelta(days=91)) == []
    owed, scanned, sent, waived = DocumentStep
    assert step(1001, sent) == Refused(Refusal.DOCUMENT_NOT_SCANNED)
    assert step(1001, owed) == Refused(Refusal.DOCUMENT_THERE)
    assert step(1001, waived) == Refused(Refusal.NO_DOCUMENT_REASON)
    assert step(1002, scanned) == Refused(Refusal.DOCUMENT_NOT_OWED), "it was billed with the card"
    assert step(1001, scanned) is None
    assert step(1001, sent) is None
    assert paper_documents(TODAY) == []
    assert step(1001, scanned) == Refused(Refusal.DOCUMENT_SENT)
    assert step(1001, owed) == Refused(Refusal.NO_DOCUMENT_REASON)
    assert step(1001, owed, "illisible, dit la caisse") is None
    assert step(1002, owed, kind=DocumentKind.ATTESTATION) is None
    ids = [sheet(number).id for number in (1001, 1002)]
    outcome = note_document(ids, DocumentKind.ATTESTATION, scanned, TODAY, "", SOPHIE)
    not_owed = NotNoted(1001, Refused(Refusal.DOCUMENT_NOT_OWED))
    assert outcome == DocumentNoted(DocumentKind.ATTESTATION, scanned, (1002,), (not_owed,))
    assert [(one.number, one.kind, one.step) for one in paper_documents(TODAY)] == [
        (1001, PRESCRIPTION, owed), (1002, DocumentKind.ATTESTATION, scanned),
    ]  # fmt: skip
    (document,) = documents_of(ids[0])
    assert (document.step, document.note, document.noted_by) == (owed, "illisible, dit la caisse", "sophie")
    later = note_document(ids, PRESCRIPTION, scanned, TODAY + timedelta(days=1), "", SOPHIE)
    assert later == Refused(Refusal.DOCUMENT_LATER)
    assert deeds()[-1] == "sophie a noté une pièce numérisée le 16/11/2026 (attestation) pour le n° 1002."
    assert JournalEntry.select().where(JournalEntry.action == "note_document").count() == 5
    with pytest.raises(IntegrityError, match="document_note"):
        db.execute_sql("DELETE FROM document_note")
    assert list(breaches(practice)) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("INSERT INTO sheet_sending VALUES (9, 2, '2026-11-16', '', '', '')", "Lot 002 : des feuilles y sont notées"),
        ("INSERT INTO sheet_sending VALUES (9, 1, NULL, '', '', '')", "Lot 001 : l’envoi de ses feuilles est noté"),
        ("INSERT INTO sheet_sending VALUES (9, 1, '2026-11-01', '', '', '')", "Lot 001 : ses feuilles sont notées"),
        (
            "INSERT INTO document_note VALUES (9, 1, 'other', 'sent', '2026-11-16', '', '', '')",
            "Facture n° 1001 : une de ses pièces",
        ),
    ],
)
def test_each_planted_breach_is_seen(practice: Practice, planted: str, said: str) -> None:
    take_in(an_invoice(1001), lot=1, certification="D")
    take_in(an_invoice(1002), lot=2)
    db.execute_sql(planted)
    assert [breach for breach in breaches(practice) if breach.startswith(said)]


def test_an_invoice_leaves_degraded_mode_as_long_as_it_is_not_validated(practice: Practice) -> None:
    new = cancelled(1001)
    assert leave_degraded(new.id, new.version, SOPHIE) == Refused(Refusal.NOT_DEGRADED)
    billed = bill_invoice(new.id, new.version, Signature.DEGRADED, SOPHIE)
    assert isinstance(billed, Billed)
    assert leave_degraded(new.id, billed.version, SOPHIE) == Billed(new.number, billed.version + 1, Signature.UNBILLED)
    assert invoice_sheet(new.id).signature == Signature.UNBILLED
    assert deeds()[-1] == f"sophie a sorti du dégradé la facture n° {new.number}."
    validated = ready(2001)
    assert leave_degraded(validated.id, validated.version, SOPHIE) == Refused(Refusal.NOT_DEGRADED)
    assert list(breaches(practice)) == []

"""A purge: no name and no NIR is left in any file of the practice; numbers, amounts and the chain are whole."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.commands.back_up import back_up
from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.change import open_change
from models.commands.correct import Saved, save_correction
from models.commands.export import export_file
from models.commands.keep_typed import keep_typed
from models.commands.note_accesses import Seen, note_accesses
from models.commands.purge import Purge, Purged, purge, what_goes
from models.commands.receive import receive_return
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.accesses import Looked
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.findings import CheckName
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.pseudonyms import Named, Redaction
from models.domain.refusals import Refusal, Refused
from models.domain.states import Signature
from models.domain.typed_form import TypedForm
from models.formats.b2.values import B2Invoice
from models.practice import close_practice, open_practice
from models.queries.invoice_row import ListView
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.queries.windows import every_row
from models.reference.rejections import our_book
from models.store import schema
from models.store.database import db
from models.store.guards import unguarded
from models.store.schema import definitions, expected_definitions
from models.store.sqlite_file import Sqlite
from models.tables.invoice import Act, Invoice
from models.tables.journal import JournalEntry
from models.tables.people import Patient
from models.tables.rights import Override
from models.tables.unsaved import UnsavedForm
from tests.models.practice import NIRS, SOPHIE, a_return, an_answer, an_invoice, contents, hear, ready, sheet, take_in
from tests.sqlite_file import make_plain

CANARY = "2690499352073"
LATER = Author("sophie", datetime(2033, 1, 10, 9, 0, tzinfo=UTC))
BEFORE = date(2028, 1, 1)
WORDS = (CANARY.encode(), b"ZZCANARI", b"ZZLUDIVINE", b"zzcanari", b"zzludivine", b"690412")


def of_the_canary(number: int, **more: object) -> B2Invoice:
    made = an_invoice(number, nir=CANARY, last_name="ZZCANARI", first_name="ZZLUDIVINE", **more)  # type: ignore[arg-type]
    return replace(made, birth="690412")


def corrected(number: int) -> None:
    """Cancel a rejected invoice, and have its successor ready to leave."""
    old = sheet(number)
    outcome = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(outcome, Cancelled)
    new = invoice_sheet(outcome.new_id)
    billed = bill_invoice(new.id, new.version, Signature.DEGRADED, SOPHIE)
    assert isinstance(billed, Billed)
    saved = save_correction(new.id, billed.version, replace(new.draft, exemption="4").with_rate(100), SOPHIE)
    assert isinstance(saved, Saved)
    assert isinstance(validate_invoice(new.id, saved.version, SOPHIE, book=our_book()), Validated)


def places(practice: Practice) -> Iterator[Path]:
    """Every file of the practice's folder."""
    yield from (path for path in practice.folder.rglob("*") if path.is_file())


def found(practice: Practice) -> list[str]:
    """Where the canary is named still: the file, the word."""
    return [f"{path.name}: {word!r}" for path in places(practice) for word in WORDS if word in path.read_bytes()]


@pytest.fixture
def lived(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """The canary's invoices, paid and rejected, answered, corrected and sent again; beside somebody who still comes.

    In a base that is not encrypted: what is left between its pages would be found.
    """
    close_practice()
    make_plain(practice.location)
    monkeypatch.setattr("models.store.encrypt.encrypt_plain", lambda *_: "")
    open_practice(practice)
    first, second = of_the_canary(1001), of_the_canary(1002)
    other = an_invoice(1003, nir=NIRS[1], last_name="LEROY", first_name="PAUL")
    take_in(first, second, other)
    hear(an_answer(first, "paid"), an_answer(second, "rejected", label="NIR 2690499352073 ZZCANARI INCONNU"))
    practice.inbox.mkdir()
    (practice.inbox / "r.noe").write_bytes(
        a_return(an_answer(first, "paid"), an_answer(second, "rejected"), reference="R9")
    )
    (practice.inbox / "r.gz").write_bytes(gzip.compress((practice.inbox / "r.noe").read_bytes()))
    receive_return((practice.inbox / "r.noe").read_bytes(), "r.noe", SOPHIE)
    invoice = Invoice.get(Invoice.number == 1001)
    with open_change(SOPHIE, Action.VALIDATE) as change:
        Override.create(
            invoice=invoice,
            check_name=CheckName.DUPLICATE,
            message="x",
            reason="Mme Zzcanari a appelé",
            decided_at="x",
            decided_by="x",
        )
        change.record(f"invoice {invoice.id}")
    keep_typed("f", invoice.id, 1, TypedForm({"last_name": "ZZCANARI"}, ()), SOPHIE)
    note_accesses([Seen(Looked.SHEET, f"invoice {invoice.id}")], SOPHIE)
    corrected(1002)
    ready(1005)  # of Dupont, who leaves in the same lot
    transmit_all(practice.outbox, SOPHIE)
    assert isinstance(db.obj, Sqlite)
    schema.back_up(db.obj, practice.backups, practice.stem)  # as before an update
    back_up(practice, None, SOPHIE)
    return practice


def seen(number: int) -> tuple[object, ...]:
    """What stays of an invoice."""
    one = sheet(number)
    return one.number, one.state, one.total, one.amo, one.amc, one.amo_paid, one.billed_on, one.lot, len(one.draft.acts)


def test_nothing_of_the_person_is_left_in_any_file(lived: Practice) -> None:
    leroy = an_invoice(2001, nir=NIRS[1], last_name="LEROY", first_name="PAUL", billed_on=date(2032, 11, 5))
    take_in(leroy, lot=9, made_on=date(2032, 11, 6))
    assert len({line.split(":")[0] for line in found(lived)}) == 5  # and one compressed
    numbers = [row.number for row in every_row(ListView(ListName.ALL))]
    before = {number: seen(number) for number in numbers}
    entries = [(entry.id, entry.mac) for entry in JournalEntry.select().order_by(JournalEntry.id)]

    export_file(lived.exports, "patients.csv", b"ZZCANARI")
    export_file(lived.printouts, "bordereau.pdf", b"%PDF-")
    plan = what_goes(lived, BEFORE, LATER)
    assert isinstance(plan, Purge)
    assert [path.name for path in plan.taken_out] == ["patients.csv", "bordereau.pdf"]
    assert (plan.patients, plan.held, plan.journal) == (2, 0, ())
    assert {path.name for path in plan.files.may_go} > {"r.noe", "r.gz"}
    assert len(plan.copies) == 2
    assert found(lived)

    outcome = purge(lived, BEFORE, LATER)
    assert isinstance(outcome, Purged)
    assert outcome.purge == plan
    assert outcome.left == ()
    assert found(lived) == []
    assert not any(path.exists() for path in plan.taken_out)
    close_practice()
    assert found(lived) == []
    open_practice(lived)

    assert {number: seen(number) for number in numbers} == before
    kept = [(entry.id, entry.mac) for entry in JournalEntry.select().order_by(JournalEntry.id)]
    assert kept[: len(entries)] == entries
    assert len(kept) == len(entries) + 2  # the purge, and the backup after it
    assert isinstance(db.obj, Sqlite)
    assert definitions(db.obj) == expected_definitions()
    assert list(breaches(lived)) == []
    names = {row.last_name for row in every_row(ListView(ListName.ALL))}
    assert names == {
        "LEROY",
        *(f"PATIENT {one.id}" for one in Patient.select().where(Patient.purged_on.is_null(False))),
    }
    assert sum(1 for _ in every_row(ListView(ListName.ALL, typed="zzcanari"))) == 0
    assert sum(1 for _ in every_row(ListView(ListName.ALL, typed="leroy"))) == 2
    with pytest.raises(Exception, match="sealed"):
        db.execute_sql("UPDATE invoice SET last_name = 'X' WHERE number = 1001")

    again = purge(lived, BEFORE, LATER)
    assert isinstance(again, Purged)
    assert (again.purge.patients, JournalEntry.select().count()) == (0, len(kept) + 1)


def test_a_purge_never_goes_further_than_what_must_be_kept(practice: Practice) -> None:
    assert what_goes(practice, date(2028, 1, 11), LATER) == Refused(Refusal.KEPT_LONGER, typed="2028-01-10")
    assert purge(practice, date(2028, 1, 11), LATER) == Refused(Refusal.KEPT_LONGER, typed="2028-01-10")
    practice.settings_file.write_text("[conservation]\nfacturation = 10\n", encoding="utf-8")
    assert what_goes(practice, BEFORE, LATER) == Refused(Refusal.KEPT_LONGER, typed="2023-01-10")


def test_who_has_something_open_stays_with_the_whole_family(practice: Practice) -> None:
    """Under one NIR: a child who still comes; under another: an invoice that has yet to leave."""
    parent = an_invoice(1001)
    child = replace(an_invoice(1002, first_name="LEA", billed_on=date(2032, 5, 2)), birth="150101")
    waiting = an_invoice(1003, nir=NIRS[1], last_name="LEROY", first_name="PAUL")
    paid = an_invoice(1004, nir=NIRS[2], last_name="NGUYEN", first_name="LAN")
    take_in(parent, child, waiting, paid)
    hear(an_answer(parent, "paid"), an_answer(waiting, "rejected"), an_answer(paid, "paid"))
    assert isinstance(cancel_invoice(sheet(1003).id, None, SOPHIE), Cancelled)
    plan = what_goes(practice, BEFORE, LATER)
    assert isinstance(plan, Purge)
    assert (plan.patients, plan.invoices, plan.held) == (1, 1, 1)
    soon = what_goes(practice, date(2026, 12, 1), replace(LATER, at=datetime(2031, 12, 1, tzinfo=UTC)))
    assert isinstance(soon, Purge)
    assert soon.patients == 1


def test_an_unpaid_invoice_holds_its_patient_for_three_years(practice: Practice) -> None:
    practice.settings_file.write_text("[conservation]\nfacturation = 1\n", encoding="utf-8")
    take_in(an_invoice(1001))
    for year, patients, held in ((2028, 0, 1), (2029, 0, 1), (2030, 1, 0)):
        plan = what_goes(practice, date(year - 1, 1, 1), replace(LATER, at=datetime(year, 1, 2, tzinfo=UTC)))
        assert isinstance(plan, Purge)
        assert (plan.patients, plan.held) == (patients, held), year


def test_a_purge_that_is_cut_leaves_all_or_nothing(lived: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.commands import purge as module

    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(module, "_answers", fails)
    with pytest.raises(RuntimeError):
        purge(lived, BEFORE, LATER)
    assert isinstance(db.obj, Sqlite)
    assert definitions(db.obj) == expected_definitions()
    assert Patient.select().where(Patient.purged_on.is_null(False)).count() == 0
    assert len(list(lived.outbox.iterdir())) == 1
    assert list(breaches(lived)) == []


LUDIVINE = Named(7, CANARY, "ZZ CANARI", "LUDIVINE")


@pytest.mark.parametrize(
    ("text", "about", "without"),
    [
        ("rien à dire", None, "rien à dire"),
        (f"NIR {CANARY}42 inconnu", None, "NIR …42 inconnu"),
        (f"000{CANARY}42", None, "000…42"),
        ("Mme Zz-Canari Ludivine, puis Ludivine ZZ CANARI.", None, "Mme …, puis …."),
        ("Ludivine et un canari", None, "Ludivine et un canari"),
        ("Ludivine et un canari", 7, "… et un …"),
        ("Ludivine et un canari", 8, "Ludivine et un canari"),
        ("ZZ CANARI LUDIVINE ZZ CANARI", 7, "…"),
        ("2690499352074", None, "2690499352074"),
    ],
)
def test_a_person_is_taken_out_of_free_text(text: str, about: int | None, without: str) -> None:
    said = Redaction([LUDIVINE]).without(text, about)
    while "… …" in said:
        said = said.replace("… …", "…")
    assert said == without


def test_who_stays_keeps_what_both_bear() -> None:
    redaction = Redaction([LUDIVINE], [Named(9, CANARY, "zz canari", "ludivine")])
    assert redaction.without(f"{CANARY} ZZ CANARI LUDIVINE") == f"{CANARY} ZZ CANARI LUDIVINE"
    assert not redaction.names_somebody(CANARY.encode())
    assert Redaction([LUDIVINE]).names_somebody(b"19" + CANARY.encode() + b"7")


def test_no_row_names_them_any_more(practice: Practice) -> None:
    """On a server as in a file."""
    first, second = of_the_canary(1001), of_the_canary(1002)
    take_in(first, second)
    hear(an_answer(first, "paid"), an_answer(second, "rejected", label=f"NIR {CANARY} ZZCANARI INCONNU"))
    corrected(1002)
    hear(an_answer(of_the_canary(7777), "paid"), reference="R2")  # of which no invoice is known
    keep_typed("f", sheet(1001).id, 1, TypedForm({"last_name": "ZZCANARI"}, ()), SOPHIE)
    with db.atomic(), unguarded():
        Act.update(suites=(("texte", "ZZCANARI"),)).where(Act.invoice == sheet(1001).id).execute()
    transmit_all(practice.outbox, SOPHIE)
    outcome = purge(practice, BEFORE, LATER)
    assert isinstance(outcome, Purged)
    assert outcome.purge.patients == 1
    kept = str(contents())
    assert UnsavedForm.select().count() == 0
    assert not [word for word in WORDS if word.decode() in kept]
    assert list(breaches(practice)) == []
    assert isinstance(purge(practice, BEFORE, LATER), Purged)

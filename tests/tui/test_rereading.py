"""Every screen is read again when it comes back, and every minute: what another desk changed is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace

from textual.screen import Screen

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.receive import Received, receive_return
from models.commands.send_sheets import SheetsSent, send_sheets
from models.commands.validate import Validated, validate_invoice
from models.domain.place import Practice
from models.domain.states import Signature
from models.queries.papers import paper_lots
from models.reference.rejections import PRACTICE_FILE, our_book
from tests.models.practice import CLAIRE, sheet
from tests.practices import samples
from tests.tui.desk import RETURNS, at_desk
from tests.tui.test_known_rejections import OWN
from tests.tui.ways import open_form, waiting
from tui.app import AccueilApp
from tui.screens.detail import Detail
from tui.screens.known_rejection import KnownRejection
from tui.screens.memo import Memo
from tui.screens.ready_invoices import ReadyInvoices
from tui.screens.received_returns import ReceivedReturns


def makers() -> dict[str, Callable[[], Screen[None]]]:
    """Every screen that shows something of the practice, but for the form."""
    rejected = sheet(1008).id
    return {
        **{name: make for name, make in AccueilApp.SCREENS.items() if name != "import"},
        "detail": lambda: Detail(rejected),
        "known rejection": lambda: KnownRejection("0450 054"),
        "received": ReceivedReturns,
        "ready": ReadyInvoices,
    }


def claire_works(practice: Practice) -> None:
    """Read a return and leave one to read, cancel and validate, write an entry of the practice's own."""
    retour = samples("noe")[1]
    assert isinstance(receive_return(retour.read_bytes(), retour.name, CLAIRE), Received)
    shutil.copy(samples("noe")[2], practice.inbox)
    cancelled = cancel_invoice(sheet(1008).id, None, CLAIRE)
    assert isinstance(cancelled, Cancelled)
    assert isinstance(cancel_invoice(sheet(1009).id, None, CLAIRE), Cancelled)
    billed = bill_invoice(cancelled.new_id, 1, Signature.DEGRADED, CLAIRE)
    assert isinstance(billed, Billed)
    done = validate_invoice(cancelled.new_id, billed.version, CLAIRE, book=our_book(), reason="Ordonnance vue")
    assert isinstance(done, Validated), done
    first = next(lot for lot in paper_lots(CLAIRE.day) if lot.owed)
    assert isinstance(send_sheets([first.id], CLAIRE.day, "", CLAIRE), SheetsSent)
    (practice.folder / PRACTICE_FILE).write_text(OWN, encoding="utf-8")


async def test_each_screen_that_comes_back_shows_what_another_desk_did(unanswered: Practice) -> None:
    unanswered.inbox.mkdir(exist_ok=True)
    first = samples("noe")[0]
    receive_return(first.read_bytes(), first.name, CLAIRE)
    before: dict[str, str] = {}
    async with at_desk(unanswered) as desk:
        screens = makers()
        for name, make in screens.items():
            desk.app.push_screen(make())
            await desk.settled()
            if name == "patients":
                await desk.types("richard sophie")  # hers is among those that are cancelled
            before[name] = desk.screen_text()
        desk.app.push_screen(Memo())
        await desk.settled()
        claire_works(unanswered)
        for name in reversed(screens):
            desk.app.pop_screen()
            await desk.settled()
            assert desk.screen_text() != before[name], name


async def test_a_screen_that_stays_is_read_every_minute_in_silence(unanswered: Practice) -> None:
    unanswered.inbox.mkdir(exist_ok=True)
    shutil.copy(samples("noe")[2], unanswered.inbox)
    async with at_desk(unanswered) as desk:
        desk.app.push_screen("returns")
        await desk.sees("▸ retour-03.noe")
        shutil.copy(samples("noe")[0], unanswered.inbox)
        desk.app.read_unasked()
        await desk.sees("  retour-01.noe", "▸ retour-03.noe")
        desk.screen.tell("Ce qui vient d’être dit.")
        (unanswered.inbox / "retour-01.noe").unlink()
        desk.app.read_unasked()
        await desk.settled()
        assert "retour-01.noe" not in desk.screen_text()
        assert desk.news() == "Ce qui vient d’être dit."
        assert RETURNS in desk.place()


async def test_the_form_says_that_another_desk_changed_its_invoice(empty: Practice) -> None:
    waiting(1001)
    async with at_desk(empty) as desk:
        await open_form(desk, 1002)
        desk.app.read_unasked()
        await desk.settled()
        assert "Un autre poste" not in desk.screen_text()
        theirs = sheet(1002)
        draft = replace(theirs.draft, prescriber="331265587")
        assert isinstance(save_correction(theirs.id, theirs.version, draft, CLAIRE), Saved)
        desk.app.read_unasked()
        await desk.sees("Un autre poste a changé cette facture : F2 dira qui et quoi, sans rien écraser.")


async def test_a_look_that_falls_into_the_opening_of_a_screen_waits_for_the_next(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        for make in makers().values():
            desk.app.push_screen(make())
            desk.app.read_unasked()
            await desk.settled()
            assert desk.app.is_running

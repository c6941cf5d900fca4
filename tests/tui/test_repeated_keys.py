"""A key that is held, or pressed twice, never reaches a second object: once its work is done it is deaf for a while."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.checks.rating import rated
from models.commands.bill import Billed, bill_invoice
from models.commands.correct import Saved, save_correction
from models.commands.record_right import RightRecorded, record_right
from models.commands.validate import Validated, validate_invoice
from models.domain.place import Practice
from models.domain.states import InvoiceState, RightSource, Signature
from models.reference.rejections import our_book
from models.tables.invoice import Invoice
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, sheet, take_in
from tests.tui.desk import CANCEL, DRE, MENU, RETURNS, TRANSMIT, UNVALIDATED, Desk, at_desk
from tests.tui.test_modify_lines import codes, on_lines
from tests.tui.ways import already_cancelled, open_form
from tui.terminal.spent import LET_GO
from tui.text.sentences import IGNORED


async def held(desk: Desk, key: str, delay: float = 0.5, times: int = 6) -> None:
    """A key is held: once, after its first delay (0.25 s on a console, 0.66 on X11), then thirty times a second."""
    for wait in (1.0, delay, *[0.033] * (times - 2)):
        desk.clock.passes(wait)
        desk._send(key)
        await desk.settled()
    await desk.rests()


def states(state: InvoiceState) -> set[int]:
    """The numbers of the invoices in this state."""
    return {invoice.number for invoice in Invoice.select().where(Invoice.state == state)}


def corrected() -> list[int]:
    """Two successors that only have to be validated, in the order of the list."""
    made = already_cancelled(1042, 1049)
    for number, exemption in zip(made, "04", strict=True):
        new = sheet(number)
        outcome = bill_invoice(new.id, new.version, Signature.DEGRADED, SOPHIE)
        assert isinstance(outcome, Billed)
        since = min(act.done_on for act in new.draft.acts)
        assert isinstance(record_right(new.id, exemption, since, None, RightSource.ATTESTATION, SOPHIE), RightRecorded)
        draft = rated(replace(new.draft, exemption=exemption))
        assert isinstance(save_correction(new.id, outcome.version, draft, SOPHIE), Saved)
    return made


@pytest.mark.parametrize(("key", "delay"), [("f4", 0.03), ("f4", 0.66), ("v", 0.25)])
async def test_valider_on_the_list_validates_one(practice: Practice, key: str, delay: float) -> None:
    first, second = corrected()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await held(desk, key, delay)
        assert states(InvoiceState.VALIDATED) == {first}
        assert f"La facture n° {first} est validée" in desk.news()
        if key == "f4":
            assert desk.news().startswith(IGNORED)
        desk.clock.passes(LET_GO)
        await desk.press(key)
        assert states(InvoiceState.VALIDATED) == {first, second}


@pytest.mark.parametrize("key", ["f2", "r"])
async def test_reprendre_takes_one_back(practice: Practice, key: str) -> None:
    made = corrected()
    for number in made:
        outcome = validate_invoice(sheet(number).id, None, SOPHIE, book=our_book())
        assert isinstance(outcome, Validated)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("v")
        await held(desk, key)
        assert len(states(InvoiceState.VALIDATED) & {*made}) == 1
        (back,) = states(InvoiceState.UNVALIDATED)
        assert f"La facture n° {back} est de nouveau à vérifier" in desk.news()


async def test_valider_in_the_form_does_not_reach_the_list_below(practice: Practice) -> None:
    first, second = corrected()
    async with at_desk(practice) as desk:
        await open_form(desk, second)
        await held(desk, "f4", 0.03)
        assert desk.place().endswith(UNVALIDATED)
        assert states(InvoiceState.VALIDATED) == {second}
        assert first in states(InvoiceState.UNVALIDATED)


async def test_annuler_and_its_answers_cancel_one(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        before = states(InvoiceState.CANCELLED)
        for key in ("f4", "o", "enter", "o", "f4", "o"):
            await held(desk, key, 0.25, 5)
        assert len(states(InvoiceState.CANCELLED)) <= len(before) + 2  # each by its own question
        await desk.press("escape", "escape")


@pytest.mark.parametrize("key", ["x", "delete"])
async def test_retirer_removes_one_line(practice: Practice, key: str) -> None:
    already_cancelled(1008)
    async with at_desk(practice) as desk:
        await on_lines(desk, 1061)
        await held(desk, key)
        assert codes(desk) == ["IFS", "RAO"]
        assert "Ligne 1 retirée : NMI" in desk.news()
        assert any("NMI" in line and line.endswith("retirée") for line in desk.screen_lines())
        desk.clock.passes(LET_GO)
        await desk.press(key, key)
        assert codes(desk) == []
        await held(desk, "u")
        assert codes(desk) == ["RAO"]
        desk.clock.passes(LET_GO)
        await desk.press("u", "u")
        assert codes(desk) == ["NMI", "IFS", "RAO"]
        assert not any(line.endswith("retirée") for line in desk.screen_lines())
        await desk.press("u")
        assert desk.news().startswith("Rien à défaire")


async def test_an_invoice_that_another_desk_took_away_shields_the_next(practice: Practice) -> None:
    """The row under the cursor vanished without a key: the one that follows at once was meant for it."""
    first, second = corrected()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.selects(f"{first:09d}")
        Invoice.update(state=InvoiceState.VALIDATED, desk_rank=9).where(Invoice.number == first).execute()
        desk.clock.passes(1)
        desk.screen.invoices.reload()  # type: ignore[attr-defined]
        await desk.settled()
        desk.clock.passes(0.1)
        desk._send("f4")
        await desk.settled()
        assert second in states(InvoiceState.UNVALIDATED)


async def test_trancher_decides_one_answer(empty: Practice) -> None:
    known = an_invoice(1001)
    take_in(known)
    hear(*(an_answer(known, "paid", number=number) for number in (4041, 4042, 4043)))
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        for key in ("d", "e", "d"):
            await held(desk, key)
        assert "000004041" not in desk.screen_text()
        await desk.press("escape")
        await desk.sees("000004042", "000004043")


async def test_refaire_la_dre_makes_one(practice: Practice) -> None:
    before = {invoice.id for invoice in Invoice.select()}
    async with at_desk(practice) as desk:
        await desk.opens(MENU, DRE)
        await desk.selects("000001002")
        await held(desk, "d")
        await desk.fills("0099990002")
        for key in ("enter", "d", "enter"):
            await held(desk, key)
        assert len({invoice.id for invoice in Invoice.select()} - before) == 1

"""Several at once: what is marked, one question for all of it, the table of the new numbers."""

from __future__ import annotations

from typing import cast

import pytest

from models.commands import cancel
from models.domain.place import Practice
from models.queries.verification import breaches
from models.tables.journal import JournalEntry
from tests.models.practice import contents, sheet
from tests.tui.desk import CANCEL, MENU, UNVALIDATED, at_desk
from tests.tui.test_transmitted import REJECTED
from tests.tui.test_unvalidated import billed
from tests.tui.ways import already_cancelled
from tui.base.desk_screen import DeskScreen
from tui.flows import validate_several


async def test_the_marked_are_cancelled_after_one_question_and_the_table_tells_their_numbers(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = JournalEntry.select().count()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("s", "a")
        total = f"{sum(sheet(number).total for number in REJECTED) / 100:.2f}".replace(".", ",")
        await desk.sees(f"Annuler {len(REJECTED)} factures ?", f"{total} €", "0450 054", "ferait payer deux fois")
        assert desk.focus() == "NON (N)"
        await desk.press("n")
        await desk.sees("Aucune facture n’a été annulée.")
        with monkeypatch.context() as patched:  # Escape, while the first is decided on
            patched.setattr(cancel, "row_damage", lambda _: cast(DeskScreen, desk.app.screen).give_up())
            await desk.press("a", "o")
            await desk.sees("Arrêté : aucune facture n’a été annulée.")
        assert JournalEntry.select().count() == entries
        await desk.press("a", "o")
        await desk.sees("› Nouveaux numéros", f"{len(REJECTED)} factures annulées")
        for number in REJECTED:
            await desk.sees(f"{number:09d} → {sheet(number).replaced_by:09d}")
        await desk.sees("Ne sont pas annulées")
        await desk.press("c")
        await desk.sees("Préparer le chargement")
        assert f"{sheet(REJECTED[0]).replaced_by:09d}" in desk.screen_text()
    assert JournalEntry.select().count() == entries + 1
    assert list(breaches(practice)) == []


async def _given_up(screen: DeskScreen, *_: object) -> str:
    screen.give_up()
    return "Échap."


async def test_the_marked_are_validated_each_for_itself(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    made = already_cancelled(1009, 1042, 1049)
    for number in made[:2]:
        billed(number)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("s", "v")
        await desk.sees("Valider 3 factures ?")
        with monkeypatch.context() as patched:  # Escape, while the first is checked
            patched.setattr(validate_several, "_validate", _given_up)
            await desk.press("o")
            await desk.sees("Aucune facture validée", "pas contrôlée, vous avez arrêté.")
        await desk.press("enter")
        await desk.press("v", "n", "v", "o")
        await desk.sees("À vérifier avant de valider", "2 factures : ")
        await desk.press("j")
        await desk.sees("2 factures validées", f"– N° {made[2]} : À facturer d’abord")
        await desk.press("enter")
        assert f"▸*{made[2]:09d}" in desk.screen_text()
        assert desk.news().startswith("1 marquée, ")
    assert [sheet(number).state for number in made] == ["validated", "validated", "unvalidated"]


async def test_marks_are_made_one_by_one_stay_under_the_filter_and_go_with_escape(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        first = desk.numbers()[0]
        await desk.press("space")
        assert f" *{first:09d}" in desk.screen_text()
        assert desk.news().startswith("1 marquée, ")
        await desk.types("moreau")
        await desk.press("enter", "space", "escape")
        assert desk.news().startswith("2 marquées, ")
        await desk.press("a")
        assert desk.question() == "Annuler 2 factures ?"
        await desk.press("n", "escape")
        assert "marquée" not in desk.news()
        await desk.types("simon")
        assert desk.value() == "simon"
        await desk.press("escape")
        assert "marquée" not in desk.news(), "S began a name"
        await desk.press("home", "space", "home", "space")
        assert "marquée" not in desk.news()
        assert desk.place().endswith(CANCEL)
        await desk.press("end", "space", "a")
        assert desk.question() == ""
        assert desk.news().startswith("Aucune ne s’annule.")
    assert contents() == before

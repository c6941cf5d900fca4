"""The desk is locked by hand or by itself: no patient is seen, what was typed stays, a code opens it again."""

import re

import pytest

from models.commands.operators import enrol, retire
from models.commands.unlock_code import CodeChosen, choose_code
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.domain.operators import Operator, Role
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.queries.unlock import has_code, unlocks
from models.queries.unsaved import unsaved_forms
from models.queries.verification import breaches
from models.store.settings import read_lock
from models.tables.journal import JournalEntry
from models.tables.operators import UnlockCode
from tests.models.practice import SOPHIE, sheet
from tests.tui.desk import CANCEL, MENU, at_desk
from tests.tui.ways import already_cancelled, go_to, open_form

CODE = "lilas-2026"
MINUTES = 60.0


@pytest.fixture
def locking(practice: Practice) -> Practice:
    """It is locked after five minutes; an invoice waits to be corrected."""
    with practice.settings_file.open("a", encoding="utf-8") as file:
        file.write("\n[poste]\nverrou = 5\n")
    already_cancelled(1009)
    return practice


def a_code() -> None:
    assert isinstance(choose_code(CODE, SOPHIE), CodeChosen)


async def test_a_desk_left_alone_shows_nothing_and_opens_with_the_code_as_it_was(locking: Practice) -> None:
    a_code()
    async with at_desk(locking) as desk:
        await open_form(desk, 1061)
        await go_to(desk, "prescriber")
        await desk.fills("331397")
        name = sheet(1061).draft.last_name
        desk.clock.passes(4.9 * MINUTES)
        await desk.settled()
        assert desk.place().endswith("Modifier")
        await desk.types("1")  # a key: the time begins anew
        desk.clock.passes(4.9 * MINUTES)
        await desk.settled()
        assert desk.place().endswith("Modifier")
        before = desk.screen_text()
        assert name in before
        desk.clock.passes(0.2 * MINUTES)
        await desk.sees("Poste verrouillé. Tapez le code de sophie")
        shown = desk.screen_text()
        assert name not in shown
        assert not re.search(r"\d{6}", shown)
        await desk.press("escape", "f7", "f2", "down", "ctrl+o")
        assert desk.place() == "Accueil › Poste verrouillé"
        await desk.types("lilas-2025")
        assert "lilas" not in desk.screen_text()
        await desk.press("enter")
        await desk.sees("Ce n’est pas ce code : encore 4 essais.")
        await desk.types(CODE)
        await desk.press("enter")
        await desk.until(lambda: desk.place().endswith("Modifier"), "the form")
        assert (desk.focus(), desk.value()) == ("prescriber", "3313971")
        desk.clock.passes(5.1 * MINUTES)
        await desk.sees("Poste verrouillé")
        await desk.press("f12")
        assert desk.app.return_code == 0
    assert [left.operator for left in unsaved_forms(sheet(1061).id)] == ["sophie"]


async def test_a_question_waits_below_for_its_answer(locking: Practice) -> None:
    a_code()
    async with at_desk(locking) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("a")
        asked = desk.question()
        assert asked
        await desk.press("ctrl+o")
        await desk.sees("Poste verrouillé")
        assert asked not in desk.screen_text()
        await desk.types(CODE)
        await desk.press("enter")
        await desk.sees(asked)
        assert desk.focus().startswith("NON")
        await desk.press("n")
        assert desk.question() == ""


async def test_who_has_no_code_chooses_one_first(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.press("ctrl+o")
        assert desk.question() == "Code de déverrouillage"
        await desk.types("12345")
        await desk.press("enter", "enter")
        await desk.sees("Code trop court : au moins 6 caractères.")
        await desk.press("escape", "escape")  # something is typed: the first one warns
        await desk.sees("Pas verrouillé : aucun code n’est choisi.")
        await desk.press("ctrl+o")
        await desk.types(CODE)
        await desk.press("enter")
        await desk.types(CODE + "x")
        await desk.press("enter")
        await desk.sees("Les deux codes ne sont pas les mêmes.")
        await desk.fills(CODE)
        await desk.press("enter")
        await desk.sees("Poste verrouillé. Tapez le code de sophie")
        for left in ("encore 4 essais", "encore 3 essais", "encore 2 essais", "encore un essai"):
            await desk.types("sésame")
            await desk.press("enter")
            await desk.sees(left)
        await desk.types("sésame")
        await desk.press("enter")
        assert desk.app.return_code == 0
    assert [entry.action for entry in JournalEntry.select().order_by(JournalEntry.id.desc()).limit(1)] == [
        "unlock_code"
    ]


async def test_without_a_code_the_way_out_is_the_way_on(locking: Practice) -> None:
    async with at_desk(locking) as desk:
        desk.clock.passes(5.1 * MINUTES)
        await desk.sees("Aucun code n’est choisi : quittez (F12)")
        await desk.press("enter", "escape", "q")
        assert desk.place() == "Accueil › Poste verrouillé"
        await desk.press("ctrl+q")
        assert desk.app.return_code == 0


def test_a_code_is_kept_as_its_digest_and_is_ones_own(practice: Practice) -> None:
    assert choose_code("court", SOPHIE) == Refused(Refusal.CODE_TOO_SHORT, 6)
    assert not has_code("sophie")
    a_code()
    (kept,) = UnlockCode.select()
    assert kept.hashed.startswith("$argon2id$")
    assert CODE not in kept.hashed
    assert (unlocks("sophie", CODE), unlocks("sophie", CODE[:-1]), unlocks("claire", CODE)) == (True, False, False)
    assert isinstance(choose_code("autre-code", SOPHIE), CodeChosen)
    assert (unlocks("sophie", CODE), unlocks("sophie", "autre-code")) == (False, True)
    enrol(Operator("sophie", Role.MANAGER), SOPHIE)
    enrol(Operator("anne", Role.MANAGER), SOPHIE)
    retire("sophie", Author("anne", SOPHIE.at))
    assert not has_code("sophie")
    assert list(breaches(practice)) == []
    UnlockCode.update(hashed="abc").execute()
    assert not unlocks("sophie", CODE)


@pytest.mark.parametrize(("written", "minutes"), [("5", 5), ("60", 60), ("0", None), ("61", None), ("true", None)])
def test_the_configuration_says_after_how_long(practice: Practice, written: str, minutes: int | None) -> None:
    practice.settings_file.write_text(f"[poste]\nverrou = {written}\n", encoding="utf-8")
    if minutes is not None:
        assert read_lock(practice.settings_file) == minutes
        return
    with pytest.raises(
        PracticeFault, match=r"ligne 2 : verrou = .* ne va pas ; écrivez un nombre de minutes de 1 à 60"
    ):
        read_lock(practice.settings_file)

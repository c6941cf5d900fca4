"""A return with a wrong total, on « Relever les retours » and on the command line: one decision for all of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from models.commands.operators import enrol
from models.commands.settle_return import settle_return
from models.domain.author import Author
from models.domain.operators import Operator, Role
from models.domain.patience import Step
from models.domain.place import Practice
from models.queries.returns import held_returns
from tests.models.practice import SOPHIE, a_return, an_answer, an_invoice, contents, sheet, take_in
from tests.tui.command_line import Ran, accueil
from tests.tui.desk import MENU, RETURNS, at_desk
from tests.tui.test_returns import give_path, refuses
from tui.base.desk_screen import DeskScreen
from tui.screens import returns

FIELD = Path(__file__).parent.parent / "samples" / "field"

TOTAL = "Le total de contrôle 999 annonce 18,91 € payés au lieu de 18,90 € (enregistrement n° "
HELD = "Total faux : aucune réponse n’est appliquée avant que quelqu’un décide du retour entier."


@pytest.fixture
def wrong(empty: Practice, tmp_path: Path) -> Path:
    """1001 is paid by a return whose total is one cent too high; 1002 is not known."""
    invoice = an_invoice(1001)
    take_in(invoice)
    data = a_return(an_answer(invoice, "paid"), an_answer(invoice, "rejected", number=1002))
    file = tmp_path / "faux.noe"
    file.write_bytes(data[:-128] + data[-128:].replace(b"1890P", b"1891P"))
    return file


async def test_it_is_read_and_told_whole(empty: Practice, wrong: Path) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, wrong)
        await desk.sees("faux.noe : 2 réponses, 18,91 € annoncés : 2 mises de côté.", TOTAL[:60])
        await desk.press("enter")
        await desk.sees("2 réponses du retour entier", "total du retour faux")
        assert "000001001" not in desk.screen_text()
    assert sheet(1001).state == "transmitted"


async def test_applied_its_answers_are_taken_and_what_is_unknown_still_waits(empty: Practice, wrong: Path) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, wrong)
        await desk.press("enter", "d")
        assert desk.question() == "Que faire de ce retour ?"
        assert desk.focus() == "Plus tard (Échap)"
        await desk.sees("faux.noe : 2 réponses, 18,91 € annoncés.", "Écarter : aucune facture ne change.")
        await desk.press("a")
        assert desk.news() == "faux.noe : 2 réponses reprises : 1 payée, 1 mise de côté."
        await desk.sees("000001002", "facture inconnue")
    assert sheet(1001).state == "paid"


async def test_set_aside_no_invoice_changes(empty: Practice, wrong: Path) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, wrong)
        await desk.press("enter", "d", "e")
        assert desk.news() == "faux.noe : 2 réponses écartées, aucune facture n’a changé."
        await desk.sees("Aucune réponse à trancher.")
    assert sheet(1001).state == "transmitted"


async def test_who_is_no_manager_is_told_whom_to_ask_and_is_asked_nothing(empty: Practice, wrong: Path) -> None:
    for operator in (Operator("anne", Role.MANAGER), Operator("sophie", Role.RECEPTION)):
        enrol(operator, replace(SOPHIE, operator="anne"))
    empty.settings_file.unlink()  # nobody has said which numbers are ours
    async with at_desk(empty) as desk:
        assert desk.question() == ""
        await desk.opens(MENU, RETURNS)
        await give_path(desk, wrong)
        await desk.press("enter", "d")
        assert (desk.question(), desk.news()) == ("", "Réservé au rôle responsable : demandez à anne.")
    assert sheet(1001).state == "transmitted"


async def test_decided_meanwhile_given_up_or_refused_by_the_base_it_is_said_and_nothing_else_changes(
    empty: Practice, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, wrong)
        await desk.press("enter")
        before = contents()

        def escaped(held: int, take: bool, author: Author, step: Step) -> None:
            cast(DeskScreen, desk.app.screen).give_up()
            step(0, 2)

        with monkeypatch.context() as patch:
            patch.setattr(returns, "settle_return", escaped)
            await desk.press("d", "a")
            assert (desk.question(), desk.news()) == ("", "Arrêté : rien n’a été décidé, le retour attend.")
            patch.setattr(returns, "settle_return", refuses("Le disque de la base est plein."))
            await desk.press("d", "a")
            assert desk.question() == "Rien n’a été changé"
            await desk.sees("Le disque de la base est plein.")
            await desk.press("enter")
        await desk.sees("2 réponses du retour entier")
        assert contents() == before
        await desk.press("d")
        (held,) = held_returns()
        settle_return(held.id, False, SOPHIE)
        after = contents()
        await desk.press("a")
        assert desk.question() == "Rien n’a été changé"
        await desk.sees("Ce retour n’attend aucune décision.")
        await desk.press("enter")
        await desk.sees("Aucune réponse à trancher.")
        assert contents() == after


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_later_it_still_waits(empty: Practice, wrong: Path, key: str) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, wrong)
        await desk.press("enter")
        before = contents()
        await desk.press("d", key)
        assert desk.news() == "Rien n’a été décidé, le retour attend."
        await desk.sees("2 réponses du retour entier")
    assert contents() == before


class TestCommandLine:
    """`relever` says that it waits, `trancher` lists and decides."""

    @pytest.fixture
    def base(self, tmp_path: Path) -> str:
        base, file = str(tmp_path / "cabinet.db"), tmp_path / "faux.noe"
        accueil("importer", str(FIELD / "sent-a.b2"), "--base", base)
        data = (FIELD / "p-blank.noe").read_bytes()
        file.write_bytes(data.replace(b"3006P", b"3007P"))
        ran = accueil("relever", str(file), "--base", base)
        assert ran.code == 0
        assert ran.out.splitlines()[0] == (
            "faux.noe : 2 réponses, 0 appliquée, 30,07 € annoncés, 2 mises de côté, à trancher."
        )
        assert "30,07 € payés au lieu de 30,06 €" in ran.out
        assert ran.out.splitlines()[-1] == f"  {HELD}"
        assert "accueil trancher --retour 1 --appliquer (ou --ecarter)" in ran.err
        return base

    def run(self, base: str, *argv: str) -> Ran:
        return accueil("trancher", *argv, "--base", base)

    def test_what_waits_is_listed(self, base: str) -> None:
        lines = self.run(base).out.splitlines()
        assert lines[0] == "Retour 1, faux.noe : 2 réponses, 30,07 € annoncés."
        assert all(line.startswith("  Le total de contrôle ") for line in lines[1:])

    def test_what_waits_is_told_to_another_program(self, base: str) -> None:
        told = json.loads(self.run(base, "--format", "json").out)
        (held,) = told["returns"]
        assert (held["id"], held["file"], held["answers"], held["paid_cents"], told["answers"]) == (
            *(1, "faux.noe", 2, 3007),
            [],
        )
        assert self.run(base, "--retour", "1", "--appliquer").code == 0
        told = json.loads(self.run(base, "--format", "json").out)
        (answer,) = told["answers"]
        assert (told["returns"], answer["number"], answer["reason"], answer["takeable"]) == (
            [],
            None,
            "no_number",
            False,
        )

    def test_applied_then_the_answer_that_still_waits_is_set_aside(self, base: str) -> None:
        assert self.run(base, "--retour", "1", "--appliquer") == Ran(
            0, "faux.noe : 2 réponses reprises : 1 payée, 1 mise de côté.\n", ""
        )
        (line,) = self.run(base).out.splitlines()
        number = line.split(",")[0].removeprefix("Réponse ")
        taken = self.run(base, "--reponse", number, "--appliquer")
        assert (taken.code, taken.err) == (
            1, f"Réponse {number} : Cette réponse ne peut pas s’appliquer : écartez-la, puis voyez avec la caisse.\n",
        )  # fmt: skip
        assert self.run(base, "--reponse", number, "--ecarter").code == 0
        assert self.run(base).err == "Aucune réponse à trancher.\n"

    def test_decided_twice_or_never_there_is_refused(self, base: str) -> None:
        assert self.run(base, "--retour", "1", "--ecarter").code == 0
        for number in ("1", "77"):
            assert self.run(base, "--retour", number, "--appliquer") == Ran(
                1, "", f"Retour {number} : Ce retour n’attend aucune décision.\n"
            )
        assert self.run(base, "--reponse", "77", "--ecarter").code == 1

    @pytest.mark.parametrize(
        "argv",
        [
            ["--retour", "1"],
            ["--appliquer"],
            ["--reponse", "x", "--ecarter"],
            ["--retour", "1", "--ecarter", "--format", "json"],
        ],
    )
    def test_half_a_command_is_wrong_use(self, base: str, argv: list[str]) -> None:
        ran = self.run(base, *argv)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)

"""Relever les retours: the folder, another path, twice, the wrong kind; the answers kept aside."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from models.commands import settle_answer
from models.commands.receive import Received, receive_return
from models.domain.exchanges import AnswerOutcome
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.queries.received_returns import returns_page
from models.queries.returns import aside_answers
from models.store.database import db
from models.tables.returns import Return
from tests.models.practice import SOPHIE, a_return, an_answer, an_invoice, contents, hear, sheet, take_in
from tests.practices import SAMPLES, samples
from tests.tui.desk import MENU, RETURNS, Desk, at_desk
from tests.tui.test_transmit import press_too_early
from tui.base import reading
from tui.base.desk_screen import DeskScreen
from tui.screens import returns
from tui.screens.returns import received_line


def put_in_inbox(practice: Practice, *files: Path) -> None:
    """The caisse's files, in the folder of returns."""
    practice.inbox.mkdir(exist_ok=True)
    for file in files:
        shutil.copy(file, practice.inbox)


async def give_path(desk: Desk, path: object) -> None:
    """« Autre fichier »: type a path."""
    await desk.press("c")
    await desk.types(str(path))
    await desk.press("enter")


async def test_the_folder_is_read_whole_and_counted(unanswered: Practice) -> None:
    put_in_inbox(unanswered, *samples("noe"), SAMPLES / "lot-001.b2")
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.sees("retour-01.noe", "retour-02.noe", "retour-03.noe")
        assert "lot-001.b2" not in desk.screen_text()
        await desk.press("r")
        assert desk.question() == "Retours relevés"
        await desk.sees(
            "retour-01.noe : 19 réponses, 298,26 € payés : 11 payées, 3 rejetées, 4 en recyclage, 1 partielle",
            "retour-03.noe",
            "En tout : 3 retours, ",
        )
        await desk.press("enter")
        await desk.sees("Aucun retour à relever dans le dossier.")
        assert "(Relever)" in desk.footer()
        await desk.press("r")
        assert desk.news() == "Aucun retour à relever dans le dossier."
        await desk.press("escape")
        await desk.sees("14 rejets à traiter")


async def test_a_file_elsewhere_by_its_path(unanswered: Practice) -> None:
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, SAMPLES / "retour-02.noe")
        await desk.sees("Retours relevés", "retour-02.noe : 20 réponses")


async def test_the_same_file_twice_changes_nothing(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, SAMPLES / "retour-01.noe")
        await desk.sees("retour-01.noe : déjà relevé, rien n’a changé.")
    assert contents() == before


async def test_what_is_no_return_is_refused_in_one_sentence(practice: Practice, tmp_path: Path) -> None:
    (tmp_path / "vide.noe").write_bytes(b"")
    (tmp_path / "photo.noe").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "coupe.noe").write_bytes((SAMPLES / "retour-01.noe").read_bytes()[:1000])
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        for path in (SAMPLES / "lot-001.b2", *sorted(tmp_path.glob("*.noe")), tmp_path, tmp_path / "absent"):
            await give_path(desk, path)
            assert desk.question() == "Rien n’a été changé", path
            await desk.press("enter")
            assert desk.question() == ""
            await desk.press("escape") if desk.focus() == "path" else None
    assert contents() == before


async def test_escape_closes_the_path_before_it_leaves(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("f3")
        assert desk.focus() == "path"
        await desk.press("escape")
        assert desk.focus() == "files"
        await desk.press("escape")
        assert desk.place() == "Accueil › Télétransmission"


async def test_a_home_that_does_not_exist_is_told(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, "~personne-de-ce-nom/retour.noe")
        assert desk.question() == "Rien n’a été changé"
        await desk.sees("Aucun dossier personnel à « ~personne-de-ce-nom/retour.noe »")
        await desk.press("enter")
        assert (desk.focus(), desk.value()) == ("path", "~personne-de-ce-nom/retour.noe"), "to be mended"
        await desk.fills(" ")
        await desk.press("enter")
        assert (desk.focus(), desk.question()) == ("path", ""), "an empty path names nothing"


async def test_a_return_is_seen_before_it_is_taken_or_left(unanswered: Practice) -> None:
    put_in_inbox(unanswered, *samples("noe")[:2])
    before = contents()
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("down", "enter")
        assert (desk.question(), desk.focus()) == ("Relever ce retour ?", "Plus tard (Échap)")
        await desk.sees("retour-02.noe, du", "Professionnel : ", "20 réponses, ")
        await desk.press("escape")
        assert desk.news() == "retour-02.noe : il attend, rien n’a été relevé."
        assert contents() == before
        await desk.press("enter", "r")
        assert desk.question() == "Retours relevés"
        await desk.sees("retour-02.noe : 20 réponses")
        await desk.press("enter")
        assert ["retour-01.noe" in desk.screen_text(), "retour-02.noe" in desk.screen_text()] == [True, False]
        await desk.press("tab", "enter")
        assert desk.question() == "", "the other list has nothing to look at"


async def test_one_that_cannot_be_read_says_so_and_no_question_is_asked(unanswered: Practice) -> None:
    unanswered.inbox.mkdir()
    (unanswered.inbox / "coupe.noe").write_bytes((SAMPLES / "retour-01.noe").read_bytes()[:1000])
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("enter")
        assert desk.question() == "Rien n’a été changé"
        await desk.press("enter")
        assert (desk.question(), desk.news()) == ("", "")


async def test_escape_while_a_return_is_looked_at_or_read_says_what_was_taken(
    unanswered: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_inbox(unanswered, *samples("noe")[:2])
    async with at_desk(unanswered) as desk:

        def escaped(*what: Any) -> Any:
            cast(DeskScreen, desk.app.screen).give_up()
            return receive_return(*what)

        await desk.opens(MENU, RETURNS)
        with monkeypatch.context() as patch:
            patch.setattr(reading, "files_in", lambda path, kind, step, within: escape_in(desk, step))
            for key in ("enter", "r"):
                await desk.press(key)
                assert desk.question() == ""
                assert desk.news() == "Lecture de retour-01.noe arrêtée : rien n’en a été pris."
        with monkeypatch.context() as patch:
            patch.setattr(returns, "receive_return", lambda data, name, author, step: escaped(data, name, author))
            await desk.press("r")
        assert desk.question() == ""
        assert desk.news() == "Arrêté : 1 retour relevé, le reste attend."
        await desk.press("r")
        await desk.sees("retour-02.noe : 20 réponses")


def escape_in(desk: Desk, step: Any) -> None:
    """Escape while a file is being read, which looks up at its next step."""
    cast(DeskScreen, desk.app.screen).give_up()
    step(1, 2)


async def test_a_return_that_the_base_refuses_is_told_and_stays_to_be_read(
    unanswered: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_inbox(unanswered, *samples("noe")[:1])
    monkeypatch.setattr(returns, "receive_return", refuses("La base est prise par un autre programme."))
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("r")
        assert desk.question() == "Rien n’a été changé"
        await desk.sees("La base est prise par un autre programme.")
        await desk.press("enter")
        assert desk.question() == ""
        await desk.sees("retour-01.noe")


def refuses(sentence: str) -> Any:
    """A command that the database refuses."""

    def refused(*_: Any) -> None:
        raise PracticeFault(sentence)

    return refused


def test_notes_that_a_return_confirms_are_counted_in_its_line() -> None:
    read = Received("r.noe", 2, 1890, {AnswerOutcome.APPLIED: 2}, {}, (), (), confirmed=2)
    assert received_line(read) == "r.noe : 2 réponses, 18,90 € payés : 2 notes confirmées."


async def test_a_file_name_that_is_not_utf_8(unanswered: Practice) -> None:
    unanswered.inbox.mkdir()
    shutil.copy(SAMPLES / "retour-01.noe", unanswered.inbox / os.fsdecode(b"retour-\xe9.noe"))
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("r")
        await desk.sees("19 réponses")


class TestAside:
    """A payment that contradicts a rejection waits for a person."""

    @pytest.fixture
    def contradicted(self, empty: Practice) -> Practice:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(an_answer(invoice, "rejected"))
        hear(an_answer(invoice, "paid"), reference="R00002")
        return empty

    async def test_it_is_listed_with_why(self, contradicted: Practice) -> None:
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU)
            await desk.sees("1 réponse à trancher")
            await desk.opens(RETURNS)
            await desk.sees("000001001", "contredit une réponse", "R00002.noe")

    async def test_taken_it_pays_the_invoice(self, contradicted: Practice) -> None:
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.press("d")
            assert desk.question() == "Que faire de cette réponse ?"
            assert desk.focus() == "Plus tard (Échap)"
            await desk.sees("Facture n° 1001, DUPONT Marie.", "AMO payée 18,90 €, AMC sans réponse")
            await desk.sees("Mise de côté : contredit une réponse.", "Appliquer (A)", "Écarter (E)")
            await desk.press("a")
            assert desk.question() == ""
            assert desk.news() == "Facture n° 1001 : réponse appliquée."
            await desk.sees("Aucune réponse à trancher.")
        assert sheet(1001).state == "paid"

    async def test_dismissed_the_invoice_stays_rejected(self, contradicted: Practice) -> None:
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.press("f6", "e")
            assert desk.question() == ""
            assert desk.news() == "Facture n° 1001 : réponse écartée."
        assert sheet(1001).state == "rejected"
        assert sheet(1001).cancel_refusal is None

    @pytest.mark.parametrize("key", ["escape", "enter"])
    async def test_neither_leaves_it_waiting(self, contradicted: Practice, key: str) -> None:
        before = contents()
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.press("d", key)
            assert desk.question() == ""
            assert desk.news() == "Facture n° 1001 : rien n’a été décidé, la réponse attend."
            await desk.sees("contredit une réponse")
        assert contents() == before

    @pytest.mark.parametrize("key", ["a", "e", "o", "enter", "right"])
    async def test_a_key_typed_before_the_question_is_seen_decides_nothing(
        self, contradicted: Practice, key: str
    ) -> None:
        before = contents()
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            await press_too_early(desk, "d", key)
            assert desk.focus() == "Plus tard (Échap)"
        assert contents() == before

    @pytest.mark.parametrize("keys", [("a",), ("e",), ("o",), ("O", "A")])
    async def test_escape_ends_it_whatever_comes_behind(self, contradicted: Practice, keys: tuple[str, ...]) -> None:
        before = contents()
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.press("d")
            for key in ("escape", *keys):
                desk._send(key)
            await desk.settled()
            assert desk.question() == ""
        assert contents() == before

    async def test_one_that_another_desk_decided_meanwhile_is_refused(self, contradicted: Practice) -> None:
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.press("d")
            (waiting,) = aside_answers()
            settle_answer.settle_answer(waiting.id, False, SOPHIE)
            after = contents()
            await desk.press("a")
            assert desk.question() == "Rien n’a été changé"
            await desk.sees("Cette réponse est déjà tranchée.", "Aucune réponse à trancher.")
            await desk.press("enter", "d")
            assert (desk.question(), desk.news()) == ("", "Aucune réponse à trancher.")
        assert contents() == after

    async def test_what_the_base_refuses_is_said_and_it_still_waits(
        self, contradicted: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = contents()
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            for refusing, keys in (("settle_answer", ("d", "a")), ("invoice_sheet", ("d",))):
                with monkeypatch.context() as patch:
                    patch.setattr(returns, refusing, refuses("Le disque de la base est plein."))
                    await desk.press(*keys)
                assert desk.question() == "Rien n’a été changé"
                await desk.sees("Le disque de la base est plein.")
                await desk.press("enter")
                assert desk.question() == ""
                await desk.sees("contredit une réponse")
        assert contents() == before

    async def test_an_unknown_invoice_can_only_be_set_aside(self, empty: Practice) -> None:
        known = an_invoice(1001)
        take_in(known)
        hear(an_answer(known, "paid", number=4040))
        async with at_desk(empty) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.sees("facture inconnue")
            await desk.press("d")
            await desk.sees("Facture n° 4040, patient inconnu.", "Mise de côté : facture inconnue.")
            await desk.sees("Elle ne peut pas s’appliquer : écartez-la, puis voyez avec la caisse.")
            assert "Appliquer (A)" not in desk.screen_text()
            await desk.press("a")
            assert desk.question() == "Que faire de cette réponse ?"
            await desk.press("e")
            await desk.sees("Aucune réponse à trancher.")

    async def test_the_one_under_the_cursor_is_decided(self, empty: Practice, tmp_path: Path) -> None:
        known = an_invoice(1001)
        take_in(known)
        file = tmp_path / "deux.noe"
        file.write_bytes(a_return(*(an_answer(known, "paid", number=number) for number in (4041, 4042))))
        async with at_desk(empty) as desk:
            await desk.opens(MENU, RETURNS)
            await give_path(desk, file)
            await desk.press("enter", "tab")
            assert desk.focus() == "answers"
            await desk.press("down", "d")
            await desk.sees("Facture n° 4042")
            await desk.press("e")
            assert "000004041" in desk.screen_text()
            assert "000004042" not in desk.screen_text()


async def test_a_payment_without_an_invoice_is_told(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, SAMPLES.parent / "field" / "f-261.noe")
        await desk.sees("f-261.noe : 0 réponse, 490,00 € payés.", "paiement forfaitaire de 490,00 €")


async def test_the_returns_that_were_read_are_told_again(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, SAMPLES.parent / "field" / "f-261.noe")
        await desk.press("enter", "l")
        assert desk.place().endswith("Relever les retours › Retours relevés")
        await desk.sees("f-261.noe, retour n°", "virement du 14/11/2026 VIR CPAM 331")
        await desk.sees("    paiement forfaitaire de 490,00 € (AIDE A LA TELETRANSMISSION)", "retour-03.noe")
        await desk.press("escape")
        assert desk.place().endswith("Relever les retours")


async def test_no_return_was_read_yet(empty: Practice) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("f5")
        await desk.sees("Aucun retour n’a été relevé.")


async def test_a_thousand_returns_are_walked_a_page_at_a_time(empty: Practice) -> None:
    with db.atomic():
        for number in range(1, 1001):
            Return.create(
                content_hash=str(number),
                file_name=f"r{number:04d}.noe",
                reference="",
                created_on=date(2026, 11, 14),
                received_at="2026-11-14T09:00:00+00:00",
                answers=0,
                paid=0,
            )
    forwards: list[int] = []
    while page := returns_page(forwards[-1] if forwards else None, 300):
        forwards += [received.id for received in page]
    assert forwards == list(range(1000, 0, -1))
    assert [received.id for received in returns_page(500, 3, backwards=True)] == [503, 502, 501]
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("l")
        assert "r1000.noe" in desk.selected()
        await desk.press("end", "up", "up")
        assert "r0003.noe" in desk.selected()
        await desk.press("pageup", "home", "down", "pagedown")
        middle = desk.selected()
        await desk.press("enter")
        await desk.sees(middle.removeprefix("▸ ").strip())
        await desk.press("escape")
        assert desk.selected() == middle


async def test_the_line_that_is_decided_on_is_the_one_that_is_marked(empty: Practice, tmp_path: Path) -> None:
    known = an_invoice(1001)
    take_in(known)
    hear(*(an_answer(known, "paid", number=number) for number in (4041, 4042)))
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        assert desk.focus() == "answers"
        assert "4041" in desk.selected()
        await desk.press("down", "escape")
    put_in_inbox(empty, *samples("noe")[:1])
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        assert desk.focus() == "files"
        assert desk.screen_text().count("▸") == 1
        await desk.press("d")
        await desk.sees("Facture n° 4041", "▸ 000004041")
        await desk.press("escape")
        assert desk.screen_text().count("▸") == 1

"""Classer on the lists: the question, its reasons and its day; back at once or at that day; several; the verb."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models.commands.file_away import Filed, TakenOut, file_invoices, take_out
from models.domain.damage import stored_day, stored_member
from models.domain.filing import FiledAs, FilingNote
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState
from models.queries.reminders import StandingReminder
from tests.models.practice import CLAIRE, SOPHIE, contents, sheet
from tests.tui.command_line import accueil
from tests.tui.desk import ALL, CANCEL, MENU, UNVALIDATED, Desk, at_desk
from tests.tui.ways import already_cancelled, stand
from tui.flows import classify as flow
from tui.text.filing import FILED_WORDS, filed_line, reminder_line

DUE = date(2026, 12, 15)


async def test_classer_asks_why_and_until_when_and_brings_back(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await stand(desk, 1042)
        await desk.press("c")
        assert (desk.question(), desk.focus()) == ("Classer la facture n° 1042 ?", "NON (N)")
        await desk.sees("MOREAU Jacques", "21,66 €", "23/12/2026")
        await desk.press("enter")
        await desk.sees("Rien n’a été classé.")
        assert contents() == before
        await desk.press("f10", "b")
        await desk.sees("Abandon : dites pourquoi")
        assert desk.focus() == "note"
        await desk.types("prescription perdue")
        await desk.press("enter", "j")
        await desk.fills("23/11/2026")
        await desk.press("enter", "b")
        await desk.sees("Donnez un jour à venir.")
        assert contents() == before
        await desk.fills("05/01/2027")
        await desk.press("enter", "b")
        await desk.sees("La facture n° 1042 est classée jusqu’au 05/01/2027.")
        await desk.selects("000001042")
        await desk.sees("classée", "abandonnée, prescription perdue", "jusqu’au 05/01/2027")
        assert "A/F4 (Annuler)" in desk.footer()
        await desk.press("c")
        assert desk.question() == "Déclasser la facture n° 1042 ?"
        await desk.press("o")
        await desk.sees("n’est plus classée")
        await desk.selects("000001042")
        await desk.press("enter", "c", "r")
        await desk.sees("Détail de la facture", "La facture n° 1042 est classée jusqu’au 23/12/2026.")
        await desk.press("c", "o")
        await desk.sees("Détail de la facture", "La facture n° 1042 n’est plus classée.")
    told = sheet(1042)
    assert (told.state, told.filed_until, told.cancel_refusal) == ("rejected", None, None)


async def test_what_is_marked_is_classified_together_and_what_is_due_comes_back_when_the_desk_is_opened(
    practice: Practice,
) -> None:
    due = SOPHIE.day + timedelta(days=2)  # before the morning on which the desk is opened
    assert isinstance(file_invoices([(sheet(1009).id, None)], FiledAs.CLAIMED, "", due, SOPHIE), Filed)
    async with at_desk(practice) as desk:
        await desk.opens(MENU)
        await desk.sees(CANCEL)
        assert sheet(1009).filed_until is None, "its day has come"
        await desk.opens(CANCEL)
        await desk.press("s", "c")
        await desk.sees("factures ?", "qui ne se classent pas")
        await desk.press("r")
        assert "factures sont classées jusqu’au 23/12/2026." in desk.question()
        await desk.press("enter")
        await desk.sees("À traiter 0", "classées")


async def test_what_another_desk_did_or_the_base_refuses_is_said_and_nothing_else_changes(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(practice) as desk:
        await stand(desk, 1042)
        await desk.press("c")
        assert isinstance(file_invoices([(sheet(1042).id, None)], FiledAs.CLAIMED, "", DUE, CLAIRE), Filed)
        await desk.press("r")
        assert desk.question() == "Rien n’a été classé"
        await desk.sees("N° 1042, laissée : Facture classée : déclassez-la d’abord.")
        await desk.press("enter")
        await desk.selects("000001042")
        await desk.press("c")
        assert desk.question() == "Déclasser la facture n° 1042 ?"
        await desk.press("n")
        await desk.sees("La facture n° 1042 reste classée.")
        await desk.press("c")
        assert isinstance(take_out(sheet(1042).id, None, CLAIRE), TakenOut)
        before = contents()
        await desk.press("o")
        assert desk.question() == "Rien n’a été changé"
        await desk.sees("Cette facture n’est pas classée.")
        await desk.press("enter")
        assert isinstance(file_invoices([(sheet(1042).id, None)], FiledAs.CLAIMED, "", DUE, CLAIRE), Filed)
        await desk.follows()
        await desk.selects("000001042")
        await desk.press("c")
        assert isinstance(take_out(sheet(1042).id, None, CLAIRE), TakenOut)
        assert isinstance(file_invoices([(sheet(1042).id, None)], FiledAs.SETTLED, "", DUE, CLAIRE), Filed)
        await desk.press("o")
        assert desk.question() == "Rien n’a été changé"
        await desk.sees("claire l’a classée entre-temps")
        await desk.press("enter")
        assert isinstance(take_out(sheet(1042).id, None, CLAIRE), TakenOut)
        await desk.follows()
        await desk.selects("000001042")
        before = contents()
        monkeypatch.setattr(flow, "file_invoices", lambda *_: Refused(Refusal.FILED_UNTIL))  # midnight went by
        await desk.press("c", "r")
        assert desk.question() == "Rien n’a été classé"
        await desk.sees("Le jour où la revoir doit être à venir")
        await desk.press("enter")
        monkeypatch.setattr(flow, "file_invoices", given_up_meanwhile(desk))
        await desk.press("c", "r")
        assert desk.news() == "Arrêté : rien n’a été classé."
        assert contents() == before


def given_up_meanwhile(desk: Desk) -> Callable[..., Filed | Refused]:
    """The command, while which Escape is pressed."""

    def command(*args: Any) -> Filed | Refused:
        desk.screen._escaped = True
        return file_invoices(*args)

    return command


def test_the_verb_classifies_lists_and_puts_back(practice: Practice) -> None:
    base = ("--base", practice.location)
    assert accueil("classer", "1042", *base).code == 2
    told = accueil("classer", "1042", "--comme", "abandon", *base)
    assert (told.code, told.err) == (1, "Une facture abandonnée l’est avec un motif, en clair.\n")
    told = accueil(
        "classer", "1042", "1001", "--comme", "reclamation", "--motif", "réf. 45", "--jusqu-au", "15/12/2026", *base
    )
    assert (told.code, told.out) == (1, "N° 1042 : classée jusqu’au 15/12/2026.\n")
    assert "Facture n° 1001 : " in told.err
    (row,) = json.loads(accueil("lister", "--filtre", "classée", "--format", "json", *base).out)
    assert (row["number"], row["filed_until"], row["filed_as"]) == (1042, "2026-12-15", "claimed")
    assert "Classées : 1 facture" in accueil("bilan", *base).out
    assert json.loads(accueil("bilan", "--format", "json", *base).out)["filed"]["count"] == 1
    assert "1042" not in accueil("lister", "--annulables", *base).out
    told = accueil("classer", "1042", "1009", "--remettre", *base)
    assert (told.code, told.out) == (1, "N° 1042 : elle n’est plus classée.\n")
    assert "n’est pas classée" in told.err
    assert "1042" in accueil("lister", "--annulables", *base).out


async def test_retirer_gives_the_new_invoice_up_and_the_old_one_waits_again(practice: Practice) -> None:
    (new,) = already_cancelled(1042)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("r")
        assert (desk.question(), desk.focus()) == (f"Retirer la facture n° {new} ?", "NON (N)")
        await desk.sees("La facture n° 1042, annulée, redeviendra rejetée")
        await desk.press("escape", "f10", "m")
        await desk.types("payée le 12")
        await desk.press("enter", "c")
        assert desk.question() == f"Facture n° {new} : retirée"
        await desk.press("enter", "escape", "escape")
        await desk.opens(ALL)
        await desk.types(str(new))
        await desk.sees("retirée", "la caisse paie la facture qu’elle remplaçait, payée le 12")
        assert "M/F2 (Modifier)" in desk.footer()
    assert (sheet(1042).state, sheet(new).state) == ("rejected", "given_up")


def test_the_verb_gives_up(practice: Practice) -> None:
    (new,) = already_cancelled(1042)
    base = ("--base", practice.location)
    assert accueil("retirer", str(new), *base).code == 2
    told = accueil("retirer", str(new), "1009", "--parce-que", "renonce", *base)
    assert (told.code, told.out) == (1, f"N° {new} : retirée, la facture n° 1042 attend de nouveau.\n")
    assert "Facture n° 1009 : Seule se retire" in told.err
    told = accueil("journal", "--facture", "1042", *base)
    assert "a retiré la n°" in told.out


ON, UNTIL = date(2026, 11, 16), date(2026, 12, 15)
CLAIM = FilingNote(FiledAs.CLAIMED, "réf. 45", "sophie", ON)


@pytest.mark.parametrize(
    ("state", "until", "note", "said"),
    [
        (InvoiceState.REJECTED, None, None, None),
        (
            InvoiceState.REJECTED,
            UNTIL,
            CLAIM,
            ("Classée", "jusqu’au 15/12/2026 : réclamation déposée, réf. 45 (sophie, le 16/11/2026)."),
        ),
        (
            InvoiceState.REJECTED,
            None,
            CLAIM._replace(filed_as=FiledAs.SETTLED, note=""),
            ("Revenue", "Elle avait été classée : payée finalement (sophie, le 16/11/2026)."),
        ),
        (
            InvoiceState.GIVEN_UP,
            None,
            CLAIM._replace(filed_as=FiledAs.RENOUNCED, note=""),
            ("Retirée", "le cabinet renonce à la refaire (sophie, le 16/11/2026)."),
        ),
        (InvoiceState.PAID, None, CLAIM, None),
        (
            InvoiceState.REJECTED,
            stored_day("2026-13-45"),
            CLAIM._replace(filed_as=stored_member(FiledAs, "xyz"), on=stored_day("x")),
            ("Classée", "jusqu’au ??/??/???? : motif abîmé, réf. 45 (sophie, le ??/??/????)."),
        ),
    ],
)
def test_why_it_was_put_aside_is_said_as_long_as_it_matters(
    state: InvoiceState, until: date | None, note: FilingNote | None, said: tuple[str, str] | None
) -> None:
    assert filed_line(state, until, note) == said


def test_each_reason_has_its_words_and_a_reminder_its_own_only_where_some_were_given() -> None:
    assert set(FILED_WORDS) == set(FiledAs)
    assert reminder_line(StandingReminder(ON, "appel", "Sophie")) == "le 16/11/2026 (Sophie) : appel."
    assert reminder_line(StandingReminder(ON, "", "Sophie")) == "le 16/11/2026 (Sophie)."

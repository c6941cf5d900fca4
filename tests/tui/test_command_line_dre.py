"""A DRE is marked as such wherever the command line shows it, and a number may mean an invoice or a DRE."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from models.commands.resend_dre import DreMade, resend_dre
from models.domain.numbering import Numbering
from models.domain.place import Practice
from models.domain.states import InvoiceKind
from models.practice import close_practice, open_practice
from models.queries.sheets import find_number, invoice_sheet
from models.store.numbering_file import write_numbering
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, take_in
from tests.practices import copy_practice, empty_practice
from tests.tui.command_line import accueil, rows
from tests.tui.desk import ALL, MENU, RETURNS, UNVALIDATED, at_desk
from tui.text.dre_waiting import NO_LAYOUT


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An invoice n° 1001, paid, whose DRE was made again under the number of the other invoice, 1002; open."""
    place = copy_practice(empty_practice(), tmp_path)
    write_numbering(place.settings_file, Numbering(first_invoice=1, first_dre=1002, first_lot=1))
    open_practice(place)
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice, an_invoice(1002))
    hear(an_answer(invoice, "paid", "rejected"))
    (match,) = find_number(1001)
    made = resend_dre(match.id, None, "0088888888", SOPHIE)
    assert isinstance(made, DreMade)
    assert made.new_number == 1002
    yield place
    close_practice()


def test_a_number_of_both_series_asks_which_is_meant(practice: Practice) -> None:
    base = practice.location
    kinds = [match.kind for match in find_number(1002)]
    assert sorted(kinds) == [InvoiceKind.DRE, InvoiceKind.INVOICE]
    assert [invoice_sheet(match.id).dre_of for match in find_number(1002, kind=InvoiceKind.DRE)] == [1001]
    asked = accueil("annuler", "1002", "--base", base)
    assert asked.code == 1
    assert asked.err.splitlines()[0] == (
        "Plusieurs factures n° 1002 : lot 001 du 05/11/2026 ; DRE, dans aucun lot, du 05/11/2026 ; "
        "écrivez par exemple 1002@dre."
    )
    refused = accueil("annuler", "1002@DRE", "--base", base)
    assert refused.err.splitlines()[0].startswith("DRE n° 1002 : Pas encore transmise")
    refused = accueil("annuler", "1002@facture", "--base", base)
    assert refused.err.splitlines()[0].startswith("Facture n° 1002 : Aucun rejet")
    assert accueil("annuler", "1001@dre", "--base", base).err.splitlines()[0] == (
        "Aucune facture n° 1001 n’est une DRE : lot 001 du 05/11/2026."
    )
    assert "DRE n° 1002" in accueil("valider", "1002@dre", "--base", base).out


def test_lister_and_its_json_tell_the_kind(practice: Practice) -> None:
    base = practice.location
    lines = accueil("lister", "--base", base).out.splitlines()
    assert [" DRE " in line for line in lines[1:]].count(True) == 1
    (dre,) = rows(base, "--non-validees").values()
    assert (dre["number"], dre["kind"], dre["dre_of"]) == (1002, "dre", 1001)
    assert rows(base, "--filtre", "1001")[1001]["kind"] == "invoice"
    assert " DRE" in accueil("lister", "--non-validees", "--base", base).out.splitlines()[1]
    found = list(csv.DictReader(StringIO(accueil("lister", "--format", "csv", "--base", base).out)))
    assert sorted(row["kind"] for row in found) == ["dre", "invoice", "invoice"]
    checked = accueil("controler", "1002@dre", "--base", base).out
    assert all(line.startswith("DRE 1002 ") for line in checked.splitlines())


def test_old_requests_to_be_cancelled_are_listed_alone_and_none_is_said_to_be_none(
    practice: Practice,
) -> None:
    base = practice.location
    none = accueil("dre", "--annulations", "--base", base)
    assert (none.code, none.out) == (0, "Aucune DRE à annuler.\n"), "others wait: they are not denied"
    assert "Le format de la DRE d’annulation" not in accueil("dre", "--base", base).out
    invoice = an_invoice(1003, settlement="15")
    take_in(invoice, lot=9)
    hear(an_answer(invoice, "rejected"), reference="R3")
    assert accueil("annuler", "1003", "--oui", "--base", base).code == 0
    for typed in ((), ("--annulations",)):
        lines = accueil("dre", *typed, "--base", base).out.splitlines()
        assert [line.split()[1:3] for line in lines if line.startswith("000001003")] == [["à", "annuler"]]
        assert lines[-1] == NO_LAYOUT
        assert max(map(len, lines)) <= 80
    assert accueil("dre", "--annulations", "--base", base).out.splitlines()[0] == "12,60 € · 1 à annuler"
    (told,) = json.loads(accueil("dre", "--annulations", "--format", "json", "--base", base).out)
    assert (told["number"], told["step"], told["lot"]) == (1003, "to_cancel", 9)


async def test_the_lists_the_panel_and_the_form_mark_it(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        await desk.selects(" DRE ")
        await desk.sees("DRE La part complémentaire de la facture n° 1001, demandée seule.")
        await desk.press("enter")
        await desk.sees("DRE n° 000001002", "DRE de la facture n° 1001")
        await desk.press("escape", "escape")
        await desk.opens(MENU, UNVALIDATED)
        assert " DRE" in desk.selected()
        await desk.press("m")
        await desk.sees("DRE n° 1002", "12,60 €", "= AMO 0,00", "+ AMC 12,60 + patient 0,00")
        await desk.press("escape", "v")
        await desk.sees("La DRE n° 1002")


async def test_an_answer_that_waits_and_the_overview_name_the_dre(practice: Practice) -> None:
    invoice = an_invoice(1001, settlement="15")
    hear(an_answer(invoice, None, "rejected", number=1777, kind="D"), reference="R2")
    base = practice.location
    (waiting,) = json.loads(accueil("trancher", "--base", base, "--format", "json").out)["answers"]
    assert (waiting["number"], waiting["document"], waiting["amc_state"]) == (1777, "dre", "rejected")
    assert "DRE n° 1777 du professionnel" in accueil("trancher", "--base", base).out
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.sees("000001777 DRE REJ")
        await desk.press("d")
        await desk.sees("DRE n° 1777, patient inconnu.")
        await desk.press("e")
        await desk.sees("DRE n° 1777 : réponse écartée.")

"""`accueil journal`: by day, by person, by invoice, in full sentences; and what a spreadsheet of France gets."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from models.commands.bill import bill_invoice
from models.commands.cancel import cancel_invoices
from models.commands.record_right import record_right
from models.domain.author import Author
from models.domain.place import locate
from models.domain.states import RightSource, Signature
from models.practice import open_practice
from models.queries.sheets import find_number
from tests.tui.command_line import NOW, accueil, cancel_and_bill, close, practice

NADIA = Author("nadia", datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The samples' practice in which two people worked on two days."""
    found = practice(tmp_path_factory.mktemp("journal"))
    cancel_and_bill(found, 1030)
    assert accueil("annuler", "1008", "--oui", "--base", found, "--operateur", "sophie").code == 0
    open_practice(locate(found, Path(found).parent))
    wanted = [find_number(number)[0].id for number in (1009, 1010)]
    cancel_invoices([(one, None) for one in wanted], NADIA)
    new = find_number(1062)[0].id
    bill_invoice(new, 1, Signature.DEGRADED, NADIA)
    record_right(new, "4", NOW.date(), None, RightSource.ATTESTATION, NADIA)
    close()
    return found


def lines(base: str, *options: str) -> list[str]:
    ran = accueil("journal", "--base", base, *options)
    assert ran.code == 0, ran.err
    return ran.out.splitlines()


def said(base: str, *options: str) -> list[str]:
    ran = accueil("journal", "--base", base, "--format", "json", *options)
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return [entry["sentence"] for entry in found]


def test_each_entry_is_a_sentence_under_its_day(base: str) -> None:
    found = lines(base, "--jour", "24/11/2026")
    assert found[0] == "24/11/2026"
    assert found[1].startswith("09:00  nadia a annulé 2 factures : n° 1009 devenue 106")
    assert max(map(len, found)) <= 80
    assert any("nadia a noté un droit de RICHARD Sophie : exonération 4 depuis le" in line for line in found)
    assert all(line.startswith((" ", "09:00")) for line in found[1:])


def test_by_person_and_what_i_did_today(base: str) -> None:
    assert {sentence.split()[0] for sentence in said(base, "--par", "nadia")} == {"nadia"}
    mine = said(base, "--moi", "--operateur", "sophie")
    assert mine == ["sophie a annulé la facture n° 1008 (rejet 0540 057) : elle est devenue la n° 1062."]
    assert said(base, "--moi", "--operateur", "nadia") == []  # on another day
    assert len(said(base, "--moi", "--operateur", "nadia", "--du", "23/11/2026")) == 3


def test_an_invoice_is_followed_under_all_its_numbers(base: str) -> None:
    old, new = said(base, "--facture", "1030"), said(base, "--facture", "1061")
    assert old == new
    assert any("a importé le fichier" in sentence for sentence in new)
    assert any("a relevé le retour n°" in sentence for sentence in new)
    assert any("a annulé la facture n° 1030" in sentence for sentence in new)
    assert new[-1].endswith("a corrigé la facture n° 1061 : Code exonération, Prescripteur.")


def test_nothing_of_it_names_a_nir_and_the_days_bound_it(base: str) -> None:
    everything = "\n".join(said(base))
    assert "1840533" not in everything
    assert len(said(base)) == len(said(base, "--au", "22/11/2026")) + len(said(base, "--du", "23/11/2026"))
    assert lines(base, "--jour", "01/01/2020") == []


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--jour", "24/11/2026", "--du", "24/11/2026"), "--jour ne va pas avec --du"),
        (("--du", "24/11/2026", "--au", "23/11/2026"), "--au est avant --du"),
        (("--jour", "31/02/2026"), "n’existe pas"),
        (("--moi", "--par", "nadia"), "ne va pas avec"),
        (("--tableur", "--format", "json"), "--tableur va avec --format csv"),
    ],
)
def test_what_cannot_be_asked_is_said(base: str, options: tuple[str, ...], why: str) -> None:
    ran = accueil("journal", "--base", base, *options)
    assert ran.code == 2
    assert why in ran.err


def test_a_spreadsheet_of_france_gets_its_own_csv(base: str) -> None:
    ran = accueil("lister", "--base", base, "--tableur", "--filtre", "1008")
    heading, row, *_ = csv.reader(StringIO(ran.out.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert ran.out.startswith("\ufeff")
    found = dict(zip(heading, row, strict=True))
    assert (found["N°"], found["État"], found["Date"], found["Patient"]) == (
        "1008",
        "annulée",
        "05/11/2026",
        "RICHARD Sophie",
    )
    assert "," in found["Montant"]
    bilan = accueil("bilan", "--base", base, "--tableur").out.splitlines()
    assert bilan[0] == "\ufeffRejet;Libellé;Part;Rejetées;En attente;Montant en attente;La plus ancienne"
    told = accueil("journal", "--base", base, "--tableur", "--par", "nadia").out.splitlines()
    assert told[0] == "\ufeffMoment;Qui;Factures;Ce qui a été fait"
    assert told[1].startswith("24/11/2026 09:00;nadia;facture n° ")

"""« Où en est ma facture ? »: a menu's letter and the name, on the screen and on the command line."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from models.commands.record_right import record_right
from models.domain.author import Author
from models.domain.place import Practice
from models.domain.states import RightSource
from models.queries.history import KnownRight
from models.queries.people import SeenRight
from models.queries.sheets import find_number
from tests.tui.command_line import accueil
from tests.tui.desk import MORNING, at_desk
from tui.text.people import seen_right


async def test_a_letter_and_the_name_answer(practice: Practice) -> None:
    invoice = find_number(1031)[0].id
    record_right(invoice, "4", MORNING.date(), None, RightSource.ATTESTATION, Author("claire", MORNING))
    async with at_desk(practice) as desk:
        await desk.press("p")
        await desk.types("märtin isa")
        await desk.sees("MARTIN Isabelle", "En cours", "0460 051")
        assert desk.focus() == "filter"
        await desk.press("enter")
        await desk.sees("Accueil › Patients › Ses factures")
        assert {1009, 1010, 1031, 1033} <= set(desk.numbers())
        assert "NIR 2 " in desk.screen_text()
        await desk.press("v")
        await desk.sees("exonération 4", "attestation vue le 23/11/2026 par claire")
        await desk.press("d")
        await desk.sees("Retirer ce droit ?")
        await desk.types("autre patient")
        await desk.press("enter")
        await desk.sees("Droit retiré", "retiré par sophie le 23/11/2026 : autre patient")
        await desk.press("d")
        await desk.sees("Ce droit est déjà retiré.")
        await desk.press("escape")
        await desk.sees("aucun noté")
        await desk.press("enter")
        await desk.sees("Accueil › Détail de la facture")
        await desk.press("escape", "escape")
        assert desk.value() == "märtin isa"  # back where one searched
        await desk.fills("rich")
        await desk.sees("RICHARD Sophie", "RICHARD Bernard")
        await desk.press("down")
        before = desk.selected()
        await desk.press("enter")
        await desk.sees(before[2:20].strip(), "Ses factures")
        await desk.press("escape", "escape")
        assert desk.value() == ""
        await desk.press("escape")
        assert desk.place() == "Accueil"


async def test_enter_right_behind_the_last_letter_opens_whom_it_names(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.press("p")
        for key in "moreau":
            desk._send(key)
        desk._send("enter")
        await desk.sees("Ses factures", "MOREAU Jacques")
        await desk.press("escape")
        await desk.fills("personne")
        await desk.press("enter")
        await desk.sees("Aucun patient sélectionné.")


def test_the_verb_says_it_too_and_tells_homonyms_apart(practice: Practice, tmp_path: Path) -> None:
    base = practice.location
    one = accueil("patient", "moreau", "--base", base)
    assert one.code == 0
    assert one.out.startswith("MOREAU Jacques · ")
    assert "0450 056" in one.out
    assert "À faire" in one.out
    assert max(map(len, one.out.splitlines())) <= 80
    several = accueil("patient", "richard", "--base", base)
    assert [line.split()[1] for line in several.out.splitlines()[1:]] == ["Bernard", "Sophie"]
    assert "ajoutez la date de naissance" in several.err
    found = json.loads(accueil("patient", "moreau", "jacques", "--format", "json", "--base", base).out)
    assert {invoice["number"] for invoice in found[0]["invoices"]} >= {1042}
    assert found[0]["nir"].endswith("••")
    rows = list(
        csv.reader(StringIO(accueil("patient", "moreau", "--tableur", "--base", base).out, newline=""), delimiter=";")
    )
    assert rows[0][:4] == ["\ufeffNé(e) le", "NIR", "Rang", "N°"]
    assert {row[3] for row in rows[1:]} == {str(invoice["number"]) for invoice in found[0]["invoices"]}
    nobody = accueil("patient", "personne", "--base", base)
    assert (nobody.code, nobody.out) == (0, "")


@pytest.mark.parametrize(
    ("exemption", "named"), [("4", "4 (Affection de longue durée, soins conformes au protocole)"), ("Z", "Z")]
)
def test_a_right_is_said_with_the_name_of_its_exemption_where_it_has_one(exemption: str, named: str) -> None:
    right = KnownRight(exemption, date(2026, 1, 1), date(2026, 12, 31), RightSource.ATTESTATION, date(2026, 11, 16))
    assert seen_right(SeenRight(1, right, "claire")) == (
        f"exonération {named} du 01/01/2026 au 31/12/2026, attestation vue le 16/11/2026 par claire"
    )

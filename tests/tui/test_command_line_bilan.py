"""`accueil bilan`: the figures of the overview for the eye, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from models.practice import close_practice, open_practice
from models.queries.first_answers import FirstAnswers
from tests.practices import practice_in
from tests.tui.command_line import LOTS, SAMPLES, accueil, practice
from tests.tui.test_command_line_process import start
from tui.text.exported import CODE_COLUMNS
from tui.text.lessons import rate_lines
from tui.text.lessons_exported import LESSON_COLUMNS

FIELDS = tuple(column.name for column in CODE_COLUMNS)
EXPECTED: list[dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text())
WAITING_CENTS = sum(
    (invoice["amo"] if invoice["reject"] else 0) + (invoice["amc"] if invoice["amc_reject"] else 0)
    for invoice in EXPECTED
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    return practice(tmp_path_factory.mktemp("bilan"))


def document(base: str) -> dict[str, Any]:
    ran = accueil("bilan", "--base", base, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


class TestJson:
    def test_has_the_figures_of_the_samples(self, base: str) -> None:
        found = document(base)
        assert list(found) == ["by_code", "by_month", "oldest", "waiting_cents", "noted", "filed"]
        assert found["waiting_cents"] == WAITING_CENTS == sum(line["waiting_cents"] for line in found["by_code"])
        assert {(line["code"], line["share"]): line["count"] for line in found["by_code"]} == {
            ("0450 054", "amo"): 4,
            ("0450 056", "amo"): 2,
            ("0450 072", "amo"): 2,
            ("0460 051", "amo"): 4,
            ("0540 057", "amo"): 2,
            ("1001", "amc"): 3,
        }
        assert found["by_month"] == [{"month": "2026-11", "rejected": 15, "amount_cents": WAITING_CENTS}]

    def test_has_these_names_in_this_order(self, base: str) -> None:
        found = document(base)
        assert all(tuple(line) == FIELDS for line in found["by_code"])
        assert found["oldest"][0] == {
            "number": 1002,
            "billed_on": "2026-11-05",
            "patient": found["oldest"][0]["patient"],
            "rejection": None,
            "amc_rejection": "1001",
            "waiting_cents": 1044,
            "kind": "invoice",
        }
        days = [invoice["billed_on"] for invoice in found["oldest"]]
        assert days == sorted(days)
        assert len(days) == 10

    def test_cancelling_takes_an_invoice_out_of_what_waits(self, tmp_path: Path) -> None:
        base = practice(tmp_path)
        accueil("annuler", "1008", "--oui", "--base", base)
        (line,) = [line for line in document(base)["by_code"] if line["code"] == "0540 057"]
        assert (line["count"], line["waiting"]) == (2, 1)
        (cancelled,) = [invoice for invoice in EXPECTED if invoice["number"] == 1008]
        assert document(base)["waiting_cents"] == WAITING_CENTS - cancelled["amo"]

    def test_a_practice_without_rejection_is_empty(self, tmp_path: Path) -> None:
        base = str(tmp_path / "cabinet.db")
        accueil("importer", *LOTS, "--base", base)
        apart = {"noted": 0, "filed": {"count": 0, "owed_cents": 0}}
        assert document(base) == {"by_code": [], "by_month": [], "oldest": [], "waiting_cents": 0, **apart}


class TestCsv:
    def test_is_the_codes_that_json_has(self, base: str) -> None:
        ran = accueil("bilan", "--base", base, "--format", "csv")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.count("\r\n") == ran.out.count("\n") == 7
        read = list(csv.DictReader(StringIO(ran.out, newline="")))
        assert tuple(read[0]) == FIELDS
        assert read == [{key: str(value) for key, value in line.items()} for line in document(base)["by_code"]]

    def test_no_rejection_leaves_the_heading(self, tmp_path: Path) -> None:
        base = str(tmp_path / "cabinet.db")
        accueil("importer", *LOTS, "--base", base)
        assert accueil("bilan", "--base", base, "--format", "csv").out == ",".join(FIELDS) + "\r\n"


class TestText:
    def test_fits_eighty_columns_with_each_figure_beside_its_bar(self, base: str) -> None:
        ran = accueil("bilan", "--base", base)
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert max(len(line) for line in lines) <= 80
        assert lines[0] == f"En attente : 15 factures, {WAITING_CENTS // 100},{WAITING_CENTS % 100:02} €"
        (line,) = [line for line in lines if line.startswith("0540 057")]
        assert "█" in line
        assert "2 sur 2" in line
        titles = ("Par code", "Par mois, à la date du retour", "En attente, les plus anciennes d’abord")
        assert [line for line in lines if line in titles] == list(titles)

    def test_draws_in_ascii_where_it_is_asked(self, base: str) -> None:
        ran = accueil("bilan", "--base", base, env={"ACCUEIL_ASCII": "1"})
        assert "█" not in ran.out
        assert "####" in ran.out

    def test_draws_in_ascii_where_the_output_has_no_blocks(self, base: str) -> None:
        ran = start("bilan", "--base", base, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
        assert ran.returncode == 0
        assert b"####" in ran.stdout
        assert b"????" not in ran.stdout

    def test_no_rejection_is_said(self, tmp_path: Path) -> None:
        base = str(tmp_path / "cabinet.db")
        accueil("importer", *LOTS, "--base", base)
        assert accueil("bilan", "--base", base).out == "En attente : 0 facture, 0,00 €\nAucun rejet reçu.\n"


class TestMoney:
    def test_every_cent_that_was_sent_is_in_one_place(self, base: str) -> None:
        found = json.loads(accueil("bilan", "--argent", "--base", base, "--format", "json").out)
        places = {line["place"]: line["cents"] for line in found["places"]}
        assert sum(places.values()) == found["sent_cents"] == found["asked_cents"]
        assert places["rejected"] == WAITING_CENTS
        assert places["paid"] == found["brought_cents"]["applied"]

    def test_is_told_in_eighty_columns_and_for_a_spreadsheet(self, base: str) -> None:
        lines = accueil("bilan", "--argent", "--base", base).out.splitlines()
        assert max(len(line) for line in lines) <= 80
        assert lines[0].startswith("Demandé : ")
        assert any(line.startswith("Rejeté, à traiter") and "█" in line for line in lines)
        assert any(line.endswith("compté sur les factures") for line in lines)
        heading, first, *_ = accueil("bilan", "--argent", "--base", base, "--tableur").out.splitlines()
        assert (heading, first.split(";")[0]) == ("\ufeffOù;Parts;Montant", "Payé")

    def test_a_practice_that_sent_nothing_says_so(self, tmp_path: Path) -> None:
        base = practice_in(tmp_path)
        open_practice(base, create=True)
        close_practice()
        assert accueil("bilan", "--argent", "--base", base.location).out == "Rien n’a encore été envoyé.\n"


class TestUse:
    def test_the_help_is_french(self) -> None:
        ran = accueil("bilan", "--help")
        assert ran.code == 0
        assert ran.out.startswith("utilisation : accueil bilan")
        assert "texte, json ou csv" in ran.out
        assert "bilan" in accueil("--help").out

    def test_another_format_is_wrong_use(self) -> None:
        ran = accueil("bilan", "--format", "xml")
        assert ran.code == 2
        assert "choisissez parmi texte, json, csv" in ran.err

    def test_no_practice_is_refused_in_a_sentence(self, tmp_path: Path) -> None:
        ran = accueil("bilan", "--base", str(tmp_path / "rien.db"))
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.count("\n") == 1
        assert "Aucun cabinet" in ran.err


class TestLessons:
    def test_the_three_forms_say_the_same(self, base: str) -> None:
        rows = json.loads(accueil("bilan", "--enseignements", "--format", "json", "--base", base).out)
        (whole,) = [row for row in rows if row["about"] == "practice"]
        assert (whole["answered"], whole["accepted"], whole["came_back"]) == (48, 33, 15)
        costs = {row["key"]: row["count"] for row in rows if row["about"] == "code"}
        assert costs == {"0450 054": 4, "0450 056": 2, "0450 072": 2, "0460 051": 4, "0540 057": 2, "1001": 3}
        text = accueil("bilan", "--enseignements", "--base", base)
        assert "Acceptées d’emblée : 68 %, 33 sur 48 factures" in text.out
        assert all(len(line) <= 80 for line in text.out.splitlines())
        table = list(
            csv.DictReader(StringIO(accueil("bilan", "--enseignements", "--format", "csv", "--base", base).out))
        )
        assert tuple(table[0]) == tuple(column.name for column in LESSON_COLUMNS)
        assert len(table) == len(rows)

    def test_few_answers_have_no_rate_and_no_bar(self) -> None:
        few, many = FirstAnswers("2026-11", None, "", 3, 3), FirstAnswers("2026-10", None, "", 41, 26)
        lines = rate_lines((few, many), "Mois", 80, "#").rows
        assert ("trop peu" in lines[0], "#" in lines[0], "3 sur 3" in lines[0]) == (True, False, True)
        assert ("63 %" in lines[1], "#" in lines[1], "26 sur 41" in lines[1]) == (True, True, True)

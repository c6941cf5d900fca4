"""`accueil lister`: what other programs read, held against the samples' expected.json; and what people read."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.command_line import SAMPLES, accueil, practice, rows
from tui.text.csv_file import csv_cell
from tui.text.exported import INVOICE_COLUMNS

FIELDS = tuple(column.name for column in INVOICE_COLUMNS)
FIELD = SAMPLES.parent / "field"
EXPECTED: list[dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text())
STATES = {
    "paid": "paid",
    "rejected": "rejected",
    "rejected_both": "rejected",
    "amc_rejected": "partly_paid",
    "deferred": "reprocessing",
    "silent": "transmitted",
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    return practice(tmp_path_factory.mktemp("lister"))


class TestJson:
    def test_every_invoice_is_as_expected(self, base: str) -> None:
        found = rows(base)
        assert {
            number: {
                key: row[key]
                for key in ("state", "rejection", "amc_rejection", "total_cents", "amo_cents", "amc_cents", "batch")
            }
            for number, row in found.items()
        } == {
            invoice["number"]: {
                "state": STATES[invoice["fate"]],
                "rejection": invoice["reject"],
                "amc_rejection": invoice["amc_reject"],
                "total_cents": invoice["total"],
                "amo_cents": invoice["amo"],
                "amc_cents": invoice["amc"],
                "batch": invoice["lot"],
            }
            for invoice in EXPECTED
        }

    def test_the_shares_follow_the_fate(self, base: str) -> None:
        found = rows(base)
        shares = {
            "paid": ("paid", {"none", "paid"}),
            "rejected": ("rejected", {"none", "pending"}),
            "rejected_both": ("rejected", {"rejected"}),
            "amc_rejected": ("paid", {"rejected"}),
            "deferred": ("deferred", {"none", "deferred"}),
            "silent": ("pending", {"none", "pending"}),
        }
        for invoice in EXPECTED:
            amo, amc = shares[invoice["fate"]]
            row = found[invoice["number"]]
            assert row["amo_state"] == amo, invoice
            assert row["amc_state"] in amc, invoice
            assert (row["amc_state"] == "none") == (invoice["amc"] == 0), invoice

    def test_has_these_names_in_this_order(self, base: str) -> None:
        first = json.loads(accueil("lister", "--base", base, "--format", "json").out)[0]
        assert tuple(first) == FIELDS
        assert first["number"] == 1008
        assert first["patient"] == "RICHARD Sophie"
        assert (first["replaces"], first["replaced_by"]) == (None, None)

    def test_prints_an_empty_list_where_nothing_matches(self, base: str) -> None:
        ran = accueil("lister", "--base", base, "--format", "json", "--filtre", "personne")
        assert (ran.code, ran.err, json.loads(ran.out)) == (0, "", [])

    def test_a_successor_has_no_rejection_of_its_own(self, tmp_path: Path) -> None:
        base = practice(tmp_path)
        accueil("annuler", "1008", "--oui", "--base", base)
        found = rows(base)
        assert (found[1008]["state"], found[1008]["rejection"]) == ("cancelled", "0540 057")
        successor = {key: found[1061][key] for key in ("state", "amo_state", "rejection", "batch", "replaces")}
        assert successor == {
            "state": "unvalidated",
            "amo_state": "none",
            "rejection": None,
            "batch": None,
            "replaces": 1008,
        }


class TestLists:
    @pytest.mark.parametrize(
        ("option", "count"), [("--toutes", 60), ("--annulables", 14), ("--non-validees", 0), ("--validees", 0)]
    )
    def test_each_list_has_its_invoices(self, base: str, option: str, count: int) -> None:
        assert len(rows(base, option)) == count

    def test_what_can_be_cancelled_is_what_annuler_accepts(self, base: str) -> None:
        numbers = set(rows(base, "--annulables"))
        accepted = {number for number in rows(base) if accueil("annuler", str(number), "--base", base).code == 0}
        assert numbers == accepted

    def test_the_filter_narrows_the_list(self, base: str) -> None:
        assert set(rows(base, "--filtre", "martin isa")) == {1009, 1010, 1031, 1033}
        assert set(rows(base, "--annulables", "--filtre", "0540 057")) == {1008, 1010}

    def test_toutes_is_what_is_listed_without_a_choice(self, base: str) -> None:
        assert rows(base) == rows(base, "--toutes")


class TestCsv:
    def test_is_what_json_says(self, base: str) -> None:
        ran = accueil("lister", "--base", base, "--format", "csv")
        assert ran.code == 0
        assert ran.out.count("\r\n") == ran.out.count("\n") == 61
        read = list(csv.DictReader(StringIO(ran.out, newline="")))
        assert tuple(read[0]) == FIELDS
        expected = rows(base)
        assert {int(row["number"]) for row in read} == set(expected)
        for row in read:
            assert row == {
                key: "" if value is None else str(value) for key, value in expected[int(row["number"])].items()
            }

    def test_nothing_found_leaves_the_heading(self, base: str) -> None:
        ran = accueil("lister", "--base", base, "--format", "csv", "--filtre", "personne")
        assert (ran.code, ran.out) == (0, ",".join(FIELDS) + "\r\n")

    @pytest.mark.parametrize("start", [*"=+-@＝＋－＠\t\r\n", "\t=", " ＝", "\u3000+"])
    def test_no_text_is_a_formula(self, start: str) -> None:
        cell = csv_cell(f"{start}1+1")
        assert cell.startswith("'")

    @given(st.text())
    def test_no_cell_drives_a_spreadsheet_or_a_terminal(self, value: str) -> None:
        cell = csv_cell(value)
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"))
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in cell)


class TestTable:
    def test_fits_eighty_columns_and_is_aligned(self, base: str) -> None:
        heading, *lines = accueil("lister", "--base", base).out.splitlines()
        assert len(lines) == 60
        assert heading.startswith("N°")
        assert max(len(line) for line in [heading, *lines]) <= 80
        amount_ends = heading.index("Montant") + len("Montant")
        assert all(line[amount_ends - 3] == "," and line[amount_ends] == " " for line in lines)

    def test_shows_the_rejected_first(self, base: str) -> None:
        first = accueil("lister", "--base", base).out.splitlines()[1]
        assert first.split()[:4] == ["000001008", "05/11", "RICHARD", "Sophie"]
        assert first.endswith("REJ ·   0540 057")

    def test_an_empty_list_is_a_heading_and_no_failure(self, base: str) -> None:
        ran = accueil("lister", "--base", base, "--filtre", "personne")
        assert ran.code == 0
        assert len(ran.out.splitlines()) == 1
        assert ran.err == "Aucune facture dans cette liste.\n"

    def test_the_unvalidated_show_what_they_replace(self, tmp_path: Path) -> None:
        base = practice(tmp_path)
        accueil("annuler", "1008", "--oui", "--base", base)
        (_, line) = accueil("lister", "--non-validees", "--base", base).out.splitlines()
        assert line.startswith("000001061")
        assert "000001008" in line


class TestLots:
    """What is odd of the lots in which the listed invoices stand, and lots that were made anew."""

    @pytest.fixture
    def anew(self, tmp_path: Path) -> str:
        """A lot, made anew with its invoices after a negative ARL."""
        base = str(tmp_path / "cabinet.db")
        lots = [str(FIELD / name) for name in ("arl-lot1.b2", "arl-lot2-redone.b2", "cnt4.b2")]
        assert accueil("importer", *lots, "--base", base).code == 0
        return base

    def test_json_names_the_lot_that_was_redone_and_the_remarks(self, anew: str) -> None:
        found = rows(anew).values()
        moved = [row for row in found if "other_batches" in row]
        assert moved
        assert all(lot["redone"] and lot["batch"] != row["batch"] for row in moved for lot in row["other_batches"])
        assert any("compteur" in remark.lower() for row in found for remark in row.get("batch_remarks", ()))

    def test_the_table_says_them_below(self, anew: str) -> None:
        said = accueil("lister", "--base", anew).err.splitlines()
        assert any(line.startswith("Lot ") and " refait : " in line for line in said)
        assert len(said) == len(set(said)) >= 2

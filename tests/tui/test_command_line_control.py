"""`accueil controler`: what the checks find on invoices, sent or not, for the eye and for a program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from models.domain.draft import FIELDS
from tests.tui.command_line import accueil, cancel_and_bill, practice, rows

MEMBERS = ["number", "kind", "check", "level", "field", "message", "source"]


@pytest.fixture
def base(tmp_path: Path) -> str:
    return practice(tmp_path)


def controlled(base: str, *argv: str) -> list[dict[str, Any]]:
    ran = accueil("controler", *argv, "--format", "json", "--base", base)
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert isinstance(found, list)
    return found


def test_all_invoices_are_checked_and_none_that_was_paid_is_blamed(base: str) -> None:
    found = controlled(base, "--toutes")
    assert found == controlled(base)
    paid = {number for number, row in rows(base).items() if row["state"] == "paid"}
    assert len(paid) == 33
    assert {one["number"] for one in found} & paid == set()
    assert {one["level"] for one in found} == {"advice"}


def test_each_finding_has_exactly_the_documented_members(base: str) -> None:
    for one in controlled(base, "--toutes"):
        assert list(one) == MEMBERS
        assert isinstance(one["number"], int)
        assert one["level"] in {"blocking", "advice"}
        assert one["field"] in {*FIELDS, "number"}
        assert all(isinstance(one[name], str) and one[name] for name in MEMBERS[1:])


def test_an_invoice_that_was_sent_is_checked_by_its_number(base: str) -> None:
    found = controlled(base, "1051")
    assert {one["number"] for one in found} == {1051}
    assert "exemption" in {one["field"] for one in found}
    assert controlled(base, "1001") == []


def test_several_invoices_in_the_order_asked_for(base: str) -> None:
    numbers = [one["number"] for one in controlled(base, "1051", "1009")]
    assert list(dict.fromkeys(numbers)) == [1051, 1009]


def test_one_that_is_not_sent_is_checked_before_it_is_validated(base: str) -> None:
    accueil("annuler", "1008", "--oui", "--base", base)
    before = controlled(base, "1061")
    assert [one["field"] for one in before if one["check"] == "même rejet"] == ["lines"]
    new = cancel_and_bill(base, 1009)
    assert [one for one in controlled(base, str(new)) if one["check"] == "même rejet"] == []


def test_checking_changes_nothing(base: str) -> None:
    before = rows(base)
    controlled(base, "--toutes")
    assert rows(base) == before
    assert accueil("verifier", "--base", base).code == 0


def test_for_the_eye_a_line_a_finding_and_the_count_apart(base: str) -> None:
    ran = accueil("controler", "--toutes", "--base", base)
    found = controlled(base, "--toutes")
    lines = ran.out.splitlines()
    assert len(lines) == len(found)
    for line, one in zip(lines, found, strict=True):
        assert line == f"{one['number']} conseil [{one['check']}] {one['message']}"
    assert re.fullmatch(rf"0 constat bloquant, {len(found)} conseil\(?s\)?\.\n", ran.err)


def test_nothing_found_is_said_as_nothing(base: str) -> None:
    ran = accueil("controler", "1001", "--base", base)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("0 constat bloquant, 0 conseil")
    assert controlled(base, "1001") == []


def test_a_number_that_nobody_bears_is_refused_and_the_others_are_checked(base: str) -> None:
    ran = accueil("controler", "9999", "1051", "--format", "json", "--base", base)
    assert ran.code == 1
    assert "9999" in ran.err
    assert {one["number"] for one in json.loads(ran.out)} == {1051}


@pytest.mark.parametrize("argv", [["--format", "csv"], ["mille"], ["--tout"]])
def test_what_is_badly_written_is_refused(base: str, argv: list[str]) -> None:
    ran = accueil("controler", *argv, "--base", base)
    assert (ran.code, ran.out) == (2, "")

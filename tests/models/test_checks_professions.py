"""For whom each check holds: what a physiotherapist is told is held against no other profession."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.checks.rules import rule_for, rules
from models.commands.import_lots import Imported, import_lots
from models.domain.findings import FindingLevel
from models.domain.place import Practice
from models.queries.histories import history_of
from models.reference.profession import Profession
from tests.models.cases import draft, findings, line, said
from tests.models.practice import SOPHIE, sheet

FIELD = Path(__file__).parent.parent / "samples" / "field"
NATURES = ("10", "11", "13", "22", "30", "41", "50", "70", "80", "90")
EXEMPTIONS = ("0", "1", "3", "4", "5", "6", "7", "9", "C")

OF_THE_CODES = ("exemption", "nature", "lines")

ACT_OF = {
    Profession.PHYSIOTHERAPIST: ("26", "RAM"),
    Profession.NURSE: ("24", "AMI"),
    Profession.SPEECH_THERAPIST: ("28", "AMO"),
    Profession.ORTHOPTIST: ("29", "AMY"),
    Profession.MIDWIFE: ("21", "SF"),
    Profession.PODIATRIST: ("27", "AMP"),
    Profession.GENERALIST: ("01", "G"),
    Profession.SPECIALIST: ("03", "CS"),
    Profession.DENTIST: ("19", "SC"),
    Profession.ADVANCED_NURSE: ("86", "AMI"),
    Profession.LABORATORY: ("30", "B"),
}
PRESCRIBES = {
    Profession.MIDWIFE,
    Profession.GENERALIST,
    Profession.SPECIALIST,
    Profession.DENTIST,
    Profession.ADVANCED_NURSE,
}
"""Who is asked for no prescriber."""


@pytest.mark.parametrize("nature", NATURES)
@pytest.mark.parametrize("profession", Profession)
def test_no_code_of_the_official_lists_blocks_whoever_bills(profession: Profession, nature: str) -> None:
    specialty, code = ACT_OF[profession]
    for exemption in EXEMPTIONS:
        content = draft(line(code, specialty=specialty), nature=nature, exemption=exemption)
        assert not [found for found in findings(content) if found.blocking and found.field in OF_THE_CODES], exemption


@pytest.mark.parametrize("profession", Profession)
def test_a_prescription_is_asked_of_those_whose_care_is_prescribed_and_never_blocks(profession: Profession) -> None:
    specialty, code = ACT_OF[profession]
    content = draft(line(code, specialty=specialty), prescriber="", prescribed_on=None)
    found = [*said("prescripteur", findings(content)), *said("prescription", findings(content))]
    assert [finding.field for finding in found] == ([] if profession in PRESCRIBES else ["prescriber", "prescribed_on"])
    assert {finding.level for finding in found} <= {FindingLevel.ADVICE}


def test_a_physiotherapist_without_a_prescription_may_have_been_seen_in_direct_access() -> None:
    (found,) = said("prescription", findings(draft(prescribed_on=None)))
    assert "sauf accès direct" in found.message
    assert "06/06/2025" in found.source


@pytest.mark.parametrize("specialty", ["26", "01", "00", "  "])
def test_a_doctors_letter_is_asked_no_prescriber_whatever_the_setting_says(specialty: str) -> None:
    content = draft(line("G", specialty=specialty, price=3000, rate=70), prescriber="000000000", prescribed_on=None)
    assert findings(content) == []


@pytest.mark.parametrize(
    "acts",
    [
        (line("IK", specialty="24", price=35), line("AMI", specialty="24", price=315)),
        (line("AMI", specialty="24", price=315), line("AMI", specialty="24", price=315)),
        (line("AMI", specialty="24", price=315, at_home=True),),
        (line("AMI", specialty="24"), line("IFA", specialty="24", price=250), line("IFA", specialty="24", price=250)),
    ],
    ids=["kilometres first", "twice a day", "at home", "two visits"],
)
def test_nothing_of_a_physiotherapists_is_held_against_a_nurse(acts: tuple[object, ...]) -> None:
    assert not [found for found in findings(draft(*acts)) if found.blocking]  # type: ignore[arg-type]


def test_in_a_health_centre_each_line_has_the_rules_of_who_did_it() -> None:
    nurse = line("AMI", specialty="24", price=315)
    kine = line("RAM", price=215)
    found = said("montants", findings(draft(nurse, kine)))
    assert [finding.line for finding in found] == [2]


@pytest.mark.parametrize("name", ["b-doctor-G", "b-midwife", "b-nurse-AMI", "b-speech"])
def test_a_lot_of_another_profession_is_told_nothing_of_a_physiotherapist(practice: Practice, name: str) -> None:
    data = (FIELD / f"{name}.b2").read_bytes()
    outcome = import_lots(data, f"{name}.b2", SOPHIE)
    assert isinstance(outcome, Imported)
    number = {"b-doctor-G": 1, "b-nurse-AMI": 6, "b-midwife": 8, "b-speech": 9}[name]
    taken = sheet(number)
    found = findings(taken.draft, history_of(taken), date(2026, 11, 25))
    assert not [finding for finding in found if finding.blocking]
    assert not said("déplacement", found)
    assert not said("prescripteur", found) + said("prescription", found)


def test_every_rule_says_its_source_and_only_a_verified_one_may_block() -> None:
    assert all(entry.source and entry.says and entry.date <= date(2026, 11, 28) for entry in rules())
    assert all(entry.verified for entry in rules() if entry.blocks)


def test_the_direct_access_excuses_care_since_its_law() -> None:
    before, since = date(2023, 5, 19), date(2023, 5, 20)
    named = [rule_for("prescriber.asked", Profession.PHYSIOTHERAPIST, day) for day in (before, since)]
    assert [entry.unless if entry else None for entry in named] == ["", "accès direct"]


def test_the_readme_counts_the_rules_by_profession_verified_and_not() -> None:
    lines = []
    for label in ("all", *Profession):
        named = [r for r in rules() if (label in r.professions if r.professions else label == "all")]
        lines.append(f"| {label} | {sum(r.verified for r in named)} | {sum(not r.verified for r in named)} |")
    readme = (Path(__file__).parents[2] / "models" / "reference" / "README.md").read_text(encoding="utf-8")
    assert "\n".join(lines) in readme, "\n".join(lines)

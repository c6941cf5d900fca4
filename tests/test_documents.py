"""The documents say what is so: README's commands, the guide's pictures, the map of CONTRIBUTING."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.commands.keep_typed import KEPT_DAYS
from models.domain.place import Practice
from models.domain.retention import Retention
from models.practice import close_practice, open_practice
from models.queries.old_patients import UNPAID
from models.store.configuration import SECTIONS
from models.store.schema import migrate
from models.store.sqlite_file import sqlite_database
from models.tables.every_table import every_table
from tests import house_map, key_table
from tests.practices import practice_in
from tui.command_line.verbs import Command, parse
from tui.screens.transmitted import Transmitted
from tui.text import places

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LISEZMOI = (ROOT / "LISEZMOI.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "screenshots" / "README.md").read_text(encoding="utf-8")
INVARIANTS = (ROOT / "models" / "INVARIANTS.md").read_text(encoding="utf-8")
PRIVACY = (ROOT / "CONFIDENTIALITE.md").read_text(encoding="utf-8")
FIELD = (ROOT / "models" / "FIELD.md").read_text(encoding="utf-8")
DOCUMENTS = (
    *("README.md", "LISEZMOI.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md", "screenshots/README.md"),
    "CONFIDENTIALITE.md",
    *("models/INVARIANTS.md", "models/FIELD.md", "models/reference/README.md"),
)


def section(document: str, title: str) -> str:
    """What stands under a title of the second level."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", document, re.M | re.S)
    assert found, f"no section « {title} »"
    return found[1]


COMMANDS = re.findall(r"^accueil\b[^#\n]*", section(README, "Command line"), re.M)
FRENCH = [
    *re.findall(r"^(?:\.venv/bin/)?(accueil .+)", "\n".join(re.findall(r"```sh\n(.*?)```", LISEZMOI, re.S)), re.M),
    *re.findall(r"`(accueil [a-z]+)`", LISEZMOI),
]


@pytest.mark.parametrize("command", COMMANDS, ids=str.strip)
def test_a_command_of_the_readme_is_accepted(command: str) -> None:
    assert isinstance(parse(shlex.split(command)[1:]), Command)


def test_the_commands_of_the_practice_s_page_are_accepted() -> None:
    assert len(FRENCH) >= 6
    for command in FRENCH:
        assert isinstance(parse(shlex.split(command)[1:]), Command), command


@pytest.mark.parametrize("menu", [places.HOME_ENTRIES, places.TELETRANSMISSION_ENTRIES])
def test_the_practice_s_page_names_the_entries_as_the_menus_do(menu: tuple[places.Entry, ...]) -> None:
    for entry in menu:
        label = entry.label.removesuffix(" (B2)")
        if label in LISEZMOI:
            assert re.search(rf"`{entry.letter}`[^`]*{label}|{label}[^`]{{0,3}}`{entry.letter}`", LISEZMOI), label


def test_the_readme_shows_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(["--help"])
    assert left.value.code == 0
    listed = re.search(r"^ +VERBE\n(.*?)\n\n", capsys.readouterr().out, re.M | re.S)
    assert listed
    verbs = set(re.findall(r"^ {4}(\w+)", listed[1], re.M))
    assert len(verbs) >= 8
    assert verbs == {parse(shlex.split(command)[1:]).verb for command in COMMANDS} - {None}
    for verb in verbs:
        with pytest.raises(SystemExit) as left:
            parse([verb, "--help"])
        assert left.value.code == 0


def test_every_picture_is_in_the_guide_and_every_picture_of_the_guide_is_there() -> None:
    named = re.findall(r"!\[[^\]]+\]\(([^)]+\.svg)\)", GUIDE)
    assert len(named) == len(set(named))
    assert set(named) == {path.name for path in (ROOT / "screenshots").glob("*.svg")}


def test_the_guide_has_every_step_of_the_printed_one() -> None:
    steps = re.findall(r"^### (\d\.\d) ", GUIDE, re.M)
    assert [step for step in steps if step[0] in "12" and step != "1.8"] == [
        *(f"1.{step}" for step in range(1, 8)),
        *("2.1", "2.2", "2.3", "2.4", "2.4", "2.5"),
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_to_a_file_leads_somewhere(document: str) -> None:
    path = ROOT / document
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link


def test_the_map_is_drawn_from_the_modules_as_they_are() -> None:
    assert house_map.with_map(CONTRIBUTING) == CONTRIBUTING, "stale: make documents"


def test_the_key_table_is_drawn_from_the_screens_as_they_are() -> None:
    assert key_table.with_table(README) == README, "stale: make documents"


def test_a_key_that_is_given_another_name_makes_the_table_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    renamed = [replace(binding, key_display="Z/F9") for binding in Transmitted.declared().values()]
    monkeypatch.setattr(Transmitted, "declared", lambda: {binding.action: binding for binding in renamed})
    assert key_table.with_table(README) != README


PROMISES = re.findall(r"^\*\*P(\d+)\. .*?(?=^\*\*P|^## |\Z)", INVARIANTS, re.M | re.S)


def sources() -> Iterator[tuple[str, str]]:
    """Every text of the house in which a document may be cited, with its place."""
    for top in ("models", "tui", "tests"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in {".py", ".toml", ".md"}:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_every_promise_is_there_once_in_order() -> None:
    assert [int(number) for number in PROMISES] == list(range(1, 33))


def test_every_promise_names_what_holds_it_and_it_is_there() -> None:
    for promise in re.split(r"^(?=\*\*P\d)", INVARIANTS, flags=re.M)[1:]:
        held = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", promise)
        assert held, promise
        for module, name in held:
            tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
            there = {getattr(node, "name", "") for node in ast.walk(tree)}
            assert name in there, f"{module}::{name}"


def test_the_privacy_page_names_every_table_and_none_else() -> None:
    rows = re.findall(r"^\| (`.*?) \|", section(PRIVACY, "Table par table"), re.M)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert len(named) == len(set(named))
    made: Any = sqlite_database(":memory:")
    made.connect()
    migrate(made)
    found = made.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'invoice_search!_%' ESCAPE '!'"
    )
    assert set(named) == {name for (name,) in found.fetchall()}
    assert set(named) >= {table._meta.table_name for table in every_table()}
    made.close()


def test_the_privacy_page_says_what_the_program_does() -> None:
    for command in re.findall(r"`(accueil [^`]+)`", PRIVACY):
        typed = command.replace("JJ/MM/AAAA", "28/11/2021")
        assert isinstance(parse(shlex.split(typed)[1:]), Command), command
    for name, key in re.findall(r"`\[(\w+)\] (\w+)`", PRIVACY):
        assert key in SECTIONS[name], (name, key)
    kept = Retention()
    assert f"{kept.billing} ans après les derniers soins" in PRIVACY
    assert f"{kept.accesses} an, ôtés d’eux-mêmes" in PRIVACY
    assert f"depuis moins de {('', 'un', 'deux', 'trois')[UNPAID]} ans" in PRIVACY
    assert KEPT_DAYS == 30
    place = Practice("/c/cabinet.db", Path("/c"), "cabinet")
    folders = {
        f"{folder.name}/" for folder in (place.outbox, place.inbox, place.exports, place.printouts, place.backups)
    }
    assert set(re.findall(r"^\| `(cabinet-\w+/)` ", PRIVACY, re.M)) == folders
    held = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", section(PRIVACY, "Les mesures"))
    assert len(held) == section(PRIVACY, "Les mesures").count("\n|") - 2
    for module, name in held:
        assert f"def {name}(" in (ROOT / module).read_text(encoding="utf-8"), f"{module}::{name}"


def test_the_privacy_page_promises_the_encryption_that_is_there(tmp_path: Path) -> None:
    place = practice_in(tmp_path)
    open_practice(place, create=True)
    close_practice()
    assert not Path(place.location).read_bytes().startswith(b"SQLite format 3")
    assert "| la base, chiffrée" in PRIVACY
    assert "n’est pas chiffrée" not in PRIVACY


def test_a_promise_that_is_cited_exists() -> None:
    cited = {number for _, text in sources() for number in re.findall(r"\bP(\d+)\b(?=[,.:) ])", text)}
    assert cited <= set(PROMISES)


def test_a_section_of_the_field_that_is_cited_exists() -> None:
    there = set(re.findall(r"^#+ (\d(?:\.\d)?)\.? ", FIELD, re.M))
    cited = {section for _, text in sources() for section in re.findall(r"FIELD\.md`? §(\d(?:\.\d)?)", text)}
    assert cited
    assert cited <= there


def test_a_document_that_is_cited_is_in_the_tree() -> None:
    known = {path.name for path in ROOT.glob("*.md")} | {path.name for path in ROOT.glob("*/**/*.md")}
    for place, text in sources():
        for name in re.findall(r"\b[\w-]+\.md\b", text):
            assert name in known, f"{place}: {name}"
        for name in re.findall(r"\bformats/[\w.-]+\.(?:csv|xml)", text):
            assert (ROOT / name).is_file(), f"{place}: {name}"


def test_the_documents_name_no_path_of_a_machine() -> None:
    texts = [(ROOT / document).read_text(encoding="utf-8") for document in DOCUMENTS]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "screenshots").glob("*.svg")]
    assert not [found for text in texts for found in re.findall(r"/(?:work|home|root|tmp)/\S*", text)]

"""Each contract of the house (pyproject.toml) stops a breach of it: planted in a copy, seen, named."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

BREACHES = {
    "the shelves of models, each resting on those below it": (
        "models/domain/money.py",
        "from models.queries.counts import counts",
    ),
    "the rooms of tui, each resting on those below it": (
        "tui/widgets/key_bar.py",
        "from tui.screens.home import HomeScreen",
    ),
    "models knows no screen": ("models/commands/cancel.py", "from rich.text import Text"),
    "formats and the field's own rules know no database": ("models/formats/fixed.py", "import peewee"),
    "the screens touch no table and no store": (
        "tui/screens/overview.py",
        "from models.tables.rights import Override",
    ),
    "only commands open a change": ("models/demo/story.py", "import models.commands.change"),
}
"""By contract: a module, and the line that it must not have."""

OF_ALL_KINDS = [
    ("tui/screens/dre.py", "import peewee", "tui.screens.dre -> peewee"),
    (
        "tui/command_line/listing.py",
        "import models.store.database",
        "tui.command_line.listing -> models.store.database",
    ),
    ("models/checks/dates.py", "import models.commands.cancel", "models.checks.dates -> models.commands.cancel"),
    ("models/queries/counts.py", "import models.commands.cancel", "models.queries.counts -> models.commands.cancel"),
    ("models/reference/acts.py", "import models.domain.draft", "models.reference.acts -> models.domain.draft"),
    ("models/tables/journal.py", "import textual.app", "models.tables.journal -> textual"),
    ("tui/dialogs/confirm.py", "import tui.screens.home", "tui.dialogs.confirm -> tui.screens.home"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the two packages and of their contracts."""
    folder = tmp_path_factory.mktemp("house")
    for package in ("models", "tui"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@contextmanager
def planted(house: Path, module: str, line: str) -> Iterator[None]:
    """The copy with this line at the end of this module."""
    path = house / module
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8")


def lint(house: Path) -> tuple[set[str], str]:
    """The contracts that do not hold in the copy, and all that is said of them."""
    command = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([command, "--no-cache"], cwd=house, capture_output=True, text=True, check=False)
    told = {line.removesuffix(" BROKEN") for line in ran.stdout.splitlines() if line.endswith(" BROKEN")}
    return told, ran.stdout + ran.stderr


def test_the_house_as_it_is_holds_its_contracts(house: Path) -> None:
    told, said = lint(house)
    assert not told
    assert "0 broken" in said


def test_no_contract_is_without_its_breach() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in declared} == set(BREACHES)


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_seen(house: Path, contract: str) -> None:
    with planted(house, *BREACHES[contract]):
        assert contract in lint(house)[0]


def test_no_room_has_a_back_door(house: Path) -> None:
    with ExitStack() as stack:
        for module, line, _ in OF_ALL_KINDS:
            stack.enter_context(planted(house, module, line))
        _, said = lint(house)
    assert [what for _, _, what in OF_ALL_KINDS if what not in said] == []


def test_a_new_room_must_have_its_place_among_the_layers(house: Path) -> None:
    rooms = [house / package / "annexe" for package in ("models", "tui")]
    for room in rooms:
        room.mkdir()
        (room / "__init__.py").write_text('"""A room that no layer names."""\n', encoding="utf-8")
    try:
        told, said = lint(house)
    finally:
        for room in rooms:
            shutil.rmtree(room)
    assert {contract.split(" of ")[1].split(",")[0] for contract in told} == {"models", "tui"}, said

"""The map of CONTRIBUTING, drawn from the first lines of the modules: `python -m tests.house_map` writes it anew."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "CONTRIBUTING.md"
BEGIN = "<!-- map: begin (make documents) -->\n"
END = "<!-- map: end -->\n"
WIDTH = 120


def first_line(module: Path) -> str:
    """What a module says that it is for; every one says it."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    if not docstring:
        raise ValueError(f"{module.relative_to(ROOT)} does not say what it is for")
    return docstring.split("\n\n")[0].replace("\n", " ")


def rooms() -> Iterator[Path]:
    """Every folder that holds modules, the house's first floor first."""
    for top in ("models", "tui"):
        yield from sorted({module.parent for module in (ROOT / top).rglob("*.py")})


def drawn_room(room: Path) -> str:
    """One room: its name, what it is for, and a line for each of its modules."""
    parts = [f"### `{room.relative_to(ROOT).as_posix()}/`\n"]
    modules = sorted(room.glob("*.py"))
    if (door := room / "__init__.py") in modules:
        modules.remove(door)
        parts.append(f"{textwrap.fill(first_line(door), WIDTH)}\n")
    lines = [
        textwrap.fill(f"- `{module.name}` {first_line(module)}", WIDTH, subsequent_indent="  ", break_on_hyphens=False)
        for module in modules
    ]
    return "\n".join([*parts, *([*lines, ""] if lines else [])])


def house_map() -> str:
    """The whole map, as it stands between its two markers."""
    return "\n" + "\n".join(drawn_room(room) for room in rooms()) + "\n"


def with_map(document: str) -> str:
    """The document with the map as the house is now; the rest as it was."""
    before, rest = document.split(BEGIN)
    after = rest.split(END)[1]
    return before + BEGIN + house_map() + END + after


if __name__ == "__main__":
    DOCUMENT.write_text(with_map(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")

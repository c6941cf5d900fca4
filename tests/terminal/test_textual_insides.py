"""The private names of Textual: each is there in the version that is pinned, and one module alone leans on them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import textual

from tui.terminal import textual_insides
from tui.terminal.painter import TEXTUAL

ROOT = Path(__file__).resolve().parents[2]
MODULE = Path(textual_insides.__file__)
OTHERS = sorted(path for path in (ROOT / "tui").rglob("*.py") if path != MODULE)


def is_private(name: str) -> bool:
    """Whether a name is no business of ours; a named tuple's `_replace` is public, by its documentation."""
    return name.startswith("_") and not name.endswith("__") and name != "_replace"


def private_of(source: str) -> set[str]:
    """The private names that a source of Textual defines, on itself or as methods."""
    found = re.findall(r"\bself\.(_[a-z]\w*)(?:: [^=\n]+)? = |\bdef (_[a-z]\w*)", source)
    return {name for pair in found for name in pair if name}


def is_itself(owner: ast.expr) -> bool:
    """Whether an expression is `self` or `super()`."""
    match owner:
        case ast.Name("self") | ast.Call(ast.Name("super"), []):
            return True
        case _:
            return False


def used_on_itself(written: ast.ClassDef) -> set[str]:
    """The private names that a class defines, or uses on itself."""
    found: set[str] = set()
    for node in ast.walk(written):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        if isinstance(node, ast.Attribute) and is_itself(node.value):
            found.add(node.attr)
    return {name for name in found if is_private(name)}


def leaning(path: Path) -> Iterator[str]:
    """Where a module leans on a private name of Textual."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    own = set(re.findall(r"\bself\.(\w+)", source))
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and re.match(r"textual\.(.*\.)?_", node.module or ""):
            yield f"{path.name}:{node.lineno} {node.module}"
        if isinstance(node, ast.ClassDef) and isinstance(kind := vars(module).get(node.name), type):
            yield from (f"{path.name} {node.name}.{name}" for name in used_on_itself(node) & names_of_textual(kind))
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own:
            owner = ast.unparse(node.value)
            if not owner.startswith(("os", "argparse", "super()")) and f"def {node.attr}(" not in source:
                yield f"{path.name}:{node.lineno} {owner}.{node.attr}"


@cache
def private_names(base: type) -> set[str]:
    """The private names of one class of Textual."""
    return private_of(inspect.getsource(base))


def names_of_textual(kind: type) -> set[str]:
    """The private names that a class has from Textual."""
    return set().union(*(private_names(base) for base in kind.__mro__ if base.__module__.startswith("textual.")))


def leaned_on() -> list[tuple[str, str]]:
    """Each class of `textual_insides` with each private name that it uses on itself."""
    tree = ast.parse(MODULE.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return [(written.name, name) for written in classes for name in sorted(used_on_itself(written))]


def test_this_is_the_version_whose_insides_are_known() -> None:
    assert textual.__version__ == TEXTUAL


@pytest.mark.parametrize(("kind", "name"), leaned_on())
def test_textual_has_the_name(kind: str, name: str) -> None:
    assert name in names_of_textual(getattr(textual_insides, kind))


def test_what_is_leaned_on_is_not_little() -> None:
    assert {("OpenApp", "_batch_count"), ("OpenParser", "_timeout_time"), ("OpenDriver", "_loop")} < set(leaned_on())


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_module_leans_on_them(path: Path) -> None:
    assert list(leaning(path)) == []

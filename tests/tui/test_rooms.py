"""The rooms of tui as they are loaded: each screen by its name, and a command line that needs none of them."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

import tui.command_line
import tui.screens
from tui.app import AccueilApp
from tui.base.desk_screen import DeskScreen

DRAWN = ("textual", "tui.app", "tui.base", "tui.dialogs", "tui.flows", "tui.screens", "tui.widgets")
"""What only a program that draws needs."""


def modules(package: str, paths: list[str]) -> list[str]:
    """Each module of a package."""
    return [f"{package}.{module.name}" for module in pkgutil.iter_modules(paths)]


def loaded_after(*names: str) -> set[str]:
    """What a fresh Python holds once it has imported these."""
    script = "import sys, importlib\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script, *names], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def drawn(names: set[str]) -> set[str]:
    """Those that belong to the drawn interface."""
    return {name for name in names if any(name == room or name.startswith(f"{room}.") for room in DRAWN)}


def test_the_command_line_knows_neither_textual_nor_the_screens() -> None:
    names = modules("tui.command_line", list(tui.command_line.__path__))
    assert len(names) > 15
    assert drawn(loaded_after("tui.__main__", *names)) == set()


def test_one_screen_module_would_be_noticed() -> None:
    assert "textual" in drawn(loaded_after("tui.screens.memo"))


@pytest.mark.parametrize("name", AccueilApp.SCREENS)
async def test_every_name_opens_its_screen(name: str) -> None:
    assert isinstance(AccueilApp.SCREENS[name](), DeskScreen)


def test_every_module_of_the_screens_holds_one() -> None:
    for name in modules("tui.screens", list(tui.screens.__path__)):
        own = [held for held in vars(import_module(name)).values() if getattr(held, "__module__", "") == name]
        assert any(isinstance(held, type) and issubclass(held, DeskScreen) for held in own), name

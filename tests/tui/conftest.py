"""A copy of the sample practice for each test that sits down at the desk."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet

from models.domain.place import Practice
from models.practice import close_practice, open_practice
from tests.practices import copy_practice, empty_practice, sample_practice
from tui.widgets.rejection_panel import RejectionPanel


@pytest.fixture(scope="session", autouse=True)
def _rare_collections() -> None:
    """The collector at the program's own pace: a tenth of the time of these tests."""
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _styles_read_once() -> Iterator[None]:
    """Each program of these tests has the same styles: they are parsed once for all."""
    parse, known = Stylesheet._parse_rules, dict[object, Any]()

    def parsed(self: Stylesheet, *what: Any, **how: Any) -> Any:
        key = (what, *how.items(), *self._variables.items())
        if key not in known:
            known[key] = parse(self, *what, **how)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        yield


@pytest.fixture(scope="session")
def made() -> Path:
    """The folder of the sample practice, every lot imported and every return read."""
    return sample_practice()


@pytest.fixture(scope="session")
def made_unanswered() -> Path:
    """The folder of the sample practice, every lot imported and no return read."""
    return sample_practice(returns=False)


@pytest.fixture
def practice(made: Path, tmp_path: Path) -> Iterator[Practice]:
    """The sample practice, open; closed afterwards."""
    place = copy_practice(made, tmp_path)
    open_practice(place)
    yield place
    close_practice()


@pytest.fixture
def unanswered(made_unanswered: Path, tmp_path: Path) -> Iterator[Practice]:
    """The sample practice before its returns, open; closed afterwards."""
    place = copy_practice(made_unanswered, tmp_path)
    open_practice(place)
    yield place
    close_practice()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Practice]:
    """A practice without an invoice, open; closed afterwards."""
    place = copy_practice(empty_practice(), tmp_path)
    open_practice(place)
    yield place
    close_practice()


@pytest.fixture(autouse=True)
def _practice_hours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The practice's own time zone, whatever that of the machine."""
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def _at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The panel follows at once however fast the keys of a test come; what it does else is tested in test_panel.py."""
    monkeypatch.setattr(RejectionPanel, "RESTS", 0.0)


@pytest.fixture
def drawn_at_once() -> None:
    """Ask for it where what is drawn after a key is what is tested."""


@pytest.fixture(autouse=True)
def _drawn_where_looked_at(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the screen where a test looks, not after each key: a fifth of its time; terminals have theirs."""
    if "drawn_at_once" not in request.fixturenames:
        drawn = Compositor.render_update

        def looked_at(self: Compositor, full: bool = False, **how: Any) -> object:
            if full:  # a picture was asked for
                return drawn(self, full, **how)
            self._dirty_regions.clear()
            return None

        monkeypatch.setattr(Compositor, "render_update", looked_at)

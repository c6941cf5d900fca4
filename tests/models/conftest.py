"""A practice for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.domain.place import Practice
from models.practice import close_practice, open_practice
from tests import on_server
from tests.practices import copy_practice, empty_practice


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """A fresh practice, open; closed afterwards."""
    place = copy_practice(empty_practice(), tmp_path)
    open_practice(place)
    yield place
    close_practice()


@pytest.fixture(autouse=on_server.EVERYWHERE)
def _leaves_nothing_on_the_server(tmp_path: Path) -> Iterator[None]:
    """Drop the databases of a test at its end, in the campaign that has them all on a server."""
    yield
    close_practice()
    on_server.drop_within(tmp_path)

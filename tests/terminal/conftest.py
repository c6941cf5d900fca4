"""The sample practice, made once, a copy for each test; the program on it in a terminal."""

import sys
from pathlib import Path

import pytest

from tests.practices import copy_practice, sample_practice

ACCUEIL = str(Path(sys.executable).with_name("accueil"))


@pytest.fixture(scope="session")
def made() -> Path:
    """The folder of the sample practice."""
    return sample_practice()


@pytest.fixture
def base(made: Path, tmp_path: Path) -> Path:
    """The database of a practice of the test's own."""
    folder = tmp_path / "cabinet"
    folder.mkdir()
    return Path(copy_practice(made, folder).location)

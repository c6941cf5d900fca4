"""What is handed over: a wheel that runs where it is put, beside a stranger's `models` too; a source archive, whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MADE = shutil.ignore_patterns("__pycache__", "*.egg-info", "build", ".venv*", ".git", ".*_cache", ".hypothesis", ".tox")
SAMPLES = ROOT / "tests" / "samples" / "cabinet"


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, both made from a copy and without the network."""
    folder = tmp_path_factory.mktemp("packages")
    shutil.copytree(ROOT, folder / "source", ignore=MADE)
    build = "from setuptools import build_meta as b; b.build_sdist('..'); b.build_wheel('..')"
    subprocess.run([sys.executable, "-c", build], cwd=folder / "source", check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(handed_over: Path) -> Path:
    """Where the wheel was unpacked."""
    (wheel,) = handed_over.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(handed_over / "installed")
    return handed_over / "installed"


def accueil(*words: str, places: list[Path], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run what was installed, Python looking in these places first."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places)), "HOME": str(cwd), "TERM": "dumb"}
    start = "import sys; from tui.__main__ import main; sys.exit(main())"
    command = [sys.executable, "-P", "-c", start, *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_imports_a_lot_and_finds_nothing_wrong(installed: Path, tmp_path: Path) -> None:
    lot = str(SAMPLES / "lot-001.b2")
    ran = accueil("importer", lot, "--base", "cabinet.db", places=[installed], cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    ran = accueil("verifier", "--base", "cabinet.db", places=[installed], cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "Rien d’anormal : 10 factures, journal complet.\n")


@pytest.mark.parametrize("module", ["models.py", "models/__init__.py"])
def test_another_package_named_models_is_told_in_one_sentence(installed: Path, tmp_path: Path, module: str) -> None:
    stranger = tmp_path / "ailleurs" / module
    stranger.parent.mkdir(parents=True)
    stranger.write_text("raise SystemExit('the stranger ran')\n")
    ran = accueil("verifier", places=[tmp_path / "ailleurs", installed], cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.count("\n") == 1
    assert f"« models » ({tmp_path / 'ailleurs' / 'models'}" in ran.stderr


def test_the_wheel_says_what_it_is_and_names_no_place(handed_over: Path) -> None:
    (wheel,) = handed_over.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(archive.read(name).decode())
    assert (said["Name"], said["Version"]) == ("accueil", "0.2.0")
    versions = {f"Programming Language :: Python :: 3.{minor}" for minor in range(11, 15)}
    assert versions <= set(said.get_all("Classifier", []))
    assert not [key for key in said if "url" in key.lower() or "page" in key.lower()]


def test_the_source_archive_is_whole(handed_over: Path) -> None:
    (archive,) = handed_over.glob("*.tar.gz")
    with tarfile.open(archive) as source:
        inside = {name.partition("/")[2] for name in source.getnames()}
    there = {path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()}
    kept = {path.as_posix() for path in there if not MADE(str(ROOT), list(path.parts)) and path.suffix != ".pyc"}
    kept = {path for path in kept if not path.startswith((".coverage", "snapshot_report", ".git/"))}
    assert kept - inside == {".git"} & kept

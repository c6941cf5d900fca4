"""The reader of data files: what it accepts, and the sentence and line of what it refuses."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reference.toml_table import (
    SET_BY_LOADER,
    EntryError,
    ReferenceFileError,
    TableReading,
    load_tables,
    read_tables,
)


@dataclass(frozen=True, slots=True)
class Sample:
    code: str
    count: int = 0
    sure: bool = False
    since: date | None = None
    side: Literal["gauche", "droite"] = "gauche"
    words: tuple[str, ...] = ()
    origin: str = field(default="ours", metadata=SET_BY_LOADER)

    def __post_init__(self) -> None:
        if self.code == "Z":
            raise EntryError("code", "code « Z » réservé", "en choisir un autre")


def read(tmp_path: Path, content: str | bytes) -> TableReading[Sample]:
    path = tmp_path / "essai.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_tables(path, "sample", Sample, key=lambda entry: entry.code, siblings=("other",))


GOOD = '[[sample]]\ncode = "A"\n'


def test_every_kind_of_value_is_read(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        '# tête\n\n[[sample]] # une entrée\ncode = "A"\ncount = 3\nsure = true\nsince = 2024-02-22\n'
        'side = "droite"\nwords = [\n  "é",\n  "b",\n]\n\n[[other]]\nfree = 1\n',
    )
    assert reading.faults == ()
    assert reading.entries == (Sample("A", 3, True, date(2024, 2, 22), "droite", ("é", "b")),)


@pytest.mark.parametrize("content", ["", "# rien\n", "\ufeff" + GOOD, GOOD.replace("\n", "\r\n")])
def test_harmless_oddities(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content).faults == ()


FAULTS = [
    ("unknown field", 'colour = "x"\n', 4, "champ « colour » inconnu"),
    ("wrong type", 'count = "3"\n', 4, "champ « count » de mauvais type ; écrire un nombre entier"),
    ("a bool is no number", "count = true\n", 4, "champ « count » de mauvais type"),
    ("quoted date", 'since = "22/02/2024"\n', 4, "écrire une date sans guillemets"),
    ("date with a time", "since = 2024-02-22T10:00:00\n", 4, "champ « since » de mauvais type"),
    ("impossible date", "since = 2024-02-30\n", 4, "écriture TOML incorrecte"),
    ("unknown choice", 'side = "haut"\n', 4, "« haut » inconnu ; choisir parmi gauche, droite"),
    ("not a list", 'words = "a"\n', 4, "champ « words » : une liste est attendue"),
    ("a list of numbers", "words = [1]\n", 4, "champ « words » de mauvais type"),
    ("set by the loader", 'origin = "x"\n', 4, "champ « origin » inconnu"),
    ("missing field", '[[sample]]\nsure = true\n# code = "B"\n', 4, "champ « code » absent"),
    ("empty field", '[[sample]]\n\ncode = ""\n', 6, "champ « code » vide"),
    ("double code", '\n[[sample]]\ncode = "A"\n', 5, "« A » est déjà donné ligne 2"),
    ("the entry's own check", '[[sample]]\ncode = "Z"\n', 5, "code « Z » réservé ; en choisir un autre"),
    ("unknown table", "[[simple]]\n", 4, "« simple » n’ouvre pas une entrée ; ouvrir chaque entrée par [[sample]]"),
    ("one bracket", '[sample]\ncode = "B"\n', 4, "« sample » n’ouvre pas une entrée"),
    ("quote not closed", 'side = "gauche\n', 4, "écriture TOML incorrecte"),
    ("no equal sign", "side\n", 4, "écriture TOML incorrecte"),
    ("key given twice", 'code = "A"\n', 4, "écriture TOML incorrecte"),
    ("nesting that exhausts the parser", f"words = {'[' * 5000}\n", 2, "écriture TOML incorrecte"),
    ("a number of 5,000 digits", f"count = {'9' * 5000}\n", 2, "écriture TOML incorrecte"),
]


@pytest.mark.parametrize(("extra", "line", "words"), [case[1:] for case in FAULTS], ids=[c[0] for c in FAULTS])
def test_fault_says_file_line_reason_and_remedy(tmp_path: Path, extra: str, line: int, words: str) -> None:
    reading = read(tmp_path, "# ligne 1\n" + GOOD + extra + '\n[[sample]]\ncode = "LAST"\n')
    (fault,) = reading.faults
    assert (fault.file, fault.line) == ("essai.toml", line)
    assert words in str(fault)
    assert str(fault) == f"essai.toml, ligne {line} : {fault.reason} ; {fault.remedy}."
    assert reading.entries[-1].code == "LAST", "the entries after the fault still load"


def test_key_before_any_entry(tmp_path: Path) -> None:
    (fault,) = read(tmp_path, '# titre\ncode = "A"\n' + GOOD).faults
    assert (fault.line, fault.reason) == (2, "ligne hors de toute entrée")


def test_lines_inside_a_long_string_are_no_entries(tmp_path: Path) -> None:
    reading = read(tmp_path, '[[sample]]\ncode = """\n[[sample]]\nsure = 9\n"""\nsure = 1\n')
    assert [fault.line for fault in reading.faults] == [6]


def test_string_never_closed_spares_the_other_entries(tmp_path: Path) -> None:
    reading = read(tmp_path, GOOD + '\n[[sample]]\ncode = """B\nsure = true\n\n[[sample]]\ncode = "C"\n')
    assert [entry.code for entry in reading.entries] == ["A", "C"]
    (fault,) = reading.faults
    assert 4 <= fault.line <= 6, "somewhere in the entry that is not closed"


def test_not_utf8(tmp_path: Path) -> None:
    (fault,) = read(tmp_path, b'[[sample]]\ncode = "A"\n# \xe9t\xe9\n').faults
    assert str(fault) == "essai.toml, ligne 3 : ce n’est pas de l’UTF-8 ; enregistrer le fichier en UTF-8."


def test_a_folder_in_the_file_s_place(tmp_path: Path) -> None:
    (tmp_path / "essai.toml").mkdir()
    (fault,) = read_tables(tmp_path / "essai.toml", "sample", Sample, key=lambda entry: entry.code).faults
    assert str(fault).startswith("essai.toml : fichier illisible ; ")


def test_our_own_files_accept_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "essai.toml"
    path.write_text(GOOD + GOOD)
    with pytest.raises(ReferenceFileError) as caught:
        load_tables(path, "sample", Sample, key=lambda entry: entry.code)
    assert str(caught.value) == "essai.toml, ligne 3 : « A » est déjà donné ligne 1 ; n’en garder qu’un."


PIECES = st.sampled_from(
    ["[[sample]]\n", "[sample]\n", '"""', "'''", '"', "'", "code", " = ", '"A"', "[", "]", "\n", "#", "é", "\\", "{"]
)


@given(st.one_of(st.binary(max_size=80), st.lists(PIECES, max_size=25).map(lambda parts: "".join(parts).encode())))
def test_no_content_escapes_as_another_error(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reading = read(Path(folder), content)
    lines = content.count(b"\n") + 1
    assert all(1 <= fault.line <= lines for fault in reading.faults)


def test_importing_reads_no_data_and_no_slow_library() -> None:
    program = (
        "import sys, pkgutil, importlib\n"
        "opened, before = [], set(sys.modules)\n"
        "sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None)\n"
        "import models.reference\n"
        "for module in pkgutil.iter_modules(models.reference.__path__):\n"
        "    importlib.import_module('models.reference.' + module.name)\n"
        "print([n for n in opened if n.endswith(('.toml', '.csv'))],\n"
        "      sorted({'holidays', 'tomllib', 'csv'} & (set(sys.modules) - before)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "[]"]

"""What tools do to files on the way, for both formats; and telling them apart."""

from collections.abc import Callable

import pytest

from models.formats.b2.read import read_b2
from models.formats.b2.values import B2File
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import NoemieFile
from models.formats.sniff import kind_of
from tests.formats.building import GROUP, LOTS, RETURNS, comment, invoice, joined, lines_of, noemie, put

Reader = Callable[[bytes], B2File | NoemieFile]
BOTH = [(read_b2, path.read_bytes()) for path in LOTS] + [(read_noemie, path.read_bytes()) for path in RETURNS]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize(("read", "data"), BOTH)
def test_line_ends_that_a_tool_added(read: Reader, data: bytes, end: str) -> None:
    expected = read(data)
    lines = lines_of(data)
    assert read(joined(lines, end)) == expected
    assert read(joined([line.rstrip(" ") for line in lines], end)) == expected, "and blanks it stripped"
    assert read(joined(lines, end + end)) == expected, "doubled"
    assert read(joined(lines, end) + b"\x1a") == expected


@pytest.mark.parametrize(("read", "data"), BOTH)
@pytest.mark.parametrize("tail", [b"\x1a", b"\r\n", b" " * 128, b" " * 300 + b"\r\n\x1a", b"\x1a" * 128])
def test_a_blank_end_is_ignored(read: Reader, data: bytes, tail: bytes) -> None:
    assert read(data + tail) == read(data)
    assert read(data.rstrip(b" ") + tail) == read(data)


@pytest.mark.parametrize("code", [0, 7, 9, 10, 13, 27, 31, 127, 128, 155, 159])
def test_a_control_character_becomes_a_space_and_is_said_once(code: int) -> None:
    lines = lines_of(LOTS[0].read_bytes())
    for number in (3, 7):
        lines[number] = put(lines[number], 45, chr(code) * 2)
    file = read_b2(joined(lines))
    assert file.warnings == (
        "Des caractères de commande ont été remplacés par des espaces (à partir de l’enregistrement n° 4).",
    )
    assert [invoice.last_name for invoice in file.lots[0].invoices[:2]] == ["MO  AU", "RI  ARD"]


def test_a_control_character_in_a_return() -> None:
    data = noemie(GROUP, invoice(), comment("A?B")).replace(b"A?B", b"A\x9bB")
    file = read_noemie(data)
    assert file.answers[0].remarks == ("A B",)
    assert len(file.warnings) == 1


def test_accents_of_latin_1_are_kept() -> None:
    lines = lines_of(LOTS[0].read_bytes())
    lines[3] = put(lines[3], 43, "LEFÈVRE-ÿÇ")
    assert read_b2(joined(lines)).lots[0].invoices[0].last_name == "LEFÈVRE-ÿÇ"
    assert read_b2(joined(lines)).warnings == ()


@pytest.mark.parametrize(("read", "data"), BOTH)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_is_told_by_its_beginning(read: Reader, data: bytes, end: str) -> None:
    kind = "b2" if read is read_b2 else "noemie"
    lines = lines_of(data)
    assert kind_of(joined(lines, end)) == kind
    assert kind_of(joined([line.rstrip(" ") for line in lines], end or "\n")) == kind
    assert kind_of(joined(lines[:2], end)) == kind


def test_a_practitioner_whose_number_looks_like_an_entity_is_no_return() -> None:
    lines = lines_of(LOTS[0].read_bytes())
    lines[1] = put(put(lines[1], 2, "102012349"), 30, "ADRESSE@EXEMPLE")
    assert kind_of(joined(lines)) == "b2"


def test_a_b2_that_does_not_name_its_norm_is_told_by_its_lot() -> None:
    lines = lines_of(LOTS[0].read_bytes())
    lines[0] = put(lines[0], 66, "  ")
    assert kind_of(joined(lines)) == "b2"


@pytest.mark.parametrize("data", [b"", b"000", b"%PDF-1.7\n", b"\xff" * 500, b"000" + b" " * 500, b"a;b\n1;2\n"])
def test_a_foreign_file_is_neither(data: bytes) -> None:
    assert kind_of(data) is None

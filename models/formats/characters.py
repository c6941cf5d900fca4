"""The characters of a file: what tools put around them, folded them into or wrote them in."""

from __future__ import annotations

import re

LENGTH = 128
PADDING = " \r\n\x1a\x00"
"""What may stand around a file: blanks, line ends, ^Z of DOS, NUL of the blocks of a transport."""

_ASCII = bytes(range(0x80))
_DOS_LETTERS = frozenset("éèêëàâäçîïôöûùüÉÈÊËÀÂÄÇÎÏÔÖÛÙÜáíóúñÑ°".encode("cp850"))
_C1 = frozenset(range(0x80, 0xA0))

NARROWEST, WIDEST = 60, 84
"""Characters of the lines into which mail folds a text."""

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONE_ACCENT = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff](?![A-Za-z\x80-\xff])|([\x80-\xff])\1")
"""An accented letter alone, or twice the same: no name of a person has these."""


def trimmed(data: bytes) -> bytes:
    """The file without the padding at its ends and without the mark of UTF-8 (BOM)."""
    padding = PADDING.encode()
    return data.rstrip(padding).lstrip(padding).removeprefix(_BOM).lstrip(padding)


def encoding_of(data: bytes) -> str:
    """Which of latin-1, UTF-8 and CP850 (DOS) the characters of a file are in.

    Records that are 128 bytes long are what the norm asks for (CDC 1.40, one byte a character), whatever they spell.
    Only where they are not is a file that is wholly UTF-8 taken as such: each accent is one character of its record.
    CP850 is known by letters that latin-1 does not have where DOS has its accents (80 to 9F): all that is not ASCII
    must be a letter there that names of France have, within a word.
    """
    if data.isascii():
        return "latin-1"
    if not _stands(data.decode("latin-1")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return "utf-8"
    high = frozenset(data.translate(None, _ASCII))
    dos = high <= _DOS_LETTERS and not high.isdisjoint(_C1) and _LONE_ACCENT.search(data) is None
    return "cp850" if dos else "latin-1"


def decoded(data: bytes) -> str:
    """The characters of a file, each one of latin-1; « ? » stands for those that it does not have."""
    text = data.decode(encoding_of(data))
    return text.encode("latin-1", "replace").decode("latin-1")


def _stands(text: str) -> bool:
    """Whether every record but the last is 128 characters long, the last one 999."""
    last = (len(text) - 1) // LENGTH * LENGTH
    if text.startswith("999", max(last, 0)):
        return True
    lines = [line for line in _LINE_END.split(text) if line]
    return bool(lines) and lines[-1].startswith("999") and all(len(line) == LENGTH for line in lines[:-1])


def from_utf_16(data: bytes) -> bytes:
    """The same characters, one byte each as the norm has them; « ? » stands for those that latin-1 does not have."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if marked else "utf-16-le" if data.startswith(b"0") else "utf-16-be"
    return data.decode(encoding, "replace").encode("latin-1", "replace")


def unfolded(data: bytes) -> bytes:
    """A file whose lines are not its records but all of one other width, as it was; itself where it is not folded so.

    Mail folds at 76, its relays at 998. Blanks that were stripped at the end of a line are put back.
    """
    if b"\n" not in data and b"\r" not in data:
        return data
    encoding = encoding_of(data)
    given = _LINE_END.split(data.decode(encoding))
    lines = [line.rstrip(" ") for line in given]
    if _are_records(lines) or _end_of_file(given[0], 0) is not None:
        return data
    for width in (max(map(len, lines)), *range(NARROWEST, WIDEST + 1)):
        fitting = next((place for place, line in enumerate(lines) if len(line) > width), len(lines))
        text = "".join(line.ljust(width) for line in lines[:fitting])
        if text[82:85] == str(LENGTH) and _end_of_file(text, 0) is not None:
            return text.encode(encoding)
    return data


def _are_records(lines: list[str]) -> bool:
    """Whether lines are the records of a file themselves, from the 000 that announces their length to a 999."""
    end = next((place for place, line in enumerate(lines) if line.startswith("999")), None)
    return (
        end is not None
        and lines[0][82:85] == str(LENGTH)
        and all(len(line) <= LENGTH and line[:1].isdigit() for line in lines[:end] if line)
    )


def split_files(data: bytes, *, letter: bool = False) -> list[bytes]:
    """The files that stand one behind the other: each goes from its 000 to its 999.

    Args:
        data: The whole; given back as it is where it is one file, or where something else follows a 999.
        letter: Whether it is the text of a letter, in which people write before and behind the file.
    """
    encoding = encoding_of(data)
    text = data.decode(encoding)
    start, found = 0, []
    while (end := _end_of_file(text, start)) is not None:
        rest = text[end:].lstrip(PADDING + "\ufeffï»¿")
        if rest and not rest.startswith("000") and not letter:
            return [data]
        found.append(text[start:end])
        start = len(text) - len(rest)
        if not rest.startswith("000"):
            break
    else:
        found.append(text[start:])
    return [data] if len(found) == 1 and not letter else [piece.encode(encoding) for piece in found]


def _end_of_file(text: str, start: int) -> int | None:
    """Where the file that starts here ends, its 999 included; None when it has none."""
    position = start
    in_lines = _LINE_END.search(text, start, start + LENGTH + 2) is not None
    while position < len(text):
        following = position + LENGTH
        if in_lines:
            found = _LINE_END.search(text, position)
            following = found.end() if found else len(text)
        if text.startswith("999", position):
            return min(following, len(text))
        position = following
    return None

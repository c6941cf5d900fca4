"""Cutting a TOML list of tables into its entries, each with the line where it starts.

`tomllib` says neither where an entry nor where a key stands, and one slip makes it refuse a whole file. Cut
first and parsed piece by piece, a faulty entry is named with its line and the others still load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')
_POSITION = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(slots=True)
class Block:
    """One entry as written: its lines, and where they are in the file."""

    name: str
    """The table's name, or "" for what precedes the first header."""

    line: int
    """Line of the header, counted from 1."""

    lines: list[str] = field(default_factory=list)
    key_lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """Return the line where a key is given, or the entry's own line."""
        return self.key_lines.get(key, self.line)

    def parse(self) -> dict[str, Any]:
        """Parse this entry alone.

        Raises:
            BlockSyntaxError: This piece is not TOML; carries the line in the whole file.
        """
        import tomllib  # costs its regular expressions, and no start-up needs a data file

        try:
            return tomllib.loads("\n".join(self.lines) + "\n")
        except RecursionError as error:
            raise BlockSyntaxError(self.line) from error
        except ValueError as error:  # TOMLDecodeError, or an integer of thousands of digits
            place = _POSITION.search(str(error))
            if place is None:
                raise BlockSyntaxError(self.line) from error
            last = max((n for n, text in enumerate(self.lines) if text.strip()), default=0)
            offset = last if place[1] is None else min(int(place[1]) - 1, last)
            raise BlockSyntaxError(self.line + offset) from error


class BlockSyntaxError(ValueError):
    """An entry that is not TOML.

    Attributes:
        line: Line of the slip in the whole file, counted from 1.
    """

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def split_blocks(text: str) -> list[Block]:
    """Cut a text at its table headers; what precedes the first one is a block without name."""
    lines = text.split("\n")  # not splitlines(): it also cuts at characters that an editor does not count
    outside = list(_outside_strings(lines))
    if not outside[-1]:  # a string never closed would swallow every entry after it: cut at each header instead
        outside = [True] * len(outside)
    blocks = [Block(name="", line=1)]
    for number, (line, free) in enumerate(zip(lines, outside[:-1], strict=True), start=1):
        header = _HEADER.fullmatch(line) if free else None
        if header:
            blocks.append(Block(name=header[1], line=number))
        elif free and (key := _KEY.match(line)):
            blocks[-1].key_lines.setdefault(key[1], number)
        blocks[-1].lines.append(line)
    return blocks


def _outside_strings(lines: list[str]) -> Iterator[bool]:
    """Tell of each line whether it starts outside a multi-line string; then of the end of the file."""
    closing = ""
    for line in lines:
        yield not closing
        position = 0
        while position < len(line):
            if closing:
                end = line.find(closing, position)
                if end < 0:
                    break
                position, closing = end + 3, ""
                continue
            token = _TOKEN.search(line, position)
            if token is None:
                break
            position = token.end()
            if token[0] in ('"""', "'''"):
                closing = token[0]
    yield not closing

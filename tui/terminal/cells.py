"""Cells: what one place of the terminal shows, a character and the pen that it was written with.

A pen is the parameters of the SGR that gives it from scratch, in one fixed order and without what is the terminal's
own default: "" is the plain pen, "1;35" bold magenta. Two pens that show the same are the same string.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size, split_graphemes

Cell = tuple[str, str]
"""A character with its combining marks ("" in the right half of a wide one), and its pen."""
Row = list[Cell]

BLANK: Cell = (" ", "")
RESET = "\x1b[m"

_NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u20ac\u2500-\u25fc\u2713-\u2717]*").fullmatch
"""Latin, punctuation, line drawing, signs: what nearly every text is made of, one cell each."""


class _AsciiSigns(dict[int, int | str]):
    """A table for `str.translate` that is filled as signs are met: what it does not name becomes its nearest."""

    def __missing__(self, code: int) -> int | str:
        sign = chr(code)
        self[code] = sign if sign.isascii() else _nearest(sign)
        return self[code]


def _nearest(sign: str) -> str:
    """A letter as it is; of another sign the ASCII that it is made of (« ² » is 2), or « ? », in as many cells."""
    from unicodedata import category, normalize  # only where ASCII is asked for

    if category(sign)[0] in "LM":
        return sign
    plain = "".join(part for part in normalize("NFKD", sign) if part.isascii())
    cells = get_character_cell_size(sign)
    return plain if len(plain) == cells else "?" * cells


IN_ASCII: Final = _AsciiSigns(
    str.maketrans(
        "─━│┃┌┐└┘├┤┬┴┼▸◂▴▾→←✓✗█▉▊▋▌▍▎▏▔▁›‹·•…’‘“”«»–—−×°€",
        '--||+++++++++><^v><vx########--><-*~\'\'""""---xoE',
    )
)
"""Lines, marks, blocks and every other sign, for a terminal, a font or a Braille line that has none of them; letters
stay what they are."""

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
_OFF = {
    "1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29",
    "21": "24", "51": "54", "52": "54", "53": "55",
}  # fmt: skip
_SHOWN_ON_BLANKS = frozenset({"4", "7", "9", "21", "51", "52", "53"})


class _Parts(NamedTuple):
    attributes: frozenset[str]
    foreground: str
    background: str


@lru_cache(maxsize=256)
def pen(sgr: str) -> str:
    """The pen that SGR parameters give, as Textual writes them: `1;39;49` is `1`."""
    return ";".join(_in_order(_parts(sgr)))


@lru_cache(maxsize=256)
def blank_pen(pen: str) -> str:
    """What of a pen shows on a space: its background, and all of it where it is reversed or has a line."""
    parts = _parts(pen)
    return pen if parts.attributes & _SHOWN_ON_BLANKS else parts.background


@lru_cache(maxsize=256)
def without_colour(pen: str) -> str:
    """What of a pen is left where no colour is wanted: bold, dim, underline, reverse."""
    return ";".join(sorted(_parts(pen).attributes))


@lru_cache(maxsize=1024)
def change_pen(old: str | None, new: str) -> str:
    """The shortest SGR from a pen (None: whatever it is) to another."""
    if old == new:
        return ""
    target = _parts(new)
    afresh = f"\x1b[{';'.join(['', *_in_order(target)])}m" if new else RESET
    if old is None:
        return afresh
    now = _parts(old)
    off = {_OFF[code] for code in now.attributes - target.attributes}
    on = {code for code in target.attributes if code not in now.attributes or _OFF[code] in off}
    codes = [*sorted(off), *sorted(on)]
    if now.foreground != target.foreground:
        codes.append(target.foreground or "39")
    if now.background != target.background:
        codes.append(target.background or "49")
    step = f"\x1b[{';'.join(codes)}m"
    return step if len(step) < len(afresh) else afresh


def cells(text: str, pen: str) -> Row:
    """The cells that a text takes.

    Controls are left out: no text reaches the terminal as a command. A mark without a letter before it is too.
    """
    blank = BLANK if not pen else (" ", blank_pen(pen))
    if _NARROW(text):
        return [(character, pen) if character != " " else blank for character in text]
    row: Row = []
    safe = text if text.isprintable() else text.translate(_CONTROLS)
    for start, end, width in split_graphemes(safe)[0]:
        cluster = safe[start:end]
        if width == 0:
            if row:
                row[-1] = (row[-1][0] + cluster, row[-1][1])
        else:
            row.append((cluster, pen) if cluster != " " else blank)
            row.extend([("", pen)] * (width - 1))
    return row


def is_sure(cell: Cell) -> bool:
    """Whether every terminal gives this cell the same width: one column, one character."""
    character = cell[0]
    return character.isascii() or (len(character) == 1 and get_character_cell_size(character) == 1)


def _in_order(parts: _Parts) -> list[str]:
    return [*sorted(parts.attributes), *filter(None, (parts.foreground, parts.background))]


@lru_cache(maxsize=512)
def _parts(sgr: str) -> _Parts:
    codes = iter(sgr.split(";") if sgr else ())
    attributes: set[str] = set()
    colours = {"3": "", "4": ""}  # by the first digit of 38 and 48
    for code in codes:
        if code in ("38", "48"):
            kind = next(codes)
            rest = [next(codes) for _ in range(1 if kind == "5" else 3)]
            colours[code[0]] = ";".join([code, kind, *rest])
        elif code in ("39", "49"):
            colours[code[0]] = ""
        elif (len(code) == 2 and code[0] in "34") or (code[:1] == "9" and len(code) == 2):
            colours["4" if code[0] == "4" else "3"] = code
        elif len(code) == 3:
            colours["4"] = code  # 100 to 107
        else:
            attributes.add(code)
    return _Parts(frozenset(attributes), colours["3"], colours["4"])

"""A screen of the program as an SVG picture: a terminal's own colours and background, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.strip import Strip

WIDTH: Final = 10.0
"""Pixels of a cell across; the fonts below are 0.602 em wide."""

HEIGHT: Final = 19.4
"""Pixels of a cell down: what these fonts need for their boxes to join, 1.164 em."""

MARGIN: Final = 14

_FONT: Final = "16.6px 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"

DARK: Final = TerminalTheme(
    (16, 18, 22),
    (220, 223, 228),
    [(40, 44, 52), (255, 122, 122), (126, 211, 133), (229, 192, 123),
     (38, 92, 176), (216, 160, 255), (110, 206, 214), (220, 223, 228)],
    [(110, 114, 122), (255, 150, 150), (150, 230, 155), (240, 210, 150),
     (114, 178, 255), (230, 185, 255), (140, 225, 232), (255, 255, 255)],
)  # fmt: skip
"""A terminal of light text on black; each colour that we write with has a contrast of 7 or more on it."""

LIGHT: Final = TerminalTheme(
    (255, 255, 255),
    (0, 0, 0),
    [(0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)],
    [(127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
     (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)],
)  # fmt: skip
"""xterm, black on white."""

_SOLARIZED: Final = (
    [(7, 54, 66), (220, 50, 47), (133, 153, 0), (181, 137, 0),
     (38, 139, 210), (211, 54, 130), (42, 161, 152), (238, 232, 213)],
    [(0, 43, 54), (203, 75, 22), (88, 110, 117), (101, 123, 131),
     (131, 148, 150), (108, 113, 196), (147, 161, 161), (253, 246, 227)],
)  # fmt: skip
SOLARIZED_DARK: Final = TerminalTheme((0, 43, 54), (131, 148, 150), *_SOLARIZED)
SOLARIZED_LIGHT: Final = TerminalTheme((253, 246, 227), (101, 123, 131), *_SOLARIZED)
"""Solarized, in which bright colours are greys."""

Ink = tuple[str, bool, bool, bool]


def picture(strips: Iterable[Strip], title: str, theme: TerminalTheme = DARK, *, colours: bool = True) -> str:
    """Draw the lines of a screen.

    Args:
        strips: the lines, top to bottom, all of the same width.
        title: what the picture shows, for who cannot see it.
        theme: the terminal's colours and its background.
        colours: whether it shows any; without, as NO_COLOR has it.
    """
    backs: list[str] = []
    texts: list[str] = []
    columns, row = 0, -1
    for row, strip in enumerate(strips):
        columns = max(columns, strip.cell_length)
        at = 0
        for text, style, _ in strip.simplify():
            end = at + cell_len(text)
            pen = style or Style()
            ink, paper = _colours(pen if colours else pen.without_color, theme)
            if paper != theme.background_color.hex:
                backs.append(_rectangle(at, row, end - at, paper))
            if text.strip():
                texts.append(_words(at + cell_len(text) - cell_len(text.lstrip()), row, text.strip(), ink, theme))
            at = end
    return _document(columns, row + 1, title, backs + texts, theme)


def _colours(style: Style, theme: TerminalTheme) -> tuple[Ink, str]:
    """The ink (colour, bold, underlined, dim) and the paper of a style."""
    front = (style.color or Color.default()).get_truecolor(theme, foreground=True).hex
    back = (style.bgcolor or Color.default()).get_truecolor(theme, foreground=False).hex
    if style.reverse:
        front, back = back, front
    return (front, bool(style.bold), bool(style.underline), bool(style.dim)), back


def _rectangle(column: int, row: int, width: int, colour: str) -> str:
    x, y = column * WIDTH, row * HEIGHT
    return f'<rect x="{x:g}" y="{y:.1f}" width="{width * WIDTH:g}" height="{HEIGHT:.1f}" fill="{colour}"/>'


def _words(column: int, row: int, text: str, ink: Ink, theme: TerminalTheme) -> str:
    colour, bold, underlined, dim = ink
    look = "" if colour == theme.foreground_color.hex else f' fill="{colour}"'
    names = " ".join(name for name, is_so in (("b", bold), ("u", underlined), ("d", dim)) if is_so)
    look += f' class="{names}"' if names else ""
    x, y, length = column * WIDTH, row * HEIGHT + 14.8, cell_len(text) * WIDTH
    return f'<text x="{x:g}" y="{y:.1f}" textLength="{length:g}"{look}>{escape(text, quote=False)}</text>'


def _document(columns: int, rows: int, title: str, body: list[str], theme: TerminalTheme) -> str:
    width, height = round(columns * WIDTH) + 2 * MARGIN, round(rows * HEIGHT) + 2 * MARGIN
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" xml:space="preserve">',
            f"<title>{escape(title, quote=False)}</title>",
            f"<style>text {{ font: {_FONT}; white-space: pre; }} .b {{ font-weight: bold; }} "
            ".u { text-decoration: underline; } .d { fill-opacity: 0.62; }</style>",
            f'<rect width="{width}" height="{height}" rx="6" fill="{theme.background_color.hex}"/>',
            f'<g transform="translate({MARGIN} {MARGIN})" fill="{theme.foreground_color.hex}">',
            *body,
            "</g>",
            "</svg>",
            "",
        )
    )

"""A screen of the program as an SVG picture: the terminal's own colours on black, the same bytes each time."""

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

_DARK: Final = TerminalTheme(
    (16, 18, 22),
    (220, 223, 228),
    [(40, 44, 52), (255, 122, 122), (126, 211, 133), (229, 192, 123),
     (114, 178, 255), (216, 160, 255), (110, 206, 214), (220, 223, 228)],
)  # fmt: skip
"""A terminal of light text on black; each colour has a contrast of 7 or more on it."""

Ink = tuple[str, bool, bool, bool]


def picture(strips: Iterable[Strip], title: str) -> str:
    """Draw the lines of a screen.

    Args:
        strips: the lines, top to bottom, all of the same width.
        title: what the picture shows, for who cannot see it.
    """
    backs: list[str] = []
    texts: list[str] = []
    columns, row = 0, -1
    for row, strip in enumerate(strips):
        columns = max(columns, strip.cell_length)
        at = 0
        for text, style, _ in strip.simplify():
            end = at + cell_len(text)
            ink, paper = _colours(style or Style())
            if paper != _DARK.background_color.hex:
                backs.append(_rectangle(at, row, end - at, paper))
            if text.strip():
                texts.append(_words(at + cell_len(text) - cell_len(text.lstrip()), row, text.strip(), ink))
            at = end
    return _document(columns, row + 1, title, backs + texts)


def _colours(style: Style) -> tuple[Ink, str]:
    """The ink (colour, bold, underlined, dim) and the paper of a style."""
    front = (style.color or Color.default()).get_truecolor(_DARK, foreground=True).hex
    back = (style.bgcolor or Color.default()).get_truecolor(_DARK, foreground=False).hex
    if style.reverse:
        front, back = back, front
    return (front, bool(style.bold), bool(style.underline), bool(style.dim)), back


def _rectangle(column: int, row: int, width: int, colour: str) -> str:
    x, y = column * WIDTH, row * HEIGHT
    return f'<rect x="{x:g}" y="{y:.1f}" width="{width * WIDTH:g}" height="{HEIGHT:.1f}" fill="{colour}"/>'


def _words(column: int, row: int, text: str, ink: Ink) -> str:
    colour, bold, underlined, dim = ink
    look = "" if colour == _DARK.foreground_color.hex else f' fill="{colour}"'
    names = " ".join(name for name, is_so in (("b", bold), ("u", underlined), ("d", dim)) if is_so)
    look += f' class="{names}"' if names else ""
    x, y, length = column * WIDTH, row * HEIGHT + 14.8, cell_len(text) * WIDTH
    return f'<text x="{x:g}" y="{y:.1f}" textLength="{length:g}"{look}>{escape(text, quote=False)}</text>'


def _document(columns: int, rows: int, title: str, body: list[str]) -> str:
    width, height = round(columns * WIDTH) + 2 * MARGIN, round(rows * HEIGHT) + 2 * MARGIN
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" xml:space="preserve">',
            f"<title>{escape(title, quote=False)}</title>",
            f"<style>text {{ font: {_FONT}; white-space: pre; }} .b {{ font-weight: bold; }} "
            ".u { text-decoration: underline; } .d { fill-opacity: 0.62; }</style>",
            f'<rect width="{width}" height="{height}" rx="6" fill="{_DARK.background_color.hex}"/>',
            f'<g transform="translate({MARGIN} {MARGIN})" fill="{_DARK.foreground_color.hex}">',
            *body,
            "</g>",
            "</svg>",
            "",
        )
    )

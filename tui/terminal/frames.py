"""Frames: what Textual's compositor wants written, as cells.

It reads two private classes of the compositor of the one version of Textual that `painter` knows.
"""

from collections.abc import Iterable, Mapping

from rich.color import ColorSystem
from textual.strip import Strip

from tui.terminal.cells import Row, cells, pen
from tui.terminal.textual_insides import ChopsUpdate, LayoutUpdate, written_sgr


def patches(
    update: LayoutUpdate | ChopsUpdate, colours: ColorSystem, signs: Mapping[int, int | str] | None = None
) -> Iterable[tuple[int, int, Row]]:
    """What a frame of Textual's compositor writes: (line, column, cells), as its own `render_segments` would.

    Args:
        update: the frame.
        colours: how colours are coded on this terminal.
        signs: characters to write for others, each as wide.
    """
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield y, update.region.x, [cell for strip in strips for cell in _strip_cells(strip, colours, signs)]
        return
    for y, first, last in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and x < last and end > first:
                strip = chop if end <= last else chop.crop(0, last - x)
                yield y, x, _strip_cells(strip, colours, signs)


def _strip_cells(strip: Strip, colours: ColorSystem, signs: Mapping[int, int | str] | None) -> Row:
    row: Row = []
    for text, style, _ in strip:
        if signs is not None:
            text = text.translate(signs)
        if style is None:
            row += cells(text, "")
        else:
            sgr = written_sgr(style)
            row += cells(text, pen(Strip.render_ansi(style, colours) if sgr is None else sgr))
    return row

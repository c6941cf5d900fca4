"""Printouts as one PDF: A4, the fonts that every reader of PDF has, text that can be searched.

Drawn on reportlab's canvas by itself: its paragraphs read markup, which no name of a patient is to reach. Its import is
this module's alone; whoever prints imports the module then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from typing import Final, NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from models.domain.patience import Step
from models.papers.values import PrintColumn, Printout

_PLAIN: Final = "Helvetica"
_BOLD: Final = "Helvetica-Bold"
_MARGIN: Final = 42.0
_SIZE: Final = 9.0
_LINE: Final = 13.0
_READ: Final = 10.5
"""The size of paragraphs: a letter is read at arm's length."""
_READ_LINE: Final = 15.0
_TITLE: Final = 14.0
_BOX: Final = 92.0
_GAP: Final = 7.0
"""Between two columns."""
_FOOT: Final = 7.5
_ADDRESS: Final = 0.55
"""Where the recipient's lines begin, of the width: in the window of an envelope."""


_TOGETHER: Final = re.compile(r"(?<=«) | (?=[»:;?!%€])|(?<=n°) | (?=\([^)]{1,16}\))")
"""Blanks at which no line breaks."""


class _Text(NamedTuple):
    x: float
    y: float
    text: str
    font: str
    size: float
    right: bool = False


class _Line(NamedTuple):
    x: float
    y: float
    to: float


class _Frame(NamedTuple):
    x: float
    y: float
    width: float
    height: float


_Mark = _Text | _Line | _Frame


def pdf_of(printouts: Sequence[Printout], subject: str, step: Step | None = None) -> bytes:
    """The PDF of these documents, one behind the other.

    Args:
        printouts: at least one.
        subject: what a reader of PDF shows as its title; no name of a patient.
        step: called with (printouts drawn, in all); of a single one, with (pages drawn, in all).

    Raises:
        GivenUp: raised by `step`.
    """
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, pageCompression=1, lang="fr-FR")
    canvas.setTitle(_written(subject))
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Accueil")
    for done, printout in enumerate(printouts):
        if step is not None and len(printouts) > 1:
            step(done, len(printouts))
        laid = _Layout(printout)
        for number, page in enumerate(laid.pages, start=1):
            if step is not None and len(printouts) == 1:
                step(number - 1, len(laid.pages))
            canvas.setPageSize((laid.width, laid.height))
            for mark in page:
                _draw(canvas, mark)
            _draw(canvas, _Text(_MARGIN, _MARGIN - 16, printout.foot, _PLAIN, _FOOT))
            count = f"page {number}/{len(laid.pages)}"
            _draw(canvas, _Text(laid.width - _MARGIN, _MARGIN - 16, count, _PLAIN, _FOOT, right=True))
            canvas.showPage()
    canvas.save()
    return stream.getvalue()


class _Layout:
    """The pages of one printout: what stands where, before it is known how many there are."""

    def __init__(self, printout: Printout) -> None:
        self._printout = printout
        self.width, self.height = (A4[1], A4[0]) if printout.landscape else A4
        self.pages: list[list[_Mark]] = []
        self._room = self.width - 2 * _MARGIN
        self._places = _places(printout.columns, self._room)
        self._begin_page()
        self._head()
        self._paragraphs(printout.before)
        self._table()
        self._paragraphs(printout.after)
        self._boxes()

    def _begin_page(self) -> None:
        self.pages.append([])
        self._y = self.height - _MARGIN
        title = self._printout.title
        if title and len(self.pages) > 1:
            self._down(_LINE)
            self._put(_Text(_MARGIN, self._y, _cut(f"{title} (suite)", _BOLD, _SIZE, self._room), _BOLD, _SIZE))
            self._down(_LINE)

    def _put(self, mark: _Mark) -> None:
        self.pages[-1].append(mark)

    def _down(self, by: float) -> None:
        self._y -= by

    def _fits(self, height: float) -> bool:
        return self._y - height >= _MARGIN

    def _head(self) -> None:
        """Who writes, to whom, and what it is."""
        printout, across = self._printout, _MARGIN + self._room * _ADDRESS
        top = self._y
        for line in printout.sender:
            self._down(_LINE)
            self._put(_Text(_MARGIN, self._y, _cut(line, _PLAIN, _READ, self._room * 0.5), _PLAIN, _READ))
        low = self._y
        self._y = top - (_LINE * 3 if printout.recipient else 0)
        for line in printout.recipient:
            self._down(_READ_LINE)
            self._put(_Text(across, self._y, _cut(line, _PLAIN, _READ, self._room * 0.45), _PLAIN, _READ))
        self._y = min(self._y, low)
        if printout.title:
            for line in _wrapped(printout.title, _BOLD, _TITLE, self._room):
                self._down(_TITLE * 2)
                self._put(_Text(_MARGIN, self._y, line, _BOLD, _TITLE))
        self._down(_LINE)

    def _paragraphs(self, paragraphs: Sequence[str]) -> None:
        for paragraph in paragraphs:
            for line in _wrapped(paragraph, _PLAIN, _READ, self._room) or [""]:
                if not self._fits(_READ_LINE):
                    self._begin_page()
                self._down(_READ_LINE)
                if line:
                    self._put(_Text(_MARGIN, self._y, line, _PLAIN, _READ))

    def _table(self) -> None:
        printout = self._printout
        if not printout.columns:
            return
        self._headings()
        for row in printout.rows:
            self._fitting_row(self._lines(row, _PLAIN), _PLAIN)
        if printout.totals:
            lines = self._lines(printout.totals, _BOLD)
            if not self._fits(_LINE * (len(lines) + 1)):
                self._begin_page()
                self._headings()
            self._rule()
            self._row(lines, _BOLD)
        self._down(_LINE / 2)

    def _headings(self) -> None:
        self._row(self._lines([column.heading for column in self._printout.columns], _BOLD), _BOLD)
        self._rule()

    def _rule(self) -> None:
        self._put(_Line(_MARGIN, self._y - 3, _MARGIN + self._room))
        self._down(3)

    def _lines(self, cells: Sequence[str], font: str) -> list[list[str]]:
        """What stands on each line of a row: one, or as many as its longest column that wraps takes."""
        found = [
            (_wrapped(text, font, _SIZE, width) or [""]) if column.wraps else [_cut(text, font, _SIZE, width)]
            for column, (_, width), text in zip(self._printout.columns, self._places, cells, strict=True)
        ]
        return [[texts[line] if line < len(texts) else "" for texts in found] for line in range(max(map(len, found)))]

    def _fitting_row(self, lines: list[list[str]], font: str) -> None:
        """A row whole on one page, unless it is longer than one."""
        for line in lines:
            here = lines if line is lines[0] else [line]
            if not self._fits(_LINE * len(here)):
                self._begin_page()
                self._headings()
            self._row([line], font)

    def _row(self, lines: list[list[str]], font: str) -> None:
        for line in lines:
            self._down(_LINE)
            for column, (x, width), text in zip(self._printout.columns, self._places, line, strict=True):
                if text:
                    self._put(_Text(x + width if column.right else x, self._y, text, font, _SIZE, column.right))

    def _boxes(self) -> None:
        boxes = self._printout.boxes
        if not boxes:
            return
        if not self._fits(_BOX + _LINE * 2):
            self._begin_page()
        width = (self._room - _LINE * (len(boxes) - 1)) / len(boxes)
        self._down(_LINE * 2)
        for place, label in enumerate(boxes):
            x = _MARGIN + place * (width + _LINE)
            self._put(_Text(x, self._y, _cut(label, _PLAIN, _SIZE, width), _PLAIN, _SIZE))
            self._put(_Frame(x, self._y - 5 - _BOX, width, _BOX))
        self._down(_BOX + 5)


def _places(columns: Sequence[PrintColumn], room: float) -> list[tuple[float, float]]:
    """Where each column begins, and how wide it is."""
    shares = sum(column.share for column in columns)
    found: list[tuple[float, float]] = []
    x = _MARGIN
    for column in columns:
        width = (room - _GAP * (len(columns) - 1)) * column.share / shares
        found.append((x, width))
        x += width + _GAP
    return found


def _wrapped(paragraph: str, font: str, size: float, room: float) -> list[str]:
    """The lines of a paragraph; a word longer than a line is cut where the line ends."""
    lines: list[str] = []
    line = ""
    for word in _written(_TOGETHER.sub("\u00a0", " ".join(paragraph.split()))).split(" "):
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, font, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while stringWidth(word, font, size) > room:
            kept = _most(word, font, size, room)
            lines.append(word[:kept])
            word = word[kept:]
        line = word
    return [*lines, line] if line else lines


def _cut(text: str, font: str, size: float, room: float) -> str:
    """The text where it fits, else its beginning and an ellipsis."""
    shown = _written(text)
    if stringWidth(shown, font, size) <= room:
        return shown
    return shown[: _most(shown, font, size, room - stringWidth("…", font, size))].rstrip() + "…"


def _most(text: str, font: str, size: float, room: float) -> int:
    """How many of its first characters fit; one at least."""
    kept = 1
    while kept < len(text) and stringWidth(text[: kept + 1], font, size) <= room:
        kept += 1
    return kept


def _written(text: str) -> str:
    """The text in the characters that the fonts have (Windows-1252): others as their base letter, else as « ? »."""
    return "".join(map(_character, unicodedata.normalize("NFC", text)))


def _character(character: str) -> str:
    if not character.isprintable() and character != "\u00a0":
        return " "
    for shown in (character, unicodedata.normalize("NFKD", character)[:1]):
        try:
            shown.encode("cp1252")
        except UnicodeEncodeError:
            continue
        return shown
    return "?"


def _draw(canvas: Canvas, mark: _Mark) -> None:
    match mark:
        case _Text(x, y, text, font, size, right):
            canvas.setFont(font, size)
            (canvas.drawRightString if right else canvas.drawString)(x, y, _written(text))
        case _Line(x, y, to):
            canvas.setLineWidth(0.5)
            canvas.line(x, y, to, y)
        case _Frame(x, y, width, height):
            canvas.setLineWidth(0.5)
            canvas.rect(x, y, width, height)

"""The amounts of an invoice that is being corrected, those that changed beside what was sent."""

from __future__ import annotations

from typing import NamedTuple

from rich.text import Text

from models.domain.content import InvoiceContent, Line
from tui.terminal import pens
from tui.text import display
from tui.text.columns import Pieces


class Amounts(NamedTuple):
    """In cents: the whole invoice, then who pays what of it."""

    total: int
    amo: int
    amc: int
    patient: int


def amounts(content: InvoiceContent) -> Amounts:
    """Those of a content."""
    return Amounts(content.total, content.amo, content.amc, content.patient)


def amounts_sentence(of: Amounts) -> str:
    """« 17,90 € = AMO 10,74 + AMC 0,00 + patient 7,16 »."""
    return "".join(text for text, _ in _pieces(of, of, old=False))


def amounts_line(number: str, origin: str, now: Amounts, sent: Amounts, width: int) -> Text:
    """The line above the form: what changed stands out, with what was sent behind it.

    Where that is too long, it is said without the origin of the invoice, then without what was sent.

    Args:
        number: the invoice's.
        origin: which invoice it replaces.
        now: as they stand in the form.
        sent: as they were sent, or kept.
        width: cells in all.
    """
    ways = ((origin, True), ("", True), ("", False))
    for head, old in ways:
        pieces = [(f"{number}{head} · ", pens.PLAIN), *_pieces(now, sent, old=old)]
        if sum(len(text) for text, _ in pieces) <= width:
            break
    text = Text(no_wrap=True, overflow="ellipsis")
    for said, pen in pieces:
        text.append(said, pens.style(pen))
    return text


def line_amounts(act: Line, old: Line | None) -> Pieces:
    """The three amounts of a line in thirty cells, those that differ from the old line's with their own pen."""
    before = act if old is None else old
    pairs = ((act.fee, before.fee), (act.amo, before.amo), (act.amc, before.amc))
    return [(f"{display.money(now):>10}", pens.PLAIN if now == was else pens.CHANGED) for now, was in pairs]


def old_line(act: Line, room: int) -> str:
    """A line as it was, as far as there is room: « IFS 1,00 ×1 4,00 = 2,40 + 1,60 », with its shares if it may be."""
    short = f"{act.code} {display.coefficient(act.coefficient)} ×{act.quantity} {display.money(act.fee)}"
    whole = f"{short} = {display.money(act.amo)} + {display.money(act.amc)}"
    return next((said for said in (whole, short) if len(said) <= room), "")


def _pieces(now: Amounts, sent: Amounts, *, old: bool) -> Pieces:
    words = ("", " = AMO ", " + AMC ", " + patient ")
    found: Pieces = []
    for word, amount, was, unit in zip(words, now, sent, (" €", "", "", ""), strict=True):
        changed = f" ◂ {display.money(was)}" if old else " ◂"
        said = f"{display.money(amount)}{unit}{changed if amount != was else ''}"
        found += [(word, pens.PLAIN), (said, pens.PLAIN if amount == was else pens.CHANGED)]
    return found

"""The overview of rejections as lines of text, the same on the screen and on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from models.domain.states import InvoiceKind
from models.queries.overview import CodeLine, MonthLine, Overview, ShareLine, WaitingInvoice
from tui.text import bars, display
from tui.text.state_words import DOCUMENTS

SHARE_WORDS: Final = {"amo": "AMO (caisse)", "amc": "AMC (complémentaire)"}
"""Each share and who pays it."""

WIDEST: Final = 160
"""Cells of a line at most: beyond, the eye loses the line between a word and its number."""


def filed(found: Overview) -> str:
    """What is classified, counted apart; empty where nothing is."""
    if not found.filed:
        return ""
    return f"Classées : {display.plural(found.filed, 'facture', 'factures')}, {display.money(found.filed_cents)} €"


NONE: Final = "Aucun rejet reçu."
NONE_WAITING: Final = "Aucune facture rejetée n’attend."


@dataclass(frozen=True, slots=True)
class ChartLines:
    """A heading and its lines, each of exactly the width asked for, `WIDEST` at most."""

    heading: str
    rows: tuple[str, ...]


def total(found: Overview) -> str:
    """What waits in all."""
    noted = f", dont {display.plural(found.noted, 'notée', 'notées')} à la main" if found.noted else ""
    waits = display.plural(found.waiting, "facture", "factures")
    return f"En attente : {waits}, {display.money(found.waiting_cents)} €{noted}"


def share_lines(lines: tuple[ShareLine, ...], width: int, character: str) -> tuple[str, ...]:
    """Each share: how often it was rejected, what waits; the bar is the amount that waits."""
    width = min(width, WIDEST)
    drawn = _bars([line.waiting_cents for line in lines], width - 68, character)
    return tuple(
        display.fit(
            f"{SHARE_WORDS[line.share]:<20} {line.count:>5} {'rejetées' if line.count > 1 else 'rejetée':<8} · "
            f"{line.waiting:>4} en attente {display.money(line.waiting_cents):>11} € {bar}",
            width,
        )
        for line, bar in zip(lines, drawn, strict=True)
    )


def code_lines(lines: tuple[CodeLine, ...], width: int, character: str) -> ChartLines:
    """Each code; the bar is the amount that waits, « 3 sur 5 » the invoices that wait of those that ever drew it."""
    width = min(width, WIDEST)
    label, room = _split(width - 46, 19)
    drawn = _bars([line.waiting_cents for line in lines], room, character)
    heading = (
        f"{'Code':<8} Part {display.fit('Libellé', label)} {display.fit('En attente', room)} {'Montant':>9} "
        f"{'Factures':>9} Depuis le "
    )
    rows = (
        f"{display.fit(line.code or '–', 8)} {line.share.upper():<4} {display.fit(line.label, label)} "
        f"{bar:<{room}} {display.money(line.waiting_cents):>9} {f'{line.waiting} sur {line.count}':>9} "
        f"{display.day(line.oldest)}"
        for line, bar in zip(lines, drawn, strict=True)
    )
    return _fitted(heading, rows, width)


def resemblance(line: CodeLine) -> str:
    """What the label of an unknown code resembles, where it does; « Rejets courants » says what follows from it."""
    named = " ou ".join(f"à « {label} »" for label in line.resembles)
    return f"{line.code} inconnu : son libellé ressemble {named}, sans certitude."


def month_lines(lines: tuple[MonthLine, ...], width: int, character: str) -> ChartLines:
    """Each month; the bar is the number of invoices rejected."""
    width = min(width, WIDEST)
    room = max(1, width - 35)
    drawn = _bars([line.rejected for line in lines], room, character)
    heading = f"{'Mois':<8} {display.fit('Factures rejetées', room)} {'Factures':>9} {'Montant rejeté':>15}"
    rows = (
        f"{line.month[5:]}/{line.month[:4]}  {bar:<{room}} {line.rejected:>9} {display.money(line.amount_cents):>15}"
        for line, bar in zip(lines, drawn, strict=True)
    )
    return _fitted(heading, rows, width)


def oldest_lines(lines: tuple[WaitingInvoice, ...], width: int, character: str) -> ChartLines:
    """Each invoice; the bar is the amount that waits."""
    width = min(width, WIDEST)
    patient, room = _split(width - 41, 21)
    drawn = _bars([line.waiting_cents for line in lines], room, character)
    heading = (
        f"{'N°':<9} {'Date':<10} {display.fit('Patient', patient)} {'Rejet':<8} {display.fit('En attente', room)} "
        f"{'Montant':>9}"
    )
    rows = (
        f"{display.number(line.number)} {display.day(line.billed_on)} "
        f"{display.fit_person(line.last_name, line.first_name, patient)} "
        f"{display.fit(_rejection(line), 8)} "
        f"{bar:<{room}} {display.money(line.waiting_cents):>9}"
        for line, bar in zip(lines, drawn, strict=True)
    )
    return _fitted(heading, rows, width)


def _rejection(line: WaitingInvoice) -> str:
    """The code, behind « DRE » where the document is one."""
    code = line.amo_rejection or line.amc_rejection or "–"
    return f"{DOCUMENTS[line.kind]} {code}" if line.kind == InvoiceKind.DRE else code


def _bars(values: list[int], room: int, character: str) -> list[str]:
    """A bar of at most `room` cells for each value, the largest one filling them."""
    largest = max(values, default=0)
    return [bars.bar(value, largest, room, character) for value in values]


def _fitted(heading: str, rows: Iterable[str], width: int) -> ChartLines:
    return ChartLines(display.fit(heading, width), tuple(display.fit(row, width) for row in rows))


def _split(spare: int, words: int) -> tuple[int, int]:
    """Cells for words and for the bar: what is beyond 80 columns goes half to each."""
    more = max(0, spare - words - 13) // 2
    return words + more, max(1, spare - words - more)

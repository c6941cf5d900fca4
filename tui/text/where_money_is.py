"""Where the money is, as lines of text: every cent that was sent in one place, and what the returns brought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.domain.whereabouts import Place
from models.queries.whereabouts import PlaceLine, Whereabouts
from tui.text import bars, display
from tui.text.csv_file import Cell, CsvColumn
from tui.text.overview_lines import WIDEST, ChartLines

PLACE_WORDS: Final[dict[Place, str]] = {
    Place.PAID: "Payé",
    Place.TAKEN_BACK: "Payé, puis repris par l’organisme",
    Place.SILENT: "Envoyé, sans réponse",
    Place.REPROCESSING: "En recyclage",
    Place.MISSING: "Payé en partie : ce qui manque",
    Place.REJECTED: "Rejeté, à traiter",
    Place.TO_CORRECT: "À corriger",
    Place.TO_SEND: "À transmettre",
    Place.CLAIMED: "Classé : réclamation",
    Place.SETTLED: "Classé : réglé autrement",
    Place.ABANDONED: "Classé : abandonné",
    Place.SENT_AGAIN: "Renvoyé sous un autre numéro",
}

NOTHING: Final = "Rien n’a encore été envoyé."

PLACE_COLUMNS: Final = (
    CsvColumn("place", "Où", say=lambda place: PLACE_WORDS[Place(place)]),
    CsvColumn("shares", "Parts"),
    CsvColumn("cents", "Montant", money=True),
)
"""Of the places as CSV; the names are those of JSON too."""


def place_cells(line: PlaceLine) -> tuple[Cell, ...]:
    """What stands in each of `PLACE_COLUMNS`."""
    return (line.place, line.shares, line.cents)


def asked(found: Whereabouts) -> str:
    """What was asked in all: « Demandé : 12 345,67 €, dont 12 000,00 € payés »."""
    paid = found.cents(Place.PAID)
    return f"Demandé : {display.money(found.asked)} €, dont {display.money(paid)} € payés"


def place_lines(found: Whereabouts, width: int, character: str) -> ChartLines:
    """Each place; the bar is its amount."""
    width = min(width, WIDEST)
    room = max(1, width - 60)
    largest = max((line.cents for line in found.places), default=0)
    rows = (
        display.fit(
            f"{PLACE_WORDS[line.place]:<34} {line.shares:>9} {display.money(line.cents):>13}  "
            f"{bars.bar(line.cents, largest, room, character)}",
            width,
        )
        for line in found.places
    )
    return ChartLines(display.fit(f"{'Où':<34} {'Parts':>9} {'Montant':>13}", width), tuple(rows))


def brought(found: Whereabouts) -> Iterator[str]:
    """What the returns brought, and what was made of it; nothing of what there is none of."""
    told = found.brought
    yield f"Reçu par les retours : {display.money(told.by_files)} €"
    parts = (
        (told.applied, "compté sur les factures"),
        (told.repeated, "déjà connu, redit"),
        (told.waiting, "dans des réponses à trancher"),
        (told.dismissed, "dans des réponses écartées"),
        (told.lump, "hors factures, forfaits et rappels"),
        (told.withheld, "retenu hors factures"),
    )
    for cents, words in parts:
        if cents:
            yield f"{display.money(cents):>13} € {words}"
    if told.noted:
        yield f"Noté à la main, compté sur les factures : {display.money(told.noted)} €"
    if found.beyond:
        yield f"Payé en plus de ce qui était demandé : {display.money(found.beyond)} €"


def page_lines(found: Whereabouts, width: int, character: str) -> Iterator[str]:
    """The places, then what the returns brought: all but what was asked in all."""
    lines = place_lines(found, width, character)
    for line in (lines.heading, *lines.rows, "", *brought(found)):
        yield line.rstrip()

"""The orders of the lists: their names, the direction that each begins with, the one that follows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from models.domain.lists import SortName
from models.queries.invoice_row import ListView
from tui.text.columns import Column

USUAL: Final = (SortName.DESK, SortName.DATE, SortName.PATIENT, SortName.AMOUNT)
"""The orders that one key goes through."""

NAMES: Final[dict[SortName, str]] = {
    SortName.DESK: "urgence",
    SortName.NUMBER: "numéro",
    SortName.DATE: "date",
    SortName.PATIENT: "patient",
    SortName.PAYER: "organisme",
    SortName.AMOUNT: "montant",
    SortName.AMC_AMOUNT: "part AMC",
    SortName.AMO: "AMO",
    SortName.AMC: "AMC",
    SortName.REJECTION: "rejet",
    SortName.REPLACES: "facture remplacée",
    SortName.CARRIED: "rejet",
    SortName.BILLED: "façon de facturer",
}

_FALLING: Final = frozenset(
    {
        SortName.AMO,
        SortName.AMC,
        SortName.REJECTION,
        SortName.CARRIED,
        SortName.REPLACES,
        SortName.AMC_AMOUNT,
    }
)
"""The orders that begin with the greatest: what has something before what has nothing, the rejected before the paid."""

_BEGINS: Final[dict[tuple[SortName, bool], str]] = {
    (SortName.DATE, True): "récentes d’abord",
    (SortName.DATE, False): "anciennes d’abord",
    (SortName.PATIENT, False): "de A à Z",
    (SortName.PATIENT, True): "de Z à A",
    (SortName.AMOUNT, True): "plus gros montants d’abord",
    (SortName.AMOUNT, False): "plus petits montants d’abord",
    (SortName.DESK, False): "rejets d’abord",
    (SortName.DESK, True): "rejets en dernier",
}


def begins(view: ListView) -> str:
    """What the list begins with; empty where the name of the order says enough."""
    return _BEGINS.get((view.sort, view.descending), "")


def sorted_by(view: ListView, sort: SortName, falling: frozenset[SortName] = frozenset()) -> ListView:
    """The list in this order, in the direction that it begins with; some lists begin with the greatest elsewhere."""
    return replace(view, sort=sort, descending=sort in _FALLING or sort in falling)


def next_usual(view: ListView, falling: frozenset[SortName] = frozenset()) -> ListView:
    """The list in the next of the usual orders."""
    place = USUAL.index(view.sort) if view.sort in USUAL else 0
    return sorted_by(view, USUAL[(place + 1) % len(USUAL)], falling)


def beside(
    view: ListView, columns: tuple[Column, ...], step: int, falling: frozenset[SortName] = frozenset()
) -> ListView:
    """The list sorted by the column at the right (1) or the left (-1) of the one that it follows now.

    The desk's own order, which follows none, stands before the first and after the last.
    """
    sorts = (SortName.DESK, *(column.sort for column in columns))
    place = sorts.index(view.sort) if view.sort in sorts else 0
    return sorted_by(view, sorts[(place + step) % len(sorts)], falling)

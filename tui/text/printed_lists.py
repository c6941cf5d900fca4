"""A list as it is printed: what the screen shows of each line, with more room for words; or what it exports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, TypeVar

from models.domain.faults import PracticeFault
from models.domain.lists import ListName
from models.papers.values import PrintColumn, Printout
from models.queries.invoice_row import InvoiceRow
from tui.text import places
from tui.text.bordereaux import foot
from tui.text.columns import Column
from tui.text.csv_file import Cell, CsvColumn, french_cell
from tui.text.display import money, plural

Row = TypeVar("Row")

MOST: Final = 2000
"""Lines that are printed at the most: 50 pages; whoever wants more wants a file."""

LIST_TITLES: Final[dict[ListName, str]] = {
    ListName.ALL: places.ALL[-1],
    ListName.TRANSMITTED: places.CANCEL[-1],
    ListName.CANCELLABLE: "Factures rejetées, à annuler",
    ListName.UNVALIDATED: places.VERIFY[-1],
    ListName.VALIDATED: places.READY[-1],
    ListName.DRE: places.DRE[-1],
}
"""What a list is called on paper."""

_LABEL: Final = 30
"""Characters that a column gets more on paper where it says a label there."""
_WIDEST: Final = 40
"""Characters beyond which a column goes on below."""
_AROUND: Final = 3
"""Characters that each column gets beside its longest: capitals and bold are wider than most."""


def invoice_list(
    practice: str, title: str, typed: str, columns: Sequence[Column], rows: Iterable[InvoiceRow], at: datetime
) -> Printout:
    """A list of invoices as it is filtered and sorted, with their number and their sum.

    Raises:
        PracticeFault: it is longer than what is printed; or it cannot be read.
    """
    found = _few(rows)
    invoices = plural(len(found), "facture", "factures")
    return Printout(
        title=title,
        sender=(practice,) if practice else (),
        before=(f"Filtre : « {typed} »", "") if typed else (),
        columns=[_printed(column) for column in columns],
        rows=[[(column.whole or column.text)(row) for column in columns] for row in found],
        after=(f"{invoices}, {money(sum(row.total for row in found))} €.",),
        foot=foot(practice, at),
        landscape=True,
    )


def exported_list(
    practice: str, title: str, columns: Sequence[CsvColumn], rows: Iterable[Sequence[Cell]], at: datetime
) -> Printout:
    """What a screen exports, printed: each column as wide as what stands in it, those that say nothing left out.

    Raises:
        PracticeFault: it is longer than what is printed; or it cannot be read.
    """
    few = _few(rows)
    shown: list[PrintColumn] = []
    texts: list[list[str]] = []
    for place, column in enumerate(columns):
        said = [french_cell(column, row[place]) for row in few]
        if column.heading and (any(said) or not few):
            longest = max(map(len, (column.heading, *said)))
            share = min(longest, _WIDEST) + _AROUND
            shown.append(PrintColumn(column.heading, share, column.money, wraps=longest > _WIDEST))
            texts.append(said)
    return Printout(
        title=title,
        sender=(practice,) if practice else (),
        columns=shown,
        rows=list(zip(*texts, strict=True)),
        after=(f"{plural(len(few), 'ligne', 'lignes')}.",),
        foot=foot(practice, at),
        landscape=True,
    )


def _printed(column: Column) -> PrintColumn:
    share = column.width + _AROUND + (_LABEL if column.whole else column.grow)
    return PrintColumn(column.heading, share, column.right, wraps=column.whole is not None)


def _few(rows: Iterable[Row]) -> list[Row]:
    found = list(islice(rows, MOST + 1))
    if len(found) > MOST:
        raise PracticeFault(f"Plus de {MOST} lignes : filtrez la liste pour l’imprimer, ou exportez-la en entier.")
    return found

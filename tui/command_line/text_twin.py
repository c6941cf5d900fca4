"""The menu and the rejected invoices as text: what a pipe, a log or a screen reader gets instead of the screens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, takewhile
from pathlib import Path
from typing import Final

from models.domain.lists import ListName
from models.domain.states import InvoiceState
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.windows import every_row
from tui.command_line.table import table
from tui.text.columns import SENT, UNSENT, Column
from tui.text.menu_counts import menu_counts, with_late
from tui.text.places import STARTS, TELETRANSMISSION_ENTRIES

NOTHING: Final = {
    "cancel": "0 rejet à traiter",
    "unvalidated": "0 non validée",
    "transmit": "0 prête",
    "returns": "0 réponse à trancher",
    "dre": "0 DRE rejetée",
    "known_rejections": "à l’écran seulement",
    "follow_up": "rien à relancer",
    "papers": "aucun papier à envoyer",
    "overview": "en texte : accueil bilan",
}
"""What is said beside an entry for which nothing waits; beside one that counts nothing, where to find it."""


def twin(inbox: Path, today: date, screen: str | None = None) -> Iterator[str]:
    """The lines of the menu with its counts, then the rejected invoices.

    Args:
        inbox: the folder where the caisses' returns are looked for.
        today: against which a late invoice is late.
        screen: « verifier » adds the list of the unvalidated invoices.
    """
    yield from _menu(with_late(menu_counts(inbox), today))
    yield from _titled("Factures rejetées", SENT, _rejected())
    yield from _titled("DRE rejetées seules", SENT, _dre_alone())
    if STARTS.get(screen or "") == "unvalidated":
        yield from _titled("Factures non validées", UNSENT, every_row(ListView(ListName.UNVALIDATED)))


def empty_twin() -> Iterator[str]:
    """The menu where there is no practice yet."""
    yield from _menu({})


def _menu(counts: dict[str, str]) -> Iterator[str]:
    yield "Télétransmission"
    for entry in TELETRANSMISSION_ENTRIES:
        yield f"  {entry.label:<36}{counts.get(entry.name) or NOTHING[entry.name]}"


def _titled(title: str, columns: tuple[Column, ...], rows: Iterator[InvoiceRow]) -> Iterator[str]:
    first = next(rows, None)
    if first is None:
        return
    yield ""
    yield title
    yield from table(columns, chain([first], rows))


def _rejected() -> Iterator[InvoiceRow]:
    """The rejected invoices: the desk's order begins with them."""
    return takewhile(lambda row: row.state == InvoiceState.REJECTED, every_row(ListView(ListName.TRANSMITTED)))


def _dre_alone() -> Iterator[InvoiceRow]:
    """Those whose complementary share alone was rejected; the others stand among the rejected invoices."""
    return (row for row in every_row(ListView(ListName.DRE)) if row.state != InvoiceState.REJECTED)

"""What a row of a list is written with: each state its pen, beside its word, under the cursor too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.states import InvoiceState, ShareState
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.windows import page
from tests.tui.ways import already_cancelled
from tui.terminal import pens
from tui.text.columns import DRE, SENT, UNSENT, Column, line, pieces, widths
from tui.text.text_columns import TextColumn, headings, laid

BY_WORD = {"REJ": pens.REJECTED, "pay": pens.PAID, "att": pens.WAITING, "dif": pens.DEFERRED, "·": pens.OFF}


def rows(view: ListName) -> list[InvoiceRow]:
    """All rows of a list."""
    return page(ListView(view), None, 500)


def test_each_share_has_the_pen_of_its_word(practice: Practice) -> None:
    seen = set()
    for row in rows(ListName.TRANSMITTED):
        found = pieces(SENT, widths(SENT, 80), row, here=False, pen=pens.PLAIN)
        for word, pen in (found[2], found[4]):
            assert pen == BY_WORD[word.strip()]
            seen.add(word.strip())
    assert seen >= {"REJ", "pay", "att", "dif"}
    assert len(BY_WORD) == len(ShareState)


def test_the_last_column_has_that_of_what_became_of_the_invoice(practice: Practice) -> None:
    already_cancelled(1008)
    of = {
        InvoiceState.REJECTED: pens.REJECTED,
        InvoiceState.CANCELLED: pens.OFF,
        InvoiceState.REPROCESSING: pens.DEFERRED,
        InvoiceState.TRANSMITTED: pens.WAITING,
    }
    for row in rows(ListName.TRANSMITTED):
        if row.state in of and not (row.state != InvoiceState.REJECTED and row.amc_rejection):
            assert pieces(SENT, widths(SENT, 80), row, here=False, pen="")[-1][1] == of[row.state], row


def test_of_a_new_number_of_nine_digits_the_end_is_shown(practice: Practice) -> None:
    already_cancelled(1008)
    row = replace(next(row for row in rows(ListName.TRANSMITTED) if row.number == 1008), replaced_by=800_000_123)
    assert line(SENT, widths(SENT, 80), row).endswith(" →…000123")
    assert line(SENT, widths(SENT, 86), row).rstrip().endswith(("→…000123", "→800000123"))
    assert line(SENT, widths(SENT, 132), row).rstrip().endswith(" annulée, remplacée par 800000123")
    assert line(SENT, widths(SENT, 80), replace(row, replaced_by=1061)).rstrip().endswith(" →1061")


@pytest.mark.parametrize(("view", "columns"), [("transmitted", SENT), ("unvalidated", UNSENT), ("dre", DRE)])
@pytest.mark.parametrize("width", [80, 132])
def test_the_pieces_are_the_line(practice: Practice, view: ListName, columns: tuple[Column, ...], width: int) -> None:
    already_cancelled(1008, 1009)
    sizes = widths(columns, width)
    for row in rows(ListName(view)):
        here = pieces(columns, sizes, row, here=True, pen=pens.SELECTED)
        away = pieces(columns, sizes, row, here=False, pen=pens.PLAIN)
        assert "".join(text for text, _ in away) == "  " + line(columns, sizes, row)
        assert here[1:] == away[1:]  # what is not sent again when the cursor moves
        assert here[0][1] == pens.SELECTED


def test_a_wide_window_says_more(practice: Practice) -> None:
    row = next(row for row in rows(ListName.TRANSMITTED) if row.amo_rejection == "0460 051")
    assert widths(SENT, 100)[2:4] == [34, 20]
    assert line(SENT, widths(SENT, 100), row).endswith(" 0460 051")
    assert line(SENT, widths(SENT, 132), row).endswith(" 0460 051 PRESCRIPTEUR INCONNU DANS LE REP…")
    assert all(
        sum(sizes) + len(sizes) + 1 == 200 for sizes in [widths(columns, 200) for columns in (SENT, UNSENT, DRE)]
    )


def test_the_columns_of_a_short_list_share_the_width() -> None:
    columns = (TextColumn("Lot", 4), TextColumn("Fichier", 8, grow=1), TextColumn("Somme", 6, right=True))
    assert headings(columns, 20) == "Lot  Fichier   Somme"
    assert [text for text, _ in laid(columns, ("001", "un-long-nom.b2", "12,00"), 20)] == [
        "001 ",
        " ",
        "un-long…",
        " ",
        " 12,00",
    ]
    assert "un-long-nom.b2" in "".join(text for text, _ in laid(columns, ("001", "un-long-nom.b2", "12,00"), 30))

"""The names that the filter looks in: each stands there once, as long as an invoice bears it."""

from __future__ import annotations

import pytest

from models.domain.lists import ListName
from models.queries.invoice_row import ListView
from models.queries.windows import page
from models.store.database import db, execute
from tests.models.practice import an_invoice, take_in


@pytest.mark.usefixtures("practice")
def test_a_name_is_looked_for_as_long_as_an_invoice_bears_it() -> None:
    def names() -> list[str]:
        return [search for (search,) in execute("SELECT search FROM invoice_name ORDER BY search").fetchall()]

    take_in(an_invoice(7001, last_name="BEAUCHÊNE"), an_invoice(7002, last_name="BEAUCHÊNE"))
    assert names() == ["beauchene marie"]
    with db.atomic():
        db.execute_sql("DROP TRIGGER invoice_sealed")
        for number, left in ((7001, ["beauchene marie", "duval marie"]), (7002, ["duval marie"])):
            execute("UPDATE invoice SET last_name = 'DUVAL', search = 'duval marie' WHERE number = ?", (number,))
            assert names() == left
    assert page(ListView(ListName.ALL, typed="beauch"), None, 5) == []
    assert len(page(ListView(ListName.ALL, typed="duv"), None, 5)) == 2

"""Verifier, of what is classified: each has its reason and its day, and nothing that is settled is among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.domain.filing import CAUSES, CLASSES
from models.domain.lifecycle import DESK_RANK, FILEABLE, FILED_RANK
from models.domain.states import InvoiceState
from models.store.database import execute

_CLASSES: Final = ", ".join(f"'{one}'" for one in CLASSES)
_FILEABLE: Final = ", ".join(f"'{state}'" for state in sorted(FILEABLE))
_AT_ITS_RANK: Final = f"i.desk_rank IN ({DESK_RANK[InvoiceState.GIVEN_UP]}, {FILED_RANK})"
"""Where a given up invoice stands; one that stands elsewhere is said by its rank."""
_LATEST: Final = "SELECT max(id) FROM filing WHERE invoice_id = i.id"


def filing_breaches() -> Iterator[str]:
    """One French sentence for each breach (`models/INVARIANTS.md`, P28)."""
    without_reason = (
        "SELECT i.number FROM invoice i WHERE i.filed_until IS NOT NULL AND NOT EXISTS (SELECT 1 FROM filing f"  # noqa: S608
        f" WHERE f.id = ({_LATEST}) AND f.until = i.filed_until AND f.filed_as IN ({_CLASSES})) ORDER BY i.id"
    )
    for (number,) in execute(without_reason).fetchall():
        yield f"Facture n° {number} : classée sans motif, ou jusqu’à un autre jour que celui qui a été dit."
    causes = ", ".join(f"'{one}'" for one in CAUSES)
    for_nothing = (
        f"SELECT i.number FROM invoice i WHERE {_AT_ITS_RANK} AND i.state = '{InvoiceState.GIVEN_UP}'"  # noqa: S608
        f" AND NOT EXISTS (SELECT 1 FROM filing f WHERE f.id = ({_LATEST}) AND f.filed_as IN ({causes})) ORDER BY i.id"
    )
    for (number,) in execute(for_nothing).fetchall():
        yield f"Facture n° {number} : retirée sans motif."
    settled = f"SELECT number FROM invoice WHERE filed_until IS NOT NULL AND state NOT IN ({_FILEABLE}) ORDER BY id"  # noqa: S608
    for (number,) in execute(settled).fetchall():
        yield f"Facture n° {number} : classée, alors que plus rien n’y est attendu."

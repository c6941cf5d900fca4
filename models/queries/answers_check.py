"""What the answers and the invoices must say alike: no share says what nobody said, nothing taken back still counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.domain.exchanges import Decision
from models.domain.payments import paid_in_all
from models.domain.states import ShareName, ShareState
from models.queries.payments import words_of
from models.store.database import execute
from models.tables.aside import TAKEN

_SAID: Final = ", ".join(f"'{state}'" for state in (ShareState.PAID, ShareState.REJECTED, ShareState.DEFERRED))
_UNSAID: Final = (
    "SELECT i.number FROM invoice i WHERE i.{share}_state IN ({said}) AND NOT EXISTS (SELECT 1 FROM answer a"
    " WHERE a.invoice_id = i.id AND a.{share}_state = i.{share}_state AND {taken}) ORDER BY i.id"
)
_UNDONE: Final = (
    'SELECT r.id, a.number FROM answer a JOIN "return" r ON r.id = a.return_id'  # noqa: S608
    f" WHERE (a.settled = '{Decision.WITHDRAWN}') <> (r.undone_at <> '') ORDER BY a.id"
)
_NOTES: Final = (
    "SELECT r.id FROM \"return\" r WHERE r.noted_by <> '' AND (r.said_in = ''"
    " OR (r.arl = '' AND 1 <> (SELECT count(*) FROM answer a WHERE a.return_id = r.id))) ORDER BY r.id"
)
_PAID: Final = (
    "SELECT i.id, i.number, i.amo_paid, i.amc_paid FROM invoice i LEFT JOIN (SELECT a.invoice_id,"
    " sum(CASE WHEN a.amo_state = '{paid}' THEN a.amo_paid ELSE 0 END) AS amo,"
    " sum(CASE WHEN a.amc_state = '{paid}' THEN a.amc_paid ELSE 0 END) AS amc"
    " FROM answer a WHERE a.invoice_id IS NOT NULL AND {taken} GROUP BY a.invoice_id) told ON told.invoice_id = i.id"
    " WHERE i.amo_paid <> coalesce(told.amo, 0) OR i.amc_paid <> coalesce(told.amc, 0) ORDER BY i.id"
)
"""Where one payment followed another, what is paid need not be the sum: those few are looked at word by word."""


def answer_breaches() -> Iterator[str]:
    """What is broken between answers, notes and invoices; to be read in one snapshot with the rest."""
    for share, name in zip(ShareName, _SHARES, strict=True):
        sql = _UNSAID.format(share=share, said=_SAID, taken=TAKEN)
        for (number,) in execute(sql).fetchall():
            yield f"Facture n° {number} : sa part {name} dit ce qu’aucune réponse retenue ne dit."
    for source, number in execute(_UNDONE).fetchall():
        yield f"Retour n° {source} : sa réponse sur la facture n° {number} ne suit pas de ce qu’il est défait ou non."
    for (source,) in execute(_NOTES).fetchall():
        yield f"Note n° {source} : elle ne dit pas une seule chose, ou pas où elle a été dite."
    yield from _paid()


def _paid() -> Iterator[str]:
    """What is paid is what the answers brought; a payment that a person took long ago replaced the one before it."""
    suspect = execute(_PAID.format(paid=ShareState.PAID, taken=TAKEN)).fetchall()
    words = words_of([row_id for row_id, *_ in suspect])
    for row_id, number, *paid in suspect:
        said = words.get(row_id, [])
        for one, known, what in zip(zip(*said, strict=True) if said else ((), ()), paid, _SHARES, strict=True):
            last = next((word.paid for word in reversed(one) if word.state == ShareState.PAID), 0)
            if known not in {paid_in_all(one), last}:
                yield f"Facture n° {number} : le payé de sa part {what} n’est pas ce que les réponses ont apporté."


_SHARES: Final = ("obligatoire", "complémentaire")

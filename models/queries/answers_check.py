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

_SAID: Final = (ShareState.PAID, ShareState.REJECTED, ShareState.DEFERRED)
"""What a share is only where an answer said so."""
_UNDONE: Final = (
    'SELECT r.id, a.number FROM answer a JOIN "return" r ON r.id = a.return_id'  # noqa: S608
    f" WHERE (a.settled = '{Decision.WITHDRAWN}') <> (r.undone_at <> '') ORDER BY a.id"
)
_NOTES: Final = (
    "SELECT r.id FROM \"return\" r WHERE r.noted_by <> '' AND (r.said_in = ''"
    " OR (r.arl = '' AND 1 <> (SELECT count(*) FROM answer a WHERE a.return_id = r.id))) ORDER BY r.id"
)
_TOLD: Final = ", ".join(
    f"sum(CASE WHEN a.{share}_state = '{ShareState.PAID}' THEN a.{share}_paid ELSE 0 END) AS {share}_paid, "
    + ", ".join(f"max(CASE WHEN a.{share}_state = '{said}' THEN 1 ELSE 0 END) AS {share}_is_{said}" for said in _SAID)
    for share in ShareName
)
_UNSAID: Final = (
    "(CASE i.{share}_state "
    + " ".join(f"WHEN '{said}' THEN coalesce(told.{{share}}_is_{said}, 0)" for said in _SAID)
    + " ELSE 1 END) = 0"
)
_AGAINST: Final = (
    "SELECT i.id, i.number, i.amo_paid, i.amc_paid, {amo}, {amc}, {paid} FROM invoice i LEFT JOIN"
    " (SELECT a.invoice_id, {told} FROM answer a WHERE a.invoice_id IS NOT NULL AND {taken} GROUP BY a.invoice_id) told"
    " ON told.invoice_id = i.id WHERE {amo} OR {amc} OR {paid} ORDER BY i.id"
)
_ODD: Final = _AGAINST.format(
    **{share.value: _UNSAID.format(share=share) for share in ShareName},
    paid="(i.amo_paid <> coalesce(told.amo_paid, 0) OR i.amc_paid <> coalesce(told.amc_paid, 0))",
    told=_TOLD,
    taken=TAKEN,
)
"""The invoices that say what no answer that stands says, or whose paid is not the sum of what those brought.

Where one payment followed another, what is paid need not be the sum: those few are looked at word by word.
"""


def answer_breaches() -> Iterator[str]:
    """What is broken between answers, notes and invoices; to be read in one snapshot with the rest."""
    odd = execute(_ODD).fetchall()
    for place, name in enumerate(_SHARES):
        for _, number, *said in odd:
            if said[2 + place]:
                yield f"Facture n° {number} : sa part {name} dit ce qu’aucune réponse retenue ne dit."
    for source, number in execute(_UNDONE).fetchall():
        yield f"Retour n° {source} : sa réponse sur la facture n° {number} ne suit pas de ce qu’il est défait ou non."
    for (source,) in execute(_NOTES).fetchall():
        yield f"Note n° {source} : elle ne dit pas une seule chose, ou pas où elle a été dite."
    yield from _paid([(row_id, number, *paid) for row_id, number, *paid, _, _, wrong in odd if wrong])


def _paid(suspect: list[tuple[int, int, int, int]]) -> Iterator[str]:
    """What is paid is what the answers brought; a payment that a person took long ago replaced the one before it."""
    words = words_of([row_id for row_id, *_ in suspect])
    for row_id, number, *paid in suspect:
        said = words.get(row_id, [])
        for one, known, what in zip(zip(*said, strict=True) if said else ((), ()), paid, _SHARES, strict=True):
            last = next((word.paid for word in reversed(one) if word.state == ShareState.PAID), 0)
            if known not in {paid_in_all(one), last}:
                yield f"Facture n° {number} : le payé de sa part {what} n’est pas ce que les réponses ont apporté."


_SHARES: Final = ("obligatoire", "complémentaire")

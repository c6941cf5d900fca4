"""What the answers and the invoices must say alike: no share says what nobody said, nothing taken back still counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.domain.exchanges import Decision
from models.domain.states import ShareName, ShareState
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


def answer_breaches() -> Iterator[str]:
    """What is broken between answers, notes and invoices; to be read in one snapshot with the rest."""
    for share, name in ((ShareName.AMO, "obligatoire"), (ShareName.AMC, "complémentaire")):
        sql = _UNSAID.format(share=share, said=_SAID, taken=TAKEN)
        for (number,) in execute(sql).fetchall():
            yield f"Facture n° {number} : sa part {name} dit ce qu’aucune réponse retenue ne dit."
    for source, number in execute(_UNDONE).fetchall():
        yield f"Retour n° {source} : sa réponse sur la facture n° {number} ne suit pas de ce qu’il est défait ou non."
    for (source,) in execute(_NOTES).fetchall():
        yield f"Note n° {source} : elle ne dit pas une seule chose, ou pas où elle a été dite."

"""In how many days each payer answers, measured from the practice's own returns: the latest answers, no more."""

from __future__ import annotations

from typing import Final

from models.domain.damage import is_damaged, stored_day
from models.domain.follow_up import Usual, usual
from models.domain.states import ShareName, ShareState
from models.store.database import execute
from models.tables.aside import TAKEN

LATEST: Final = 4000
"""How many of the practice's latest answers are measured: a year of a busy practice, whatever its age."""

Payer = tuple[ShareName, str]
"""A caisse by régime and code, a complementary payer by its number."""

_SAYS: Final = f"NOT IN ('{ShareState.NONE}', '{ShareState.PENDING}')"
_ANSWERS: Final = (
    "SELECT a.invoice_id, i.regime || i.caisse, i.amc_number, a.amo_state, a.amc_state, b.created_on, r.created_on"  # noqa: S608
    f" FROM (SELECT * FROM answer WHERE invoice_id IS NOT NULL AND {TAKEN} ORDER BY id DESC LIMIT {LATEST}) AS a"
    ' JOIN "return" r ON r.id = a.return_id JOIN invoice i ON i.id = a.invoice_id JOIN batch b ON b.id = i.batch_id'
    f" WHERE r.noted_by = '' AND (a.amo_state {_SAYS} OR a.amc_state {_SAYS}) ORDER BY r.created_on, a.id"
)
_SILENT: Final = frozenset({ShareState.NONE, ShareState.PENDING})


def usual_days() -> dict[Payer, Usual]:
    """The payers whose answers are enough to tell."""
    days: dict[Payer, list[int]] = {}
    met: set[tuple[int, ShareName]] = set()
    for invoice, caisse, amc_number, amo, amc, sent, answered in execute(_ANSWERS).fetchall():
        left, came = stored_day(sent), stored_day(answered)
        if is_damaged(left) or is_damaged(came):
            continue
        waited = (came - left).days
        for share, code, state in ((ShareName.AMO, caisse, amo), (ShareName.AMC, amc_number, amc)):
            if state in _SILENT or (invoice, share) in met or waited < 0:
                continue
            met.add((invoice, share))
            days.setdefault((share, code), []).append(waited)
    return {payer: told for payer, waited in days.items() if (told := usual(waited)) is not None}

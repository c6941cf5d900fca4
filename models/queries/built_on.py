"""What was done since on the ground of a return or a note: as long as there is any of it, neither is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from models.domain.exchanges import AnswerOutcome, Decision
from models.domain.refusals import Refusal, Refused
from models.store.database import execute, rows_among
from models.store.faults import spoken
from models.tables.aside import TAKEN


@dataclass(frozen=True, slots=True)
class Effect:
    """What a return made of one invoice: the first version of it, the first answer, and the shares of before it."""

    invoice: int
    made: int
    answer: int
    before: str


_EFFECTS: Final = f"SELECT invoice_id, made, id, before FROM answer a WHERE return_id = ? AND {TAKEN} ORDER BY made, id"  # noqa: S608
_IS_ARL: Final = "SELECT 1 FROM \"return\" WHERE id = ? AND arl <> ''"
_INVOICES: Final = (
    "SELECT i.id, i.number, i.version,"
    " (SELECT s.number FROM invoice s WHERE s.replaces_id = i.id AND s.state <> 'given_up'),"
    " (SELECT d.number FROM invoice d WHERE d.dre_of_id = i.id AND d.state <> 'given_up')"
    " FROM invoice i WHERE i.id IN ({set})"
)
_OTHERS: Final = (
    "SELECT a.invoice_id, a.id, a.made, a.settled, a.outcome, r.file_name, r.noted_by"  # noqa: S608
    ' FROM answer a JOIN "return" r ON r.id = a.return_id'
    f" WHERE a.return_id <> ? AND a.settled <> '{Decision.WITHDRAWN}' AND a.invoice_id IN ({{set}}) ORDER BY a.id"
)


def effects_of(return_id: int) -> dict[int, Effect | None]:
    """What each invoice would go back to; None where an older version of the program did not keep it."""
    found: dict[int, Effect | None] = {}
    for invoice, made, answer, before in execute(_EFFECTS, (return_id,)).fetchall():
        if invoice is not None:
            found.setdefault(invoice, Effect(invoice, made, answer, before) if made is not None else None)
    return found


@spoken()
def built_on(return_id: int) -> tuple[Refused, ...]:
    """Why this return, or note, cannot be taken back, one reason for each invoice that holds it; nothing where it can.

    Raises:
        PracticeFault: the database cannot be read.
    """
    effects = effects_of(return_id)
    found: list[Refused] = []
    later = _later(return_id, {key: effect for key, effect in effects.items() if effect is not None})
    of_lot = bool(execute(_IS_ARL, (return_id,)).fetchone())
    for invoice, number, version, successor, dre in rows_among(_INVOICES, effects):
        effect = effects[invoice]
        if successor is not None:
            found.append(Refused(Refusal.CANCELLED_SINCE, number, str(successor)))
        elif dre is not None:
            found.append(Refused(Refusal.DRE_SINCE, number, str(dre)))
        elif invoice in later:
            found.append(Refused(Refusal.ANSWERED_SINCE, number, later[invoice]))
        elif of_lot and effect is not None and version != effect.made:
            found.append(Refused(Refusal.CHANGED_SINCE, number))
        elif effect is None:
            found.append(Refused(Refusal.TAKEN_BEFORE, number))
    return tuple(found)


def _later(return_id: int, effects: dict[int, Effect]) -> dict[int, str]:
    """The invoices of which something was said since, and by what: a file's name, or who noted it.

    An answer that waits for a decision is no such word: it is judged again once this return is taken back.
    """
    found: dict[int, str] = {}
    for invoice, answer, made, settled, outcome, file_name, noted_by in rows_among(
        _OTHERS, effects, before=[return_id]
    ):
        effect = effects[invoice]
        waits = settled == Decision.NONE and AnswerOutcome(outcome).aside
        # What was judged again together made one version, in the order of the answers.
        moved = made is not None and (made, answer) > (effect.made, effect.answer)
        repeated = made is None and answer > effect.answer and not waits
        if moved or repeated:
            found.setdefault(invoice, file_name or noted_by)
    return found

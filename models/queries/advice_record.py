"""What became of the advice that was set aside on validating: how often, and how often the invoice came back rejected.

An invoice is counted once for a check, however often it was validated. That it came back for what the advice was about
is only likely: the rejection points to a field that the check looks at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from models.domain.damage import stored_member
from models.domain.findings import CheckName, fields_of_check
from models.domain.states import ShareState
from models.reference.rejections import RejectionBook
from models.store.database import execute
from models.store.faults import spoken
from models.tables.aside import TAKEN

LATEST: Final = 500
"""How many of the latest that were set aside a question looks at: it must not wait for the whole history."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Of `count` invoices, those that a payer answered, that came back rejected, for a field that the check sees."""

    count: int = 0
    answered: int = 0
    rejected: int = 0
    same_field: int = 0


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One check's advice; what came of it in all, and by the reason that was given."""

    check: CheckName
    outcomes: Outcomes
    reasons: tuple[tuple[str, Outcomes], ...]
    """The commonest first."""


_SAYS: Final = f"IN ('{ShareState.PAID}', '{ShareState.REJECTED}')"
_SET_ASIDE: Final = (
    "SELECT o.check_name, o.invoice_id, o.reason,"  # noqa: S608
    " EXISTS (SELECT 1 FROM answer a WHERE a.invoice_id = o.invoice_id"
    f" AND (a.amo_state {_SAYS} OR a.amc_state {_SAYS}) AND {TAKEN})"
    " FROM override o{where} ORDER BY o.id DESC{limit}"
)
_REJECTED: Final = (
    "SELECT DISTINCT o.check_name, o.invoice_id, s.share, j.code, j.label FROM override o"  # noqa: S608
    " JOIN answer a ON a.invoice_id = o.invoice_id"
    f" JOIN (SELECT 'amo' AS share UNION ALL SELECT 'amc') s"
    f" ON (s.share = 'amo' AND a.amo_state = '{ShareState.REJECTED}')"
    f" OR (s.share = 'amc' AND a.amc_state = '{ShareState.REJECTED}')"
    f" LEFT JOIN rejection j ON j.answer_id = a.id AND j.share = s.share WHERE {TAKEN}{{where}}"
)


def advice_record(book: RejectionBook) -> tuple[AdviceLine, ...]:
    """Every check whose advice was ever set aside; that which most came back rejected first."""
    return _lines(book, execute(_SET_ASIDE.format(where="", limit="")).fetchall(), "", ())


@spoken()
def record_of(checks: Collection[CheckName], book: RejectionBook) -> dict[CheckName, AdviceLine]:
    """What the practice's own record says of these checks, over the latest that were set aside."""
    if not checks:
        return {}
    wanted = tuple(sorted(checks))
    named = f"o.check_name IN ({', '.join('?' * len(wanted))})"
    set_aside = _SET_ASIDE.format(where=f" WHERE {named}", limit=f" LIMIT {LATEST}")
    found = execute(set_aside, wanted).fetchall()
    if not found:
        return {}
    oldest = min(invoice for _, invoice, _, _ in found)
    lines = _lines(book, found, f" AND {named} AND o.invoice_id >= ?", (*wanted, oldest))
    return {line.check: line for line in lines}


def _lines(
    book: RejectionBook, found: Iterable[tuple[str, int, str, bool]], where: str, values: tuple[object, ...]
) -> tuple[AdviceLine, ...]:
    came_back: dict[tuple[str, int], bool] = {}
    for check, invoice, share, code, label in execute(_REJECTED.format(where=where), values).fetchall():
        points = set(book.fields_of(code, label or "", share)) if code else set()
        same = bool(points & fields_of_check(stored_member(CheckName, check)))
        came_back[check, invoice] = came_back.get((check, invoice), False) or same
    whole: dict[str, dict[int, bool]] = {}
    reasons: dict[str, dict[str, dict[int, bool]]] = {}
    for check, invoice, reason, answered in found:
        whole.setdefault(check, {})[invoice] = bool(answered)
        reasons.setdefault(check, {}).setdefault(reason, {})[invoice] = bool(answered)

    def outcomes(check: str, invoices: dict[int, bool]) -> Outcomes:
        back = [came_back[check, invoice] for invoice in invoices if (check, invoice) in came_back]
        return Outcomes(len(invoices), sum(invoices.values()), len(back), sum(back))

    lines = (
        AdviceLine(
            stored_member(CheckName, check),
            outcomes(check, invoices),
            tuple(
                sorted(
                    ((reason, outcomes(check, given)) for reason, given in reasons[check].items()),
                    key=lambda said: (-said[1].count, said[0]),
                )
            ),
        )
        for check, invoices in whole.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.outcomes.rejected, -line.outcomes.count, line.check)))

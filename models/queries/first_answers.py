"""How often an invoice is accepted at once: by its first answer, for each payer, practitioner and month of billing.

Looked at are first presentations: neither a successor, which comes after a rejection, nor a DRE. An answer that only
defers is no answer yet. A payer is judged by its own share; an invoice is accepted when neither share was rejected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from models.domain.states import InvoiceKind, ShareName, ShareState
from models.store.database import execute
from models.tables.aside import TAKEN

FEWEST: Final = 10
"""Answers from which a rate is told: one invoice is then a tenth of it at most."""


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """Of `answered` invoices (or shares), those that the first answer accepted."""

    key: str
    """A caisse by régime and code, a complementary payer or a practitioner by number, a month « 2026-11 »."""
    share: ShareName | None
    """Whose share it is about; None: the invoice."""
    name: str
    """The practitioner's; empty for the others."""
    answered: int
    accepted: int

    @property
    def percent(self) -> int:
        """The acceptance rate, rounded down: all of them alone is 100."""
        return self.accepted * 100 // self.answered if self.answered else 0


class FirstTime(NamedTuple):
    """The rates of the practice; the most answers first, the months the latest first."""

    whole: FirstAnswers
    payers: tuple[FirstAnswers, ...]
    practitioners: tuple[FirstAnswers, ...]
    months: tuple[FirstAnswers, ...]


def _first(share: ShareName) -> str:
    """Twice the id of the first answer that decides on this share, one more where it is a rejection: one pass tells."""
    said = f"a.{share}_state"
    return f"min(CASE {said} WHEN '{ShareState.PAID}' THEN a.id * 2 WHEN '{ShareState.REJECTED}' THEN a.id * 2 + 1 END)"


_COUNTED: Final = (
    "SELECT practitioner_id, month, caisse, amc_number, amo, amc, count(*) FROM ("  # noqa: S608
    "SELECT i.practitioner_id, substr(i.billed_on, 1, 7) AS month, i.regime || i.caisse AS caisse,"
    " CASE WHEN f.amc IS NULL THEN '' ELSE i.amc_number END AS amc_number,"
    " f.amo - f.amo / 2 * 2 AS amo, f.amc - f.amc / 2 * 2 AS amc FROM ("
    f"SELECT a.invoice_id, {_first(ShareName.AMO)} AS amo, {_first(ShareName.AMC)} AS amc FROM answer a"
    f" WHERE a.invoice_id IS NOT NULL AND {TAKEN} GROUP BY a.invoice_id"
    f") f JOIN invoice i ON i.id = f.invoice_id WHERE i.kind = '{InvoiceKind.INVOICE}'"
    " AND coalesce(i.replaces_id, 0) = 0"
    " AND (f.amo IS NOT NULL OR f.amc IS NOT NULL)) g GROUP BY practitioner_id, month, caisse, amc_number, amo, amc"
)

"""`coalesce`: by the index of what replaces, SQLite would begin with the invoices, and look for each one's answers."""

_Key = tuple[ShareName | None, str]


_UNKNOWN: Final = ("", "professionnel inconnu")
"""Who stands for a practitioner whose row is lost: `verifier` says so."""


def first_time() -> FirstTime:
    """The rates as they stand now: one pass over the answers, counted by the database."""
    payers: dict[_Key, list[int]] = {}
    practitioners: dict[_Key, list[int]] = {}
    months: dict[_Key, list[int]] = {}
    whole = [0, 0]
    for practitioner, month, caisse, amc_number, amo, amc, count in execute(_COUNTED).fetchall():
        accepted = 0 if amo == 1 or amc == 1 else count
        for counts in (
            whole,
            practitioners.setdefault((None, str(practitioner)), [0, 0]),
            months.setdefault((None, month), [0, 0]),
        ):
            _add(counts, count, accepted)
        for share, payer, said in ((ShareName.AMO, caisse, amo), (ShareName.AMC, amc_number, amc)):
            if said is not None:
                _add(payers.setdefault((share, payer), [0, 0]), count, 0 if said == 1 else count)
    people = {str(row[0]): (row[1], row[2]) for row in execute("SELECT id, number, name FROM practitioner").fetchall()}
    by_month = sorted(_lines(months), key=lambda line: line.key, reverse=True)
    return FirstTime(
        FirstAnswers("", None, "", *whole),
        tuple(_lines(payers)),
        tuple(
            FirstAnswers(number, None, name, line.answered, line.accepted)
            for line in _lines(practitioners)
            for number, name in (people.get(line.key, _UNKNOWN),)
        ),
        tuple(by_month),
    )


def _add(counts: list[int], answered: int, accepted: int) -> None:
    counts[0] += answered
    counts[1] += accepted


def _lines(counted: dict[_Key, list[int]]) -> Iterable[FirstAnswers]:
    lines: list[Any] = [FirstAnswers(key, share, "", *counts) for (share, key), counts in counted.items()]
    return sorted(lines, key=lambda line: (-line.answered, line.key, line.share or ""))

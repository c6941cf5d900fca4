"""Outcomes that several commands share: a refusal with its reason, a save that came too late."""

from __future__ import annotations

from dataclasses import dataclass

from models.tables import journal
from models.tables.invoice import Invoice


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed; `reason` is one French sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was changed: someone else changed the invoice after it was read.

    `by` and `at` (UTC, ISO) are those of the last change, `action` its command.
    """

    by: str
    at: str
    action: str
    version: int


def stale(invoice: Invoice, version: int) -> Stale | None:
    """Whether `invoice` has moved on since `version`, and who moved it."""
    if invoice.version == version:
        return None
    changes = journal.who_changed(invoice.id, version)
    by, at, action = changes[-1] if changes else ("", "", "")
    return Stale(by, at, action, invoice.version)

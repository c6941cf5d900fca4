"""The outcome that several commands share beside a refusal: a save that came too late."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.actions import Action


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was changed: someone else changed the invoice after it was read.

    `by` and `at` (UTC, ISO) are those of the last change, `action` is what it did: empty, empty and None where the
    journal does not tell.
    """

    by: str
    at: str
    action: Action | None
    version: int

"""What a person notes of a letter, a call, a statement: the word of a payer that no file has brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from models.domain.states import ShareName, ShareState

UNCODED: Final = "NOTÉ"
"""The code of a rejection of which only the wording was told: no caisse has such a one."""

LONGEST: Final = 80
"""Characters of what a person writes beside a note: where it was said, a wording, a reason."""


@dataclass(frozen=True, slots=True)
class NotedWord:
    """What was said of one share of an invoice. Cents; `code` and `label` of a rejection, `transfer` of a payment."""

    share: ShareName
    state: ShareState
    """`PAID`, `REJECTED`, or `DEFERRED` where the caisse reprocesses."""
    said_on: date
    said_in: str
    """Where it was said: « courrier », « appel », « relevé bancaire »…"""
    paid: int = 0
    """What this payment brought, beside those of before."""
    code: str = ""
    label: str = ""
    transfer: str = ""
    """The wording of the bank transfer, where it is known."""


@dataclass(frozen=True, slots=True)
class SentBack:
    """Why an invoice that left is to be corrected under its own number: a negative ARL, and who noted it."""

    reason: str
    mark: NoteMark


@dataclass(frozen=True, slots=True)
class NoteMark:
    """By whom and when something was noted, where and on which day it was said."""

    by: str
    at: str
    """ISO, UTC."""
    said_in: str
    said_on: date

    @property
    def noted_on(self) -> date:
        """The day of the note where the practice is."""
        return datetime.fromisoformat(self.at).astimezone().date()

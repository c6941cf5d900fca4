"""The lists of invoices that there are, and the orders in which they are read."""

from __future__ import annotations

from enum import StrEnum


class ListName(StrEnum):
    """A list of invoices."""

    TRANSMITTED = "transmitted"
    UNVALIDATED = "unvalidated"
    VALIDATED = "validated"
    DRE = "dre"
    CANCELLABLE = "cancellable"
    ALL = "all"


class SortName(StrEnum):
    """The order of a list."""

    DESK = "desk"
    DATE = "date"
    PATIENT = "patient"
    AMOUNT = "amount"

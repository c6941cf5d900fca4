"""The lists of invoices that there are, the orders in which they are read, and by what a filter finds an invoice."""

from __future__ import annotations

from enum import IntEnum, StrEnum


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
    NUMBER = "number"
    DATE = "date"
    PATIENT = "patient"
    PAYER = "payer"
    AMOUNT = "amount"
    AMC_AMOUNT = "amc_amount"
    AMO = "amo"
    AMC = "amc"
    REJECTION = "rejection"
    REPLACES = "replaces"
    CARRIED = "carried"
    """The rejection of the invoice that it replaces."""
    BILLED = "billed"


class FoundBy(IntEnum):
    """By what a word finds an invoice, the most exact first: the order in which a filtered list stands."""

    NUMBER = 0
    LINKED = 1
    """The number of the invoice that it replaces, that replaces it, or whose DRE it is."""
    NUMBER_BEGINS = 2
    LINKED_BEGINS = 3
    LOT = 4
    CODE = 5
    """A rejection of its own, or of the invoice that it replaces."""
    AMOUNT = 6
    DAY = 7
    NAME = 8
    NIR = 9
    STATE = 10
    BILLED = 11
    """How it is signed, or that it is a DRE."""
    PAYER = 12
    PRACTITIONER = 13

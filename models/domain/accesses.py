"""What the journal of accesses keeps: that a person's data was looked at, or taken out."""

from __future__ import annotations

from enum import StrEnum


class Looked(StrEnum):
    """How it was looked at; the values are stored."""

    SHEET = "sheet"
    """An invoice whole, on the screen."""
    FORM = "form"
    """The form of an invoice."""
    EXPORT = "export"
    """Everything that is held of a person."""
    LIST = "list"
    """A list for a program, JSON or CSV."""

"""What the journal of accesses keeps: that a person's data was looked at, or taken out."""

from __future__ import annotations

from enum import StrEnum

from models.domain.lists import ListName


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


class Listed(StrEnum):
    """What can be taken out as a list beside the lists of invoices (`ListName`); the values are stored."""

    OVERVIEW = "overview"
    LESSONS = "lessons"
    JOURNAL = "journal"
    FOLLOW_UP = "follow_up"
    PAPERS = "papers"
    DRE_WAITING = "dre_waiting"


def list_subject(name: ListName | Listed) -> str:
    """What the journal of accesses keeps of a list that was taken out."""
    return f"list {name}"

"""What a rejection means in the open practice: our knowledge, the practice's own entries over it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from models.reference.rejection_entry import Explanation, FormField
from models.reference.rejections import RejectionBook, load_book
from models.reference.toml_table import ReferenceFault


class _Book:
    """The open practice's book; ours alone until a practice is open."""

    folder: Path | None = None


def use_folder(folder: Path | None) -> None:
    """Read the practice's own entries in `folder` from now on; `open_practice` calls it."""
    _Book.folder = folder
    explain.cache_clear()


def book() -> tuple[RejectionBook, tuple[ReferenceFault, ...]]:
    """The book, and what is wrong in the practice's own file."""
    return load_book(_Book.folder)


@lru_cache(maxsize=256)
def explain(code: str, received_label: str = "", share: str = "amo") -> Explanation:
    """What to show of a rejection received; a DRE's unknown code points to the complementary payer."""
    found = book()[0].explain(code, received_label, "amc" if share == "amc" else "amo")
    if share == "amc" and not found.fields:
        return replace(found, fields=("amc_number", "settlement"))
    return found


def fields_of(code: str, share: str) -> tuple[FormField, ...]:
    """The form's fields that a rejection points to, the first one first."""
    return explain(code, "", share).fields

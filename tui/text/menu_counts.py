"""What the menus say beside each entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from models.domain.states import InvoiceState
from models.queries.counts import Counts, counts, unsent_sheet_days
from models.queries.files import unread_returns
from models.queries.follow_up import due_counts
from models.queries.papers import papers_owed
from tui.text.deadlines import late_count
from tui.text.follow_up import counted
from tui.text.papers import owed_words

_ROOM: Final = 39
"""Cells beside a menu's entry at 80 columns."""


def menu_counts(inbox: Path) -> dict[str, str]:
    """The counts of the menus' entries, by entry name; a query, to be run in a worker.

    Args:
        inbox: the folder where the caisses' returns are looked for.
    """
    found, waiting = counts(), len(unread_returns(inbox))
    to_treat, ready = found.of(InvoiceState.REJECTED), found.of(InvoiceState.VALIDATED)
    unsent = found.of(InvoiceState.UNVALIDATED)
    return {
        "teletransmission": _join(
            _some(to_treat, "rejet", "rejets"),
            _some(unsent, "non validée", "non validées"),
            _some(ready, "prête", "prêtes"),
        ),
        "cancel": _join(
            _some(to_treat, "rejet à traiter", "rejets à traiter"), _some(found.filed, "classée", "classées")
        ),
        "unvalidated": _some(unsent, "non validée", "non validées"),
        "transmit": _join(_some(ready, "prête", "prêtes"), _some(found.in_doubt, "en doute", "en doute")),
        "returns": _join(_some(waiting, "à relever", "à relever"), _to_settle(found)),
        "dre": _some(found.dre, "DRE rejetée", "DRE rejetées"),
        "all": _some(found.total, "facture", "factures"),
    }


def with_late(found: dict[str, str], today: date) -> dict[str, str]:
    """The same counts, with those whose legal delay is over and by how many working days at the most.

    And with what is to be followed up, of which kind: it is measured, and comes after what is only counted.
    """
    late = {
        entry: late_count(unsent_sheet_days(state), today)
        for entry, state in (("unvalidated", InvoiceState.UNVALIDATED), ("transmit", InvoiceState.VALIDATED))
    }
    told = {entry: _with_days(found[entry], *late[entry]) for entry in late}
    return {
        **found,
        **told,
        "follow_up": counted(due_counts(today), _ROOM),
        "papers": owed_words(papers_owed(today)),
    }


def _with_days(before: str, count: str, days: str) -> str:
    """By how many days is left out where the entry has no room for it: the list itself tells it of each."""
    whole = _join(before, f"{count}{days}")
    return whole if len(whole) <= _ROOM else _join(before, count)


def _to_settle(found: Counts) -> str:
    """What waits for a decision in the returns: answers, or whole returns, or how many decisions in all."""
    if not (found.aside and found.held):
        alone = _some(found.aside, "réponse à trancher", "réponses à trancher")
        return alone or _some(found.held, "retour à trancher", "retours à trancher")
    return f"{found.aside + found.held} à trancher ({_some(found.held, 'retour', 'retours')})"


def _some(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}" if count else ""


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)

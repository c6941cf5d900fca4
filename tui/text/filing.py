"""What is said of an invoice that was classified or given up: why, by whom, until when; and of what did not go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from models.domain.actions import Action
from models.domain.damage import stored_day, stored_member
from models.domain.filing import FiledAs, FilingNote
from models.domain.lifecycle import FILEABLE
from models.domain.states import InvoiceState
from models.queries.reminders import StandingReminder
from tui.text.display import clean, day
from tui.text.sentences import these
from tui.text.words import Words

FILED_WORDS: Final[Words[FiledAs, str]] = Words(
    {
        FiledAs.CLAIMED: "réclamation déposée",
        FiledAs.SETTLED: "payée finalement",
        FiledAs.ABANDONED: "abandonnée",
        FiledAs.PAID_AFTER_ALL: "la caisse paie la facture qu’elle remplaçait",
        FiledAs.RENOUNCED: "le cabinet renonce à la refaire",
    },
    "motif abîmé",
)


def filing_deed(action: Action, said: Mapping[str, Any], which: str) -> str:
    """What an entry of the journal says was done, behind the name of who did it.

    Args:
        action: one of the four.
        said: the entry's detail.
        which: the invoices that it changed, « la facture n° 1003 », « 14 factures ».
    """
    match action:
        case Action.FILE:
            until = day(stored_day(said["until"])) if said.get("until") else "?"
            return f"a classé {which} jusqu’au {until} : {_words(said.get('filed_as'))}"
        case Action.GIVE_UP:
            stands = f"la n° {said.get('stands', 0)} attend de nouveau"
            return f"a retiré la n° {said.get('number', 0)} ({_words(said.get('cause'))}) : {stands}"
        case Action.FILED_DUE:
            return f"a ouvert le poste au terme du classement de {which}"
        case _:
            return f"a déclassé {which}"


def reminder_deed(action: Action, said: Mapping[str, Any]) -> str:
    """The same of a reminder, and of one that is taken back."""
    on = day(stored_day(said["on"])) if said.get("on") else "?"
    done = "noté" if action == Action.REMIND else "ôté"
    return f"a {done} la relance du {on} pour {these(said.get('numbers', ()))}"


def reminder_line(reminder: StandingReminder) -> str:
    """« le 23/11/2026 (Sophie) : appel à la caisse »."""
    return f"le {day(reminder.on)} ({clean(reminder.by)}){f' : {clean(reminder.note)}' if reminder.note else ''}."


def _words(stored: Any) -> str:
    return FILED_WORDS[stored_member(FiledAs, stored)] if stored in list(FiledAs) else "?"


def filed_line(state: InvoiceState, until: date | None, filing: FilingNote | None) -> tuple[str, str] | None:
    """The word and the sentence on an invoice that is classified, came back from it, or was given up; else None."""
    if filing is None:
        return None
    why = f"{FILED_WORDS[filing.filed_as]}{f', {clean(filing.note)}' if filing.note else ''}"
    who = f"{clean(filing.by)}, le {day(filing.on)}"
    if until is not None:
        return "Classée", f"jusqu’au {day(until)} : {why} ({who})."
    if state == InvoiceState.GIVEN_UP:
        return "Retirée", f"{why} ({who})."
    if state in FILEABLE:
        return "Revenue", f"Elle avait été classée : {why} ({who})."
    return None

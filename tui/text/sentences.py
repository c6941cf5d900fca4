"""Sentences that several screens say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from models.commands.outcomes import Stale
from models.domain.actions import Action
from models.domain.damage import stored_moment
from models.domain.faults import Unreachable
from models.queries.changes import Meanwhile
from models.queries.journal import FEW

_ACTIONS = {
    Action.CANCEL: "l’a annulée",
    Action.CORRECT: "l’a modifiée",
    Action.BILL: "l’a facturée",
    Action.VALIDATE: "l’a validée",
    Action.REOPEN: "l’a rouverte",
    Action.RECEIVE: "a relevé un retour qui la concerne",
    Action.PREPARE_LOT: "l’a mise dans un lot",
    Action.SEND_LOT: "l’a transmise",
    Action.SETTLE: "a tranché une réponse qui la concerne",
    Action.SETTLE_RETURN: "a tranché un retour qui la concerne",
    Action.RESEND_DRE: "a refait sa DRE",
    Action.NOTE: "a noté une réponse qui la concerne",
    Action.NOTE_ARL: "a noté l’ARL de son lot",
    Action.WITHDRAW_NOTE: "a retiré ce qui était noté d’elle",
    Action.UNDO_RETURN: "a défait un retour qui la concerne",
    Action.FILE: "l’a classée",
    Action.UNFILE: "l’a déclassée",
    Action.GIVE_UP: "l’a retirée",
    Action.LEAVE_DEGRADED: "l’a sortie du dégradé",
}

CAPITALS: Final = "Verr. Maj. : cette touche n’agit qu’en minuscule. Rien n’a changé."
"""A capital where its letter would change something: Caps Lock is on, or a sequence of the keyboard was broken."""


IGNORED: Final = "Touche répétée, ignorée"
"""A key came again before what took the place of its work could be seen."""


BACK: Final = "Retour sur cette fenêtre : cette touche n’a rien fait, appuyez de nouveau."
"""After another window had the keyboard: what was meant for that one must not answer here."""

NOT_VALIDATED: Final = "elle n’est pas validée"
"""What was not done of an invoice that was saved, then changed by another desk before it was validated."""

WAITS: Final = "Un autre poste écrit : rien n’est encore fait ici. Échap renonce."


REACHED: Final = "La base du cabinet répond de nouveau."
"""What was out of reach is back."""


def unreachable_sentence(fault: Unreachable) -> str:
    """What is out of reach, where the screen waits for it by itself and keeps what was typed."""
    return f"{fault.what} : Accueil réessaie, la saisie reste."


def stale_sentence(outcome: Stale, not_done: str = "rien n’a été enregistré") -> str:
    """Who changed the invoice meanwhile, and when (local time); what was therefore not done."""
    if not outcome.at:
        return "Un autre poste l’a changée entre-temps : relisez-la."
    return f"{_who_did_what(outcome)} : {not_done}, relisez-la."


def meanwhile_sentence(number: int, change: Meanwhile) -> str:
    """Who did what to an invoice while a question about it was open, and what it became."""
    became = f", devenue n° {change.replaced_by}" if change.action == Action.CANCEL and change.replaced_by else ""
    return f"N° {number} : {_who_did_what(change)}{became}."


def _who_did_what(change: Stale | Meanwhile) -> str:
    moment = stored_moment(change.at).astimezone()
    what = _ACTIONS.get(change.action, "l’a changée") if change.action else "l’a changée"
    return f"{change.by} {what} entre-temps ({moment:%d/%m à %H:%M})"


def released_sentence(lot: int) -> str:
    """What becomes of a lot that never left."""
    return f"Lot {lot:03d} annulé : ses factures attendent de nouveau d’être transmises."


def these(numbers: Sequence[object]) -> str:
    """« le n° 1003 », « les n° 1003, 1004 »; of many, how many they are."""
    if len(numbers) > FEW:
        return f"{len(numbers)} factures"
    return f"{'les' if len(numbers) > 1 else 'le'} n° {', '.join(map(str, numbers))}"

"""Sentences that several screens say."""

from __future__ import annotations

from datetime import datetime

from models.commands.outcomes import Stale

_ACTIONS = {
    "cancel": "l’a annulée",
    "correct": "l’a modifiée",
    "bill": "l’a facturée",
    "validate": "l’a validée",
    "reopen": "l’a rouverte",
    "receive": "a relevé un retour qui la concerne",
    "prepare_lot": "l’a mise dans un lot",
    "send_lot": "l’a transmise",
    "settle": "a tranché une réponse qui la concerne",
    "resend_dre": "a refait sa DRE",
}


def stale_sentence(outcome: Stale) -> str:
    """Who changed the invoice meanwhile, and when (local time)."""
    if not outcome.at:
        return "Un autre poste l’a changée entre-temps : relisez-la."
    moment = datetime.fromisoformat(outcome.at).astimezone()
    what = _ACTIONS.get(outcome.action, "l’a changée")
    return f"{outcome.by} {what} entre-temps ({moment:%d/%m à %H:%M}) : rien n’a été enregistré, relisez-la."

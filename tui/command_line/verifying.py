"""`accueil verifier`: every invariant of the database and the chain of the journal, checked again."""

from __future__ import annotations

from argparse import Namespace

from models.queries.counts import counts
from models.queries.verification import breaches, notices
from tui.command_line.desk import desk_of
from tui.command_line.speech import REFUSED, out, talk
from tui.text.display import clean, plural


def run(options: Namespace, _: object) -> int:
    """Print what is broken and where; the exit code."""
    desk = desk_of(options)
    desk.open()
    found = 0
    for breach in breaches(desk.practice):
        found += 1
        out(clean(breach, 1000))
    if found:
        talk(f"{plural(found, 'anomalie', 'anomalies')} : arrêtez d’écrire dans ce cabinet et prévenez l’assistance.")
        return REFUSED
    for notice in notices():
        talk(clean(notice, 1000))
    out(f"Rien d’anormal : {plural(counts().total, 'facture', 'factures')}, journal complet.")
    return 0

"""`accueil verifier`: every invariant of the database and the chain of the journal, checked again."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import date
from typing import Final

from models.domain.faults import PracticeFault
from models.queries.backups import last_backup
from models.queries.cipher_remarks import cipher_remarks
from models.queries.counts import counts
from models.queries.verification import breaches, notices
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import bar
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.text.backups import old_line
from tui.text.display import clean, day, plural
from tui.text.faults import with_remedy

SHOWN: Final = 200
"""Breaches that are told one by one; how many more there are is said."""


def run(practice: NamedPractice, since: date | None = None) -> int:
    """Print what is broken and where; the exit code.

    Args:
        practice: as it was named.
        since: the day from which on it is checked; None: from the beginning.
    """
    session = session_of(practice)
    opened = session.open()
    found = 0
    with bar("Lignes vérifiées") as step:
        told = []
        for breach in breaches(session.practice, step, since):
            found += 1
            if found <= SHOWN:
                told.append(breach)
    for breach in told:
        out(clean(breach, 1000))
    if found > SHOWN:
        out(f"… et {plural(found - SHOWN, 'autre anomalie', 'autres anomalies')}.")
    with suppress(PracticeFault) if found else nullcontext():  # a base that is damaged may not say these
        for notice in notices(session.practice):
            talk(clean(with_remedy(notice.text, notice.remedy), 1000))
        if old := old_line(last_backup(), opened.backup_rule(), session.author().day):
            talk(old)
    if found:
        count = plural(found, "anomalie", "anomalies")
        talk(f"{count} : arrêtez d’écrire dans ce cabinet et prévenez l’assistance.")
        return REFUSED
    for remark in cipher_remarks(session.practice):
        talk(clean(remark, 1000))
    whole = f"journal complet depuis le {day(since)}" if since else "journal complet"
    out(f"Rien d’anormal : {plural(counts().total, 'facture', 'factures')}, {whole}.")
    return 0

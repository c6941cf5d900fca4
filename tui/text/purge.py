"""What a purge would do, and did, in French."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from models.commands.purge import Purge, Purged
from tui.text import display

_NAMED: Final = 12
"""Entries of the journal that are named; beyond, they are counted."""


def planned(purge: Purge) -> Iterator[str]:
    """What would go, what stays, line by line."""
    day = display.day(purge.before)
    if purge.patients:
        yield (
            f"Patients sans soins depuis le {day} : {purge.patients} ({_many(purge.invoices, 'facture')}). Leurs noms, "
            "NIR et dates de naissance partiront pour toujours ; numéros, dates, actes et montants restent."
        )
    else:
        yield f"Aucun patient à purger n’est sans soins depuis le {day}."
    if purge.held:
        yield (
            f"Aussi anciens, mais gardés : {_many(purge.held, 'patient')} (facture pas encore partie ou impayée depuis "
            "moins de trois ans, réponse à trancher)."
        )
    yield from _files("Fichiers qui les nomment, à supprimer", purge.files.may_go)
    yield from _files("Exports et impressions, qui se refont, à supprimer", purge.taken_out)
    yield from _files("Sauvegardes, à remplacer par une d’après la purge", purge.copies)
    yield from _files(
        "Retours pas encore relevés qui les nomment (relevez-les d’abord ; ils restent)", purge.files.unread
    )
    yield from _files("Dossiers pas joignables, où des lots furent écrits (à vérifier)", purge.files.away)
    if purge.journal:
        numbers, more = ", ".join(map(str, purge.journal[:_NAMED])), len(purge.journal) - _NAMED
        others = f" et {_many(more, 'autre')}" if more > 0 else ""
        yield f"Journal : des entrées nomment l’un d’eux et restent scellées ({numbers}{others})."


def done(purged: Purged) -> Iterator[str]:
    """What was done."""
    purge = purged.purge
    if purge.patients:
        yield (
            f"Purge faite : {_many(purge.patients, 'patient')} et {_many(purge.invoices, 'facture')} "
            "ne portent plus que des pseudonymes."
        )
    else:
        yield "Rien à purger : la base a été réécrite, rien d’autre n’a changé."
    if purged.copy is not None:
        yield f"Sauvegarde d’après la purge : « {display.clean(str(purged.copy), 300)} »."
    if purge.patients:
        yield "Vos sauvegardes faites ailleurs nomment encore ces patients : remplacez-les."
    yield from _files("Pas supprimés (le système a refusé) : ôtez-les vous-même", purged.left)


def _files(what: str, files: tuple[Path, ...]) -> Iterator[str]:
    if files:
        yield f"{what} :"
        yield from (f"  {display.clean(str(path), 300)}" for path in files)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count > 1 else ''}"

"""What is said of backups: one that was made, and the last one where it is too old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.commands.back_up import BackedUp
from models.domain.backup import BackupRule, LastBackup, days_old
from models.domain.damage import is_damaged
from tui.text.display import clean, day, plural

_A_PATH = 300


def done_lines(made: BackedUp) -> Iterator[str]:
    """What was copied, where the key lies, what was taken away."""
    yield f"Sauvegarde faite et relue : « {clean(str(made.place), _A_PATH)} » ({_size(made.size)})."
    if made.key is None:
        yield "Elle est sur le même disque que le cabinet : donnez aussi un dossier d’un autre disque."
    else:
        yield f"La clé est à part, « {clean(str(made.key), _A_PATH)} » : gardez-la ailleurs que les sauvegardes."
    if made.dropped:
        yield f"{plural(made.dropped, 'sauvegarde ancienne', 'sauvegardes anciennes')} en moins."


def before_line(last: LastBackup | None) -> str:
    """When the one before was made."""
    if last is None:
        return "C’est la première de ce cabinet."
    return f"La précédente : {last.at.astimezone():le %d/%m/%Y à %H h %M}, « {clean(last.place, _A_PATH)} »."


def old_line(last: LastBackup | None, rule: BackupRule, today: date) -> str:
    """That there has been no backup for too long; '' where there has."""
    age = days_old(last, rule, today)
    if age is None:
        return ""
    if last is None:
        return "Aucune sauvegarde de ce cabinet n’a encore été faite (accueil sauvegarder)."
    if is_damaged(last.at):
        return "La date de la dernière sauvegarde ne se lit plus dans la base (accueil verifier)."
    return f"Dernière sauvegarde il y a {age} jours, le {day(last.day)} (accueil sauvegarder)."


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} Mo".replace(".", ",") if size >= 100_000 else f"{-(-size // 1000)} ko"

"""What `cabinet.toml` says of the backups.

All of it is optional::

    [sauvegarde]
    dossier = "/media/disque/accueil"     # un autre disque
    quotidienne = true                    # à la première ouverture du jour
    garder = 30                           # jours
    cle = "/media/cle-usb"                # où copier la clé, à part
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from models.domain.backup import KEPT, LONGEST_KEPT, BackupRule
from models.store.configuration import Configuration, read_configuration, shown

_SECTION: Final = "sauvegarde"


def read_backup_rule(path: Path | None) -> BackupRule:
    """The rule that the configuration at `path` sets; nothing by itself where it says nothing.

    Raises:
        PracticeFault: the file cannot be read, or a value is not one of those that it may be.
    """
    written = read_configuration(path)
    said = written.section(_SECTION)
    daily, kept = said.get("quotidienne", False), said.get("garder", KEPT)
    if type(daily) is not bool:
        raise written.fault(_SECTION, "quotidienne", f"quotidienne = {shown(daily)} ne va pas ; écrivez true ou false")
    if type(kept) is not int or not 1 <= kept <= LONGEST_KEPT:
        what = f"garder = {shown(kept)} ne va pas ; écrivez un nombre de jours, de 1 à {LONGEST_KEPT}"
        raise written.fault(_SECTION, "garder", what)
    folder = _folder(written, "dossier")
    if daily and folder is None:
        raise written.fault(_SECTION, "quotidienne", 'quotidienne = true demande aussi dossier = "/chemin"')
    return BackupRule(folder, daily, kept, _folder(written, "cle"))


def _folder(written: Configuration, key: str) -> Path | None:
    said = written.section(_SECTION).get(key)
    if said is None:
        return None
    if not isinstance(said, str) or not said.startswith("/") or "\0" in said:
        raise written.fault(_SECTION, key, f'{key} veut un chemin entier, par exemple "/media/disque/accueil"')
    return Path(said)

"""Why the system refuses a file or a folder, in French: of a place in brackets, or of the file a sentence names."""

from __future__ import annotations

import errno
from typing import Final, NamedTuple


class DiskReason(NamedTuple):
    """One refusal of the file system, as two sentences say it."""

    of_place: str
    """Impossible d’écrire dans « … » (…)."""
    of_file: str
    """« … » : …"""


_NO_RIGHT: Final = "vous n’en avez pas le droit"
_FULL: Final = "le disque est plein"

_REASONS: Final[dict[int, DiskReason]] = {
    errno.ENOSPC: DiskReason(_FULL, _FULL),
    errno.EDQUOT: DiskReason("votre part du disque est pleine", _FULL),
    errno.EFBIG: DiskReason("le fichier dépasse la taille permise", "le fichier serait trop grand"),
    errno.EACCES: DiskReason(_NO_RIGHT, _NO_RIGHT),
    errno.EPERM: DiskReason(_NO_RIGHT, _NO_RIGHT),
    errno.EROFS: DiskReason("il est en lecture seule", "le disque est en lecture seule"),
    errno.ENOENT: DiskReason("il n’existe pas", "il n’existe pas"),
    errno.ENOTDIR: DiskReason(
        "une partie du chemin n’est pas un dossier", "un des dossiers de son chemin est un fichier"
    ),
    errno.EISDIR: DiskReason("c’est un dossier", "c’est un dossier"),
    errno.ENAMETOOLONG: DiskReason("ce nom est trop long", "son nom est trop long"),
    errno.EEXIST: DiskReason("il y en a déjà un de ce nom", "il existe déjà"),
    errno.EIO: DiskReason("le disque ne répond plus", "le disque ne répond plus"),
    errno.ELOOP: DiskReason("ses liens tournent en rond", "ses liens tournent en rond"),
    errno.EMFILE: DiskReason("trop de fichiers sont ouverts", "trop de fichiers sont ouverts"),
}


def disk_reason(error: OSError) -> DiskReason:
    """Why, in French; in the system's own words where it is none of those that are known here."""
    own = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0, DiskReason(own, own))

"""The practice's configuration: a small TOML file beside its database, written by whoever installs the desk.

`cabinet.toml`, all of it optional::

    [carte]
    lecteur = "absent"            # ou "demo", ou "commande"
    commande = ["/usr/local/bin/lire-vitale"]
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.domain.card import AbsentReader, CardReader, DemoReader
from models.domain.faults import PracticeFault
from models.store.card_command import CommandReader

_READERS: Final = ("absent", "demo", "commande")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the practice's configuration says."""

    reader: CardReader


def read_settings(path: Path) -> Settings:
    """The configuration at `path`; the defaults where there is none.

    Raises:
        PracticeFault: the file cannot be read, or a value is not one of those that it may be.
    """
    if not path.exists():
        return Settings(AbsentReader())
    import tomllib

    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PracticeFault(f"La configuration « {path} » ne se lit pas ({error}) : corrigez-la.") from error
    return Settings(_reader(said.get("carte", {}), path))


def _reader(card: dict[str, Any], path: Path) -> CardReader:
    kind = card.get("lecteur", "absent")
    if kind not in _READERS:
        raise PracticeFault(
            f"Configuration « {path} » : lecteur = « {kind} » inconnu ; écrivez {' ou '.join(_READERS)}."
        )
    if kind == "demo":
        return DemoReader()
    if kind == "absent":
        return AbsentReader()
    command = card.get("commande")
    if not isinstance(command, list) or not command or not all(isinstance(word, str) for word in command):
        raise PracticeFault(
            f'Configuration « {path} » : lecteur = "commande" demande aussi commande = ["/chemin/du/programme"].'
        )
    return CommandReader(command)

"""What whoever answers for the practice should know of its encryption: what it does not protect as things stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from models.domain.place import Practice
from models.queries.files_about import copies
from models.store.backup import SQLITE_COPY, base_key
from models.store.cipher import HeldKey, is_plain
from models.store.cipher_keys import keyring_of, keys_in

_PLAIN: Final = (
    "La base n’est pas chiffrée : elle le sera dès qu’un poste l’ouvrira seul, avec assez de place sur le disque."
)


@dataclass(frozen=True, slots=True)
class KeyState:
    """Where the key of the open practice is; never the key."""

    place: Path | None
    """Its file; None: the desktop's keyring."""
    since: date | None
    """The day on which it was made; None where its file does not say it."""
    older: int
    """How many other keys its file holds, for what was encrypted before."""


def key_state(practice: Practice) -> KeyState | None:
    """Where the key is; None where the base has none.

    Raises:
        PracticeFault: it cannot be read any more.
    """
    key = None if practice.on_server else base_key()
    if key is None:
        return None
    since = None
    with suppress(ValueError):  # nothing, or what somebody wrote there
        since = date.fromisoformat(key.since)
    return KeyState(key.place if isinstance(key.place, Path) else None, since, len(keys_in(key.place)) - 1)


def cipher_remarks(practice: Practice) -> Iterator[str]:
    """One sentence for each: where the key lies, what is still plain. Nothing of a server, which encrypts by itself.

    Raises:
        PracticeFault: the configuration, or a key, cannot be read.
    """
    if practice.on_server:
        return
    key = base_key()
    if key is None:
        yield _PLAIN
    else:
        yield from _where_it_lies(practice, key)
    for copy in copies(practice):
        base = copy / SQLITE_COPY if copy.is_dir() else copy
        if is_plain(Path(base)):
            yield f"Copie restée en clair : « {base} » ; effacez-la, ou mettez-la sous clé."


def _where_it_lies(practice: Practice, key: HeldKey) -> Iterator[str]:
    """What the place of the key in use does not protect."""
    if key.place == practice.cipher_file:
        yield (
            f"La clé de la base est à côté d’elle (« {key.place} ») : une copie de la base seule ne dit rien, qui prend"
            " tout le dossier lit tout."
        )
        if keyring_of(practice) is not None:
            yield "Le trousseau du bureau, que la configuration demande, n’a pas donné la clé de la base."
        return
    if not isinstance(key.place, Path):
        yield (
            "La clé de la base est dans le trousseau du bureau, qui se perd avec son compte : gardez-en une copie "
            "ailleurs."
        )
    if key.secret in {held.secret for held in keys_in(practice.cipher_file)}:
        yield f"Une copie de la clé est restée à côté de la base : effacez « {practice.cipher_file} »."

"""Where the key of an encrypted base is looked for, in this order, and what is asked of it there.

1. a credential that systemd hands over: `accueil-cle` in `$CREDENTIALS_DIRECTORY` (systemd.exec(5));
2. the file that `cabinet.toml` names: another disk, a token::

    [chiffrement]
    cle = "/media/cle-usb/accueil.chiffrement"

3. `cabinet.chiffrement`, beside the base.

A file holds one key a line, 64 hexadecimal digits and the day on which it was made; the last is the one in use, those
above it open older copies. It is its owner's, and its group may read it.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from models.domain.disk import disk_reason
from models.domain.faults import PracticeFault, Remedy
from models.domain.place import Practice
from models.store.cipher import HeldKey
from models.store.whole_file import write_whole

CREDENTIAL: Final = "accueil-cle"
"""What the credential is called."""

SECTION: Final = "chiffrement"
"""Of the configuration."""

_LINE: Final = re.compile(rb"([0-9a-fA-F]{64})(?:[ \t]+(\d{4}-\d\d-\d\d))?[ \t\r]*")
_LARGEST: Final = 1 << 16
"""Bytes: a key a day for two years."""


def keys_of(practice: Practice) -> Iterator[HeldKey]:
    """What may open the practice's base, each place looked at only where those before did not open it.

    Raises:
        PracticeFault: a key is not one, cannot be read, or is open to others; or, at the end, there was none that fits.
    """
    tried: list[Path] = []
    for place in places(practice):
        for key in keys_in(place):
            if place not in tried:
                tried.append(place)
            yield key
    base = practice.location
    if tried:
        where = " ni ".join(f"« {place} »" for place in tried)
        raise PracticeFault(
            f"Aucune clé de {where} n’ouvre « {base} » : ce n’est pas la sienne, ou la base est abîmée",
            Remedy.BRING_KEY,
        )
    missing = places(practice)[0]
    raise PracticeFault(
        f"« {base} » n’est pas une base de cabinet, ou elle est chiffrée et sa clé « {missing} » manque",
        Remedy.BRING_KEY,
    )


def is_handed_over(place: Path) -> bool:
    """Whether systemd put it there, for as long as the program runs: what is written there would be lost."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return folder is not None and place == Path(folder) / CREDENTIAL


def written(keys: Sequence[HeldKey]) -> bytes:
    """The content of a file that holds these keys, of which the first is the one in use."""
    return "".join(f"{key.secret} {key.since}".rstrip() + "\n" for key in reversed(keys)).encode()


def places(practice: Practice) -> list[Path]:
    """The files in which the practice's key is looked for; a credential and a configured one only where there are.

    Raises:
        PracticeFault: the configuration cannot be read.
    """
    found = []
    if (folder := os.environ.get("CREDENTIALS_DIRECTORY")) and (credential := Path(folder) / CREDENTIAL).exists():
        found.append(credential)
    if (configured := configured_place(practice.settings_file)) is not None:
        found.append(configured)
    return [*found, practice.cipher_file]


def configured_place(settings: Path) -> Path | None:
    """The file that the configuration names; None where it names none.

    Raises:
        PracticeFault: the configuration cannot be read, or it does not name a whole path.
    """
    try:
        if SECTION.encode() not in settings.read_bytes():
            return None  # most configurations, and to read TOML takes longer than to open the base
    except OSError:
        return None
    from models.store.configuration import read_configuration

    written = read_configuration(settings)
    said = written.section(SECTION).get("cle")
    if said is None:
        return None
    if not isinstance(said, str) or not said.startswith("/") or "\0" in said:
        raise written.fault(
            SECTION, "cle", 'cle veut un chemin entier, par exemple "/media/cle-usb/accueil.chiffrement"'
        )
    return Path(said)


def key_for(practice: Practice) -> HeldKey:
    """The key with which what is written anew for this practice is encrypted: the first that is found, else a new one.

    Raises:
        PracticeFault: a key is not one, cannot be read, is open to others, or cannot be written where it belongs.
    """
    where = places(practice)
    held = next((keys[0] for keys in map(keys_in, where) if keys), None)
    return held or new_key(where[0])


def new_key(place: Path) -> HeldKey:
    """Make a key, lasting in this file, before anything is encrypted with it.

    Raises:
        PracticeFault: what the file holds is no key, or it cannot be written.
    """
    from models.store.faults import spoken_files  # brings the tables' library, and a key is made once

    fresh = HeldKey(secrets.token_hex(32), date.today().isoformat(), place)
    with spoken_files(place, "d’écrire la clé"):
        hold_keys(place, [fresh])
    return fresh


def hold_keys(place: Path, keys: Sequence[HeldKey]) -> None:
    """Have this file hold these keys too, the first of them as the one in use; lasting.

    They are written behind those that it holds, so that its rights stay and nothing of it is ever lost.

    Raises:
        PracticeFault: what it holds is no key.
        OSError: it cannot be written.
    """
    known = {key.secret for key in keys_in(place)}
    lines = written([key for key in keys if key.secret not in known])
    if not known and lines:
        write_whole(place, lines)
    elif lines:
        descriptor = os.open(place, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            ends = file.seek(-1, os.SEEK_END) and file.read(1)
            file.write(lines if ends == b"\n" else b"\n" + lines)
            os.fsync(descriptor)


def keys_in(place: Path) -> list[HeldKey]:
    """The keys of a file, the one in use first; none where it is not there.

    Raises:
        PracticeFault: what it holds is no key, it cannot be read, or it is open to others.
    """
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _fault(place, f"ne se lit pas ({disk_reason(error).of_file})") from error
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise _fault(place, "n’est pas un fichier ordinaire")
        if facts.st_mode & (stat.S_IWGRP | stat.S_IRWXO):
            raise _fault(place, "est ouverte à d’autres que son compte et son groupe (chmod g-w,o= la referme)")
        *lines, last = os.read(descriptor, _LARGEST).split(b"\n")
    except OSError as error:
        raise _fault(place, f"ne se lit pas ({disk_reason(error).of_file})") from error
    finally:
        os.close(descriptor)
    if _LINE.fullmatch(last) or not lines:
        lines.append(last)  # else a line that was cut as it was written: nothing is encrypted with it yet
    found = [_LINE.fullmatch(line) for line in lines if line.strip()]
    keys = [HeldKey(key[1].decode().lower(), (key[2] or b"").decode(), place) for key in found if key is not None]
    if not keys or len(keys) < len(found):
        raise _fault(place, "n’est pas faite de 64 chiffres hexadécimaux")
    return keys[::-1]


def _fault(place: Path, wrong: str) -> PracticeFault:
    return PracticeFault(f"La clé de la base, « {place} », {wrong}", Remedy.BRING_KEY)

"""Where the key of an encrypted base is looked for, in this order, and what is asked of it there.

1. a credential that systemd hands over: `accueil-cle` in `$CREDENTIALS_DIRECTORY` (systemd.exec(5));
2. the file that `cabinet.toml` names: another disk, a token::

    [chiffrement]
    cle = "/media/cle-usb/accueil.chiffrement"

3. the desktop's keyring (`models.store.keyring`), where `cabinet.toml` asks for it: `trousseau = true`;
4. `cabinet.chiffrement`, beside the base.

A new key goes into a file; a person puts it into the keyring, which holds what a file would. A keyring that cannot be
asked stops nothing as long as another place has the key.

A file holds one key a line, 64 hexadecimal digits and the day on which it was made; the last is the one in use, those
above it open older copies. It is its owner's, and its group may read it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from models.domain.disk import disk_reason
from models.domain.faults import PracticeFault, Remedy
from models.domain.place import Practice
from models.store.cipher import HeldKey
from models.store.file_faults import spoken_files
from models.store.whole_file import write_whole

if TYPE_CHECKING:
    from models.store.cipher import KeyPlace
    from models.store.keyring import Keyring

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
    tried: list[KeyPlace] = []
    without: KeyPlace | None = None
    silent: PracticeFault | None = None
    for place in places(practice):
        try:
            found = keys_in(place)
        except PracticeFault as fault:
            if isinstance(place, Path):
                raise
            silent = fault
            continue
        without = without or (None if found else place)
        for key in found:
            if place not in tried:
                tried.append(place)
            yield key
    if silent is not None:
        raise silent
    base = practice.location
    locked = without is not None and not isinstance(without, Path)
    if tried:
        where = " ni ".join(f"« {place} »" for place in tried)
        beside = f", et il n’y en a pas dans le {without}, ou il est verrouillé" if locked else ""
        raise PracticeFault(
            f"Aucune clé de {where} n’ouvre « {base} » : ce n’est pas la sienne, ou la base est abîmée{beside}",
            Remedy.BRING_KEY,
        )
    lacks = f"n’est pas dans le {without}, ou il est verrouillé" if locked else f"« {without} » manque"
    raise PracticeFault(
        f"« {base} » n’est pas une base de cabinet, ou elle est chiffrée et sa clé {lacks}", Remedy.BRING_KEY
    )


def keys_at_hand(practice: Practice) -> list[HeldKey]:
    """Every key of the practice that can be read now.

    Raises:
        PracticeFault: a file of keys cannot be read.
    """
    found: list[HeldKey] = []
    for place in places(practice):
        try:
            found += keys_in(place)
        except PracticeFault:
            if isinstance(place, Path):
                raise
    return found


def is_handed_over(place: KeyPlace) -> bool:
    """Whether systemd put it there, for as long as the program runs: what is written there would be lost."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return folder is not None and place == Path(folder) / CREDENTIAL


def written(keys: Sequence[HeldKey]) -> bytes:
    """The content of a file that holds these keys, of which the first is the one in use."""
    return "".join(f"{key.secret} {key.since}".rstrip() + "\n" for key in reversed(keys)).encode()


def places(practice: Practice) -> list[KeyPlace]:
    """Where the practice's key is looked for; a credential and what is configured only where there are.

    Raises:
        PracticeFault: the configuration cannot be read.
    """
    found: list[KeyPlace] = []
    if (folder := os.environ.get("CREDENTIALS_DIRECTORY")) and (credential := Path(folder) / CREDENTIAL).exists():
        found.append(credential)
    return [*found, *_configured(practice), practice.cipher_file]


def keyring_of(practice: Practice) -> Keyring | None:
    """The desktop's keyring, where the practice's configuration asks for it.

    Raises:
        PracticeFault: the configuration cannot be read.
    """
    return next((place for place in _configured(practice) if not isinstance(place, Path)), None)


def _configured(practice: Practice) -> Iterator[KeyPlace]:
    """The file that the configuration names, then the keyring, each where it does.

    Raises:
        PracticeFault: the configuration cannot be read, or it does not name a whole path.
    """
    settings = practice.settings_file
    try:
        if SECTION.encode() not in settings.read_bytes():
            return  # most configurations, and to read TOML takes longer than to open the base
    except OSError:
        return
    from models.store.configuration import read_configuration

    written = read_configuration(settings)
    said = written.section(SECTION).get("cle")
    if said is not None:
        if not isinstance(said, str) or not said.startswith("/") or "\0" in said:
            raise written.fault(
                SECTION, "cle", 'cle veut un chemin entier, par exemple "/media/cle-usb/accueil.chiffrement"'
            )
        yield Path(said)
    wanted = written.section(SECTION).get("trousseau", False)
    if not isinstance(wanted, bool):
        raise written.fault(SECTION, "trousseau", "trousseau veut true ou false")
    if wanted:
        import hashlib  # where it is asked for only, as what follows

        from models.store.keyring import Keyring

        with suppress(OSError):  # without the journal's key nobody knows whose it is, nor writes
            whose = hashlib.sha256(b"accueil trousseau " + practice.key_file.read_bytes().strip())
            yield Keyring(whose.hexdigest()[:16])


def key_for(practice: Practice) -> HeldKey:
    """The key with which what is written anew for this practice is encrypted: the first that is found, else a new one.

    Raises:
        PracticeFault: a key is not one, cannot be read, is open to others, or cannot be written where it belongs.
    """
    held = keys_at_hand(practice)
    return held[0] if held else new_key(next(place for place in places(practice) if isinstance(place, Path)))


def new_key(place: KeyPlace) -> HeldKey:
    """Make a key, lasting in this place, before anything is encrypted with it.

    Raises:
        PracticeFault: what the place holds is no key, or it cannot be written.
    """
    fresh = HeldKey(os.urandom(32).hex(), date.today().isoformat(), place)
    with spoken_files(place, "d’écrire la clé") if isinstance(place, Path) else nullcontext():
        hold_keys(place, [fresh])
    return fresh


def hold_keys(place: KeyPlace, keys: Sequence[HeldKey]) -> None:
    """Have this place hold these keys too, the first of them as the one in use; lasting.

    In a file they are written behind those that it holds, so that its rights stay and nothing of it is ever lost.

    Raises:
        PracticeFault: what it holds is no key, or the keyring does not take them.
        OSError: it cannot be written.
    """
    if not isinstance(place, Path):
        before, ours = place.read_unlocked(), {key.secret for key in keys}
        older = [key for key in _parsed(before, place) if key.secret not in ours]
        place.keep(written([*keys, *older]), before)
        return
    known = {key.secret for key in keys_in(place)}
    lines = written([key for key in keys if key.secret not in known])
    if not known and lines:
        write_whole(place, lines)
    elif lines:
        descriptor = os.open(place, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
        with os.fdopen(descriptor, "r+b") as file:
            kept, cut = _whole_lines(file.read())
            if cut:
                file.truncate(len(b"\n".join(kept)))
            file.write(b"\n" + lines if kept[-1] else lines)
            file.flush()
            os.fsync(descriptor)


def keys_in(place: KeyPlace) -> list[HeldKey]:
    """The keys of a place, the one in use first; none where it is not there.

    Raises:
        PracticeFault: what it holds is no key, it cannot be read, or it is open to others.
    """
    if not isinstance(place, Path):
        return _parsed(place.read(), place)
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
        held = os.read(descriptor, _LARGEST)
    except OSError as error:
        raise _fault(place, f"ne se lit pas ({disk_reason(error).of_file})") from error
    finally:
        os.close(descriptor)
    keys = _parsed(held, place)
    if not keys:
        raise _fault(place, _NO_KEY)
    return keys


def _parsed(held: bytes, place: KeyPlace) -> list[HeldKey]:
    """The keys of what a place holds, the one in use first.

    Raises:
        PracticeFault: a line is no key.
    """
    lines, _ = _whole_lines(held)
    found = [_LINE.fullmatch(line) for line in lines if line.strip()]
    keys = [HeldKey(key[1].decode().lower(), (key[2] or b"").decode(), place) for key in found if key is not None]
    if len(keys) < len(found):
        raise _fault(place, _NO_KEY)
    return keys[::-1]


_NO_KEY: Final = "n’est pas faite de 64 chiffres hexadécimaux"


def _whole_lines(content: bytes) -> tuple[list[bytes], bool]:
    """The lines of a file of keys without one that was cut as it was written, and whether there was one.

    Nothing is encrypted with it yet. It has no end; where the power went, zeros stand for what had not reached the
    disk, and its end may be there.
    """
    lines = content.split(b"\n")
    last = len(lines) - 1 if lines[-1] else len(lines) - 2
    if last > 0 and (b"\0" in lines[last] or (last == len(lines) - 1 and not _LINE.fullmatch(lines[last]))):
        return [*lines[:last], b""], True
    return lines, False


def _fault(place: KeyPlace, wrong: str) -> PracticeFault:
    return PracticeFault(f"La clé de la base, « {place} », {wrong}", Remedy.BRING_KEY)

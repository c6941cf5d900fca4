"""The anchor: a small signed file beside the database that says how far the practice had come, whatever lies there.

Before a change is committed, where it leads is written here; after it, that it got there. So the anchor never says less
than what left, and a kill in between leaves a change that was made or was not: both are known. What gives a number or
a lot is lasting (fsync) before the commit; the rest follows when the system writes it, as a base that is ahead of its
anchor is nothing to fear.

The file is written in place, so that its rights stay: two slots in turn for what is lasting, of which a power cut can
spoil one at most; a third for the rest. Each slot is one line: its HMAC, then JSON. The highest serial counts.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from models.domain.anchor import Kept, Mark
from models.domain.faults import PracticeFault, Remedy
from models.store.file_faults import spoken_files
from models.store.whole_file import rewrite_whole, write_whole

_SLOT: Final = 32 * 1024
"""Bytes: the lots of some 700 practitioners."""

_LASTING: Final = (0, 1)
_LIGHT: Final = 2

_PURPOSE: Final = b"accueil-ancre-1\x1f"
"""What is signed begins with this: a seal of the journal never passes for one of the anchor."""


class Anchor:
    """The anchor of an open practice.

    Args:
        path: its file.
        key: the journal's.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self._key = path, key

    def read(self) -> Kept | None:
        """What it says; None where there is none.

        Raises:
            PracticeFault: it cannot be read, or nothing in it was signed with this practice's key.
        """
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreadable() from error
        try:
            return self._newest(descriptor)
        except OSError as error:
            raise self._unreadable() from error
        finally:
            os.close(descriptor)

    def make(self, mark: Mark) -> None:
        """Write it where there is none; where another desk was faster, that one stays.

        Raises:
            OSError: the disk refused.
        """
        try:
            write_whole(self.path, self._line(Kept(1, mark, None)))
        except FileExistsError:
            return

    def replace(self, done: Mark, coming: Mark | None) -> None:
        """Write it anew, in place of one that does not hold or is of a practice that is no more; lasting.

        Raises:
            OSError: the disk refused.
        """
        rewrite_whole(self.path, self._line(Kept(1, done, coming)))

    def promise(self, done: Mark, coming: Mark, *, lasting: bool) -> None:
        """Say where the change leads that is about to be committed; inside its transaction, at its end.

        Args:
            done: where the practice stands before it.
            coming: where it stands after it.
            lasting: be on the disk before this returns.

        Raises:
            PracticeFault: it cannot be written: the change must not be made.
        """
        with spoken_files(self.path, "d’écrire"), self._held() as descriptor:
            serial = self._newest(descriptor).serial + 1
            slot = self._older(descriptor) if lasting else _LIGHT
            self._write(descriptor, slot, Kept(serial, done, coming))
            if lasting:
                os.fdatasync(descriptor)

    def keep(self, coming: Mark) -> None:
        """Say that the change got there; nothing where another one follows already.

        Raises:
            OSError: the disk refused; what was promised holds.
        """
        with self._held() as descriptor:
            said = self._newest(descriptor)
            if said.coming == coming:
                self._write(descriptor, _LIGHT, Kept(said.serial + 1, coming, None))

    @contextmanager
    def _held(self) -> Iterator[int]:
        """The file, open to one writer at a time."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)

    def _newest(self, descriptor: int) -> Kept:
        said = [self._slot(descriptor, slot) for slot in (*_LASTING, _LIGHT)]
        found = max((kept for kept in said if kept is not None), key=lambda kept: kept.serial, default=None)
        if found is None:
            raise self._unreadable()
        return found

    def _older(self, descriptor: int) -> int:
        """The lasting slot that may be written over: the one that does not hold, or says less."""
        said = {slot: self._slot(descriptor, slot) for slot in _LASTING}
        return min(_LASTING, key=lambda slot: kept.serial if (kept := said[slot]) else 0)

    def _slot(self, descriptor: int, slot: int) -> Kept | None:
        """What a slot says; None where it holds nothing that was signed here."""
        line, found, _ = os.pread(descriptor, _SLOT, slot * _SLOT).partition(b"\n")
        seal, _, text = line.partition(b" ")
        if not found or not hmac.compare_digest(seal, self._seal(text)):
            return None
        said: dict[str, Any] = json.loads(text)
        coming = said["coming"]
        return Kept(said["serial"], Mark(**said["done"]), None if coming is None else Mark(**coming))

    def _write(self, descriptor: int, slot: int, kept: Kept) -> None:
        line = self._line(kept)
        if os.pwrite(descriptor, line, slot * _SLOT) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _line(self, kept: Kept) -> bytes:
        text = json.dumps(asdict(kept), separators=(",", ":")).encode()
        return self._seal(text) + b" " + text + b"\n"

    def _seal(self, text: bytes) -> bytes:
        return hmac.new(self._key, _PURPOSE + text, hashlib.sha256).hexdigest().encode()

    def _unreadable(self) -> PracticeFault:
        return PracticeFault(f"L’ancre « {self.path} » est celle d’un autre cabinet, ou ne se lit plus", Remedy.RESTORE)


class TakenOver(Anchor):
    """The anchor of a base that is taken over as it stands, by the one change that is made with it.

    It asks nothing of the base. Until that change is committed it goes on saying what it said before.

    Args:
        path: its file.
        key: the journal's.
        before: what it said.
        now: where the base stands.
    """

    def __init__(self, path: Path, key: bytes, before: Mark, now: Mark) -> None:
        super().__init__(path, key)
        self._before, self._now = before, now

    def read(self) -> Kept:
        """That the base is the right one."""
        return Kept(0, self._now, None)

    def promise(self, done: Mark, coming: Mark, *, lasting: bool) -> None:
        """Say which base comes, lasting, in place of whatever was there."""
        with spoken_files(self.path, "d’écrire"):
            self.replace(self._before, coming)

"""Between the bytes that a person gives and the readers: the lots and returns that an archive, a mail or a file holds.

A caisse's portal hands over archives, a mailbox mails, a transport puts several files in one. Each inner file is a
file of its own, known by its own bytes; one that is in nothing goes to its reader untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final, Literal

from models.formats.characters import from_utf_16, split_files, trimmed, unfolded
from models.formats.errors import FormatError
from models.formats.nature import is_gzip, is_mail, is_tar, is_utf_16, is_zip, nature_of
from models.formats.sniff import kind_of
from models.reading import LARGEST

if TYPE_CHECKING:
    from email.message import Message
    from gzip import GzipFile
    from zipfile import ZipExtFile

Kind = Literal["b2", "noemie"]

_ENTRIES: Final = 2000
_DEEPEST: Final = 4
"""An archive in a mail in an archive: what is deeper is made to harm."""

_CITED = re.compile(rb"^(?:> ?)+", re.MULTILINE)
_CITED_FILE = re.compile(rb"^(?:> ?)+000", re.MULTILINE)
"""A file in a mail that was answered: each of its lines is cited."""

_NAMES = {"b2": "un lot B2, à importer comme lot", "noemie": "un retour NOEMIE, à relever comme retour"}


@dataclass(frozen=True, slots=True)
class InnerFile:
    """A file as it is read: its bytes, its name behind that of what held it (« archive.zip › lot-001.b2 »)."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds: what is to be read, and one French sentence for each thing that was left aside."""

    files: tuple[InnerFile, ...]
    aside: tuple[str, ...] = ()


def opened(data: bytes, name: str, wanted: Kind) -> Opened:
    """The files to read in what was given, itself where it holds no other.

    Args:
        data: The bytes as given.
        name: The name of the file, without its folder.
        wanted: What is looked for; files of the other kind are left aside as long as one of this kind is there.

    Raises:
        FormatError: A damaged or locked archive, one too large to be a practice's, or one that holds no file to read.
    """
    opening = _Opening()
    try:
        found = list(opening.within(data, name, 0))
    except FormatError:
        raise
    except _damage():
        raise FormatError("L’archive ou le courriel est endommagé") from None
    if opening.locked and not found:
        raise FormatError("L’archive est protégée par un mot de passe", "ouvrez-la, puis donnez les fichiers")
    if len(found) == 1 and found[0].data is data:
        return Opened((found[0],))
    files = [file for file in found if trimmed(file.data).startswith(b"000")]
    right = [file for file in files if kind_of(file.data) in (wanted, None)]
    taken = right if any(kind_of(file.data) == wanted for file in right) else files
    left = [file for file in found if file not in taken]
    if not taken:
        inside = f"mais {_what(left[0].data)}" if len(left) == 1 else f"parmi ses {len(left)} fichiers"
        what = f"{opening.holder} ne contient ni lot B2 ni retour NOEMIE" + (f", {inside}" if left else "")
        raise FormatError(what, "choisissez un autre fichier")
    aside = [f"{file.name} : {_what(file.data)}, laissé de côté." for file in left]
    aside += [
        f"{locked} : protégé par un mot de passe, laissé de côté ; ouvrez-le à part." for locked in opening.locked
    ]
    return Opened(tuple(taken), tuple(aside))


@dataclass(slots=True)
class _Opening:
    """One file being opened: how much may still come out of it."""

    room: int = LARGEST
    entries: int = _ENTRIES
    holder: str = field(default="Ce fichier")
    """The outermost thing that was opened, with its article."""
    locked: list[str] = field(default_factory=list)
    """What a password keeps closed."""

    def within(self, data: bytes, name: str, depth: int) -> Iterator[InnerFile]:
        """The files inside; the file itself where it is neither archive nor mail nor several in one."""
        if is_utf_16(data):
            data = from_utf_16(data)
        openers = (
            (is_zip(data) and nature_of(data) is None, "Cette archive", self._zip),
            (is_gzip(data), "Cette archive", self._gzip),
            (is_tar(data), "Cette archive", self._tar),
            (is_mail(data), "Ce courriel", self._mail),
        )
        for fits, holder, opener in openers:
            if fits:
                if depth == _DEEPEST:
                    raise FormatError("Trop d’archives sont rangées l’une dans l’autre", "donnez le fichier lui-même")
                if depth == 0:
                    self.holder = holder
                for inner, inner_name in opener(data, name):
                    yield from self.within(inner, inner_name, depth + 1)
                return
        bare = trimmed(data)
        if not bare.startswith(b"000"):
            yield InnerFile(name, data)
            return
        whole = unfolded(bare)
        pieces = split_files(data if whole is bare else whole)
        for rank, piece in enumerate(pieces, start=1):
            yield InnerFile(name if len(pieces) == 1 else f"{name} › n° {rank}", piece)

    def _zip(self, data: bytes, name: str) -> Iterator[tuple[bytes, str]]:
        from zipfile import ZipFile  # a mail and an archive are seldom met, and every list would load all of it

        with ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.is_dir() or entry.filename.startswith("__MACOSX/"):
                    continue
                if entry.flag_bits & 1:
                    self._spend(0)
                    self.locked.append(_inner(name, entry.filename))
                    continue
                with archive.open(entry) as inside:
                    yield self._read(inside), _inner(name, entry.filename)

    def _gzip(self, data: bytes, name: str) -> Iterator[tuple[bytes, str]]:
        from gzip import GzipFile

        with GzipFile(fileobj=BytesIO(data)) as inside:
            short = name[:-3] if name.lower().endswith(".gz") else "contenu"
            yield self._read(inside), _inner(name, short)

    def _tar(self, data: bytes, name: str) -> Iterator[tuple[bytes, str]]:
        import tarfile

        with tarfile.open(fileobj=BytesIO(data), mode="r:") as archive:
            for entry in archive:
                self._spend(0)  # a folder or a link takes no room, and yet there may be no end of them
                inside = archive.extractfile(entry) if entry.isreg() else None
                if inside is not None:
                    yield self._read(inside), _inner(name, entry.name)

    def _mail(self, data: bytes, name: str) -> Iterator[tuple[bytes, str]]:
        from email import message_from_bytes

        for part in message_from_bytes(trimmed(data)).walk():
            if part.is_multipart():
                continue
            inside, attached = _payload(part), part.get_filename()
            self._spend(len(inside))
            if attached:
                yield inside, _inner(name, attached)
            elif part.get_content_type() == "text/plain" or kind_of(inside) is not None or _is_archive(inside):
                yield from ((file, _inner(name, label)) for file, label in _in_letter(inside))

    def _read(self, inside: IO[bytes] | GzipFile | ZipExtFile) -> bytes:
        """One entry, as far as there is room: an archive's own figures are not believed."""
        found = inside.read(self.room + 1)
        self._spend(len(found))
        return found

    def _spend(self, size: int) -> None:
        self.room -= size
        self.entries -= 1
        if self.room < 0 or self.entries < 0:
            raise FormatError("L’archive est trop grosse pour un fichier de cabinet", "vérifiez laquelle vous donnez")


def _damage() -> tuple[type[Exception], ...]:
    """What the standard library raises over damaged archives and mails; RuntimeError holds its NotImplementedError."""
    from lzma import LZMAError
    from tarfile import TarError
    from zipfile import BadZipFile
    from zlib import error

    of_python = (OSError, ValueError, LookupError, RuntimeError, RecursionError, TypeError, AttributeError)
    return (BadZipFile, TarError, error, LZMAError, EOFError, *of_python)


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _in_letter(text: bytes) -> Iterator[tuple[bytes, str]]:
    """The files in the words of a mail, or the part itself where it is one without a name."""
    if _is_archive(text):
        yield text, "archive jointe"
        return
    if _CITED_FILE.search(text):
        text = _CITED.sub(b"", text)
    position = 0 if text.startswith(b"000") else text.find(b"\n000") + 1
    while position or text.startswith(b"000"):
        if kind_of(file := unfolded(text[position:])) is not None:
            pieces = split_files(file, letter=True)
            for rank, piece in enumerate(pieces, start=1):
                yield piece, "message" if len(pieces) == 1 else f"message › n° {rank}"
            return
        following = text.find(b"\n000", position)
        if following < 0:
            return
        position = following + 1


def _is_archive(data: bytes) -> bool:
    return is_zip(data) or is_gzip(data) or is_tar(data)


def _inner(holder: str, name: str) -> str:
    """The name of an inner file, whatever an archive or a mail says that it is."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in name.replace("\\", "/"))
    return f"{holder} › {shown[-120:]}"


def _what(data: bytes) -> str:
    """What an inner file is, with its article."""
    if (kind := kind_of(data)) is not None:
        return _NAMES[kind]
    nature = nature_of(data)
    return nature.what if nature else "un fichier qui n’est ni l’un ni l’autre"

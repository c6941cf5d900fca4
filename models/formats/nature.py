"""What a file that is neither a lot nor a return is, by its first bytes: a PDF, an image, a table or EBCDIC."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.formats.characters import trimmed

_OTHER_FILE = "choisissez un autre fichier"
_UNPACK = "ouvrez-le, puis donnez les fichiers qu’il contient"


@dataclass(frozen=True, slots=True)
class Nature:
    """A thing that cannot be read here. `what` with its article, `todo` an imperative."""

    what: str
    todo: str = _OTHER_FILE


_SPREADSHEET = Nature("un classeur de tableur")
_DOCUMENT = Nature("un document de traitement de texte")
_IMAGE = Nature("une image")
_PACKED = Nature("une archive d’un type qui ne s’ouvre pas ici", _UNPACK)
_ENCRYPTED = Nature("un message chiffré ou signé", "ouvrez-le dans la messagerie, puis donnez le fichier joint")
_EBCDIC = Nature("un fichier en EBCDIC, le code des gros ordinateurs", "redemandez-le à son émetteur en ASCII")

_BEGINNINGS: tuple[tuple[bytes, Nature], ...] = (
    (b"%PDF-", Nature("un document PDF")),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"\xd0\xcf\x11\xe0", Nature("un document Office")),
    (b"{\\rtf", _DOCUMENT),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"SQLite format 3", Nature("une base de données")),
    (b"MZ", Nature("un programme")),
    (b"0\x80", _ENCRYPTED),
    (b"0\x82", _ENCRYPTED),
    (b"0\x83", _ENCRYPTED),
    (b"-----BEGIN", _ENCRYPTED),
)
"""The registered signatures of these formats; 30 8x is a PKCS 7 message (RFC 5652), as S/MIME mails carry it."""

_ZIPPED: tuple[tuple[bytes, Nature], ...] = (
    (b"xl/workbook.xml", _SPREADSHEET),
    (b"opendocument.spreadsheet", _SPREADSHEET),
    (b"word/document.xml", _DOCUMENT),
    (b"opendocument.text", _DOCUMENT),
)
"""Office documents are zip archives: what tells them from an archive of files (ECMA-376, OpenDocument 1.2)."""

_PAGE = re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE)
_XML = re.compile(rb"\s*<(?:\?xml|[A-Za-z])")
_TABLE = re.compile(rb"[^\r\n;\t]*(?:[;\t][^\r\n;\t]*){2,}\r?\n")
_MAIL = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:from|received|return-path|mime-version|message-id|delivered-to):",
    re.IGNORECASE,
)


def nature_of(data: bytes) -> Nature | None:
    """What a file is, None when its beginning tells nothing."""
    for beginning, nature in _BEGINNINGS:
        if data.startswith(beginning):
            return nature
    if is_zip(data):
        return next((nature for sign, nature in _ZIPPED if sign in data), None)
    if data.startswith(b"\xf0\xf0\xf0"):  # « 000 » in EBCDIC
        return _EBCDIC
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head):
        return Nature("une page web")
    if _XML.match(head):
        return Nature("un fichier XML")
    if head[:3] != b"000" and b"\x00" not in head and _TABLE.match(head):
        return Nature("un tableau (CSV)")
    return None


def is_zip(data: bytes) -> bool:
    """Whether this is a zip archive, an Office document included."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_gzip(data: bytes) -> bool:
    """Whether this is one file compressed by gzip (RFC 1952)."""
    return data.startswith(b"\x1f\x8b")


def is_tar(data: bytes) -> bool:
    """Whether this is an archive of tar (POSIX.1-1988), as a gzip archive of several files holds one."""
    return data[257:262] == b"ustar"


def is_utf_16(data: bytes) -> bool:
    """Whether this is a lot or a return whose characters take two bytes each, with their mark (BOM) or without."""
    return data.startswith((b"\xff\xfe0\x00", b"\xfe\xff\x000", b"0\x000\x000\x00", b"\x000\x000\x000"))


def is_mail(data: bytes) -> bool:
    """Whether this is a mail kept as a file: header lines (RFC 5322), one of those that every mail has."""
    return _MAIL.match(trimmed(data[:16384])) is not None

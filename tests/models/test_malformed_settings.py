"""A configuration as people misspell it: one French sentence with the file and the line, and no English in it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from models.domain.faults import PracticeFault
from models.reference.rejections import PRACTICE_FILE, load_book
from models.store.numbering_file import read_numbering
from models.store.settings import read_settings

NUMBERS = "[numerotation]\n"
CARD = '[carte]\nlecteur = "absent"\n'

MALFORMED: dict[str, tuple[str | bytes, int]] = {
    "latin-1": ('# réglages\n[carte]\nlecteur = "démo"\n'.encode("latin-1"), 1),
    "latin-1 below": (CARD.encode() + "# été\n".encode("latin-1"), 3),
    "utf-16": (CARD.encode("utf-16"), 1),
    "nul": (b"[carte]\nlecteur = \x00\n", 2),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 1),
    "no sign": ("[carte]\nlecteur\n", 2),
    "colon for equal": ("[carte]\nlecteur: absent\n", 2),
    "no value": ("[carte]\nlecteur =\n", 2),
    "no quotes": ("[carte]\nlecteur = absent\n", 2),
    "french quotes": ("[carte]\nlecteur = « absent »\n", 2),
    "curly quotes": ("[carte]\nlecteur = “absent”\n", 2),
    "an open quote": ('[carte]\nlecteur = "absent\n', 2),
    "an open long text": ('[carte]\nlecteur = """absent\n', 2),
    "an open list": ('[carte]\nlecteur = "commande"\ncommande = ["/bin/lire"\n', 3),
    "an open brace": ("numerotation = { premier_lot = 700\n", 1),
    "an open section": ("[carte\nlecteur = 1\n", 1),
    "an empty section name": ("[]\n", 1),
    "two values": ('[carte]\nlecteur = "absent" "demo"\n', 2),
    "two keys": (NUMBERS + "premier_lot = 1\ndernier_lot = 2\npremier_lot = 3\n", 4),
    "two sections": (CARD + CARD, 3),
    "a backslash": ('[carte]\nlecteur = "commande"\ncommande = ["C:\\lire"]\n', 3),
    "a tab in a text": ('[carte]\nlecteur = "ab\x01sent"\n', 2),
    "a lone return": ("[carte]\rlecteur = 1\r", 1),
    "a date that is none": (NUMBERS + "premier_lot = 2026-02-31\n", 2),
    "a number with blanks": (NUMBERS + "premiere_facture = 800 000 001\n", 2),
    "a number with points": (NUMBERS + "premiere_facture = 800.000.001\n", 2),
    "a number with zeros": (NUMBERS + "premier_lot = 007\n", 2),
    "a number without end": (NUMBERS + f"premier_lot = {'9' * 5000}\n", 2),
    "lists in lists": (NUMBERS + f"premier_lot = {'[' * 3000}{']' * 3000}\n", 1),
    "accented section": ("[numérotation]\npremier_lot = 700\n", 1),
    "a word": ("bonjour\n", 1),
    "json": ('{"carte": {"lecteur": "absent"}}\n', 1),
    "ini": ("[carte]\nlecteur=absent\n", 2),
    "yaml": ("carte:\n  lecteur: absent\n", 1),
    "unknown section": (CARD + "[cartes]\nlecteur = 1\n", 3),
    "unknown section of numbers": ("\n\n[numeros]\npremier_lot = 1\n", 3),
    "capitals": ('[Carte]\nlecteur = "absent"\n', 1),
    "a key outside": ('lecteur = "absent"\n', 1),
    "unknown key of the card": ('[carte]\nlecteur = "absent"\nlecture = 1\n', 3),
    "unknown key of the numbers": (NUMBERS + "premier_lot = 1\ndernier = 2\n", 3),
    "unknown key of the files": ("[fichiers]\ndossier = []\n", 2),
    "a section that is a text": ('carte = "absent"\n', 1),
    "a section that is a number": ("# nombres\nnumerotation = 5\n", 2),
    "a section that is a list": ('[[carte]]\nlecteur = "absent"\n', 1),
    "reader unknown": ('[carte]\nlecteur = "vitale"\n', 2),
    "reader is a number": ("[carte]\nlecteur = 1\n", 2),
    "reader is true": ("[carte]\nlecteur = true\n", 2),
    "reader is a list": ('[carte]\nlecteur = ["demo"]\n', 2),
    "reader is a section": ('[carte.lecteur]\nnom = "demo"\n', 1),
    "reader is a date": ("[carte]\nlecteur = 2026-01-01\n", 2),
    "no command": ('[carte]\n\nlecteur = "commande"\n', 3),
    "command is a text": ('[carte]\nlecteur = "commande"\ncommande = "/bin/lire"\n', 3),
    "command is empty": ('[carte]\nlecteur = "commande"\ncommande = []\n', 3),
    "command of numbers": ('[carte]\nlecteur = "commande"\ncommande = [1]\n', 3),
    "first is zero": (NUMBERS + "premiere_facture = 0\n", 2),
    "first is below": (NUMBERS + "premiere_dre = -5\n", 2),
    "first is near the end": (NUMBERS + "premiere_facture = 999999998\n", 2),
    "first is a text": (NUMBERS + 'premiere_facture = "800000001"\n', 2),
    "first is a fraction": (NUMBERS + "premiere_facture = 8.5\n", 2),
    "first is not a number": (NUMBERS + "premiere_facture = nan\n", 2),
    "first is true": (NUMBERS + "premier_lot = true\n", 2),
    "lots that turn round": (NUMBERS + "premier_lot = 900\ndernier_lot = 800\n", 2),
    "last below the proposed first": (NUMBERS + "# lots\ndernier_lot = 5\n", 3),
    "folder is a text": ('[fichiers]\ndossiers = "/srv"\n', 2),
    "folder is not whole": ('[fichiers]\ndossiers = ["depot"]\n', 2),
    "windows": (CARD.replace("\n", "\r\n") + "[cartes]\r\n", 3),
    "marked": ("\ufeff" + NUMBERS + "premier_lot = 0\n", 2),
}
"""By kind: what is written, and the line that is to blame."""

SOUND: dict[str, str | bytes] = {
    "empty": "",
    "blank": "\n \n",
    "comments": "# rien\n",
    "marked": b"\xef\xbb\xbf" + CARD.encode(),
    "windows": CARD.replace("\n", "\r\n"),
    "no end": CARD.rstrip(),
    "spaced": '  [ carte ]  # lecteur\n\tlecteur\t=\t"absent"\n',
    "inline": 'carte = { lecteur = "absent" }\n',
}

ENGLISH = re.compile(
    r"\b(at|line|column|expected|invalid|after|cannot|declare|overwrite|twice|value|character|codec|byte|error|errno"
    r"|unclosed|unterminated|found|is|not|file|directory|true or false|statement|document|limit|digits)\b",
    re.IGNORECASE,
)


def said_of(path: Path) -> str:
    """What both readers of the configuration say, together."""
    found = []
    for read in (read_settings, read_numbering):
        try:
            read(path)
        except PracticeFault as fault:
            found.append(str(fault))
    return max(found, key=len, default="")


def one_sentence(said: str, name: object) -> None:
    """It names the file, it ends once, and it is French."""
    bare = said.replace(str(name), "")
    assert str(name) in said
    assert said.endswith(".")
    assert "\n" not in said
    assert not ENGLISH.search(re.sub(r"«[^»]*»|\[\w+\]", "", bare)), said


@pytest.mark.parametrize("kind", MALFORMED)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, kind: str) -> None:
    content, line = MALFORMED[kind]
    path = tmp_path / "cabinet.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = said_of(path)
    one_sentence(said, path)
    assert f", ligne {line} : " in said


@pytest.mark.parametrize("kind", SOUND)
def test_what_is_well_written_is_read(tmp_path: Path, kind: str) -> None:
    content = SOUND[kind]
    path = tmp_path / "cabinet.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert said_of(path) == ""


@pytest.mark.parametrize("name", ["cabinet.toml", PRACTICE_FILE])
@pytest.mark.parametrize("kind", ["folder", "device", "pipe", "endless", "huge", "link round", "dangling link"])
def test_what_is_no_file_is_one_sentence_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    monkeypatch.setattr("models.reading._SILENCE", 0.2)
    path = tmp_path / name
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(1 << 40)
    else:
        to = {"device": "/dev/null", "endless": "/dev/zero", "link round": str(path), "dangling link": "nowhere"}
        path.symlink_to(to[kind])
    if name == PRACTICE_FILE:
        _, faults = load_book(tmp_path)
        if "link" not in kind:
            one_sentence(f"{faults[0]}.".replace("..", "."), name)
    elif kind == "dangling link":
        assert said_of(path) == "", "as where there is none"
    else:
        one_sentence(said_of(path), path)

"""The templates of what is printed: the practice's own where it has written one, else the program's."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from models.domain.disk import disk_reason
from models.domain.faults import PracticeFault
from models.papers.template import Template, TemplateName
from models.reading import Unreadable, read_outside

LARGEST: Final = 1 << 16
"""Bytes: some pages of text."""

_OURS: Final = Path(__file__).parents[1] / "papers"


def read_template(folder: Path, name: TemplateName) -> Template:
    """The practice's template in `folder`, the program's own where there is none.

    Raises:
        PracticeFault: it is there and cannot be read; nothing is printed then.
    """
    path = folder / name
    try:
        data = read_outside(path, largest=LARGEST)
    except FileNotFoundError:
        return Template(name, original(name))
    except Unreadable as refusal:
        raise PracticeFault(f"Modèle « {path} » : {refusal}") from None
    except OSError as error:
        raise PracticeFault(f"Modèle « {path} » : {disk_reason(error).of_file}, vérifiez vos droits.") from error
    try:
        return Template(str(path), data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        what = "ce n’est pas de l’UTF-8 ; enregistrez le fichier en UTF-8"
        raise PracticeFault(f"Modèle « {path} », ligne {line} : {what}. Rien n’a été imprimé.") from None


def original(name: TemplateName) -> str:
    """The program's own template."""
    return (_OURS / name).read_text(encoding="utf-8")

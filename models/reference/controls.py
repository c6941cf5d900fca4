"""The official labels of the caisses' controls, and which of them the label of an unknown rejection resembles.

Labels: SNDS reference tables ORAVAL (`controls.csv`, © their authors, Mozilla Public License 2.0; GitHub,
indsante/schema-snds). Their numbers are those of the caisses' own controls, not of NOEMIE: only labels are compared.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from models.reference.rejection_entry import FormField

SOURCE = "Tables ORAVAL du SNDS (github.com/indsante/schema-snds, MPL-2.0) : rapprochement par le libellé"
"""Where what is said of a resembling label comes from."""

_FILE = Path(__file__).parent / "controls.csv"
_HEADER = ["code", "label", "meaning", "todo", "field", "share", "professions"]


class Control(NamedTuple):
    """A control of the caisses."""

    code: str
    """The control's own number; no rejection bears it."""

    label: str
    meaning: str
    todo: str
    """What to do, without a full stop."""

    field: FormField | None
    """Of the form; None where no field mends it."""

    share: str
    """Whose the control is: « amo » or « amc »."""

    professions: str


@cache
def controls() -> tuple[Control, ...]:
    """Return every control, in the order of the file; read at the first unknown code, never before.

    Raises:
        ReferenceFileError: The file is faulty; the first line that is.
    """
    import csv

    found: list[Control] = []
    with _FILE.open(encoding="utf-8", newline="") as stream:
        for row in (rows := csv.reader(stream, delimiter=";")):
            sound = row == _HEADER if rows.line_num == 1 else len(row) == len(_HEADER) and all(row[:4])
            if not sound:
                from models.reference.toml_table import ReferenceFault, ReferenceFileError

                remedy = f"écrire {len(_HEADER)} colonnes, dont le code, le libellé, le sens et la conduite"
                raise ReferenceFileError(ReferenceFault(_FILE.name, rows.line_num, "ligne mal formée", remedy))
            if rows.line_num > 1:
                code, label, meaning, todo, field, share, professions = row
                found.append(Control(code, label, meaning, todo, cast(FormField, field) or None, share, professions))
    return tuple(found)

"""The caisses by régime and number, from the SNDS reference table IR_CAI_V (`payers.csv`, MPL-2.0)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from models.reference.text_search import contains_all, fold

_FILE = Path(__file__).parent / "payers.csv"
_HEADER = ["grand_regime", "caisse", "libelle", "type"]
_NO_NAME = ("MOA A COMPLETER", "CAISSE 100 INCONNUE du REGIME 01")
"""What the table writes where it has a number and no name: 1,515 of its 1,754 rows."""


class ReferencePayer(NamedTuple):
    """A caisse of the reference table."""

    regime: str
    """Grand régime, two digits."""

    caisse: str
    """Number of the caisse, three digits."""

    label: str
    kind: str
    """The table's own type code (RG, SM…)."""


def payer_label(regime: str, caisse: str) -> str | None:
    """Return the name of a caisse, or None when the table does not name it."""
    payer = _rows().get((regime.strip(), caisse.strip()))
    return payer.label if payer and payer.label not in _NO_NAME else None


def payer_known(regime: str, caisse: str) -> bool:
    """Tell whether the table has a caisse, named or not; the table is not complete, so only warn on False."""
    return (regime.strip(), caisse.strip()) in _rows()


def find(text: str, limit: int = 50) -> tuple[ReferencePayer, ...]:
    """Return the caisses where every word of a text occurs in the number (331, 01331) or the name.

    Args:
        text: What was typed; empty gives the first caisses of the table. Caisses without a name are left out.
        limit: How many to return at most; those whose number was typed in full come first.
    """
    words = tuple(fold(text).split())
    found = [payer for folded, payer in _searched() if contains_all(folded, words)]
    found.sort(key=lambda payer: {payer.caisse, payer.regime + payer.caisse}.isdisjoint(words))
    return tuple(found[:limit])


@cache
def _rows() -> dict[tuple[str, str], ReferencePayer]:
    import csv

    payers: dict[tuple[str, str], ReferencePayer] = {}
    with _FILE.open(encoding="utf-8", newline="") as stream:
        for row in (rows := csv.reader(stream, delimiter=";")):
            if rows.line_num == 1:
                sound = row == _HEADER
            else:
                sound = len(row) == 4 and len(row[0]) == 2 and len(row[1]) == 3 and bool(row[2])
            if not sound or (row[0], row[1]) in payers:
                from models.reference.toml_table import ReferenceFault, ReferenceFileError

                remedy = "reprendre la table du SNDS"
                raise ReferenceFileError(
                    ReferenceFault(_FILE.name, rows.line_num, "ligne mal formée ou en double", remedy)
                )
            if rows.line_num > 1:
                payers[row[0], row[1]] = ReferencePayer(*row)
    return payers


@cache
def _searched() -> tuple[tuple[str, ReferencePayer], ...]:
    return tuple(
        (fold(f"{payer.regime} {payer.caisse} {payer.regime}{payer.caisse} {payer.label}"), payer)
        for payer in _rows().values()
        if payer.label not in _NO_NAME
    )

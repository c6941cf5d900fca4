"""Verifier the rows: each invoice and each other row that means something against the seal that the journal keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from models.queries.journal_check import Sealed, Told
from models.store.database import execute, is_sqlite
from models.store.salvage import Hole, readable
from models.tables.invoice_seals import changed_column, holds, invoices_after, invoices_among
from models.tables.seals import DIGEST, SEALED, SealedTable, digest

MEND: Final = "à comparer avec une sauvegarde"
"""What is to be done about a row that the journal does not know as it is."""


def invoice_breaches(sealed: Sealed, told: Told | None = None) -> Iterator[str]:
    """The invoices that are not what the journal last said of them, with their lines.

    Where the journal was read from an entry on, those that it named since; else all that there are.
    """
    left = dict(sealed.invoices)
    for some in [list(invoices_among(left))] if sealed.since else readable("invoice", invoices_after):
        if isinstance(some, Hole):
            yield unreadable("invoice", some)
            _forget(left, some)
            continue
        for invoice_id, version, said in some:
            known = left.pop(invoice_id, None)
            if known is None:
                yield f"Facture interne {invoice_id} : dans la base, mais sans entrée au journal ; {MEND}."
            elif not holds(known[1], said):
                yield _invoice(invoice_id, changed_column(known[1], said))
            elif known[0] != version:
                yield _invoice(invoice_id, "version")
        if told:
            told(len(some))
    for invoice_id in sorted(left):
        yield f"Facture interne {invoice_id} : dans le journal, mais plus dans la base ; à reprendre d’une sauvegarde."


def _invoice(invoice_id: int, column: str) -> str:
    ((number,),) = execute("SELECT number FROM invoice WHERE id = ?", (invoice_id,)).fetchall()
    what = f"Facture n° {number} (interne {invoice_id}) : modifiée hors du journal"
    return f"{what}{_where('invoice', invoice_id, column)} ; {MEND}."


def row_breaches(sealed: Sealed, told: Told | None = None) -> Iterator[str]:
    """The rows, of all tables that are sealed row by row, that are not what the journal last said of them."""
    for name, table in SEALED.items():
        yield from _of_table(table, dict(sealed.rows[name]), told, named=sealed.since > 0)


def _of_table(table: SealedTable, left: dict[int, str], told: Told | None, *, named: bool) -> Iterator[str]:
    for some in [list(table.among(left))] if named else readable(table.name, table.after):
        if isinstance(some, Hole):
            yield unreadable(table.name, some)
            _forget(left, some)
            continue
        for row_id, said in some:
            seal = left.pop(row_id, "")
            if seal and digest(said) == seal[:DIGEST]:
                continue
            where = f"Table {table.name}, ligne {row_id}"
            if seal:
                column = _where(table.name, row_id, table.changed_column(seal, said))
                yield f"{where} : modifiée hors du journal{column} ; {MEND}."
            else:
                yield f"{where} : dans la base, mais sans entrée au journal ; {MEND}."
        if told:
            told(len(some))
    for row_id in sorted(left):
        what = f"Table {table.name}, ligne {row_id} : dans le journal, mais plus dans la base"
        yield f"{what} ; à reprendre d’une sauvegarde."


def _where(table: str, row_id: int, column: str) -> str:
    """Which column, as far as it is known; and which do not even hold text any more."""
    spoilt = ", ".join(_spoilt(table, row_id)) if is_sqlite() else ""
    if spoilt:
        return f" (colonne {spoilt} : des octets qui ne sont pas du texte)"
    return f" (colonne {column})" if column else " (plusieurs colonnes)"


def _spoilt(table: str, row_id: int) -> Iterable[str]:
    """The columns of a row whose bytes are not UTF-8: they are shown with a replacement sign."""
    columns = [name for _, name, kind, *_ in execute(f'PRAGMA table_info("{table}")').fetchall() if kind == "TEXT"]
    if not columns:
        return
    bytes_of = ", ".join(f'CAST("{name}" AS BLOB)' for name in columns)
    found = execute(f'SELECT {bytes_of} FROM "{table}" WHERE id = ?', (row_id,)).fetchone()  # noqa: S608
    for name, value in zip(columns, found or (), strict=False):
        try:
            (value or b"").decode()
        except UnicodeDecodeError:
            yield name


def unreadable(table: str, hole: Hole) -> str:
    """What is said of rows that cannot be read."""
    which = f"lignes {hole.first} à {hole.last}"
    if hole.last is None:
        which = f"ligne {hole.first} et suivantes"
    elif hole.last == hole.first:
        which = f"ligne {hole.first}"
    return f"Table {table}, {which} : illisible, page abîmée ; restaurez la dernière sauvegarde."


def _forget(left: dict[int, tuple[int, str]] | dict[int, str], hole: Hole) -> None:
    """Let what lies in a hole not be missed once more, row by row."""
    for row_id in [key for key in left if key >= hole.first and (hole.last is None or key <= hole.last)]:
        left.pop(row_id)

"""What a practice left outside the base that is to be restored: its anchor, the base in place, its lots on the disk.

Read without opening a practice: the base in place may be damaged, older, another's or gone.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from models.domain.anchor import LOTS, Kept, Mark
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.domain.states import InvoiceKind
from models.formats.b2.read import read_b2
from models.formats.errors import FormatError
from models.reading import Unreadable, read_outside
from models.store.anchor_file import Anchor
from models.store.cipher import connect
from models.store.cipher_keys import keys_of
from models.store.outbox import LOT_FILE


@dataclass(frozen=True, slots=True)
class LeftLot:
    """A lot of ours: what its file, or the base in place, says of it."""

    file_name: str
    practitioner: str
    number: int
    kind: InvoiceKind
    made_on: date
    invoices: tuple[int, ...]
    """Numbers; none where its file cannot be read."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What may have left, whatever the base says that is restored."""

    anchored: Kept | None
    """None where the anchor is missing, cannot be read, or is another practice's."""
    marks: tuple[Mark, ...]
    """How far the anchor and the base in place know the practice to have come."""
    lots: tuple[LeftLot, ...]
    last_entry: int | None
    """Of the base in place; None where there is none that can be read."""


def traces_of(practice: Practice, key: bytes) -> Traces:
    """Read them; what cannot be read says nothing."""
    anchored, last_entry = None, None
    with suppress(PracticeFault):
        anchored = Anchor(practice.anchor_file, key).read()
    marks = [mark for mark in (anchored.done, anchored.coming) if mark is not None] if anchored else []
    lots = {lot.file_name: lot for lot in _lots_in(practice.outbox)}
    with suppress(sqlite.Error, OSError, ValueError, TypeError, PracticeFault):
        mark, known = _base_in_place(practice)
        marks.append(mark)
        last_entry = mark.entry
        lots |= {lot.file_name: lot for lot in known if lot.invoices or lot.file_name not in lots}
    return Traces(
        anchored, tuple(marks), tuple(sorted(lots.values(), key=lambda lot: (lot.made_on, lot.file_name))), last_entry
    )


def seal_in(practice: Practice, entry: int) -> str:
    """The seal of an entry of the journal in the base in place, not opened as a practice; '' where it has none."""
    with suppress(sqlite.Error, OSError, PracticeFault), closing(_read_only(practice)) as connection:
        found = connection.execute("SELECT mac FROM journal_entry WHERE id = ?", (entry,)).fetchone()
        return str(found[0]) if found else ""
    return ""


def _lots_in(outbox: Path) -> list[LeftLot]:
    found = []
    with suppress(OSError):
        for path in sorted(outbox.iterdir()):
            shape = LOT_FILE.fullmatch(path.name)
            if shape is None:
                continue
            practitioner, kind, number, *made_on = shape.groups()
            with suppress(ValueError):
                day = date(*map(int, made_on))
                of_kind = InvoiceKind.INVOICE if kind == "lot" else InvoiceKind.DRE
                found.append(LeftLot(path.name, practitioner, int(number), of_kind, day, _numbers(path)))
    return found


def _numbers(path: Path) -> tuple[int, ...]:
    try:
        file = read_b2(read_outside(path))
    except (OSError, Unreadable, FormatError):
        return ()
    return tuple(invoice.number for lot in file.lots for invoice in lot.invoices)


def _base_in_place(practice: Practice) -> tuple[Mark, list[LeftLot]]:
    with closing(_read_only(practice)) as connection:
        ends = connection.execute("SELECT id, mac, at FROM journal_entry ORDER BY id DESC LIMIT 1").fetchone()
        series: dict[str, int] = {}
        for name, number in connection.execute("SELECT name, last FROM counter ORDER BY id"):
            series[name] = number if name.startswith(LOTS) else max(number, series.get(name, 0))
        inside: dict[int, list[int]] = {}
        for lot, number in connection.execute("SELECT batch_id, number FROM invoice WHERE batch_id IS NOT NULL"):
            inside.setdefault(lot, []).append(number)
        lots = [
            LeftLot(name, practitioner, number, InvoiceKind(kind), date.fromisoformat(day), tuple(inside.get(row, ())))
            for row, name, practitioner, number, kind, day in connection.execute(
                "SELECT b.id, b.file_name, p.number, b.number, coalesce(b.kind, 'invoice'), b.created_on"
                " FROM batch b JOIN practitioner p ON p.id = b.practitioner_id"
                " WHERE b.origin = 'own' AND b.status <> 'void'"
            )
        ]
    entry, seal, at = ends or (0, "", "")
    return Mark(entry, seal, at, "", series), lots


def _read_only(practice: Practice) -> Any:
    connection, _ = connect(practice.location, keys_of(practice))
    connection.execute("PRAGMA query_only = 1")
    return connection

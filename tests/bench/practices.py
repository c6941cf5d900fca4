"""Practices of any size, for measuring: the sample practice, its invoices copied under new numbers and names."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from models.practice import close_practice, open_practice
from models.store.database import db
from models.store.schema import MIGRATIONS
from models.tables.search import search_text
from tests.practices import SAMPLES, make_sample_practice, practice_in

_LAST = (
    "DUPONT MARTIN BERNARD THOMAS PETIT ROBERT RICHARD DURAND DUBOIS MOREAU LAURENT SIMON MICHEL LEFEBVRE LEROY "
    "DAVID BERTRAND MOREL FOURNIER GIRARD BONNET FRANCOIS MERCIER BLANC GUERIN BOYER GARNIER CHEVALIER LEGRAND ROUX "
    "GARCIA PERRIN ROBIN CLEMENT MORIN NICOLAS HENRY ROUSSEL MATHIEU GAUTHIER MASSON MARCHAND DUVAL DENIS DUMONT"
)
_FIRST = (
    "MARIE JEAN SOPHIE ANDRE CATHERINE LOUIS ISABELLE JACQUES VALERIE PIERRE NATHALIE ALAIN SYLVIE BERNARD MONIQUE "
    "MICHEL ANNE PATRICK JEANNE DANIEL"
)
LAST: Final = tuple(_LAST.split())
FIRST: Final = tuple(_FIRST.split())
OPEN_ONE_IN: Final = 40
"""Of so many copies of the sample practice, one brings what is rejected or unsent too: 2 in 100 are left to do."""


def practice_of(invoices: int) -> Path:
    """The database of a practice with about so many invoices; made the first time, then kept in a temporary folder."""
    root = Path(tempfile.gettempdir()) / f"accueil-bench-{os.getuid()}"
    root.mkdir(mode=0o700, exist_ok=True)
    folder = root / f"{invoices}-{_recipe()}"
    if not folder.exists():
        draft = root / f"{invoices}.en-cours"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        make_sample_practice(draft)
        open_practice(practice_in(draft))
        try:
            _grow(invoices)
        finally:
            close_practice()
        draft.rename(folder)
    return folder / "cabinet.db"


def _recipe() -> str:
    """Changes with whatever a practice is made of, so that an old one is not measured."""
    files = [Path(__file__), *sorted(MIGRATIONS.glob("*.py")), *sorted(SAMPLES.iterdir())]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def _grow(wanted: int) -> None:
    connection = db.connection()
    guards = ("invoice_search_new", "act_added")
    made_by = [_run(connection, "SELECT sql FROM sqlite_master WHERE name = ?", (name,))[0][0] for name in guards]
    with db.atomic():
        for name in guards:
            connection.execute(f"DROP TRIGGER {name}")
        _copy(connection, wanted - _run(connection, "SELECT count(*) FROM invoice")[0][0])
        names = "last_name, first_name, search"
        connection.execute(f"INSERT OR IGNORE INTO invoice_name ({names}) SELECT DISTINCT {names} FROM invoice")
        connection.execute("INSERT INTO invoice_search(invoice_search) VALUES ('rebuild')")
        for sql in made_by:
            connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy(connection: Any, wanted: int) -> None:
    """Copy the sample invoices over and over: each with a number, a day and a name of its own, and its answers."""
    columns = [row[1] for row in _run(connection, "PRAGMA table_info(invoice)")]
    samples = [dict(zip(columns, row, strict=True)) for row in _run(connection, "SELECT * FROM invoice ORDER BY id")]
    places = {sample["id"]: place for place, sample in enumerate(samples)}
    answers = _of_invoice(connection, "answer", "id")
    acts = _of_invoice(connection, "act", "id")
    rejections = _of_invoice(connection, "rejection", "answer_id", "answer_id")
    ids = {table: _run(connection, f'SELECT max(id) FROM "{table}"')[0][0] for table in ("answer", "act", "rejection")}
    first = max(places) + 1
    number = max(sample["number"] for sample in samples) + 1

    def invoices() -> Iterator[tuple[Any, ...]]:
        for made, (sample, _) in enumerate(_chosen(samples, wanted)):
            last, given = LAST[made * 7919 % len(LAST)], FIRST[made * 104729 % len(FIRST)]
            new = {
                **sample,
                "id": first + made,
                "number": number + made,
                "replaces_id": None,
                "dre_of_id": None,
                "kind": "invoice",
                "last_name": last,
                "first_name": given,
                "billed_on": f"{2023 + made % 3}-{1 + made // 28 % 12:02}-{1 + made % 28:02}",
                "search": search_text(last, given),
            }
            yield tuple(new.values())

    def copies(table: str, of: dict[int, list[dict[str, Any]]], owner: str) -> Iterator[tuple[Any, ...]]:
        at = ids[table]
        for made, (sample, is_open) in enumerate(_chosen(samples, wanted)):
            for row in of.get(sample["id"], ()) if table != "act" or is_open else ():
                at += 1
                yield tuple({**row, "id": at, owner: first + made}.values())

    def reasons() -> Iterator[tuple[Any, ...]]:
        at, answer = ids["rejection"], ids["answer"]
        for sample, _ in _chosen(samples, wanted):
            for row in answers.get(sample["id"], ()):
                answer += 1
                for reason in rejections.get(row["id"], ()):
                    at += 1
                    yield tuple({**reason, "id": at, "answer_id": answer}.values())

    _insert(connection, "invoice", len(columns), invoices())
    for table, of in (("answer", answers), ("act", acts)):
        if of:
            _insert(connection, table, len(next(iter(of.values()))[0]), copies(table, of, "invoice_id"))
    if rejections:
        _insert(connection, "rejection", len(next(iter(rejections.values()))[0]), reasons())


def _chosen(samples: list[dict[str, Any]], wanted: int) -> Iterator[tuple[dict[str, Any], bool]]:
    """Which sample each copy is of, and whether it is one of the few that are left to do."""
    left, turn = wanted, 0
    while left > 0:
        for sample in samples:
            is_open = sample["state"] != "paid"
            if left > 0 and (not is_open or turn % OPEN_ONE_IN == 0):
                left -= 1
                yield sample, is_open
        turn += 1


def _of_invoice(connection: Any, table: str, order: str, owner: str = "invoice_id") -> dict[int, list[dict[str, Any]]]:
    columns = [row[1] for row in _run(connection, f"PRAGMA table_info({table})")]
    found: dict[int, list[dict[str, Any]]] = {}
    for row in _run(connection, f"SELECT * FROM {table} ORDER BY {order}"):
        named = dict(zip(columns, row, strict=True))
        found.setdefault(named[owner], []).append(named)
    return found


def _insert(connection: Any, table: str, width: int, rows: Iterator[tuple[Any, ...]]) -> None:
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def _run(connection: Any, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
    return list(connection.execute(sql, values).fetchall())

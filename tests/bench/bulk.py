"""Many invoices: taken in, answered, checked, verified, listed; beside them plain executemany of the same rows.

On SQLite the seconds are those of the processor, which other programs on the machine change little; on a server, where
most of the work is another process's, those of the clock.
"""

from __future__ import annotations

import math
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

from models.checks.many import check_many
from models.commands.import_lots import Imported, import_lots
from models.commands.receive import Received, receive_return
from models.domain.author import Author
from models.domain.lists import ListName
from models.domain.place import Practice, locate
from models.formats.b2.read import read_b2
from models.formats.noemie.read import read_noemie
from models.practice import OpenPractice, close_practice, open_practice
from models.queries.histories import ids_by_person
from models.queries.invoice_row import ListView
from models.queries.overview import overview
from models.queries.verification import breaches
from models.queries.windows import every_row
from models.store.database import db, execute, is_sqlite
from tests.bench.bulk_files import Exchange, exchanges
from tests.bench.scenarios import Figures
from tests.practices import follow_the_files, practice_in

AUTHOR: Final = Author("mesure", datetime(2026, 1, 5, 9, 0, tzinfo=UTC))
SENT: Final = ("practitioner", "patient", "prescriber", "payer", "batch", "invoice", "act")
"""What an import writes."""
ANSWERED: Final = ("return", "answer", "rejection")
"""What a return writes, beside the invoices that it changes."""
CHANGED: Final = ("desk_rank", "version", "amo_state", "amo_paid", "amc_state", "amc_paid")


def sqlite(invoices: int) -> Figures:
    """A practice in a file of its own."""
    folder = Path(tempfile.mkdtemp(prefix="accueil-bulk-"))
    try:
        return _measured(practice_in(folder), invoices, process_time)
    finally:
        shutil.rmtree(folder)


def postgres(server: str, invoices: int) -> Figures:
    """A practice in a database of its own on this server (postgresql://user@/postgres?host=…)."""
    import psycopg

    folder = Path(tempfile.mkdtemp(prefix="accueil-bulk-"))
    name = f"accueil_{secrets.token_hex(6)}"
    head, _, query = server.partition("?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            place = locate(f"{head.rsplit('/', 1)[0]}/{name}?{query}".rstrip("?"), folder)
            return _measured(place, invoices, perf_counter)
        finally:
            connection.execute(f"DROP DATABASE {name}".encode())
            shutil.rmtree(folder)


def exponent(small: float, large: float, times: float) -> float:
    """How the time grows with what there is to do: 1 in a straight line, 2 with its square."""
    return math.log(large / small) / math.log(times)


def _measured(place: Practice, invoices: int, clock: Callable[[], float]) -> Figures:
    figures: Figures = {"invoices": [float(invoices)]}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        since = clock()
        yield
        figures[f"{name} ms"] = [figures.get(f"{name} ms", [0.0])[0] + (clock() - since) * 1000]

    files = list(exchanges(invoices))
    follow_the_files(place)
    opened = open_practice(place, create=True)
    try:
        _take_in(files, timed)
        _look(opened, timed)
    finally:
        close_practice()
    return figures


Timed = Callable[[str], Any]


def _take_in(files: list[Exchange], timed: Timed) -> None:
    for file in files:
        with timed("read lots"):
            read_b2(file.lots)
        with timed("read answers"):
            read_noemie(file.answers)
    for rank, file in enumerate(files):
        with timed("import"):
            outcome = import_lots(file.lots, f"{rank}.b2", AUTHOR, far=True)
        assert isinstance(outcome, Imported)
    _bare(SENT)
    with timed("plain import"):
        _copy(SENT)
    for rank, file in enumerate(files):
        with timed("return"):
            answer = receive_return(file.answers, f"{rank}.noe", AUTHOR)
        assert isinstance(answer, Received)
        assert answer.aside == 0
    _bare(ANSWERED)
    changes = execute(f"SELECT {', '.join(CHANGED)}, id FROM invoice WHERE version > 1").fetchall()
    with timed("plain return"):
        _copy(ANSWERED)
        _many(f"UPDATE plain_invoice SET {', '.join(f'{name} = ?' for name in CHANGED)} WHERE id = ?", changes)
    for table in (*SENT, *ANSWERED):
        db.execute_sql(f'DROP TABLE "plain_{table}"')


def _look(opened: OpenPractice, timed: Timed) -> None:
    book = opened.book.current
    with timed("check"):
        assert sum(1 for _ in check_many(ids_by_person(), AUTHOR.day, book))
    with timed("verify"):
        assert list(breaches(opened.place)) == []
    with timed("list"):
        assert sum(1 for _ in every_row(ListView(ListName.ALL)))
    with timed("overview"):
        overview(book)


_ROWS: dict[str, list[tuple[Any, ...]]] = {}
"""Of each table that is copied: read before the measure begins."""


def _bare(tables: tuple[str, ...]) -> None:
    """Beside each table one of the same columns, with no index but its key, no trigger, no constraint."""
    for table in tables:
        _ROWS[table] = [tuple(row) for row in execute(f'SELECT * FROM "{table}"').fetchall()]
        if is_sqlite():
            columns = [row[1] for row in execute(f'PRAGMA table_info("{table}")').fetchall()]
            named = ", ".join(f"{name} INTEGER PRIMARY KEY" if name == "id" else name for name in columns)
            db.execute_sql(f'CREATE TABLE "plain_{table}" ({named})')
        else:
            db.execute_sql(f'CREATE TABLE "plain_{table}" (LIKE "{table}", PRIMARY KEY (id))')


def _copy(tables: tuple[str, ...]) -> None:
    for table in tables:
        rows = _ROWS.pop(table)
        if rows:
            _many(f'INSERT INTO "plain_{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)


def _many(sql: str, rows: list[tuple[Any, ...]]) -> None:
    """In one transaction, by the driver itself."""
    with db.atomic():
        db.cursor().executemany(sql if is_sqlite() else sql.replace("?", "%s"), rows)

"""`python -m tests.bench.lists`: the keys of a list on a server beside those in a file, of the same practice, in turn.

The practice is moved onto the server that ACCUEIL_POSTGRES names, into a database that is dropped afterwards; the table
is written to LISTS.md beside this file. A key is what the list asks of the practice for it, without the screen.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Final

import psycopg

from models.commands.move_practice import move_practice
from models.domain.author import Author
from models.domain.lists import ListName, SortName
from models.domain.place import Practice, locate
from models.practice import close_practice, open_practice
from models.queries.counts import counts
from models.queries.invoice_row import ListView
from models.queries.windows import page
from tests.bench.__main__ import machine
from tests.bench.practices import practice_of
from tests.bench.tables import Batch, Goal, median, ratio, raw, table
from tests.practices import practice_in

RESULTS: Final = Path(__file__).with_name("LISTS.md")
ROOM: Final = 15
TURNS: Final = 30
KEYS: Final = ("first rows", "page", "sort by patient", "sort by payer", "filter du", "filter dupont", "counts")


def measure(place: Practice) -> dict[str, list[float]]:
    """Milliseconds of each key, as often as there are turns, once what is read or planned once is over."""
    open_practice(place)
    by_desk = ListView(ListName.TRANSMITTED)
    key = page(by_desk, None, 400)[-1].key(by_desk.sort)
    asks: dict[str, Callable[[], object]] = {
        "first rows": lambda: page(by_desk, None, ROOM),
        "page": lambda: page(by_desk, key, ROOM),
        "sort by patient": lambda: page(ListView(ListName.TRANSMITTED, SortName.PATIENT), None, ROOM),
        "sort by payer": lambda: page(ListView(ListName.TRANSMITTED, SortName.PAYER), None, ROOM),
        "filter du": lambda: page(ListView(ListName.TRANSMITTED, typed="du"), None, ROOM),
        "filter dupont": lambda: page(ListView(ListName.TRANSMITTED, typed="dupont"), None, ROOM),
        "counts": counts,
    }
    figures: dict[str, list[float]] = {}
    try:
        for turn in range(-5, TURNS):
            for name, ask in asks.items():
                since = perf_counter()
                ask()
                if turn >= 0:
                    figures.setdefault(f"{name} ms", []).append((perf_counter() - since) * 1000)
    finally:
        close_practice()
    return figures


def run(server: str, size: int) -> Batch:
    """The same practice in a file and on this server."""
    folder = Path(tempfile.mkdtemp(prefix="accueil-lists-"))
    name = f"accueil_{secrets.token_hex(6)}"
    head, _, query = server.partition("?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            shutil.copytree(practice_of(size).parent, folder / "here")
            here = practice_in(folder / "here")
            there = locate(f"{head.rsplit('/', 1)[0]}/{name}?{query}".rstrip("?"), folder / "there")
            batch: Batch = {f"sqlite {size}": measure(here)}
            open_practice(here)
            since = perf_counter()
            move_practice(here, there, Author("mesure", datetime(2026, 1, 5, 9, 0, tzinfo=UTC)))
            moved = perf_counter() - since
            batch[f"postgres {size}"] = {**measure(there), "move s": [moved]}
            return batch
        finally:
            close_practice()
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            shutil.rmtree(folder)


def goals(size: int) -> list[Goal]:
    """Each key on the server against the same one in the file."""
    lines = []
    for key in KEYS:
        there, here = median(f"postgres {size}", f"{key} ms"), median(f"sqlite {size}", f"{key} ms")
        lines.append(Goal(f"{size:,}: {key}, server", "ms", 5, 16, there))
        lines.append(Goal(f"{size:,}: {key}, server / file", "x", 1.2, 2, ratio(there, here)))
    return lines


def main(sizes: list[int]) -> int:
    """Measure, print, write."""
    server = os.environ["ACCUEIL_POSTGRES"]
    batch: Batch = {}
    for size in sizes:
        batch.update(run(server, size))
    text = (
        f"# Lists on a server, measured on {datetime.now(UTC).date()}\n\n"
        f"{machine()}; load {os.getloadavg()[2]:.0f} meanwhile; the server on the same machine, over a socket.\n\n"
        f"{table(batch, [goal for size in sizes for goal in goals(size)])}\n\n## Everything\n\n{raw(batch)}\n"
    )
    RESULTS.write_text(text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or [100_000]))

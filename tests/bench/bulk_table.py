"""What is aimed at with many invoices, and what was measured, written to BULK.md."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.bench import bulk
from tests.bench.bulk import exponent
from tests.bench.tables import Batch, Goal, median, ratio, raw, table

SIZES: Final = (1_000, 10_000, 100_000)
RESULTS: Final = Path(__file__).with_name("BULK.md")


def goals(engine: str, sizes: list[int]) -> list[Goal]:
    """What is aimed at with many invoices: against plain executemany of the same rows, and in a straight line."""
    small, large = f"{engine} {sizes[0]}", f"{engine} {sizes[-1]}"
    of = f"{engine}, {sizes[-1]:,}"

    def each(figure: str) -> Callable[[Batch], float | None]:
        """Microseconds an invoice."""
        return ratio(median(large, f"{figure} ms"), lambda batch: median(large, "invoices")(batch) / 1e3)  # type: ignore[operator]

    def grows(figure: str) -> Callable[[Batch], float | None]:
        def measure(batch: Batch) -> float | None:
            first, last = median(small, f"{figure} ms")(batch), median(large, f"{figure} ms")(batch)
            return exponent(first, last, sizes[-1] / sizes[0]) if first and last and len(sizes) > 1 else None

        return measure

    lines = [
        Goal(f"{of}: {what} / plain executemany", "x", 3.3, 10, ratio(median(large, f"{name} ms"), plain))
        for what, name in (("importer", "import"), ("relever", "return"))
        for plain in [median(large, f"plain {name} ms")]
    ]
    lines += [
        Goal(f"{of}: {what}, an invoice", "µs", goal, limit, each(name))
        for what, name, goal, limit in (
            ("importer", "import", 300, 1000),
            ("relever", "return", 300, 1000),
            ("controler", "check", 100, 333),
            ("verifier", "verify", 30, 60),
            ("lister", "list", 30, 60),
            ("bilan", "overview", 30, 60),
        )
    ]
    return lines + [
        Goal(f"{of}: {what}, exponent from {sizes[0]:,}", "x", 1.02, 1.1, grows(name))
        for what, name in (
            ("importer", "import"),
            ("relever", "return"),
            ("controler", "check"),
            ("verifier", "verify"),
            ("lister", "list"),
            ("bilan", "overview"),
        )
        if len(sizes) > 1
    ]


def run(sizes: list[int]) -> Batch:
    """Many invoices, on SQLite and, where ACCUEIL_POSTGRES names one, on a server; once first for what is read once."""
    server = os.environ.get("ACCUEIL_POSTGRES")
    bulk.sqlite(100)
    batch: Batch = {}
    for size in sizes:
        batch[f"sqlite {size}"] = bulk.sqlite(size)
        if server:
            batch[f"postgres {size}"] = bulk.postgres(server, size)
        print(f"{size:,}", end="\r", file=sys.stderr)
    return batch


def text_of(batch: Batch, sizes: list[int]) -> str:
    """The chapter on many invoices."""
    engines = [engine for engine in ("sqlite", "postgres") if f"{engine} {sizes[-1]}" in batch]
    tables = "\n\n".join(table(batch, goals(engine, sizes)) for engine in engines)
    missing = "" if "postgres" in engines else " No server was named (ACCUEIL_POSTGRES)."
    return (
        f"Files of {', '.join(f'{size:,}' for size in sizes)} invoices and the returns that answer them; a patient has"
        " twelve. Plain executemany: the same rows, and the same changes of the invoices, into tables with a key and"
        " nothing else, in the same run. Seconds of the processor on SQLite, of the clock on a server."
        f"{missing}\n\n{tables}"
    )


def write(sizes: list[int], machine: str) -> None:
    """Measure many invoices, print, write."""
    batch = run(sizes)
    text = (
        f"# Many invoices, measured on {datetime.now(UTC).date()}\n\n"
        f"{machine}; load {os.getloadavg()[2]:.0f} meanwhile. {text_of(batch, sizes)}"
        f"\n\n## Everything\n\n{raw(batch)}\n"
    )
    RESULTS.write_text(text)
    print(text)

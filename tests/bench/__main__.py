"""`make bench`: the figures of the program beside those of its controls, in the same batch, as a table.

Written to RESULTS.md beside this file (many invoices: BULK.md), with the machine and the day. Ratios compare with a
control of the same batch, run in turn with the program, so that a busy machine hits all alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import bulk_table, scenarios
from tests.bench.practices import practice_of
from tests.bench.scenarios import Figures
from tests.bench.tables import Batch, Goal, median, p95, ratio, raw, table

RESULTS = Path(__file__).with_name("RESULTS.md")
SIZES = (1_000, 100_000, 1_000_000)


def goals(middle: str, large: str) -> list[Goal]:
    """The table of what is aimed at; `middle` and `large` are the practices of 100,000 and 1,000,000."""
    small = "desk 1000"
    lines = [
        Goal("start / bare Textual", "x", 1.05, 1.25, ratio(median(middle, "start ms"), median("hello", "start ms"))),
        Goal(
            "whole interface / bare Textual",
            "x",
            1.25,
            1.60,
            ratio(median(middle, "ready ms"), median("hello", "start ms")),
        ),
        Goal("start, largest / 1,000", "x", 1.10, 1.25, ratio(median(large, "start ms"), median(small, "start ms"))),
    ]
    for figure, name, goal, limit, most, worst in (
        ("cursor down", "down ms", 3.0, 8.0, 5, 16),
        ("page down", "page down ms", 5, 16, 8, 16),
        ("end", "end ms", 5, 16, 8, 16),
        ("home", "home ms", 5, 16, 8, 16),
    ):
        lines.append(Goal(figure, "ms", goal, limit, median(middle, name)))
        lines.append(Goal(f"{figure}, p95", "ms", most, worst, p95(middle, name)))
    lines += [
        Goal("filter key, largest", "ms", 6, 16, median(large, "filter ms")),
        Goal("filter key, largest, p95", "ms", 15, 33, p95(large, "filter ms")),
        Goal("OUI/NON opens", "ms", 10, 30, median(middle, "open ms")),
        Goal("OUI/NON closes", "ms", 8, 16, median(middle, "close ms")),
        Goal("Escape", "ms", 30, 60, median(middle, "escape ms")),
        Goal("worst of 500 keys", "ms", 16, 33, p95("held", "held ms", 1.0)),
    ]
    for figure, name, goal, limit in (
        ("cursor down", "down", 1.0, 1.3),
        ("line scrolled at the edge", "edge", 1.0, 2),
        ("page down", "page down", 0.95, 1.5),
    ):
        for control in ("neomutt", "curses"):
            of, to = median(middle, f"{name} bytes"), median(control, f"{name} bytes")
            lines.append(Goal(f"bytes, {figure} / {control}", "x", goal, limit, ratio(of, to)))
    first = ratio(median(middle, "start bytes"), median("curses", "start bytes"))
    return [
        *lines,
        Goal("bytes, first screen / curses", "x", 1.05, 1.5, first),
        Goal("bytes, OUI/NON opens", "B", 600, 1500, median(middle, "open bytes")),
        Goal("bytes, OUI/NON closes", "B", 400, 1500, median(middle, "close bytes")),
        Goal("bytes while idle", "B", 0, 0, median("idle", "idle bytes")),
        Goal("quitting, to the end of the process", "ms", 60, 300, median(middle, "quit ms")),
        Goal(
            "memory, largest / 1,000", "x", 1.05, 1.15, ratio(median(large, "memory MiB"), median(small, "memory MiB"))
        ),
        Goal("memory, largest", "MiB", 40, 60, median(large, "memory MiB")),
    ]


def run(runs: int, sizes: list[int]) -> Batch:
    """Run every program in turn, so many times."""
    batch: Batch = {}
    bases = {size: practice_of(size) for size in sizes}
    middle = sizes[min(1, len(sizes) - 1)]
    with tempfile.TemporaryDirectory() as folder:
        turns: dict[str, Callable[[], Figures | None]] = {
            "hello": scenarios.hello,
            **{f"desk {size}": lambda base=base: scenarios.desk(base) for size, base in bases.items()},  # type: ignore[misc]
            "curses": lambda: scenarios.curses(bases[middle]),
            "neomutt": lambda: scenarios.neomutt(middle, Path(folder)),
        }
        for turn in range(-1, runs):
            for name, program in turns.items():
                figures = program()
                for figure, values in (figures or {}).items() if turn >= 0 else ():
                    batch.setdefault(name, {}).setdefault(figure, []).extend(values)
            print(f"{turn + 1}/{runs}", end="\r", file=sys.stderr)
    batch["held"] = scenarios.held_key(bases[middle])
    batch["idle"] = scenarios.idle(bases[middle])
    return batch


def machine() -> str:
    """On what it was measured."""
    return f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=list(SIZES), help="invoices of the practices, small first"
    )
    parser.add_argument(
        "--bulk", type=int, nargs="*", default=list(bulk_table.SIZES), help="invoices of the files; none: no bulk"
    )
    parser.add_argument("--only-bulk", action="store_true", help="leave the screens out")
    options = parser.parse_args()
    if options.bulk:
        bulk_table.write(options.bulk, machine())
    if options.only_bulk:
        return 0
    batch = run(options.runs, options.sizes)
    middle, large = options.sizes[min(1, len(options.sizes) - 1)], options.sizes[-1]
    found = table(batch, goals(f"desk {middle}", f"desk {large}"))
    controls = "curses, neomutt" if shutil.which("neomutt") else "curses (neomutt is not installed here)"
    sizes = ", ".join(f"{size:,}" for size in options.sizes)
    text = (
        f"# Measured on {datetime.now(UTC).date()}\n\n{machine()}; 80x24, TERM=xterm-256color; {options.runs} runs"
        f" in turn with a bare Textual program, {controls}; practices of {sizes} invoices, {middle:,} unless said."
        " Keys come one after the other, as one that is held: the reasons beside a list follow when they rest."
        f"\n\n{found}\n\n## Everything\n\n{raw(batch)}\n"
    )
    RESULTS.write_text(text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Figures held against what is aimed at, as tables in Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.scenarios import Figures

Batch = dict[str, Figures]
"""Every figure of every program: `desk 1000`, `hello`, `curses`, `neomutt`…"""


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table; `measure` gives the figure, None where a control is missing."""

    figure: str
    unit: str
    goal: float
    limit: float
    measure: Callable[[Batch], float | None]


def median(program: str, figure: str) -> Callable[[Batch], float | None]:
    """The middle of all runs."""

    def measure(batch: Batch) -> float | None:
        values = batch.get(program, {}).get(figure)
        return statistics.median(values) if values else None

    return measure


def ratio(of: Callable[[Batch], float | None], to: Callable[[Batch], float | None]) -> Callable[[Batch], float | None]:
    """One figure over another."""

    def measure(batch: Batch) -> float | None:
        above, below = of(batch), to(batch)
        return None if above is None or not below else above / below

    return measure


def p95(program: str, figure: str, share: float = 0.95) -> Callable[[Batch], float | None]:
    """What so large a share of all runs stays under."""

    def measure(batch: Batch) -> float | None:
        values = sorted(batch.get(program, {}).get(figure, ()))
        return values[min(int(len(values) * share), len(values) - 1)] if values else None

    return measure


def table(batch: Batch, lines: list[Goal]) -> str:
    """The lines in Markdown, each with what came of it."""
    out = ["| figure | goal | must not exceed | measured | |", "|---|---|---|---|---|"]
    for line in lines:
        got = line.measure(batch)
        said = "–" if got is None else f"{got:.2f}" if line.unit == "x" else f"{got:.0f}" if got > 20 else f"{got:.1f}"
        verdict = "" if got is None else "goal" if got <= line.goal else "within" if got <= line.limit else "**beyond**"
        unit = "" if line.unit == "x" else f" {line.unit}"
        out.append(f"| {line.figure} | {line.goal:g}{unit} | {line.limit:g}{unit} | {said}{unit} | {verdict} |")
    return "\n".join(out)


def raw(batch: Batch) -> str:
    """Medians of everything, for who wants more than the table."""
    out = ["| program | figure | median | p95 | n |", "|---|---|---|---|---|"]
    for program, figures in batch.items():
        for name, values in sorted(figures.items()):
            middle, most = median(program, name)(batch), p95(program, name)(batch)
            out.append(f"| {program} | {name} | {middle:.1f} | {most:.1f} | {len(values)} |")
    return "\n".join(out)

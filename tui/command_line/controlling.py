"""`accueil controler`: what the checks before billing find on invoices, sent or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from models.checks import run_checks
from models.checks.finding import Finding
from models.domain.findings import FindingLevel
from models.domain.lists import ListName, SortName
from models.queries.history import sheet_and_history
from models.queries.invoice_row import ListView
from models.queries.windows import every_row
from tui.command_line.invoices import each_invoice
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import out, talk
from tui.command_line.typed import OutputFormat, TypedNumber
from tui.text.display import clean, plural

_LEVELS = {FindingLevel.BLOCKING: "bloquant", FindingLevel.ADVICE: "conseil"}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and its invoice."""

    number: int
    finding: Finding

    def as_json(self) -> dict[str, str | int]:
        """The members of the documented JSON."""
        return {
            "number": self.number,
            "check": self.finding.check,
            "level": self.finding.level,
            "field": self.finding.field,
            "message": self.finding.message,
            "source": self.finding.source,
        }


def run(practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None, output: OutputFormat) -> int:
    """Print the findings of the invoices named, or of all; the exit code."""
    session = session_of(practice)
    book = session.open().book.current
    today = session.author().day
    found: list[Found] = []
    code = 0

    def check(invoice_id: int) -> None:
        sheet, history = sheet_and_history(invoice_id)
        found.extend(Found(sheet.number, finding) for finding in run_checks(sheet, today, history, book=book))

    if numbers:
        code = each_invoice(numbers, practitioner, lambda match: check(match.id))
    else:
        for row in every_row(ListView(ListName.ALL, sort=SortName.DATE)):
            check(row.id)
    if output == "json":
        out(json.dumps([one.as_json() for one in found]))
    else:
        for line in _lines(found):
            out(line)
    blocking = sum(one.finding.blocking for one in found)
    advice = plural(len(found) - blocking, "conseil", "conseils")
    talk(f"{plural(blocking, 'constat bloquant', 'constats bloquants')}, {advice}.")
    return code


def _lines(found: list[Found]) -> Iterator[str]:
    for one in found:
        level = _LEVELS[one.finding.level]
        yield clean(f"{one.number} {level} [{one.finding.check}] {one.finding.message}", 1000)

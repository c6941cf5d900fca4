"""`accueil controler`: what the checks before billing find on invoices, sent or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from models.checks.finding import Finding
from models.checks.many import check_many
from models.domain.findings import FindingLevel
from models.domain.states import InvoiceKind
from models.queries.histories import ids_by_person
from tui.command_line.invoices import each_invoice
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import bar
from tui.command_line.session import session_of
from tui.command_line.speech import out, talk
from tui.command_line.typed import OutputFormat, TypedNumber
from tui.text.display import clean, plural

_LEVELS = {FindingLevel.BLOCKING: "bloquant", FindingLevel.ADVICE: "conseil"}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and its invoice."""

    number: int
    kind: InvoiceKind
    finding: Finding

    def as_json(self) -> dict[str, str | int]:
        """The members of the documented JSON."""
        return {
            "number": self.number,
            "kind": self.kind,
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
    code, named = 0, list[int]()
    if numbers:
        code = each_invoice(numbers, practitioner, lambda match: named.append(match.id))
    ids = named if numbers else ids_by_person()
    with bar("Contrôle des factures") as step:
        every = check_many(ids, session.author().day, book, step)
        checked = [(sheet, findings) for sheet, findings in every if findings]
    if not numbers:
        checked.sort(key=lambda pair: (pair[0].billed_on, pair[0].id))
    found = [Found(sheet.number, sheet.kind, finding) for sheet, findings in checked for finding in findings]
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
        dre = "DRE " if one.kind == InvoiceKind.DRE else ""
        yield clean(f"{dre}{one.number} {level} [{one.finding.check}] {one.finding.message}", 1000)

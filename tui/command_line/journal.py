"""`accueil journal`: who did what and when, a sentence for each entry, for the eye or for a program."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from models.queries.chains import chain_of
from models.queries.journal import JournalView, Recorded, every_entry, operators
from tui.command_line.invoices import meant
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import going_out
from tui.command_line.session import Session, session_of
from tui.command_line.speech import out, talk
from tui.command_line.table import WIDTH
from tui.command_line.typed import OutputFormat, TypedNumber
from tui.text.csv_file import print_csv
from tui.text.display import day, wrapped
from tui.text.journal import COLUMNS, LONGEST, cells, documents, sentence
from tui.text.state_words import document

_HOUR: Final = 7
"""Cells of the hour beside the sentence."""


class Asked(NamedTuple):
    """Which entries were asked for; None: whatever."""

    mine: bool
    """Those of whoever asks, of today unless another day is named."""
    operator: str | None
    since: date | None
    until: date | None
    invoice: TypedNumber | None
    practitioner: str | None
    """Of the invoice, where its number is of several."""


def run(practice: NamedPractice, asked: Asked, output: OutputFormat, *, spreadsheet: bool) -> int:
    """Print the journal, the oldest entry first; the exit code.

    Raises:
        PracticeFault: no invoice bears that number, or several do.
    """
    session = session_of(practice)
    session.open()
    with going_out("Lignes du journal", every_entry(_view(session, asked))) as entries:
        if output == "json":
            _print_json(entries)
        elif output == "csv":
            print_csv(COLUMNS, map(cells, entries), spreadsheet=spreadsheet)
        else:
            _print_text(entries)
    return 0


def _view(session: Session, asked: Asked) -> JournalView:
    operator = session.operator if asked.mine else _named(asked.operator)
    since, until = asked.since, asked.until
    if asked.mine and since is until is None and asked.invoice is None:
        since = until = session.author().day
    found = None if asked.invoice is None else chain_of([meant(asked.invoice, asked.practitioner).id])
    return JournalView(operator, since, until, found)


def _named(typed: str | None) -> str | None:
    """Who is meant, as the journal has the name: in whatever capitals it was typed."""
    known = [] if typed is None else [who for who in operators() if who.casefold() == typed.casefold()]
    return typed if typed in known or not known else known[0]


def _print_text(entries: Iterable[Recorded]) -> None:
    """Each day above its entries."""
    before: date | None = None
    for entry in entries:
        if entry.day != before:
            if before is not None:
                out()
            out(day(entry.day))
            before = entry.day
        first, *more = wrapped(sentence(entry), WIDTH - _HOUR, LONGEST)
        out(f"{entry.at.astimezone():%H:%M}  {first}")
        for line in more:
            out(" " * _HOUR + line)
    if before is None:
        talk("Rien dans le journal pour cette demande.")


def _print_json(entries: Iterable[Recorded]) -> None:
    """One object a line, as they come; what is not ASCII is escaped."""
    before = "["
    for entry in entries:
        told = {
            "id": entry.id,
            "at": entry.at.isoformat(timespec="milliseconds"),
            "operator": entry.operator,
            "action": entry.stored,
            "invoices": [document(one.kind, one.number) for one in documents(entry)],
            "touched": entry.touched,
            "sentence": sentence(entry),
        }
        out(before + ("\n" if before == "[" else "") + json.dumps(told))
        before = ","
    out("[]" if before == "[" else "]")

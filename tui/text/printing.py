"""What is printed, from what was read to the bytes of a PDF; and what is said once it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from models.commands.print_out import PrintedOut
from models.domain.patience import Step
from models.papers.values import Printout
from models.queries.papers import PaperLot, PaperSheet
from models.reference.text_search import fold
from tui.text.bordereaux import bordereau, sheets_to_send
from tui.text.faults import fault_sentence

_NOT_OF_A_NAME: Final = re.compile(r"[^a-z0-9]+")


def file_name(what: str, at: datetime, ending: str) -> str:
    """« toutes-les-factures-2026-11-28-0955.csv »: what it is, and when it was made, where the practice is."""
    return f"{_NOT_OF_A_NAME.sub('-', fold(what)).strip('-')}-{at.astimezone():%Y-%m-%d-%H%M}.{ending}"


def as_pdf(what: str, printouts: Sequence[Printout], at: datetime, step: Step | None = None) -> tuple[str, bytes]:
    """The name of a file and what it holds.

    Raises:
        GivenUp: raised by `step`, which is called with (pages or printouts done, in all).
    """
    from models.papers.pdf import pdf_of  # the library of PDF, which nothing else needs

    return file_name(what, at, "pdf"), pdf_of(printouts, what, step)


def bordereaux_pdf(
    practice: str,
    lots: Sequence[tuple[PaperLot, Sequence[PaperSheet]]],
    at: datetime,
    step: Step | None = None,
    *,
    listed: bool,
) -> tuple[str, bytes]:
    """The bordereau of each of these lots; with the list of them before, where several are to be put into envelopes.

    Raises:
        GivenUp: raised by `step`, as in `as_pdf`.
    """
    first = [sheets_to_send(practice, [lot for lot, _ in lots], at)] if listed and len(lots) > 1 else []
    each = [bordereau(practice, lot, sheets, at) for lot, sheets in lots]
    what = f"bordereau lot {lots[0][0].number:03d}" if len(lots) == 1 else "bordereaux"
    return as_pdf(what, [*first, *each], at, step)


def printed_lines(done: PrintedOut) -> tuple[str, ...]:
    """Where the file is, and what the printer said."""
    if done.fault is not None:
        return ("Le PDF est écrit, mais pas imprimé :", str(done.file), fault_sentence(done.fault))
    return ("Envoyé à l’imprimante ; le PDF reste ici :" if done.sent else "Le PDF est écrit ici :", str(done.file))

"""E on a screen: what it shows goes into a file for a spreadsheet, in the practice's own folder; the path is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from models.commands.export import export_file
from models.domain.accesses import Looked
from models.domain.patience import Step, in_sight
from tui.base.desk_screen import DeskScreen
from tui.base.printing import Made, print_pages
from tui.base.underway import Underway
from tui.text.csv_file import Cell, CsvColumn, csv_bytes
from tui.text.display import plural
from tui.text.printed_lists import exported_list
from tui.text.printing import as_pdf, file_name


def _unknown() -> int:
    return 0


class Exported(NamedTuple):
    """What a screen gives away."""

    name: str
    """What it is, in the screen's words; the file's name says it, and when."""
    columns: Sequence[CsvColumn]
    rows: Callable[[], Iterable[Sequence[Cell]]]
    """Reads them; called in a worker."""
    looked: Looked
    subject: str
    """What the journal of accesses keeps of it."""
    total: Callable[[], int] = _unknown
    """Counts them beforehand where that is quick, else gives 0; called in a worker."""


class GivesAway(DeskScreen):
    """A screen whose list goes into a file, or on paper; the keys are its own."""

    def exported(self) -> Exported | None:
        """What goes, as it is shown; None while there is nothing yet."""
        raise NotImplementedError

    def action_export(self) -> None:
        """Into a file for a spreadsheet."""
        if reason := self.refusal("export"):
            self.refuse(reason)
        elif what := self.exported():
            self.begin(export(self, what))

    def action_print(self) -> None:
        """The same, on paper."""
        if reason := self.refusal("print"):
            self.refuse(reason)
        elif what := self.exported():
            self.begin(print_list(self, what))


async def export(screen: DeskScreen, what: Exported) -> None:
    """Write it, and say where it is; nothing is left of what was given up."""
    folder, name = screen.desk.practice.place.exports, file_name(what.name, screen.desk.author().at, "csv")
    before = screen.news_told
    screen.tell("Export en cours…")
    underway = Underway(screen, "Export en cours…")
    done = await screen.perform(lambda: _written(what, folder, name, underway.step))
    screen.tell("Arrêté : rien n’a été exporté." if underway.stopped else before)
    if done is None:
        return
    count, path = done
    screen.desk.looked_at(what.looked, what.subject)
    lines = plural(count, "ligne est écrite", "lignes sont écrites")
    await screen.show("Exporté", f"{lines} dans ce fichier, qu’un tableur ouvre :", str(path))


async def print_list(screen: DeskScreen, what: Exported) -> None:
    """Print it, and say where it is."""
    practice, at = screen.desk.practice_name(), screen.desk.author().at

    def made(step: Step) -> Made:
        return as_pdf(what.name, [exported_list(practice, what.name, what.columns, what.rows(), at)], at, step)

    await print_pages(screen, made, what.looked, what.subject)


def _written(what: Exported, folder: Path, name: str, step: Step) -> tuple[int, Path]:
    count = 0

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal count
        for row in in_sight(what.rows(), step, what.total()):
            count += 1
            yield row

    data = csv_bytes(what.columns, counted())
    return count, export_file(folder, name, data)

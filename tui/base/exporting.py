"""E on a screen: what it shows goes into a file for a spreadsheet, in the practice's own folder; the path is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from models.commands.export import export_file
from models.domain.accesses import Looked
from tui.base.desk_screen import DeskScreen
from tui.text.csv_file import Cell, CsvColumn, csv_bytes
from tui.text.display import plural
from tui.text.printing import file_name


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


async def export(screen: DeskScreen, what: Exported) -> None:
    """Write it, and say where it is."""
    folder, name = screen.desk.practice.place.exports, file_name(what.name, screen.desk.author().at, "csv")
    before = screen.news_told
    screen.tell("Export en cours…")
    done = await screen.perform(lambda: _written(what, folder, name))
    screen.tell(before)
    if done is None:
        return
    count, path = done
    screen.desk.looked_at(what.looked, what.subject)
    lines = plural(count, "ligne est écrite", "lignes sont écrites")
    await screen.show("Exporté", f"{lines} dans ce fichier, qu’un tableur ouvre :", str(path))


def _written(what: Exported, folder: Path, name: str) -> tuple[int, Path]:
    rows = list(what.rows())
    return len(rows), export_file(folder, name, csv_bytes(what.columns, rows))

"""Importer des lots envoyés: the B2 files that the practice sent before it had this desk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widgets import Input, Static

from models.commands.import_lots import AlreadyImported, Imported, import_lots
from models.commands.met_numbers import FarNumbers
from models.queries.files import file_name
from tui.base.desk_screen import DeskScreen
from tui.base.page import PageScroll
from tui.base.reading import Reading
from tui.dialogs.confirm import Confirm
from tui.text import display, places
from tui.text.lots import remark_lines
from tui.text.numbers import far_lines, reserved_line
from tui.widgets.text_field import TextField


class ImportFiles(DeskScreen):
    """Asks for the path of a file, or of a folder of files."""

    PLACE = places.IMPORT
    KEYS = ("help", "back")
    HELP_LINES = (
        ("Entrée", "Importer le fichier, ou tous les fichiers B2 du dossier."),
        ("Compte rendu", "Page suiv. : la suite ; Page préc. : ce qui précède."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "read(-1)", show=False),
        Binding("pagedown", "read(1)", show=False),
    ]

    path_field = getters.query_one("#path", TextField)
    report = getters.query_one("#report", Static)

    def __init__(self) -> None:
        super().__init__()
        self.said: tuple[str, ...] = ()
        self.numbers = ""

    def compose_body(self) -> ComposeResult:
        """The path, then what came of it."""
        yield Static(display.text("Chemin d’un fichier B2, ou d’un dossier qui en contient, puis Entrée :"), id="ask")
        yield TextField(id="path")
        yield Static("", id="range")
        with PageScroll(id="reported"):
            yield Static("", id="report")

    def on_mount(self) -> None:
        """Start in the path."""
        super().on_mount()
        self.path_field.focus()
        self.show_range()

    @work
    async def show_range(self) -> None:
        """Say which numbers are ours: those of the files should lie elsewhere."""
        numbering = await self.perform(self.desk.practice.numbering)
        if numbering is not None:
            self.numbers = reserved_line(numbering)
            self.show_texts()

    def on_resize(self, event: Resize) -> None:
        """Wrap again."""
        super().on_resize(event)
        self.show_texts()

    def show_texts(self) -> None:
        """The numbers that are ours; what came of the files, all of it."""
        width = max(self.size.width - 4, 40)
        self.query_one("#range", Static).update(display.paragraphs([self.numbers] if self.numbers else [], width))
        self.report.update(display.paragraphs(self.said, width))

    @on(Input.Submitted, "#path")
    def path_given(self, event: Input.Submitted) -> None:
        """Import what is there."""
        if event.value.strip():
            self.begin(self._import(event.value))

    def action_read(self, pages: int) -> None:
        """A page of the report further, or back, from the path."""
        scroll = self.query_one("#reported", PageScroll)
        scroll.scroll_relative(y=pages * max(1, scroll.size.height - 1), animate=False)

    async def _import(self, typed: str) -> None:
        author = self.desk.author()
        lines: list[str] = []
        imported: list[Imported] = []
        unread = False
        reading = Reading(self)
        reading.begin(display.clean(typed))
        files = await reading.named(typed)
        for path in files or ():
            if not reading.begin(file_name(path)):
                break
            inside = await reading.inside(path, "b2")
            unread = unread or inside is None
            lines.extend(inside.aside if inside else ())
            for file in inside.files if inside else ():
                take = partial(import_lots, file.data, file.name, author, reading.step)
                outcome = await self.perform(take)
                if isinstance(outcome, FarNumbers):
                    asked = Confirm("Prendre ce fichier ?", (display.clean(file.name), *far_lines(outcome)))
                    outcome = await self.perform(partial(take, far=True)) if await self.ask(asked) else outcome
                match outcome:
                    case Imported():
                        imported.append(outcome)
                        lines.append(imported_line(outcome))
                        lines.extend(f"  {line}" for line in remark_lines(outcome))
                    case AlreadyImported():
                        lines.append(f"{file.name} : déjà importé, rien n’a changé.")
                    case FarNumbers():
                        lines.append(f"{file.name} : pas pris.")
                    case None:
                        pass  # `perform` has said why
        self.tell(reading.stopped() or "")
        if files is None or unread:
            self.path_field.take(typed)  # to be mended, not typed anew
        else:
            self.path_field.select_all()  # the next one takes its place
        self.said = (*total_lines(imported), *lines)
        self.show_texts()
        self.query_one("#reported", PageScroll).scroll_home(animate=False)


def total_lines(imported: Sequence[Imported]) -> list[str]:
    """What several files brought in all; nothing of one, whose own line says it."""
    if len(imported) < 2:
        return []
    invoices = display.plural(sum(each.invoices for each in imported), "facture", "factures")
    total = display.money(sum(each.total for each in imported))
    patients = display.plural(sum(each.patients for each in imported), "patient nouveau", "patients nouveaux")
    return [f"En tout : {len(imported)} fichiers importés, {invoices}, {total} €, {patients}."]


def imported_line(outcome: Imported) -> str:
    """A file that was imported, in one line."""
    lots = ", ".join(f"{lot:03d}" for lot in outcome.lots)
    parts = [
        display.plural(outcome.invoices, "facture", "factures"),
        f"{display.money(outcome.total)} €",
        display.plural(outcome.patients, "patient nouveau", "patients nouveaux"),
    ]
    if outcome.practitioners:
        parts.append(f"professionnel ajouté : {', '.join(outcome.practitioners)}")
    if outcome.rejoined:
        parts.append(display.plural(outcome.rejoined, "réponse attendait déjà", "réponses attendaient déjà"))
    return f"{outcome.file_name} : lot {lots}, {', '.join(parts)}."

"""Modifier: the form of an unvalidated invoice, the cursor on the very field that the rejection points to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.widgets import Input, Static

from models.checks.finding import Finding
from models.domain.content import InvoiceContent, Line
from models.domain.states import InvoiceKind
from models.queries.alike import count_alike
from models.queries.history import History
from models.queries.sheets import InvoiceSheet, invoice_version
from models.queries.unsaved import Unsaved
from tui.base.desk_screen import DeskScreen
from tui.dialogs.dialog import INSIDE
from tui.dialogs.notice import Notice
from tui.flows.edit_lines import (
    NOTHING_TO_UNDO,
    SORTED,
    UNDONE,
    lines_after,
    lines_entered,
    said_of_line,
    said_of_removal,
    undone,
)
from tui.flows.form_fields import FORM
from tui.flows.form_room import share_room
from tui.flows.form_state import FormState, input_for
from tui.flows.save import FormOutcome, note_attestation, save_form, validate_form
from tui.flows.unsaved import UnsavedTyping, said_of_others
from tui.terminal.pace import Weight
from tui.text import display, places
from tui.text.amounts import amounts, amounts_line
from tui.text.faults import finding_sentence
from tui.widgets.act_lines import ActLines
from tui.widgets.reasons import Reasons
from tui.widgets.text_field import TextField

_CHANGED: Final = "Un autre poste a changé cette facture : F2 dira qui et quoi, sans rien écraser."


class Modify(DeskScreen):
    """The fields, the lines, what was rejected beside them; amounts and findings follow each key.

    Args:
        sheet: the invoice, as it was read at `sheet.version`.
        draft: what the form starts from: the invoice, or the invoice with what the card said.
        history: what the practice knows beside it.
        unsaved: what was typed about it before and not saved, by this person or another.
        at: the finding on whose field or line to stand; None for the one that the rejection points to.
    """

    PLACE = places.MODIFY
    HOLDS = True
    KEYS = ("save", "validate", "attest", "reasons", "help", "back")
    HELP_LINES = (
        ("Entrée", "Champ suivant ; sur une ligne : la corriger."),
        ("Lignes", "N nouvelle, X ou Suppr retirer, U défaire, H monter, B descendre, R ranger (acte, IF, IK)."),
        ("◂", "Ce qui a changé : l’ancienne valeur. ! un conseil, ✗ à corriger."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "save", "Enregistrer", key_display="F2", tooltip="Enregistrer sans valider."),
        Binding("f4", "validate", "Valider", key_display="F4", tooltip="Enregistrer, contrôler, valider."),
        Binding("f5", "attest", "Attestation", key_display="F5",
                tooltip="Noter l’attestation de droits que le patient a montrée."),
        Binding("f6", "reasons", "Rejet", key_display="F6", tooltip="Lire le rejet en entier."),
        Binding("f7", "look_up", "Autre facture", key_display="F7",
                tooltip="Regarder une autre facture, sans quitter celle-ci."),
        Binding("down", "next_field", show=False),
        Binding("up", "previous_field", show=False),
    ]  # fmt: skip

    summary = getters.query_one("#summary", Static)
    lines = getters.query_one(ActLines)

    def __init__(
        self,
        sheet: InvoiceSheet,
        draft: InvoiceContent,
        history: History,
        unsaved: Sequence[Unsaved] = (),
        at: Finding | None = None,
    ) -> None:
        super().__init__()
        self.form = FormState(sheet, draft, history)
        self.typing = UnsavedTyping(self, self.form)
        self._left = unsaved
        self._at = at
        self._seen_version = 0

    def compose_body(self) -> ComposeResult:
        """Summary, fields beside reasons, lines."""
        yield Static("", id="summary")
        with Horizontal(id="upper"):
            with Vertical(id="fields"):
                for field in FORM:
                    with Horizontal(classes="field", id=f"row-{field.name}"):
                        yield Static(display.text(field.label), classes="label")
                        text, empty = self.form.texts[field.name], "." * min(field.width, 15)
                        tidy = partial(self.tidied, field.name)
                        yield TextField(text, placeholder=empty, id=f"field-{field.name}", tidy=tidy)
                        yield Static("", id=f"note-{field.name}", classes="note")
            yield Reasons(self.form.sheet, self.book)
        yield ActLines()

    def on_mount(self) -> None:
        """Show everything, and stand on the field to correct."""
        super().on_mount()
        self.follow()
        if self._at is None:
            self.stand_on(self.field_to_correct())
        else:
            self.stand_on(input_for(self._at.field), self._at.line)
        if self._left:
            self.begin(self._offer_what_was_left())

    async def _offer_what_was_left(self) -> None:
        operator = self.desk.author().operator
        mine = next((left for left in self._left if left.operator == operator), None)
        typed = None if mine is None else await self.typing.offer(mine)
        if typed is not None:
            self.form.restore(typed)
            with self.prevent(Input.Changed):
                for name, text in self.form.texts.items():
                    self.query_one(f"#field-{name}", TextField).value = text
            self.follow()
        if others := said_of_others(self._left, self):
            self.tell_here(others)

    def read_again(self) -> None:
        """Whether another desk changed the invoice."""
        self.run_worker(self._look_for_changes(), exclusive=True, group="read")

    async def _look_for_changes(self) -> None:
        version = await self.perform(lambda: invoice_version(self.form.sheet.id))
        if version is not None and version > max(self.form.sheet.version, self._seen_version) and not self.busy:
            self._seen_version = version
            self.tell(_CHANGED)

    def field_to_correct(self) -> str:
        """The input that the first rejection points to; the first one where nothing was rejected."""
        for reason in self.form.sheet.reasons:
            for field in self.book.fields_of(reason.code, reason.label, reason.share):
                name = input_for(field)
                if field != "number" and (name == "lines" or self.form.shown(name)):
                    return name
        return FORM[0].name

    def stand_on(self, name: str, line: int | None = None) -> None:
        """Give the focus to an input, or to the lines: to this one of them (from 1), if it is told."""
        if name == "lines":
            self.set_focus(self.lines)
            if line is not None:
                self.lines.cursor = line - 1
        else:
            self.set_focus(self.query_one(f"#field-{name}", TextField))

    def tidied(self, name: str, typed: str) -> str:
        """What the field shows once it is left."""
        return self.form.tidied(name) if typed == self.form.texts[name] else typed

    def follow(self) -> None:
        """Read what stands in the form; amounts, notes and marks follow."""
        form = self.form
        form.read(self.desk.today(), self.book)
        self.query_one(Reasons).book = self.book
        draft, sheet = form.draft, form.sheet
        origin = (
            f" (remplace {sheet.replaces})"
            if sheet.replaces
            else f" (de la facture {sheet.dre_of})"
            if sheet.dre_of
            else ""
        )
        named = f"DRE n° {sheet.number}" if sheet.kind == InvoiceKind.DRE else f"N° {sheet.number}"
        sent = amounts(sheet.rejected_draft or sheet.draft)
        said = amounts_line(named, origin, amounts(draft), sent, max(self.size.width, 80))
        self.summary.update(said, layout=False)
        self.lines.acts = draft.acts
        changes = form.line_changes()
        self.lines.sent = form.sent_lines()
        self.lines.changed, self.lines.removed = changes.changed, changes.removed
        self.lines.marked = frozenset(finding.line for finding in form.findings if finding.line and finding.blocking)

        self._show_notes()

    def _show_notes(self) -> None:
        """What stands beside each field, in the room that there is for it."""
        form, reasons = self.form, self.query_one(Reasons)
        notes, shown = form.notes(), [field for field in FORM if form.shown(field.name)]
        beside = {field: notes[field.name][0] for field in shown}
        lines = len(form.draft.acts) + len(self.lines.removed)
        room = share_room(max(self.size.width, 80), self.size.height, beside, reasons.height_in, lines)
        self.query_one("#fields").styles.width = room.fields
        self.query_one("#upper").styles.height = room.upper
        for field in FORM:
            row = self.query_one(f"#row-{field.name}")
            row.display = field in shown
            if field in shown:
                said, wrong = room.notes[field.name], notes[field.name][1]
                row.styles.height = len(said)
                self.query_one(f"#field-{field.name}").styles.width = room.boxes[field.name]
                box = self.query_one(f"#note-{field.name}", Static)
                box.update(Text("\n".join(said)), layout=False)
                box.set_class(wrong, "wrong")
                box.set_class(not wrong and said[0].startswith("◂"), "changed")

    def on_resize(self, event: Resize) -> None:
        """Share the room out again, and write in it what there is room for."""
        super().on_resize(event)
        self.follow()

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Each key: the amounts and the notes follow."""
        name = (event.input.id or "").removeprefix("field-")
        if self.form.texts.get(name, event.value) != event.value:  # an input tells of the text that it begins with, too
            self.form.texts[name], self._said_at = event.value, None
            self.follow()
            self.tell_about(name)
            self.typing.changed()

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        if (event.input.id or "").startswith("field-"):
            event.stop()
            self.focus_next()

    def spot(self) -> object:
        """The field, or the line."""
        return self.focused, self.lines.cursor

    @on(DescendantFocus)
    @on(ActLines.Highlighted)
    def come_to(self) -> None:
        """The line of news says in full what stands cut beside the field, and follows the cursor of the lines."""
        name = ((self.focused and self.focused.id) or "").removeprefix("field-")
        if name in self.form.texts and self.moved():
            self.tell_about(name)
        elif self.focused is self.lines and self.moved():
            self.tell(said_of_line(self.form, self.lines.cursor + 1))

    def tell_about(self, name: str) -> None:
        """The field's own finding, or its note, in full."""
        note, _ = self.form.note(name)
        note = note.replace(" ◂", " · Avant :", 1).replace("◂", "Avant :", 1)
        found = [finding_sentence(finding) for finding in self.form.findings if input_for(finding.field) == name]
        self.tell(found[0] if found and name not in self.form.errors else note)

    @on(ActLines.Asked)
    def change_line(self, event: ActLines.Asked) -> None:
        """What was asked on a line; nothing where the lines are others by now, as another key came just before."""
        if event.acts != self.lines.acts:
            return
        if event.what in {"edit", "add"}:
            self.begin(self._enter_line(event.position, new=event.what == "add"))
        elif event.what == "undo":
            self._undo()
        else:
            self._take_lines(*lines_after(self.form, event.what, event.position))
        if event.what == "sort":
            self.tell(SORTED)
        elif event.what == "remove":
            self.desk.spend_keys()
            self.tell_here(said_of_removal(event.position, event.acts[event.position]))

    async def _enter_line(self, position: int, *, new: bool) -> None:
        entered = await lines_entered(self, self.form, position, new=new)
        if entered is not None:
            self._take_lines(*entered)

    def _take_lines(self, acts: tuple[Line, ...], cursor: int) -> None:
        self.form.take_lines(acts)
        self.follow()
        self.lines.cursor = cursor
        self.typing.changed()

    def _undo(self) -> None:
        cursor = undone(self.form)
        if cursor is None:
            self.tell(NOTHING_TO_UNDO)
            return
        self.desk.spend_keys()
        self.follow()
        self.lines.cursor = cursor
        self.typing.changed()
        self.tell_here(UNDONE)

    def action_next_field(self) -> None:
        """Down goes to the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """Up goes to the one before."""
        self.focus_previous()

    def action_look_up(self) -> None:
        """All invoices above the form, which stays as it stands."""
        self.desk.look_up()

    def action_reasons(self) -> None:
        """The rejection in full."""
        self.begin(self.ask(Notice("Rejet", self.query_one(Reasons).in_full(INSIDE))))

    def action_attest(self) -> None:
        """Note an attestation."""
        self.begin(self._attest())

    async def _attest(self) -> None:
        outcome = await note_attestation(self, self.form)
        if outcome.done:
            with self.prevent(Input.Changed):
                self.query_one("#field-exemption", TextField).value = self.form.texts["exemption"]
            self.typing.changed()
        self._after(outcome)

    def weight(self, letter: str) -> Weight:
        """On the lines, X, U, H, B and R change what stands there without a question: no capital does."""
        if self.focused is self.lines and letter in self.lines.CHANGES:
            return Weight.CHANGES
        return super().weight(letter)

    def action_save(self) -> None:
        """Save without validating."""
        self.begin(self._save())

    def action_validate(self) -> None:
        """Save, check, validate."""
        self.begin(self._validate())

    def action_back(self) -> None:
        """Leave; where something would be lost, ask first."""
        self.begin(self._leave())

    @property
    def unsaved(self) -> bool:
        """Whether what stands in the form differs from what is kept."""
        return self.form.dirty

    async def _leave(self) -> None:
        if not self.unsaved or await self.agrees_to_lose():
            await self.forget_typed()
            self.dismiss()

    def keep_typed(self) -> None:
        """All that stands in the form."""
        self.typing.keep_now()

    async def forget_typed(self) -> None:
        """Nothing is offered at the next opening."""
        await self.typing.forget()

    async def _save(self) -> None:
        outcome = await save_form(self, self.form)
        if outcome.done:
            await self.forget_typed()
        self._after(outcome)

    async def _validate(self) -> None:
        outcome = await save_form(self, self.form, warn=False)
        if outcome.done:
            await self.forget_typed()
            self.follow()
            outcome = await validate_form(self, self.form)
            if outcome.done:
                sheet = self.form.sheet
                self.desk.corrected = sheet.id
                others = await self.perform(lambda: count_alike(sheet.id))
                alike = f" P corrige pareil ({others})" if others else ""
                self.desk.announce(f"{outcome.news}{alike}")
                self.desk.spend_keys()
                self.dismiss()
                return
        self._after(outcome)

    def _after(self, outcome: FormOutcome) -> None:
        """Show what came of it; stand on what is to correct."""
        self.follow()
        if outcome.stand_on is not None:
            self.stand_on(outcome.stand_on, outcome.line)
        if outcome.news:
            self.tell_here(outcome.news)

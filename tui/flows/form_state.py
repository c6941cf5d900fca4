"""The form's content while it is being typed: texts, lines, what follows from them, what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from models.checks import run_checks
from models.checks.finding import Finding
from models.checks.rating import rated
from models.domain.content import InvoiceContent, Line
from models.domain.draft import LineChanges, entered, line_changes
from models.domain.states import InvoiceKind
from models.domain.typed_form import TypedForm
from models.queries.history import History
from models.queries.sheets import InvoiceSheet
from models.reference.rejections import RejectionBook
from tui.flows.form_fields import FORM, FormInput
from tui.text import display
from tui.text.faults import finding_sentence

_DAMAGED: Final = "abîmé dans la base : retapez"


class FormState:
    """What stands in the form.

    Args:
        sheet: the invoice as it was read.
        draft: what the form starts from: the invoice, or the invoice with what a card said.
        history: what the practice knows beside it.
    """

    def __init__(self, sheet: InvoiceSheet, draft: InvoiceContent, history: History) -> None:
        self.sheet = sheet
        self.history = history
        self.start = draft
        self.texts = {field.name: field.read(draft) for field in FORM}
        self.acts: tuple[Line, ...] = draft.acts
        self._acts_before: list[tuple[Line, ...]] = []
        self.errors: dict[str, str] = {}
        self.draft = draft
        self.findings: tuple[Finding, ...] = ()

    def take(self, sheet: InvoiceSheet, history: History) -> None:
        """Start again from what was just saved."""
        self.sheet, self.history = sheet, history
        self.start, self.acts = sheet.draft, sheet.draft.acts

    def read(self, today: date, book: RejectionBook) -> None:
        """Read the texts into the draft; what cannot be read keeps its last value and has its error."""
        draft = replace(self.start, acts=self.acts)
        self.errors = {}
        for field in FORM:
            if display.is_unreadable(self.texts[field.name]):
                self.errors[field.name] = _DAMAGED
                continue
            try:
                draft = field.write(draft, self.texts[field.name])
            except ValueError as error:
                if self.texts[field.name] != field.read(self.start):  # what came odd, and was not touched, may stay
                    self.errors[field.name] = str(error)
        if (draft.exemption, draft.nature) != (self.sheet.draft.exemption, self.sheet.draft.nature):
            draft = rated(draft)
        if self.sheet.kind == InvoiceKind.DRE:
            draft = draft.of_the_complementary()
        self.draft = draft
        whole = replace(self.sheet, draft=draft, total=draft.total, amo=draft.amo, amc=draft.amc)
        self.findings = run_checks(whole, today, self.history, book=book)

    @property
    def dirty(self) -> bool:
        """Whether leaving would lose something."""
        return bool(self.errors) or self.draft != self.sheet.draft

    def take_lines(self, acts: tuple[Line, ...]) -> None:
        """The lines after a gesture; those of before can be put back."""
        if acts != self.acts:
            self._acts_before.append(self.acts)
            self.acts = acts

    def undo_lines(self) -> bool:
        """Put the lines back as they were before the last gesture that is not undone; whether there was one."""
        if not self._acts_before:
            return False
        self.acts = self._acts_before.pop()
        return True

    def line_changes(self) -> LineChanges:
        """What became of the lines that the caisse rejected."""
        return line_changes((self.sheet.rejected_draft or self.sheet.draft).acts, self.draft.acts)

    def sent_lines(self) -> dict[int, Line]:
        """The lines (positions from 1) that were rejected as one enters them now: their amounts may differ."""
        before = {entered(act): act for act in (self.sheet.rejected_draft or self.sheet.draft).acts}
        found = ((position, before.get(entered(act))) for position, act in enumerate(self.draft.acts, start=1))
        return {position: act for position, act in found if act is not None}

    def typed(self) -> TypedForm:
        """What stands in the form, to be kept as it is."""
        return TypedForm(dict(self.texts), self.acts)

    def restore(self, typed: TypedForm) -> None:
        """Let stand in the form what was typed there before."""
        self.texts.update({name: text for name, text in typed.texts.items() if name in self.texts})
        self.take_lines(typed.lines)

    def note(self, name: str) -> tuple[str, bool]:
        """What stands beside a field, and whether it is an error: the error, the finding, the old value, the label."""
        field = next(field for field in FORM if field.name == name)
        old = self.sheet.rejected_draft or self.sheet.draft
        if name in self.errors:
            return f"✗ {self.errors[name]} ◂ {self.says(field, old) or 'vide'}", True
        if self.says(field, old) != self.says(field, self.draft):
            return f"◂ {self.says(field, old) or 'vide'}", False
        advice = next((finding_sentence(found) for found in self.findings if input_for(found.field) == name), "")
        if advice:
            return f"! {advice}", False
        return field.note(self.draft), False

    def says(self, field: FormInput, content: InvoiceContent) -> str:
        """What a field shows of a content; one without a line by those of the start: they tell a century."""
        return field.read(content if content.acts else replace(content, acts=self.start.acts))

    def notes(self) -> dict[str, tuple[str, bool]]:
        """The note of each field by its name; what keeps the invoice from being sent goes before what else is said."""
        stops = {input_for(finding.field): finding for finding in self.findings if finding.blocking}
        notes = {field.name: self.note(field.name) for field in FORM}
        for name in stops.keys() & notes.keys():
            if not notes[name][1]:
                notes[name] = f"✗ {finding_sentence(stops[name])}", True
        return notes

    def shown(self, name: str) -> bool:
        """Whether the field has its row: by the nature of insurance, or because something stands in it."""
        return name in self.errors or next(field for field in FORM if field.name == name).shown(self.draft)

    def tidied(self, name: str) -> str:
        """What a field shows once it is left: its value as it is kept, or what was typed where it has none."""
        if name in self.errors:
            return self.texts[name]
        self.texts[name] = self.says(next(field for field in FORM if field.name == name), self.draft)
        return self.texts[name]

    def first_fault(self) -> str | None:
        """The name of the first input that keeps the invoice from being saved; None where there is none."""
        return next((field.name for field in FORM if field.name in self.errors), None)


def input_for(field: str) -> str:
    """The first input that shows a field named by a rejection or a finding; « lines » is not an input."""
    return next((candidate.name for candidate in FORM if candidate.field == field), "lines")

"""Advice before validating: followed, or set aside with a reason that stays with the invoice."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from models.checks.finding import Finding
from tui import display
from tui.dialogs.dialog import Dialog
from tui.widgets.choice import Choice
from tui.widgets.field import Field

REASONS = {
    "a": "Attestation vue",
    "c": "Caisse consultée",
    "o": "Ordonnance relue",
}
"""The commonest reasons, each by its letter."""


class AdviceDialog(Dialog[str | None]):
    """What is advised, and a letter for each common reason to validate all the same; None: correct first.

    Args:
        findings: the advice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(letter, f"reason('{letter}')", reason, show=False) for letter, reason in REASONS.items()),
        Binding("m", "other", "Autre motif", show=False),
    ]

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        lines = tuple(f"! {finding.message}" for finding in findings[:5])
        choices = (
            Choice("Corriger", id="correct"),
            *(
                Choice(f"{reason.split()[0]} ({letter.upper()})", id=f"reason-{letter}")
                for letter, reason in REASONS.items()
            ),
        )
        super().__init__("À vérifier avant de valider", lines, choices, safe_answer=None)

    def compose_body(self) -> ComposeResult:
        """How to validate all the same, and a field for another reason."""
        yield Static(display.text("Pour valider quand même, dites pourquoi ; M pour un autre motif :"), classes="why")
        with Horizontal(classes="row"):
            yield Static(display.fit("Motif", 30))
            yield Field(id="reason", max_length=60)

    def action_reason(self, letter: str) -> None:
        """By the letter."""
        self.give(REASONS[letter])

    def action_other(self) -> None:
        """Type another reason."""
        self.query_one("#reason", Field).focus()

    @on(Input.Submitted, "#reason")
    def typed(self, event: Input.Submitted) -> None:
        """Another reason, in one's own words."""
        event.stop()
        if event.value.strip():
            self.give(" ".join(event.value.split()))

    def on_choice_taken(self, event: Choice.Taken) -> None:
        """By Enter."""
        event.stop()
        name = event.choice.id or ""
        self.give(REASONS[name[-1]] if name.startswith("reason-") else None)

"""Advice before validating: followed, or set aside with a reason that stays with the invoice."""

from __future__ import annotations

from textual import on
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from models.checks.finding import Finding
from tui.dialogs.choice import Choice
from tui.dialogs.dialog import Dialog, Labelled
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

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        lines = (
            *(f"! {finding.message}" for finding in findings[:5]),
            "Pour valider quand même, dites pourquoi ; M pour un autre motif :",
        )
        choices: list[Choice[str | None]] = [Choice("Corriger", None)]
        choices += [Choice(f"{why.split()[0]} ({letter.upper()})", why, letter) for letter, why in REASONS.items()]
        fields = (Labelled("Motif", Field(id="reason", max_length=60), 36),)
        super().__init__("À vérifier avant de valider", lines, choices, safe_answer=None, fields=fields)

    @property
    def first(self) -> Widget:
        """Correcting comes before any reason not to."""
        return self

    def on_key(self, event: Key) -> None:
        """M goes to the field for another reason."""
        if event.key in {"m", "M"} and self.screen.focused is self:
            event.stop()
            self.screen.set_focus(self.fields[0])

    @on(Input.Submitted, "#reason")
    def typed(self, event: Input.Submitted) -> None:
        """Another reason, in one's own words."""
        event.stop()
        if event.value.strip():
            self.give(" ".join(event.value.split()))

"""Advice before validating: followed, or set aside with a reason that stays with the invoice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from textual import on
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from models.checks.finding import Finding
from models.domain.findings import CheckName
from tui.dialogs.dialog import Choice, Dialog, Labelled
from tui.text import display
from tui.text.faults import located_sentence
from tui.widgets.text_field import TextField

REASONS: Final = {
    "a": "Attestation vue",
    "j": "Caisse jointe",
    "o": "Ordonnance vue",
}
"""The commonest reasons, each by its letter; C is none of them, as it corrects everywhere."""


_BELOW: Final = 5
"""Sentences of advice under which there is room for what the letters mean; that stands above more of them."""


class AdviceDialog(Dialog[str | None]):
    """What is advised, and a letter for each common reason to validate all the same; None: correct first.

    Args:
        findings: the advice.
        about: which invoices it is about, where they are several.
        known: of a check, what became of the invoices on which its advice was set aside before.
    """

    ESCAPE = "Renoncer"
    HELP_LINES = (("M", "Seul, aller au champ d’un autre motif ; Entrée y valide avec lui."),)

    given_up = False
    """Whether it was left by Escape: neither validated nor to be corrected now."""

    def __init__(
        self, findings: tuple[Finding, ...], about: tuple[str, ...] = (), known: Mapping[CheckName, str] | None = None
    ) -> None:
        letters = (
            "C corrige. Les autres lettres valident quand même, avec ce motif :",
            " · ".join(f"{letter.upper()} {why.lower()}" for letter, why in REASONS.items()) + " · M autre",
        )
        said = tuple(_advised(findings, known or {}))
        lines = (*about, *letters, *said) if len(said) > _BELOW else (*about, *said, *letters)
        choices: list[Choice[str | None]] = [Choice("Corriger (C)", None, "c")]
        choices += [Choice(f"Valider ({letter.upper()})", why, letter, writes=True) for letter, why in REASONS.items()]
        fields = (Labelled("M autre motif, Entrée valide", TextField(id="reason", room=60), 36),)
        super().__init__("À vérifier avant de valider", lines, choices, safe_answer=None, fields=fields)

    @property
    def first(self) -> Widget:
        """Correcting comes before any reason not to."""
        return self

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The reasons together: each validates."""
        reasons = " ".join(letter.upper() for letter in REASONS)
        also = [("M", "Autre motif"), ("Entrée", "Prendre"), ("F1", "Aide"), ("Échap", self.escape)]
        return [("C", "Corriger"), (reasons, "Valider"), *also]

    @property
    def help_lines(self) -> list[tuple[str, str]]:
        """Each reason by its letter."""
        said = {f"{letter.upper()}": f"Valider, motif : {why.lower()}." for letter, why in REASONS.items()}
        return [(key, said.get(key, does)) for key, does in super().help_lines]

    def give_up(self) -> None:
        """Escape goes back to where « Valider » was asked."""
        self.given_up = not self.answer.done()
        super().give_up()

    def on_key(self, event: Key) -> None:
        """M goes to the field for another reason, once the question is seen: what follows is written and validates."""
        if event.key in {"m", "M"} and self.screen.focused is self and event.time >= self.shown_at:
            event.stop()
            self.screen.set_focus(self.fields[0])

    @on(Input.Submitted, "#reason")
    def typed(self, event: Input.Submitted) -> None:
        """Another reason, in one's own words."""
        event.stop()
        if event.value.strip():
            self.give(" ".join(event.value.split()))


def _advised(findings: Iterable[Finding], known: Mapping[CheckName, str]) -> Iterator[str]:
    """Each advice; once a check, what setting it aside came to."""
    left = dict(known)
    for finding in findings:
        yield f"! {located_sentence(finding)}"
        if finding.check in left:
            yield f"  {left.pop(finding.check).capitalize()}."


_NAMED: Final = 8
"""Numbers that the question names."""


def about_several(numbers: Sequence[int], findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What is advised of several invoices, each advice once, and the sentence that names them."""
    shown = ", ".join(str(number) for number in numbers[:_NAMED])
    which = f"{display.plural(len(numbers), 'facture', 'factures')} : {shown}{', …' if numbers[_NAMED:] else ''}."
    return tuple({finding.message: finding for finding in findings}.values()), (which,)

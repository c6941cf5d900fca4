"""Corriger pareil: the invoices with the mistake that was just corrected, each before and after, each checked."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from tui.base.desk_screen import DeskScreen
from tui.flows.alike import Candidate, Done, candidates, correct
from tui.terminal import pens
from tui.text import display, places
from tui.text.faults import finding_sentence
from tui.text.text_columns import Cells, TextColumn
from tui.widgets.about import About
from tui.widgets.text_list import TextList


class CorrectAlike(DeskScreen):
    """All are marked; what is not meant is taken out, then all that are left are corrected after one question.

    Args:
        corrected: the invoice that was corrected and validated.
    """

    PLACE = places.ALIKE
    KEYS = ("correct", "pick", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,f4", "correct", "Corriger et valider", key_display="V/F4",
                tooltip="Corriger comme la première toutes celles qui sont marquées, et les valider."),
        Binding("space,f8", "pick", "Marquer", key_display="Espace/F8",
                tooltip="Marquer la facture, ou ne plus la marquer."),
        Binding("s,f9", "pick_all", "Tout marquer", key_display="S/F9",
                tooltip="Tout marquer ; encore une fois : plus rien."),
    ]  # fmt: skip

    rows = getters.query_one("#alike", TextList)
    about = getters.query_one(About)

    def __init__(self, corrected: int) -> None:
        super().__init__()
        self.corrected = corrected
        self.found: tuple[Candidate, ...] = ()
        self.picked: set[int] = set()
        self.done: dict[int, Done] = {}

    def compose_body(self) -> ComposeResult:
        """The list, and the selected one in full."""
        yield TextList(_COLUMNS, "Aucune autre facture non validée n’a la même erreur.", id="alike")
        yield About()

    def on_mount(self) -> None:
        """Look for them."""
        super().on_mount()
        self.rows.focus()
        self.begin(self._look())

    async def _look(self) -> None:
        today, book = self.desk.today(), self.book
        self.found = await self.perform(lambda: candidates(self.corrected, today, book)) or ()
        self.picked = {one.sheet.id for one in self.found}
        self._show()
        self._tell_picked()

    def refusal(self, action: str) -> str | None:
        """Nothing to correct where nothing is marked."""
        if action == "correct" and not self._wanted():
            return "Aucune facture marquée à corriger."
        return super().refusal(action)

    def action_pick(self) -> None:
        """Mark the selected one, or no longer; on to the next."""
        if self.found:
            self.picked ^= {self.found[self.rows.cursor].sheet.id}
            self._show()
            self.rows.action_move(1)
            self._tell_picked()

    def action_pick_all(self) -> None:
        """All, or none where all are marked."""
        every = {one.sheet.id for one in self.found}
        self.picked = set() if self.picked == every else every
        self._show()
        self._tell_picked()

    def action_correct(self) -> None:
        """Ask, then correct and validate those that are marked."""
        if reason := self.refusal("correct"):
            self.refuse(reason)
        else:
            self.begin(self._correct())

    async def _correct(self) -> None:
        wanted = self._wanted()
        agreed = await correct(self, wanted, self._take)
        self.desk.spend_keys()
        if agreed:
            done_now = (self.done.get(one.sheet.id) for one in wanted)
            validated = sum(done is not None and done.said == "validée" for done in done_now)
            left = len(wanted) - validated
            ready = ("facture validée, prête à transmettre", "factures validées, prêtes à transmettre")
            done = display.plural(validated, *ready) if validated else "Aucune facture validée"
            self.tell(f"{done}{_left(left)}.")

    def _take(self, invoice_id: int, done: Done) -> None:
        self.done[invoice_id] = done
        self.picked.discard(invoice_id)
        self._show()

    def _wanted(self) -> list[Candidate]:
        return [one for one in self.found if one.sheet.id in self.picked and one.sheet.id not in self.done]

    def on_resize(self, event: Resize) -> None:
        """Say of each change what there is room for."""
        super().on_resize(event)
        self._show()

    def _show(self) -> None:
        self.rows.lines = tuple(self._line(one) for one in self.found)
        self.tell_about()
        self.refresh_keys()

    def _tell_picked(self) -> None:
        total = display.money(sum(one.draft.total for one in self._wanted()))
        self.tell(f"{display.plural(len(self._wanted()), 'marquée', 'marquées')}, {total} € · la même erreur")

    @on(TextList.Highlighted)
    def tell_about(self) -> None:
        """The selected one: what changes, what is found, what became of it."""
        if not self.found:
            return
        one = self.found[min(self.rows.cursor, len(self.found) - 1)]
        done = self.done.get(one.sheet.id)
        said = [("Change", f"{label} : {before or 'vide'} → {after or 'vide'}") for label, before, after in one.changes]
        if done is not None:
            said = [("Fait", done.said), *(("", why) for why in done.why), *said]
        else:
            said += [("Arrêt" if found.blocking else "Conseil", finding_sentence(found)) for found in one.findings]
        self.about.said = tuple(said)

    def _line(self, one: Candidate) -> Cells:
        label, before, after = one.changes[0]
        more = f" +{len(one.changes) - 1}" if len(one.changes) > 1 else ""
        change = f"{before or 'vide'} → {after or 'vide'}{more}"
        named = f"{label} {change}"
        done, spare = self.done.get(one.sheet.id), max(0, self.size.width - _NARROWEST)
        return (
            f"{'*' if one.sheet.id in self.picked else ' '}{display.number(one.sheet.number)}",
            display.fit_person(one.draft.last_name, one.draft.first_name, _WHO + spare // 4),
            named if len(named) <= _CHANGE + spare // 2 else change,
            display.money(one.draft.total),
            done.said if done else one.said,
        )


_NARROWEST: Final = 80
_WHO: Final = 18
"""Cells of the patient in the narrowest window; beyond, a quarter of what there is more."""
_CHANGE: Final = 25
"""Cells of what changes there; beyond, half of it."""
_COLUMNS: Final = (
    TextColumn(" N°", 10),
    TextColumn("Patient", _WHO, grow=1),
    TextColumn("Ce qui change", _CHANGE, grow=2),
    TextColumn("Montant", 9, right=True),
    TextColumn("Contrôle", 12, grow=1, pen=lambda said: pens.PAID if said == "validée" else pens.PLAIN),
)


def _left(left: int) -> str:
    return f" ; {display.plural(left, 'reste', 'restent')} à corriger ou à vérifier" if left else ""

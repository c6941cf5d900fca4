"""Every right that a document showed of a person; one that was noted by mistake is withdrawn here."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from models.commands.withdraw_right import RightWithdrawn, withdraw_right
from models.domain.refusals import Refused
from models.queries.people import Person, PersonSheet, SeenRight, person_sheet
from tui.base.desk_screen import DeskScreen
from tui.dialogs.reason import ReasonDialog
from tui.text import places
from tui.text.people import RIGHTS, identity, right_cells, seen_right
from tui.text.refusals import refusal_sentence
from tui.widgets.about import About
from tui.widgets.text_list import TextList


class Rights(DeskScreen):
    """The latest first, the selected one in full under the list.

    Args:
        person: whose they are.
    """

    PLACE = places.RIGHTS
    KEYS = ("withdraw", "help", "back")
    AUTO_FOCUS = "TextList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,f6", "withdraw", "Retirer ce droit", key_display="D/F6",
                tooltip="Retirer un droit noté par erreur : il reste écrit, il ne compte plus."),
    ]  # fmt: skip

    lines = getters.query_one(TextList)
    about = getters.query_one(About)

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person
        self.rights: tuple[SeenRight, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The list, and the selected one."""
        yield TextList(RIGHTS, "Aucun droit noté.", ruled=True)
        yield About()

    def read_again(self) -> None:
        """The rights as they are now."""
        self.tell_state(identity(self.person, self.desk.today()))
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        sheet: PersonSheet | None = await self.perform(partial(person_sheet, self.person))
        if sheet is not None:
            self.rights = sheet.rights
            self.lines.reread(tuple(map(right_cells, sheet.rights)))
            self.show_right()

    @property
    def selected(self) -> SeenRight | None:
        """The one under the cursor."""
        return self.rights[self.lines.cursor] if self.lines.cursor < len(self.rights) else None

    @on(TextList.Highlighted)
    def show_right(self) -> None:
        """The selected one in full."""
        self.about.position = self.lines.position
        seen = self.selected
        self.about.said = () if seen is None else (("Droit", seen_right(seen)),)
        self.refresh_keys()

    def refusal(self, action: str) -> str | None:
        """Only what stands is withdrawn."""
        if action == "withdraw":
            seen = self.selected
            if seen is None:
                return "Aucun droit sélectionné."
            return None if seen.stands else "Ce droit est déjà retiré."
        return super().refusal(action)

    def action_withdraw(self) -> None:
        """Ask why, and withdraw the selected one."""
        seen, reason = self.selected, self.refusal("withdraw")
        if reason is not None or seen is None:
            self.refuse(reason or "")
        else:
            self.begin(self._withdraw(seen))

    async def _withdraw(self, seen: SeenRight) -> None:
        lines = (f"{seen_right(seen)}.", "Il reste écrit avec votre nom et le jour ; il ne compte plus.")
        why = await self.ask(ReasonDialog("Retirer ce droit ?", lines))
        if why is None:
            self.tell("Rien n’a été retiré.")
            return
        author = self.desk.author()
        outcome = await self.perform(lambda: withdraw_right(seen.id, why, author))
        self.command_done()
        match outcome:
            case RightWithdrawn():
                self.tell("Droit retiré : il ne compte plus.")
            case Refused():
                await self.show("Rien n’a été retiré", refusal_sentence(outcome))
            case None:
                pass  # `perform` has said why

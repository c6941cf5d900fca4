"""Relever les retours: the NOEMIE files that wait, and the answers that wait for a decision."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from models.commands.receive import AlreadyReceived, Received, receive_return
from models.commands.settle_answer import TAKEABLE, Settled, settle_answer
from models.commands.settle_return import ReturnSettled, settle_return
from models.domain.actions import Action
from models.domain.exchanges import AnsweredDocument, AnswerOutcome
from models.domain.refusals import Refused
from models.domain.states import InvoiceKind, InvoiceState
from models.queries.files import file_name, unread_returns
from models.queries.operators import may_not
from models.queries.preview import preview_return
from models.queries.returns import AsideAnswer, HeldReturn, aside_answers, held_returns
from models.queries.sheets import find_number, invoice_sheet
from tui.base.desk_screen import DeskScreen
from tui.base.reading import Reading
from tui.base.underway import Underway
from tui.dialogs.settle import SeeReturn, SettleAnswer, SettleReturn
from tui.screens.received_returns import ReceivedReturns
from tui.text import display, places
from tui.text.decisions import (
    HELD,
    answer_said,
    answer_settled,
    answered,
    changed_parts,
    held_facts,
    known_by_hand,
    return_settled,
)
from tui.text.movements import movement_line
from tui.text.previews import preview_lines
from tui.text.refusals import refusal_sentence
from tui.text.state_words import ASIDE, DOCUMENTS, SHARES, capital, share_pen
from tui.text.text_columns import Cells, TextColumn
from tui.text.typed_path import typed_path
from tui.widgets.text_field import TextField
from tui.widgets.text_list import TextList

_ANSWERS: Final = (
    TextColumn("Mises de côté", 13),
    TextColumn("Lot", 4, right=True),
    TextColumn("AMO", 3, pen=share_pen),
    TextColumn("AMC", 3, pen=share_pen),
    TextColumn("Code", 9),
    TextColumn("Pourquoi", 22),
    TextColumn("Fichier", 18, grow=1),
)


class Returns(DeskScreen):
    """The files of the returns folder above, the answers kept aside below."""

    PLACE = places.RETURNS
    WRITES = frozenset({"receive"})
    KEYS = ("receive", "path", "settle", "received", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,f4", "receive", "Relever", key_display="R/F4", tooltip="Lire tous les retours du dossier."),
        Binding("c,f3", "path", "Autre fichier", key_display="C/F3", tooltip="Donner le chemin d’un autre retour."),
        Binding("d,f6", "settle", "Trancher", key_display="D/F6",
                tooltip="Décider de la réponse ou du retour sélectionné en bas."),
        Binding("l,f5", "received", "Lus", key_display="L/F5",
                tooltip="Les retours déjà lus : virements, retenues, remarques ; en défaire un."),
        Binding("enter", "see", "Voir", show=False, key_display="Entrée",
                tooltip="Voir le retour sélectionné avant de le relever, lui seul."),
    ]  # fmt: skip

    files = getters.query_one("#files", TextList)
    answers = getters.query_one("#answers", TextList)
    path_field = getters.query_one("#path", TextField)

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Path] = []
        self.aside: list[HeldReturn | AsideAnswer] = []
        self._first_look = True

    def compose_body(self) -> ComposeResult:
        """A path field, hidden; the two lists."""
        yield TextField(placeholder="chemin du fichier, puis Entrée", id="path")
        yield TextList("Retours à relever", "Aucun retour à relever dans le dossier.", id="files")
        yield TextList(_ANSWERS, "Aucune réponse à trancher.", id="answers")

    def on_mount(self) -> None:
        """The list of files has the keys."""
        super().on_mount()
        self.path_field.display = False
        self.files.focus()

    def read_again(self) -> None:
        """What waits, in the folder and for a decision."""
        self.run_worker(self._look(), exclusive=True, group="look")

    async def _look(self) -> None:
        inbox = self.desk.practice.place.inbox
        found = await self.perform(lambda: (unread_returns(inbox), _waiting()))
        if found is None:
            return
        self.waiting, self.aside = found
        self.files.reread(tuple(file_name(path) for path in self.waiting))
        self.answers.reread(
            tuple(_held_line(one) if isinstance(one, HeldReturn) else _answer_line(one) for one in self.aside)
        )
        if self._first_look and self.aside and not self.waiting and self.focused is self.files:
            self.answers.focus()  # what there is to do is there
        self._first_look = False
        self.tell_state(f"Dossier des retours : {display.path_end(str(inbox), 58)}")
        self.refresh_keys()

    def refusal(self, action: str) -> str | None:
        """Nothing to read; nothing to decide."""
        if action == "receive" and not self.waiting:
            return "Aucun retour à relever dans le dossier."
        if action == "settle" and not self.aside:
            return "Aucune réponse à trancher."
        return super().refusal(action)

    def action_receive(self) -> None:
        """Read every file that waits."""
        if reason := self.refusal("receive"):
            self.refuse(reason)
        else:
            self.begin(self._receive(tuple(self.waiting)))

    def action_path(self) -> None:
        """Ask for a path."""
        self.path_field.display = True
        self.path_field.focus()

    @on(Input.Submitted, "#path")
    def path_given(self, event: Input.Submitted) -> None:
        """Read the file at this path."""
        if event.value.strip():
            self.begin(self._receive_typed(event.value))

    def action_back(self) -> None:
        """Escape first closes the path, then leaves."""
        if self.path_field.display:
            self.path_field.display = False
            self.files.focus()
        else:
            super().action_back()

    async def _receive_typed(self, typed: str) -> None:
        path = await self.perform(lambda: typed_path(typed))
        if path is not None:
            await self._receive((path,))

    async def _receive(self, paths: tuple[Path, ...]) -> None:
        author = self.desk.author()
        lines: list[str] = []
        received: list[Received] = []
        unread = False
        reading = Reading(self)
        for path in paths:
            if not reading.begin(file_name(path)):
                break
            inside = await reading.inside(path, "noemie")
            unread = unread or inside is None
            lines.extend(inside.aside if inside else ())
            for file in inside.files if inside else ():
                outcome = await self.perform(partial(receive_return, file.data, file.name, author, reading.step))
                match outcome:
                    case Received():
                        received.append(outcome)
                        lines.append(received_line(outcome))
                        lines.extend(f"  {sentence}" for sentence in outcome.wrong_totals)
                        if outcome.held:
                            lines.append(f"  {HELD}")
                        lines.extend(f"  {movement_line(movement)}" for movement in outcome.movements)
                        lines.extend(f"  {display.clean(warning, 1000)}" for warning in outcome.warnings)
                    case AlreadyReceived(name, _):
                        lines.append(f"{name} : déjà relevé, rien n’a changé.")
                    case None:
                        pass  # `perform` has said why
        if unread and self.path_field.display:
            self.path_field.take(self.path_field.value)  # to be mended, not typed anew
        else:
            self.path_field.display = False
            self.files.focus()
        stopped = reading.stopped()
        await self._look()
        self.desk.spend_keys()
        if stopped and received:
            self.tell(f"Arrêté : {display.plural(len(received), 'retour relevé', 'retours relevés')}, le reste attend.")
        elif stopped:
            self.tell(stopped)
        elif lines:
            await self.show("Retours relevés", *total_lines(received), *lines)

    def action_see(self) -> None:
        """Show what the selected file holds; take it, or leave it."""
        if self.files.has_focus and self.waiting:
            self.begin(self._see(self.waiting[self.files.cursor]))

    async def _see(self, path: Path) -> None:
        reading = Reading(self)
        reading.begin(file_name(path))
        inside = await reading.inside(path, "noemie")
        lines: list[str] = list(inside.aside) if inside else []
        for file in inside.files if inside else ():
            digest = hashlib.sha256(file.data).hexdigest()
            seen = await self.perform(partial(preview_return, file.data, digest))
            lines += preview_lines(file.name, seen) if seen else ()
        self.tell(reading.stopped() or "")
        if not lines:
            return  # `perform` has said why
        if await self.ask(SeeReturn(tuple(lines))):
            await self._receive((path,))
        else:
            self.tell(f"{file_name(path)} : il attend, rien n’a été relevé.")

    def action_received(self) -> None:
        """The returns that were read."""
        self.app.push_screen(ReceivedReturns())

    def action_settle(self) -> None:
        """Decide on the selected answer."""
        if not self.aside:
            self.refuse("Aucune réponse à trancher.")
            return
        self.answers.focus()  # its mark shows what the question is about
        chosen = self.aside[self.answers.cursor]
        self.begin(self._settle_return(chosen) if isinstance(chosen, HeldReturn) else self._settle(chosen))

    async def _settle_return(self, held: HeldReturn) -> None:
        operator = self.desk.operator
        if refused := await self.perform(lambda: may_not(operator, Action.SETTLE_RETURN)):
            self.tell(refusal_sentence(refused))
            return
        lines = (f"{display.clean(held.file_name)} : {held_facts(held)}.", *held.wrong_totals[:6])
        fate = await self.ask(SettleReturn(lines))
        if fate == "later":
            self.tell("Rien n’a été décidé, le retour attend.")
            return
        author = self.desk.author()
        underway = Underway(self, "Retour à trancher…")
        outcome = await self.perform(lambda: settle_return(held.id, fate == "take", author, underway.step))
        await self._look()
        self.desk.spend_keys()
        match outcome:
            case ReturnSettled():
                self.tell(return_settled(outcome))
            case Refused() as refused:
                await self.show("Rien n’a été changé", refusal_sentence(refused))
            case None if underway.stopped:
                self.tell("Arrêté : rien n’a été décidé, le retour attend.")
            case None:
                pass  # `perform` has said why

    async def _settle(self, answer: AsideAnswer) -> None:
        patient = await self.perform(lambda: _patient(answer))
        if patient is None:
            return
        lines = (
            f"{capital(answered(answer.document, answer.number))}, {patient or 'patient inconnu'}.",
            f"La réponse : {answer_said(answer)}.",
            f"Mise de côté : {ASIDE[answer.outcome].short}.",
            f"Fichier : {display.clean(answer.file_name)}",
            *known_by_hand(answer),
        )
        fate = await self.ask(SettleAnswer(lines, takeable=answer.outcome in TAKEABLE))
        if fate == "later":
            self.tell(f"{capital(answered(answer.document, answer.number))} : rien n’a été décidé, la réponse attend.")
            return
        author = self.desk.author()
        outcome = await self.perform(lambda: settle_answer(answer.id, fate == "take", author))
        await self._look()
        self.desk.spend_keys()
        match outcome:
            case Settled():
                self.tell(answer_settled(outcome))
            case Refused() as refused:
                await self.show("Rien n’a été changé", refusal_sentence(refused))
            case None:
                pass  # `perform` has said why


def total_lines(received: Sequence[Received]) -> list[str]:
    """What several returns said in all; nothing of one, whose own line says it."""
    if len(received) < 2:
        return []
    states: Counter[InvoiceState] = Counter()
    for each in received:
        states.update(each.states)
    parts = changed_parts(states, sum(each.aside for each in received))
    answers = display.plural(sum(each.answers for each in received), "réponse", "réponses")
    paid = display.money(sum(each.paid for each in received if not each.held))
    return [f"En tout : {len(received)} retours, {answers}, {paid} € payés{' : ' if parts else ''}{', '.join(parts)}."]


def received_line(outcome: Received) -> str:
    """A return that was read, in one line."""
    parts = changed_parts(outcome.states, outcome.aside)
    if outcome.confirmed:
        parts.append(display.plural(outcome.confirmed, "note confirmée", "notes confirmées"))
    answers = display.plural(outcome.answers, "réponse", "réponses")
    states = f" : {', '.join(parts)}" if parts else ""
    paid = "annoncés" if outcome.held else "payés"
    return f"{outcome.file_name} : {answers}, {display.money(outcome.paid)} € {paid}{states}."


def _waiting() -> list[HeldReturn | AsideAnswer]:
    """What waits for a decision: the whole returns, then the answers that wait each for its own."""
    return [*held_returns(), *(one for one in aside_answers() if one.outcome != AnswerOutcome.WRONG_TOTAL)]


def _held_line(held: HeldReturn) -> str:
    what = display.fit(f"{display.plural(held.answers, 'réponse', 'réponses')} du retour entier", 36)
    why = display.fit(ASIDE[AnswerOutcome.WRONG_TOTAL].short, 22)
    return f"{what} {why} {display.clean(held.file_name)}"


def _patient(answer: AsideAnswer) -> str:
    """The patient of the invoice that the answer was held against, or of all that bear its number; empty: none."""
    found = [answer.invoice] if answer.invoice else [m.id for m in find_number(answer.number, answer.practitioner)]
    drafts = [invoice_sheet(identifier).draft for identifier in found]
    people = {display.person(draft.last_name, draft.first_name) for draft in drafts}
    return people.pop() if len(people) == 1 else ""


def _answer_line(answer: AsideAnswer) -> Cells:
    return (
        display.number(answer.number),
        f"{answer.lot:03d}" if answer.lot else "",
        DOCUMENTS[InvoiceKind.DRE] if answer.document == AnsweredDocument.DRE else SHARES[answer.amo_state].letters,
        SHARES[answer.amc_state].letters,
        answer.codes[0] if answer.codes else "",
        ASIDE[answer.outcome].short,
        answer.file_name,
    )

"""Relever les retours: the NOEMIE files that wait, and the answers that wait for a decision."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from models.commands.receive import AlreadyReceived, Received, receive_return
from models.commands.settle_answer import TAKEABLE, Settled, settle_answer
from models.domain.exchanges import Decision
from models.domain.refusals import Refused
from models.domain.states import InvoiceState, ShareState
from models.queries.files import file_name, files_in, typed_path, unread_returns
from models.queries.returns import AsideAnswer, aside_answers
from models.queries.sheets import find_number, invoice_sheet
from tui.base.desk_screen import DeskScreen
from tui.dialogs.settle import SettleAnswer
from tui.text import display, places
from tui.text.movements import movement_line
from tui.text.refusals import refusal_sentence
from tui.text.state_words import ASIDE, SHARES
from tui.widgets.text_field import TextField
from tui.widgets.text_list import TextList


class Returns(DeskScreen):
    """The files of the returns folder above, the answers kept aside below."""

    PLACE = places.RETURNS
    KEYS = ("receive", "path", "settle", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,f4", "receive", "Relever", key_display="R/F4", tooltip="Lire tous les retours du dossier."),
        Binding("c,f3", "path", "Autre fichier", key_display="C/F3", tooltip="Donner le chemin d’un autre retour."),
        Binding("d,f6", "settle", "Trancher", key_display="D/F6",
                tooltip="Décider de la réponse mise de côté qui est sélectionnée."),
    ]  # fmt: skip

    files = getters.query_one("#files", TextList)
    answers = getters.query_one("#answers", TextList)
    path_field = getters.query_one("#path", TextField)

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Path] = []
        self.aside: list[AsideAnswer] = []

    def compose_body(self) -> ComposeResult:
        """A path field, hidden; the two lists."""
        yield TextField(placeholder="chemin du fichier, puis Entrée", id="path")
        yield TextList("Retours à relever", "Aucun retour à relever dans le dossier.", id="files")
        yield TextList(
            f"{'Mises de côté':<10} {'Lot':>4} {'AMO':<4}{'AMC':<4}{'Code':<9} {'Pourquoi':<22} Fichier",
            "Aucune réponse à trancher.",
            id="answers",
        )

    def on_mount(self) -> None:
        """Look at what waits."""
        super().on_mount()
        self.path_field.display = False
        self.files.focus()
        self.run_worker(self._look(), exclusive=True, group="look")

    async def _look(self) -> None:
        inbox = self.desk.practice.place.inbox
        found = await self.perform(lambda: (unread_returns(inbox), aside_answers()))
        if found is None:
            return
        self.waiting, self.aside = found
        self.files.lines = tuple(file_name(path) for path in self.waiting)
        self.answers.lines = tuple(_answer_line(answer) for answer in self.aside)
        self.tell(f"Dossier des retours : {display.path_end(str(inbox), 58)}")
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
            self.tell(reason)
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
        for path in paths:
            self.tell(f"Lecture de {file_name(path)}…")
            inside = await self.perform(partial(files_in, path, "noemie"))
            lines.extend(inside.aside if inside else ())
            for file in inside.files if inside else ():
                outcome = await self.perform(partial(receive_return, file.data, file.name, author))
                match outcome:
                    case Received():
                        lines.append(received_line(outcome))
                        lines.extend(f"  {movement_line(movement)}" for movement in outcome.movements)
                    case AlreadyReceived(name, _):
                        lines.append(f"{name} : déjà relevé, rien n’a changé.")
                    case None:
                        pass  # `perform` has said why
        self.path_field.display = False
        self.files.focus()
        await self._look()
        if lines:
            await self.show("Retours relevés", *lines[:14])

    def action_settle(self) -> None:
        """Decide on the selected answer."""
        if not self.aside:
            self.tell("Aucune réponse à trancher.")
            return
        self.begin(self._settle(self.aside[self.answers.cursor]))

    async def _settle(self, answer: AsideAnswer) -> None:
        patient = await self.perform(lambda: _patient(answer))
        if patient is None:
            return
        lines = (
            f"Facture {f'n° {answer.number}' if answer.number else 'sans numéro'}, {patient or 'patient inconnu'}.",
            f"La réponse : {_said(answer)}.",
            f"Mise de côté : {ASIDE[answer.outcome].short}.",
        )
        fate = await self.ask(SettleAnswer(lines, takeable=answer.outcome in TAKEABLE))
        if fate == "later":
            self.tell(f"Facture n° {answer.number} : rien n’a été décidé, la réponse attend.")
            return
        author = self.desk.author()
        outcome = await self.perform(lambda: settle_answer(answer.id, fate == "take", author))
        await self._look()
        match outcome:
            case Settled(number, decision):
                self.tell(f"Facture n° {number} : réponse {'appliquée' if decision == Decision.TAKEN else 'écartée'}.")
            case Refused() as refused:
                await self.show("Rien n’a été changé", refusal_sentence(refused))
            case None:
                pass  # `perform` has said why


def received_line(outcome: Received) -> str:
    """A return that was read, in one line."""
    words = (
        (InvoiceState.PAID, "payée", "payées"),
        (InvoiceState.REJECTED, "rejetée", "rejetées"),
        (InvoiceState.REPROCESSING, "en recyclage", "en recyclage"),
        (InvoiceState.PARTLY_PAID, "partielle", "partielles"),
    )
    parts = [display.plural(outcome.states[state], one, more) for state, one, more in words if state in outcome.states]
    if outcome.aside:
        parts.append(display.plural(outcome.aside, "mise de côté", "mises de côté"))
    answers = display.plural(outcome.answers, "réponse", "réponses")
    states = f" : {', '.join(parts)}" if parts else ""
    return f"{outcome.file_name} : {answers}, {display.money(outcome.paid)} € payés{states}."


def _patient(answer: AsideAnswer) -> str:
    """The patient of the invoice that the answer names; empty where there is no such invoice."""
    for match in find_number(answer.number, answer.practitioner):
        draft = invoice_sheet(match.id).draft
        return display.person(draft.last_name, draft.first_name)
    return ""


def _said(answer: AsideAnswer) -> str:
    words = {
        ShareState.PAID: "payée",
        ShareState.REJECTED: "rejetée",
        ShareState.DEFERRED: "différée",
        ShareState.NONE: "sans réponse",
    }
    shares = (("AMO", answer.amo_state, answer.amo_paid), ("AMC", answer.amc_state, answer.amc_paid))
    said = [
        f"{share} {words[state]}" + (f" {display.money(paid)} €" if state == ShareState.PAID else "")
        for share, state, paid in shares
    ]
    return ", ".join((*said, *(f"code {code}" for code in answer.codes[:3])))


def _answer_line(answer: AsideAnswer) -> str:
    code = display.fit(answer.codes[0] if answer.codes else "", 9)
    lot = f"{answer.lot:03d}" if answer.lot else ""
    why = display.fit(ASIDE[answer.outcome].short, 22)
    amo, amc = SHARES[answer.amo_state].letters, SHARES[answer.amc_state].letters
    return (
        f"{display.number(answer.number):<10} {lot:>7} {amo:<4}{amc:<4}{code} {why} {display.clean(answer.file_name)}"
    )

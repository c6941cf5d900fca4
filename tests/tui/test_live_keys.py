"""Every key that is live anywhere is one that we declared, and F1 tells of it: screens and questions alike."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest

import tui.dialogs
from models.checks.finding import Finding
from models.commands.cancel import CancelledTogether
from models.domain.exchanges import Arl
from models.domain.findings import CheckName, FindingLevel
from models.domain.numbering import Numbering
from models.domain.place import Practice
from models.domain.states import ShareName, ShareState
from models.reference.rejections import our_book
from tests.models.practice import an_act, contents
from tests.tui.desk import CANCEL, MENU, Desk, at_desk
from tests.tui.test_keys import DETAIL, FORM, go
from tests.tui.ways import already_cancelled
from tui.app import AccueilApp
from tui.dialogs.advice import AdviceDialog
from tui.dialogs.amc import AmcDialog
from tui.dialogs.attestation import AttestationDialog
from tui.dialogs.classify import ClassifyDialog
from tui.dialogs.code import ChooseCode
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import Dialog
from tui.dialogs.document import DocumentChoice
from tui.dialogs.form import FormDialog
from tui.dialogs.give_up import GiveUpDialog
from tui.dialogs.line import LineDialog
from tui.dialogs.note import ArlDialog, NoteChoice, NoteDialog, NoteKind, WithdrawDialog
from tui.dialogs.notice import Notice
from tui.dialogs.numbering import NumberingForm, NumberingProposal
from tui.dialogs.printing import PrintChoice
from tui.dialogs.reason import ReasonDialog
from tui.dialogs.reminder import ReminderDialog
from tui.dialogs.resume import Resume
from tui.dialogs.settle import SeeReturn, SettleAnswer, SettleLot, SettleReturn
from tui.dialogs.sheets import SheetsDialog, StepDialog
from tui.dialogs.vitale import Prepare, VitaleStep
from tui.screens.correct_alike import CorrectAlike
from tui.screens.known_rejection import KnownRejection
from tui.screens.locked import Locked
from tui.screens.memo import Memo
from tui.screens.new_numbers import NewNumbers
from tui.screens.ready_invoices import ReadyInvoices
from tui.screens.received_returns import ReceivedReturns

NAMES = {
    **dict.fromkeys(("up", "down", "left", "right", "shift+left", "shift+right"), "Flèches"),
    **dict.fromkeys(("ctrl+left", "ctrl+right", "backspace"), "Flèches"),
    **dict.fromkeys(("home", "shift+home"), "Début"),
    **dict.fromkeys(("end", "shift+end"), "Fin"),
    "pageup": "Page préc.",
    "pagedown": "Page suiv.",
    "tab": "Tab",
    "shift+tab": "Maj+Tab",
    "enter": "Entrée",
    "escape": "Échap",
    "delete": "Suppr",
    "space": "Espace",
    "ctrl+q": "Ctrl+Q",
    "ctrl+l": "Ctrl+L",
    "ctrl+o": "Ctrl+O",
    "ctrl+p": "Ctrl+P",
    "ctrl+u": "Ctrl+U",
    "ctrl+k": "Ctrl+K",
    "ctrl+w": "Ctrl+W",
}
"""How F1 writes a key; a letter and a function key by themselves."""


def undeclared(desk: Desk) -> list[str]:
    """The live keys whose binding no class of ours declares: the framework's own, that nobody chose."""
    return [key for key, live in desk.screen.active_bindings.items() if key not in _declared(type(live.node))]


def _declared(owner: type) -> set[str]:
    ours = [cls for cls in owner.__mro__ if cls.__module__.startswith("tui.")]
    return {key for cls in ours for binding in cls.__dict__.get("BINDINGS", ()) for key in binding.key.split(",")}


def untold(help_lines: list[tuple[str, str]], keys: list[str]) -> list[str]:
    """The keys that the help does not name."""
    told = " ".join(f"{key} {does}" for key, does in help_lines)
    words = {word for part in told.split() for word in part.strip(".,;:").split("/")}
    return [key for key in keys if NAMES.get(key, key.upper()) not in words and NAMES.get(key, "?") not in told]


@pytest.mark.parametrize("screen", [*AccueilApp.SCREENS, FORM, DETAIL])
async def test_on_every_screen(practice: Practice, screen: str) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await go(desk, screen)
        assert undeclared(desk) == []
        assert untold(desk.screen.help_lines(), [*desk.screen.active_bindings]) == []
        await desk.press("f1")
        assert desk.question().startswith("Aide : ")


async def test_on_the_screens_that_open_from_others(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        for screen in (
            *(Memo(), KnownRejection("0460 053"), ReadyInvoices(), ReceivedReturns()),
            *(NewNumbers(CancelledTogether((), ())), CorrectAlike(1), Locked(True, lambda: None)),
        ):
            desk.app.push_screen(screen)
            await desk.settled()
            assert undeclared(desk) == [], screen
            assert untold(desk.screen.help_lines(), [*desk.screen.active_bindings]) == [], screen
            await desk.press("escape")


DIALOGS: dict[str, Callable[[], Dialog[Any]]] = {
    "Confirm": lambda: Confirm("Annuler ?", ("OUI annule.",)),
    "Notice": lambda: Notice("Fait", ("Voilà.",), onward="Corriger maintenant"),
    "Prepare": lambda: Prepare(("La facture.",)),
    "VitaleStep": lambda: VitaleStep(("La facture.",), card_first=False),
    "AdviceDialog": lambda: AdviceDialog(
        (Finding(CheckName.DUPLICATE, FindingLevel.ADVICE, "lines", "Deux fois.", "source"),)
    ),
    "AttestationDialog": lambda: AttestationDialog("4", date(2026, 11, 5)),
    "DocumentChoice": lambda: DocumentChoice(("Une facture.",)),
    "PrintChoice": PrintChoice,
    "SheetsDialog": lambda: SheetsDialog(("Les feuilles du lot 701.",), 701, {701: 1}, date(2026, 11, 23)),
    "StepDialog": lambda: StepDialog("Ordonnance", "Numérisée le", date(2026, 11, 23)),
    "ClassifyDialog": lambda: ClassifyDialog("Classer ?", ("Une facture.",), date(2026, 11, 23), date(2026, 12, 23)),
    "GiveUpDialog": lambda: GiveUpDialog("Retirer ?", ("Elle remplace une autre.",)),
    "ReasonDialog": lambda: ReasonDialog("Pourquoi ?", ("Un droit.",)),
    "ReminderDialog": lambda: ReminderDialog("Relancée ?", ("Une facture.",), date(2026, 11, 23)),
    "LineDialog": lambda: LineDialog("Ligne 1", an_act()),
    "AmcDialog": lambda: AmcDialog("DRE", ("Rejetée.",), "0077570001"),
    "SettleLot": lambda: SettleLot(12, ("En doute.",)),
    "SettleAnswer": lambda: SettleAnswer(("La réponse.",), takeable=True),
    "SeeReturn": lambda: SeeReturn(("Le retour.",)),
    "SettleReturn": lambda: SettleReturn(("Le retour.",)),
    "Resume": lambda: Resume("Reprendre la saisie de 14:32 ?", ("Un champ.",)),
    "NumberingProposal": lambda: NumberingProposal(("De 800000001 à 899999999.",)),
    "NumberingForm": lambda: NumberingForm("D’autres.", Numbering()),
    "NoteChoice": lambda: NoteChoice(
        ("La facture.",), frozenset(NoteKind) - {NoteKind.POSITIVE_ARL, NoteKind.WITHDRAWAL}
    ),
    "ArlDialog": lambda: ArlDialog(Arl.NEGATIVE, ("Le lot.",), date(2026, 11, 5)),
    "NoteDialog": lambda: NoteDialog(
        *(ShareState.PAID, ("La facture.",), our_book(), ShareName.AMO, {ShareName.AMO: 1890}, date(2026, 11, 5)),
    ),
    "ChooseCode": ChooseCode,
    "WithdrawDialog": lambda: WithdrawDialog(("La note.",)),
}
"""Each question, as it is asked."""


def test_no_question_is_left_out() -> None:
    modules = [import_module(f"tui.dialogs.{module.name}") for module in pkgutil.iter_modules(tui.dialogs.__path__)]
    kinds = {kind for module in modules for kind in vars(module).values() if inspect.isclass(kind)}
    asked = {kind.__name__ for kind in kinds if issubclass(kind, Dialog)} - {Dialog.__name__, FormDialog.__name__}
    assert asked == {*DIALOGS}


async def test_in_every_question(practice: Practice) -> None:
    """Its keys stand in the line of keys, not those of the list below; F1 tells them all and gives the focus back."""
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        below = desk.footer()
        for name, make in DIALOGS.items():
            dialog = make()
            desk.screen.run_worker(desk.screen.ask(dialog), group="desk")
            await desk.settled()
            assert undeclared(desk) == [], name
            shown, focus = desk.footer(), desk.focus()
            assert shown != below, name
            assert len(shown) <= 80, name
            assert "F1 Aide" in shown, name
            assert "Échap" in shown, name
            letters = [choice.letter for choice in dialog.choices if choice.letter and len(dialog.choices) > 1]
            assert all(letter.upper() in shown.split() for letter in letters), (name, shown)
            live = [*letters, *({*desk.screen.active_bindings} - {"ctrl+l", "ctrl+o"}), "enter", "escape"]
            assert untold(dialog.help_lines, live) == [], name
            await desk.press("f1")
            assert desk.question() == f"Aide : {dialog.heading}"
            await desk.press("escape")
            assert (desk.question(), desk.focus(), desk.footer()) == (dialog.heading, focus, shown), name
            await desk.press("escape")
            assert desk.question() == "", name
            assert dialog.answer.result() == dialog.safe_answer, name
            assert desk.footer() == below, name
    assert contents() == before

"""Noter une réponse: what was said elsewhere than in a file, of which share, on which day, and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from textual.events import Key
from textual.widgets import Input

from models.commands.note_arl import ArlWord
from models.domain.exchanges import Arl
from models.domain.notes import LONGEST, NotedWord
from models.domain.states import ShareName, ShareState
from models.reference.rejections import RejectionBook
from tui.dialogs.dialog import Choice, Dialog, Labelled
from tui.dialogs.form import FormDialog
from tui.text import display
from tui.text.noted import SHARE_WORDS, typed_money, typed_rejection, typed_share, typed_words
from tui.widgets.text_field import TextField


class NoteKind(StrEnum):
    """What a person has to note, or to take back."""

    NONE = "none"
    REJECTION = "rejection"
    PAYMENT = "payment"
    REPROCESSING = "reprocessing"
    NEGATIVE_ARL = "negative arl"
    POSITIVE_ARL = "positive arl"
    WITHDRAWAL = "withdrawal"


class NoteChoice(Dialog[NoteKind]):
    """Asks what was said.

    Args:
        lines: the invoice, and what is known of it.
        kinds: what can be noted of it, `WITHDRAWAL` where it bears a note.
    """

    ESCAPE = "Renoncer"

    def __init__(self, lines: Sequence[str], kinds: frozenset[NoteKind]) -> None:
        ways = (
            Choice("Rejet (R)", NoteKind.REJECTION, "r"),
            Choice("Paiement (P)", NoteKind.PAYMENT, "p"),
            Choice("Recyclage (C)", NoteKind.REPROCESSING, "c"),
            Choice("ARL négatif (A)", NoteKind.NEGATIVE_ARL, "a"),
            Choice("ARL positif (P)", NoteKind.POSITIVE_ARL, "p"),
            Choice("Retirer (T)", NoteKind.WITHDRAWAL, "t"),
        )
        offered = tuple(way for way in ways if way.answer in kinds)
        super().__init__(
            "Noter une réponse", lines, (Choice("Rien", NoteKind.NONE), *offered), safe_answer=NoteKind.NONE
        )


class NoteDialog(FormDialog[NotedWord]):
    """Asks for what was said of a share; None to give up.

    Args:
        state: what was said.
        lines: the invoice.
        book: names the rejections.
        share: the one that it is most likely about.
        owed: of each share, the cents that are not paid yet.
        today: on which day it is noted.
    """

    HELP_LINES = (("Flèches", "Haut et bas : d’un champ à l’autre."),)

    def __init__(
        self,
        state: ShareState,
        lines: Sequence[str],
        book: RejectionBook,
        share: ShareName,
        owed: dict[ShareName, int],
        today: date,
    ) -> None:
        self._state, self._book = state, book
        source = Labelled("Où c’est dit (lettre, appel…)", TextField(id="said-in", room=LONGEST), 32)
        on = Labelled("Dit le", TextField(display.day(today), id="said-on", room=10, tidy=display.tidy_day), 12)
        part = Labelled("Part : AMO ou AMC", TextField(SHARE_WORDS[share], id="share", room=14), 6)
        fields = {
            ShareState.REJECTED: (
                Labelled("Code ou libellé du rejet", TextField(id="rejection", room=LONGEST), 32),
                *(source, part, on),
            ),
            ShareState.PAID: (
                Labelled("Montant reçu, en euros", TextField(display.money(owed[share]), id="amount", room=12), 12),
                *(source, part, on),
                Labelled("Libellé du virement (ou rien)", TextField(id="transfer", room=LONGEST), 32),
            ),
        }.get(state, (source, part, on))
        super().__init__(TITLES[state], lines, fields)

    def on_key(self, event: Key) -> None:
        """Up and down go from field to field."""
        if event.key in {"up", "down"}:
            event.stop()
            self.go(1 if event.key == "down" else -1)

    def entered(self, field: Input) -> None:
        """Enter goes to what is still to be typed; where nothing is, it means OK."""
        left = [each for each in self.fields if not each.value.strip() and each.id != "transfer"]
        if left and left[0] is not field:
            self.screen.set_focus(left[0])
        else:
            self.accept()

    def read(self, typed: dict[str, str]) -> NotedWord:
        """What was typed."""
        code, label = typed_rejection(typed["rejection"], self._book) if "rejection" in typed else ("", "")
        paid = typed_money(typed["amount"]) if "amount" in typed else 0
        transfer = typed.get("transfer", "")
        return NotedWord(
            share=typed_share(typed["share"]),
            state=self._state,
            said_on=display.parse_day(typed["said-on"]),
            said_in=typed_words(typed["said-in"], "Où c’est dit"),
            paid=paid,
            code=code,
            label=label,
            transfer=typed_words(transfer, "Libellé du virement") if transfer else "",
        )


class ArlDialog(FormDialog[ArlWord]):
    """Asks for what the ARL of a lot says; None to give up.

    Args:
        arl: positive or negative.
        lines: the lot, or the invoice, and what follows.
        today: on which day it is noted.
    """

    def __init__(self, arl: Arl, lines: Sequence[str], today: date) -> None:
        self._arl = arl
        reason = Labelled("Motif", TextField(id="reason", room=LONGEST), 34)
        fields = (
            *((reason,) if arl == Arl.NEGATIVE else ()),
            Labelled("Où c’est dit (Espace pro…)", TextField(id="said-in", room=LONGEST), 34),
            Labelled("Dit le", TextField(display.day(today), id="said-on", room=10, tidy=display.tidy_day), 12),
        )
        super().__init__("Noter un ARL négatif" if arl == Arl.NEGATIVE else "Noter un ARL positif", lines, fields)

    def entered(self, field: Input) -> None:
        """Enter goes to what is still to be typed; where nothing is, it means OK."""
        left = [each for each in self.fields if not each.value.strip()]
        if left and left[0] is not field:
            self.screen.set_focus(left[0])
        else:
            self.accept()

    def read(self, typed: dict[str, str]) -> ArlWord:
        """What was typed."""
        reason = typed_words(typed["reason"], "Motif") if "reason" in typed else ""
        said_in = typed_words(typed["said-in"], "Où c’est dit")
        return ArlWord(self._arl, display.parse_day(typed["said-on"]), said_in, reason)


class WithdrawDialog(FormDialog[str]):
    """Asks why a note is withdrawn; None to give up.

    Args:
        lines: the invoice, and the note.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        fields = (Labelled("Pourquoi la retirer", TextField(id="why", room=LONGEST), 34),)
        super().__init__("Retirer la note", lines, fields)

    def read(self, typed: dict[str, str]) -> str:
        """The reason."""
        return typed_words(typed["why"], "Pourquoi la retirer")


TITLES: Final = {
    ShareState.REJECTED: "Noter un rejet",
    ShareState.PAID: "Noter un paiement",
    ShareState.DEFERRED: "Noter un recyclage par la caisse",
}
"""The heading of each form."""

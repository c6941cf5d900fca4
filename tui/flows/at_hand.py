"""What is done with the invoice at hand, wherever it is found: Annuler, Modifier, its DRE, a note."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import Binding, BindingType

from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState, ShareState
from models.queries.invoice_row import InvoiceRow
from tui.base.desk_screen import DeskScreen
from tui.text.refusals import refusal_or_none

if TYPE_CHECKING:
    Flow = Callable[[DeskScreen, InvoiceRow], Coroutine[Any, Any, None]]

_ACTIONS: Final = frozenset({"cancel", "classify", "modify", "resend", "note"})
_FORM_BELOW: Final = "Une facture est ouverte dessous : revenez-y d’abord (Échap)."


class AtHand(DeskScreen):
    """A screen on which an invoice is selected, or shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,f4", "cancel", "Annuler", key_display="A/F4",
                tooltip="Annuler la facture : elle reçoit un nouveau numéro, à corriger."),
        Binding("m,f2", "modify", "Modifier", key_display="M/F2",
                tooltip="Préparer la facture non validée, puis la corriger."),
        Binding("d,f7", "resend", "DRE", key_display="D/F7",
                tooltip="Refaire la DRE rejetée : cette part seule, corrigée."),
        Binding("r,f12", "note", "Réponse", key_display="R/F12",
                tooltip="Noter une réponse : un rejet, un paiement dit par courrier, appel ou relevé."),
        Binding("c,f10", "classify", "Classer", key_display="C/F10",
                tooltip="Sortir la facture de « À traiter » jusqu’à un jour, avec un motif ; ou l’y remettre."),
    ]  # fmt: skip

    @property
    def at_hand(self) -> InvoiceRow | None:
        """The invoice as the screen shows it; None where there is none."""
        raise NotImplementedError

    def refusal(self, action: str) -> str | None:
        """Why this must not be done with the invoice at hand; none of it while a form stands below."""
        if action not in _ACTIONS:
            return super().refusal(action)
        row = self.at_hand
        if row is None:
            return "Aucune facture sélectionnée."
        if any(isinstance(screen, DeskScreen) and screen.HOLDS for screen in self.app.screen_stack):
            return _FORM_BELOW
        return refusal_or_none(why_not(action, row))

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """What was sent is never modified: « Classer » has that place, or the DRE's own key where it was rejected."""
        row = self.at_hand
        if row is None or row.state.unsent:
            return self.KEYS
        if row.amc_state == ShareState.REJECTED:
            return tuple(action for action in self.KEYS if action != "modify")
        return tuple("classify" if action == "modify" else action for action in self.KEYS if action != "resend")

    def action_cancel(self) -> None:
        """Ask whether to cancel it."""
        from tui.flows.cancel import cancel

        self.begin_at_hand("cancel", cancel)

    def action_modify(self) -> None:
        """From « OK » to its form."""
        self.begin_at_hand("modify", _modify)

    def action_resend(self) -> None:
        """Ask for the payer, make the DRE, validate it."""
        from tui.flows.resend import resend

        self.begin_at_hand("resend", resend)

    def action_note(self) -> None:
        """Ask what was said of it elsewhere than in a file."""
        from tui.flows.note import note

        self.begin_at_hand("note", note)

    def action_classify(self) -> None:
        """Ask why and until when, or whether to bring it back."""
        from tui.flows.classify import classify

        self.begin_at_hand("classify", classify)

    def begin_at_hand(self, action: str, flow: Flow) -> None:
        """Start this on the invoice at hand, or say why it must not be."""
        row, reason = self.at_hand, self.refusal(action)
        if reason is not None or row is None:
            self.tell(reason or "")
        else:
            self.begin(flow(self, row))


def why_not(action: str, row: InvoiceRow) -> Refused | None:
    """Why this must not be done with an invoice; None where it may."""
    match action:
        case "cancel":
            return row.cancel_refusal
        case "resend":
            return row.dre_refusal
        case "note":
            return row.note_refusal
        case "classify":
            return None if row.filed_until is not None else row.file_refusal
        case _:
            return None if row.state is InvoiceState.UNVALIDATED else Refused(Refusal.NOT_EDITABLE)


async def _modify(screen: DeskScreen, row: InvoiceRow) -> None:
    from tui.flows.bill import bill_again

    await bill_again(screen, row.id)

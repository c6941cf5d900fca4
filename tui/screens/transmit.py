"""Transmettre les factures validées: the lots that would leave, those that left, those en doute."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from models.commands.settle_lot import ReleasedLot, SentLot, settle_doubt
from models.commands.transmit import SendingStopped, transmit_all
from models.domain.author import Author
from models.domain.exchanges import LotStatus
from models.domain.patience import Step
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceKind
from models.queries.lots import KnownLot, ReadyLot, lot_place, own_lots, ready_lots
from models.reference.payers import payer_label
from tui.base.desk_screen import DeskScreen
from tui.base.underway import Underway
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import INSIDE
from tui.dialogs.settle import SettleLot
from tui.screens.lot_invoices import LotInvoices
from tui.screens.ready_invoices import ReadyInvoices
from tui.terminal import pens
from tui.text import display, places
from tui.text.refusals import refusal_sentence
from tui.text.sent_lots import (
    ARL_IN_PART,
    ARL_REFUSED,
    ARL_TAKEN,
    LOT_STATUS,
    WRITING,
    file_sentence,
    lot_status,
    sending_given_up,
    sheets_due,
    writing_sentence,
)
from tui.text.sentences import released_sentence
from tui.text.state_words import SIGNATURES
from tui.text.text_columns import Cells, TextColumn
from tui.widgets.text_list import TextList

_PENS: Final = {
    WRITING: pens.WAITING,
    LOT_STATUS[LotStatus.IN_DOUBT]: pens.REJECTED,
    LOT_STATUS[LotStatus.SENT]: pens.PAID,
    LOT_STATUS[LotStatus.VOID]: pens.OFF,
    ARL_TAKEN: pens.PAID,
    ARL_IN_PART: pens.DEFERRED,
    ARL_REFUSED: pens.REJECTED,
}

_READY: Final = (
    TextColumn("Prêts à partir", 29, grow=2),
    TextColumn("", 10),
    TextColumn("Organisme", 15, grow=1),
    TextColumn("Factures", 8, right=True),
    TextColumn("Montant", 11, right=True),
)
_LOTS: Final = (
    TextColumn("Nos lots", 8),
    TextColumn("", 9, pen=lambda status: _PENS.get(status, pens.PLAIN)),
    TextColumn("Fichier", 35, grow=1),
    TextColumn("Factures", 8, right=True),
    TextColumn("Montant", 11, right=True),
)


class Transmit(DeskScreen):
    """What is ready above, our lots below; a lot en doute waits for a person's decision."""

    PLACE = places.TRANSMIT
    KEYS = ("transmit", "invoices", "settle", "note", "help", "back")
    HELP_LINES = (
        ("Tab", "De ce qui est prêt à nos lots, et retour."),
        ("Entrée", "Voir les factures : celles à transmettre, ou celles du lot sélectionné."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,f4", "transmit", "Transmettre", key_display="T/F4",
                tooltip="Écrire un fichier B2 par lot dans le dossier d’envoi."),
        Binding("v,f2", "invoices", "Voir", key_display="V/F2",
                tooltip="Voir les factures validées une à une ; en reprendre une pour la corriger."),
        Binding("d,f6", "settle", "Trancher", key_display="D/F6",
                tooltip="Dire si un lot en doute est parti : celui sélectionné, sinon le premier en doute."),
        Binding("r,f12", "note", "ARL", key_display="R/F12",
                tooltip="Noter l’ARL, positif ou négatif, du lot sélectionné ; ou retirer ce qui en est noté."),
        Binding("enter", "open", "Ouvrir", show=False, key_display="Entrée", tooltip="Ouvrir ce qui est sélectionné."),
        Binding("tab", "app.focus_next", show=False),
    ]  # fmt: skip

    ready = getters.query_one("#ready", TextList)
    lots = getters.query_one("#lots", TextList)

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[ReadyLot] = []
        self.known: list[KnownLot] = []

    def compose_body(self) -> ComposeResult:
        """The two lists."""
        yield TextList(_READY, "Aucune facture validée à transmettre.", id="ready")
        yield TextList(_LOTS, "Aucun lot.", id="lots")

    def on_mount(self) -> None:
        """The list of what is ready has the keys."""
        super().on_mount()
        self.ready.focus()

    def read_again(self) -> None:
        """The lots: an invoice may have been taken back."""
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        found = await self.perform(lambda: (ready_lots(), own_lots()))
        if found is None:
            return
        self.waiting, self.known = found
        self.ready.reread(tuple(_ready_line(lot) for lot in self.waiting))
        self.lots.reread(tuple(_lot_line(lot) for lot in self.known))
        invoices = sum(lot.invoices for lot in self.waiting)
        lots = display.plural(len(self.waiting), "lot", "lots")
        what = f"{invoices} à transmettre en {lots}" if self.waiting else "Dossier d’envoi"
        self.tell_state(f"{what} · {display.path_end(str(self.desk.practice.place.outbox), 46)}")
        self.refresh_keys()

    def refusal(self, action: str) -> str | None:
        """Nothing to send, nothing to see; no lot in doubt."""
        unsettled = any(lot.status == LotStatus.IN_DOUBT for lot in self.known)
        if action == "transmit" and not self.waiting:
            return "Aucune facture validée à transmettre."
        if action == "invoices" and not self.waiting and not unsettled:
            return "Aucune facture validée."
        if action == "note" and not self.known:
            return "Aucun lot."
        if action == "settle" and not any(lot.in_doubt for lot in self.known):
            return self._nothing_in_doubt()
        return super().refusal(action)

    def action_invoices(self) -> None:
        """Open the list of the validated invoices."""
        if reason := self.refusal("invoices"):
            self.refuse(reason)
        else:
            self.app.push_screen(ReadyInvoices())

    def action_open(self) -> None:
        """Enter on what is ready opens the invoices that wait; on a lot of ours, those of the lot."""
        if self.ready.has_focus:
            self.action_invoices()
        elif self.lots.has_focus and self.known:
            self.app.push_screen(LotInvoices(self.known[self.lots.cursor]))

    def action_transmit(self) -> None:
        """Ask, write, tell."""
        if reason := self.refusal("transmit"):
            self.refuse(reason)
        else:
            self.begin(self._transmit())

    async def _transmit(self) -> None:
        invoices, total = sum(lot.invoices for lot in self.waiting), sum(lot.total for lot in self.waiting)
        lines = (
            f"{display.plural(invoices, 'facture', 'factures')}, {display.money(total)} €, "
            f"{display.plural(len(self.waiting), 'lot', 'lots')}.",
            "Les fichiers B2 y sont écrits ; votre module agréé les signe et les envoie :",
            display.path_end(str(self.desk.practice.place.outbox), INSIDE),
            "Une facture transmise ne se modifie plus.",
        )
        if not await self.ask(Confirm("Transmettre les factures validées ?", lines)):
            self.tell("Rien n’a été transmis.")
            return
        outbox, author = self.desk.practice.place.outbox, self.desk.author()
        underway = Underway(self, "Transmission…")
        sent = await self.perform(lambda: _send(outbox, author, underway.step))
        await self._read()
        self.desk.spend_keys()
        if isinstance(sent, SendingStopped):
            await self._say_sent(sent.sent, str(sent))
        elif underway.stopped and self.waiting:
            self.tell(sending_given_up(sent or ()))
        elif sent is not None:
            await self._say_sent(sent)

    async def _say_sent(self, sent: tuple[SentLot, ...], *more: str) -> None:
        lots = (_sent_line(lot) for lot in sent)
        await self.show(
            display.plural(len(sent), "lot transmis", "lots transmis"),
            *lots,
            *sheets_due(sent, f"menu « {places.PAPERS[-1]} »"),
            *more,
        )

    def action_settle(self) -> None:
        """Decide on the selected lot if it is in doubt, else on the first that is."""
        self.begin(self._settle_selected())

    def action_note(self) -> None:
        """Note the ARL of the selected lot; the first where the list above has the keys."""
        if reason := self.refusal("note"):
            self.refuse(reason)
        else:
            self.lots.focus()  # its mark shows what the question is about
            self.begin(self._note(self.known[self.lots.cursor]))

    async def _note(self, lot: KnownLot) -> None:
        from tui.flows.arl import note_of_lot

        said = await note_of_lot(self, lot)
        await self._read()
        if said:
            self.tell(said)

    async def _settle_selected(self) -> None:
        if not any(lot.in_doubt for lot in self.known):
            await self._read()  # whoever was writing may have ended meanwhile
        doubtful = [lot for lot in self.known if lot.in_doubt]
        if not doubtful:
            self.refuse(self._nothing_in_doubt())
            return
        selected = self.known[self.lots.cursor] if self.lots.has_focus else doubtful[0]
        if selected.owner:
            self.refuse(writing_sentence(selected))
        else:
            await self._settle(selected if selected.in_doubt else doubtful[0])

    def _nothing_in_doubt(self) -> str:
        """Why there is nothing to decide; a lot that somebody is writing is not in doubt."""
        writing = [lot for lot in self.known if lot.owner]
        return writing_sentence(writing[0]) if writing else "Aucun lot en doute."

    async def _settle(self, lot: KnownLot) -> None:
        outbox, author = self.desk.practice.place.outbox, self.desk.author()
        place = await self.perform(lambda: lot_place(lot.id, outbox))
        if place is None:
            return
        if place.folder is None:
            away = Refused(Refusal.LOT_OUT_OF_REACH, lot.number, place.kept or "")
            await self.show("Rien n’a été décidé", refusal_sentence(away))
            return
        invoices = display.plural(lot.invoices, "facture", "factures")
        lines = (
            f"Lot {lot.number:03d}, {invoices}, {display.money(lot.total)} € : envoi interrompu.",
            file_sentence(place, outbox, INSIDE),
        )
        fate = await self.ask(SettleLot(lot.number, lines))
        if fate == "later":
            self.tell(f"Lot {lot.number:03d} : rien n’a été décidé, il reste en doute.")
        else:
            await self._tell(await self.perform(lambda: settle_doubt(lot.id, fate == "left", outbox, author)))

    async def _tell(self, outcome: SentLot | ReleasedLot | Refused | None) -> None:
        await self._read()
        self.desk.spend_keys()
        match outcome:
            case SentLot(number, _, _, count, total):
                invoices = display.plural(count, "facture transmise", "factures transmises")
                self.tell(f"Lot {number:03d} : parti, {invoices}, {display.money(total)} €.")
            case ReleasedLot(number):
                self.tell(released_sentence(number))
            case Refused() as refused:
                await self.show("Rien n’a été décidé", refusal_sentence(refused))
            case None:
                pass  # `perform` has said why


def _send(outbox: Path, author: Author, progress: Step) -> tuple[SentLot, ...] | SendingStopped:
    """Send all; what stopped it half way is an outcome like another: lots have left."""
    try:
        return transmit_all(outbox, author, progress)
    except SendingStopped as stopped:
        return stopped


def _ready_line(lot: ReadyLot) -> Cells:
    if lot.kind is InvoiceKind.DRE:
        payer = f"DRE {lot.amc_number}"
    else:
        payer = payer_label(lot.regime, lot.caisse) or f"{lot.regime} {lot.caisse} {lot.centre}"
    who = f"{lot.practitioner_name} {lot.practitioner}"
    return who, SIGNATURES[lot.signature], payer, str(lot.invoices), display.money(lot.total)


def _lot_line(lot: KnownLot) -> Cells:
    return f"lot {lot.number:03d}", lot_status(lot), lot.file_name, str(lot.invoices), display.money(lot.total)


def _sent_line(lot: SentLot) -> str:
    invoices = display.plural(lot.invoices, "facture", "factures")
    return f"Lot {lot.number:03d} : {invoices}, {display.money(lot.total)} €, fichier {lot.file.name}"

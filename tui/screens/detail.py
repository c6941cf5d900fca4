"""One invoice whole, to read: shares, lines, reasons, what it replaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar, Final

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from models.domain.accesses import Looked
from models.domain.exchanges import Arl
from models.domain.lists import ListName
from models.domain.states import InvoiceState, ShareName, ShareState
from models.queries.dre_waiting import WaitingDre, dre_of_invoice
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.lots import lot_remarks
from models.queries.papers import documents_of
from models.queries.reminders import reminders_of
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.windows import page, row_at
from models.reference.codes import EXEMPTIONS, NATURES, SETTLEMENTS
from models.reference.payers import payer_label
from models.reference.rejections import RejectionBook
from tui.base.page import Page
from tui.flows.at_hand import AtHand
from tui.terminal import pens
from tui.text import display, places
from tui.text.dre_waiting import dre_lines
from tui.text.entries import entries
from tui.text.filing import filed_line, reminder_line
from tui.text.lots import kept_line
from tui.text.noted import arl_clause, note_clause
from tui.text.papers import document_line
from tui.text.refusals import refusal_sentence
from tui.text.state_words import DOCUMENTS, SHARES, SIGNATURES, STATES

_PENS: Final = {words.whole: words.pen for words in STATES.values()} | {
    words.word: words.pen for words in SHARES.values()
}
_STATE: Final = re.compile(
    rf"(?m)^(?:Facture|DRE|Part AM[OC]) .*?(?:· |, )(?P<word>{'|'.join(sorted(map(re.escape, _PENS), key=len)[::-1])})"
).finditer


class Detail(AtHand, Page):
    """An invoice as it is, every figure of it.

    Args:
        invoice_id: the one to begin with.
        among: the list that it was opened from, or the invoices of a few lines, whose next and previous ones are shown
            with a key.
        left_on: told which invoice was shown last, where it is another one.
    """

    PLACE = places.DETAIL
    KEYS = ("cancel", "modify", "life", "next", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right,f6", "next", "Suivante", key_display="N/F6", tooltip="La facture suivante de la liste (→)."),
        Binding("p,left,f5", "previous", "Précédente", key_display="P/F5", tooltip="La précédente de la liste (←)."),
        Binding("v,f8", "life", "Vie", key_display="V/F8",
                tooltip="Sa vie : envois, réponses, virements, qui a fait quoi, sous tous ses numéros."),
        Binding("j,f9", "document", "Pièce", key_display="J/F9",
                tooltip="Noter une pièce à joindre (ordonnance, attestation…) : due, numérisée, envoyée."),
        Binding("ctrl+p", "print", "Imprimer", key_display="Ctrl+P",
                tooltip="La lettre au patient : ce qui est refusé, ce qu’il faut apporter."),
    ]  # fmt: skip

    def __init__(
        self,
        invoice_id: int,
        among: ListView | tuple[int, ...] | None = None,
        left_on: Callable[[int], None] = lambda invoice_id: None,
    ) -> None:
        super().__init__()
        self.invoice_id = invoice_id
        self.among = among
        self.said: tuple[tuple[str, str], ...] = ()
        self._opened = self._before = invoice_id
        self._left_on = left_on
        self._row: InvoiceRow | None = None
        self.rejected = False
        """Whether the caisse, or the complementary payer, says why it refused the one that is shown."""

    @property
    def at_hand(self) -> InvoiceRow | None:
        """The one that is shown."""
        return self._row

    def refusal(self, action: str) -> str | None:
        """Next and previous only in a list."""
        if action in {"next", "previous"} and self.among is None:
            return "Elle n’a pas été ouverte depuis une liste."
        if action == "print" and not self.rejected:
            return "Rien n’y est refusé : il n’y a pas de lettre à écrire."
        return super().refusal(action)

    def action_print(self) -> None:
        """The letter to the patient."""
        from tui.flows.letters import print_letter

        if reason := self.refusal("print"):
            self.refuse(reason)
        else:
            self.begin(print_letter(self, self.invoice_id))

    def action_document(self) -> None:
        """Note a document that goes with it."""
        from tui.flows.papers import note_document_of

        self.begin(note_document_of(self, self.invoice_id))

    def action_next(self) -> None:
        """The next one of the list."""
        self._step(1)

    def action_previous(self) -> None:
        """The one before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if reason := self.refusal("next"):
            self.tell(reason)
        elif self.among is not None:
            self.begin(self._show_beside(self.among, step))

    async def _show_beside(self, among: ListView | tuple[int, ...], step: int) -> None:
        beside = await self.perform(lambda: _beside(among, self.invoice_id, step))
        if beside is None:
            self.tell("C’est la dernière de la liste." if step > 0 else "C’est la première de la liste.")
        else:
            self.tell("")
            self.invoice_id = beside
            self.query_one(VerticalScroll).scroll_home(animate=False)
            await self._read()

    def action_life(self) -> None:
        """All that happened to it."""
        from tui.screens.life import InvoiceLife

        self.app.push_screen(InvoiceLife(self.invoice_id))

    def remember(self) -> None:
        """N and P show another one at once: the one of before comes back where they begin a name."""
        self._before = self.invoice_id

    def take_text(self, text: str) -> None:
        """A text is for no field here."""
        if self.invoice_id != self._before:
            self.invoice_id = self._before
            self.read_again()

    def action_back(self) -> None:
        """Back to the list, on the one that was shown last."""
        if self.invoice_id != self._opened:
            self._left_on(self.invoice_id)
        super().action_back()

    def read_again(self) -> None:
        """The invoice."""
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        shown = self.invoice_id
        read = await self.perform(
            lambda: (
                invoice_sheet(shown),
                lot_remarks(shown),
                reminders_of(shown),
                dre_of_invoice(shown, self.desk.today()),
                documents_of(shown),
                row_at(ListView(ListName.ALL), shown),
            )
        )
        if read is not None and shown == self.invoice_id:
            sheet, remarks, reminders, dre, documents, self._row = read
            self.rejected = bool(sheet.reasons)
            self.desk.looked_at(Looked.SHEET, f"invoice {shown}")
            self.refresh_keys()
            self.said = (
                *_lines(sheet, self.book, dre),
                *(("Pièce", document_line(one)) for one in documents),
                *(("Relancée", reminder_line(one)) for one in reminders),
                *(("Lot reçu", kept_line(kept)) for kept in remarks),
            )
            self.show_text()
            if said := self.desk.take_announcement():
                self.tell(said)

    def text(self, width: int) -> Text:
        """Each figure beside its word, what became of the invoice and of its shares in its colour."""
        text = entries(self.said, width, label=15)
        for found in _STATE(text.plain):
            text.stylize(pens.style(_PENS[found["word"]]), found.start("word"), found.end("word"))
        return text


def _beside(among: ListView | tuple[int, ...], invoice_id: int, step: int) -> int | None:
    """The invoice that stands beside this one in a list; the first one where it left the list, None at its ends."""
    if isinstance(among, tuple):
        at = among.index(invoice_id) + step
        return among[at] if 0 <= at < len(among) else None
    row = row_at(among, invoice_id)
    found = page(among, None if row is None else row.key(among.sort), 1, backwards=row is not None and step < 0)
    return found[0].id if found else None


def _lines(sheet: InvoiceSheet, book: RejectionBook, dre: WaitingDre | None) -> Iterator[tuple[str, str]]:
    draft = sheet.draft
    kind = DOCUMENTS[sheet.kind]
    yield (
        kind[0].upper() + kind[1:],
        f"n° {display.number(sheet.number)} du {display.day(sheet.billed_on)} · {STATES[sheet.state].whole}",
    )
    if sheet.damage:
        yield "Abîmée", refusal_sentence(sheet.damage)
    if filed := filed_line(sheet.state, sheet.filed_until, sheet.filing):
        yield filed
    links = []
    if sheet.replaces:
        links.append(f"remplace la facture n° {sheet.replaces}")
    if sheet.replaced_by:
        became = "remplacée par" if sheet.state == InvoiceState.CANCELLED else "sa remplaçante est retirée :"
        links.append(f"{became} la facture n° {sheet.replaced_by}")
    if sheet.dre_of:
        links.append(f"DRE de la facture n° {sheet.dre_of}")
    if links:
        yield "", " · ".join(links)
    lot = f"lot {sheet.lot:03d}" if sheet.lot else "dans aucun lot"
    yield "Professionnel", f"{sheet.practitioner_name} ({sheet.practitioner}) · {lot} · {SIGNATURES[sheet.signature]}"
    yield (
        "Bénéficiaire",
        f"{draft.last_name} {draft.first_name} · {_birth(draft.birth, sheet.billed_on)}, rang {draft.birth_rank}",
    )
    yield "NIR assuré", display.masked_nir(draft.nir)
    label = payer_label(draft.regime, draft.caisse) or ""
    yield "Organisme", f"{display.payer(draft.regime, draft.caisse, draft.centre)} {label}"
    if draft.amc_number:
        yield "Complémentaire", draft.amc_number
    yield "Prescripteur", f"{draft.prescriber} · prescrit le {display.day(draft.prescribed_on)}"
    yield "Exonération", f"{draft.exemption} {EXEMPTIONS.label(draft.exemption) or ''}"
    yield "Assurance", f"{draft.nature} {NATURES.label(draft.nature) or ''}"
    yield "Règlement", f"{draft.settlement} {SETTLEMENTS.label(draft.settlement) or ''}"
    yield "", ""
    for position, act in enumerate(draft.acts, start=1):
        place = "domicile" if act.at_home else "cabinet"
        yield (
            f"Ligne {position}",
            f"{display.day(act.done_on)} {act.code} {display.coefficient(act.coefficient)} × {act.quantity} {place} "
            f"{display.money(act.fee)} € (AMO {display.money(act.amo)}, AMC {display.money(act.amc)})",
        )
    yield "", ""
    yield "Total", f"{display.money(sheet.total)} €, dont à la charge du patient {display.money(draft.patient)} €"
    yield "Part AMO", _share(sheet.amo, sheet.amo_state, sheet.amo_paid)
    yield "Part AMC", _share(sheet.amc, sheet.amc_state, sheet.amc_paid)
    if dre is not None:
        yield from dre_lines(dre, sheet.id)
    for reason in sheet.reasons:
        known = book.explain(reason.code, reason.label, reason.share)
        share = "DRE" if reason.share == ShareName.AMC else "Rejet"
        yield f"{share} {known.code}", known.label
        yield "", known.meaning
        yield "", known.todo
    if sheet.sent_back:
        yield "ARL", arl_clause(Arl.NEGATIVE, sheet.sent_back.mark, sheet.sent_back.reason)
    if sheet.noted:
        yield "Noté", note_clause(sheet.noted)
    for remark in sheet.remarks:
        yield "La caisse dit", remark
    if sheet.cancel_refusal and not sheet.state.unsent:
        yield "Annuler", f"impossible. {refusal_sentence(sheet.cancel_refusal)}"


def _birth(birth: str, billed_on: date) -> str:
    shown = display.birth(birth, billed_on)
    return f"naissance {shown}" if shown == birth else f"né(e) le {shown}"


def _share(asked: int, state: ShareState, paid: int) -> str:
    """What was asked, what became of it, what was paid, and what misses where it was paid in part."""
    told = f"{display.money(asked)} €, {SHARES[state].word}, payé {display.money(paid)} €"
    return f"{told}, il manque {display.money(asked - paid)} €" if state == ShareState.PAID and paid < asked else told

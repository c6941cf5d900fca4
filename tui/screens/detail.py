"""One invoice whole, to read: shares, lines, reasons, what it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.text import Text

from models.domain.states import ShareName, ShareState
from models.queries.lots import lot_remarks
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.reference.codes import EXEMPTIONS, NATURES, SETTLEMENTS
from models.reference.payers import payer_label
from models.reference.rejections import RejectionBook
from tui.base.page import Page
from tui.text import display, places
from tui.text.entries import entries
from tui.text.lots import kept_line
from tui.text.refusals import refusal_sentence
from tui.text.state_words import DOCUMENTS, SHARES, SIGNATURES, STATES


class Detail(Page):
    """An invoice as it is, every figure of it."""

    PLACE = places.DETAIL

    def __init__(self, invoice_id: int) -> None:
        super().__init__()
        self.invoice_id = invoice_id
        self.said: tuple[tuple[str, str], ...] = ()

    def read_again(self) -> None:
        """The invoice."""
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        read = await self.perform(lambda: (invoice_sheet(self.invoice_id), lot_remarks(self.invoice_id)))
        if read is not None:
            sheet, remarks = read
            self.said = (*_lines(sheet, self.book), *(("Lot reçu", kept_line(kept)) for kept in remarks))
            self.show_text()

    def text(self, width: int) -> Text:
        """Each figure beside its word."""
        return entries(self.said, width, label=15)


def _lines(sheet: InvoiceSheet, book: RejectionBook) -> Iterator[tuple[str, str]]:
    draft = sheet.draft
    kind = DOCUMENTS[sheet.kind]
    yield (
        kind[0].upper() + kind[1:],
        f"n° {display.number(sheet.number)} du {display.day(sheet.billed_on)} · {STATES[sheet.state].whole}",
    )
    links = []
    if sheet.replaces:
        links.append(f"remplace la facture n° {sheet.replaces}")
    if sheet.replaced_by:
        links.append(f"remplacée par la facture n° {sheet.replaced_by}")
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
    for reason in sheet.reasons:
        known = book.explain(reason.code, reason.label, reason.share)
        share = "DRE" if reason.share == ShareName.AMC else "Rejet"
        yield f"{share} {known.code}", known.label
        yield "", known.meaning
        yield "", known.todo
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

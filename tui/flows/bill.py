"""From « Modifier » to the form: OK (guide, 2.4 bis), then the carte Vitale or « Facturer en dégradé » (2.5)."""

from __future__ import annotations

from models.checks.finding import Finding
from models.commands.bill import Billed, bill_invoice, leave_degraded
from models.commands.outcomes import Stale
from models.commands.record_right import record_right
from models.domain.card import Card, CardReader, with_card
from models.domain.content import InvoiceContent
from models.domain.refusals import Refused
from models.domain.states import InvoiceKind, RightSource, Signature
from models.queries.histories import sheet_and_history
from models.queries.history import History
from models.queries.sheets import InvoiceSheet
from models.queries.unsaved import unsaved_forms
from tui.base.desk_screen import DeskScreen
from tui.dialogs.vitale import Prepare, VitaleStep
from tui.text import display
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence
from tui.text.state_words import document, head


async def bill_again(screen: DeskScreen, invoice_id: int, at: Finding | None = None) -> None:
    """Take an unvalidated invoice up: prepare, choose how it is billed, open its form, on what `at` is about."""
    found = await screen.perform(lambda: sheet_and_history(invoice_id))
    if found is None:
        return
    sheet, history = found
    if sheet.damage and not sheet.mendable:
        await screen.show("La facture ne se modifie pas", refusal_sentence(sheet.damage))
        return
    if sheet.kind == InvoiceKind.DRE or sheet.damage:  # it is billed once it is mended
        await _open_form(screen, sheet, sheet.draft, history, at)
        return
    prepared = await _prepare(screen, sheet)
    if prepared is None:
        return
    draft, signature = prepared
    if signature == Signature.UNBILLED:
        await _leave_degraded(screen, sheet)
        return
    version, author = sheet.version, screen.desk.author()
    outcome = await screen.perform(lambda: bill_invoice(invoice_id, version, signature, author))
    match outcome:
        case Billed():
            found = await screen.perform(lambda: sheet_and_history(invoice_id))
            if found is not None:
                await _open_form(screen, found[0], draft, found[1], at)
        case Refused() as refused:
            await screen.show("La facture ne se modifie pas", refusal_sentence(refused))
        case Stale():
            await screen.show("La facture ne se modifie pas", stale_sentence(outcome))
        case None:
            pass  # `perform` has said why


async def _leave_degraded(screen: DeskScreen, sheet: InvoiceSheet) -> None:
    """It owes no sheet of paper then, and waits to be billed again."""
    author, named = screen.desk.author(), document(sheet.kind, sheet.number)
    match await screen.perform(lambda: leave_degraded(sheet.id, sheet.version, author)):
        case Billed():
            screen.command_done()
            await screen.show("Sortie du dégradé", f"La {named} est à facturer de nouveau, sans feuille à envoyer.")
        case Refused() as refused:
            await screen.show("La facture reste en dégradé", refusal_sentence(refused))
        case Stale() as stale:
            await screen.show("La facture reste en dégradé", stale_sentence(stale))
        case None:
            pass  # `perform` has said why


async def _open_form(
    screen: DeskScreen, sheet: InvoiceSheet, draft: InvoiceContent, history: History, at: Finding | None
) -> None:
    """With what was typed there before and not saved."""
    unsaved = await screen.perform(lambda: unsaved_forms(sheet.id))
    screen.desk.open_form(sheet, draft, history, unsaved or (), at)


async def _prepare(screen: DeskScreen, sheet: InvoiceSheet) -> tuple[InvoiceContent, Signature] | None:
    """OK, then the card step; the draft that the form starts from and how the invoice is billed; None to give up."""
    name = f"{head(sheet.kind, sheet.number)} · {display.person(sheet.draft.last_name, sheet.draft.first_name)}"
    amount = f"{display.money(sheet.total)} €"
    if not await screen.ask(Prepare((name, amount, "OK charge la facture pour la facturer de nouveau."))):
        return None
    reader = screen.desk.card_reader
    lines = (
        name,
        reader.describe,
        "En dégradé, le patient signe une feuille de soins papier, à envoyer avec le bordereau.",
        *(("Elle y est déjà : « En sortir » la remet à facturer.",) if sheet.signature == Signature.DEGRADED else ()),
        "La signature sécurisée reste faite par votre module agréé : Accueil ne signe pas.",
    )
    while True:
        degraded = sheet.signature == Signature.DEGRADED
        way = await screen.ask(VitaleStep(lines, card_first=reader.present, degraded=degraded))
        if way is None:
            return None
        if way in {Signature.DEGRADED, Signature.UNBILLED}:
            return sheet.draft, way
        read = await screen.perform(lambda: _read(reader, sheet.draft))
        if read is not None:
            draft, card = read
            await _keep_right(screen, sheet, card)
            return draft, Signature.CARD


def _read(reader: CardReader, draft: InvoiceContent) -> tuple[InvoiceContent, Card]:
    """The invoice with what its patient's card says, and the card."""
    card = reader.read(draft)
    return with_card(draft, card), card


async def _keep_right(screen: DeskScreen, sheet: InvoiceSheet, card: Card) -> None:
    """The right that the card shows stays in the patient's record; the checks look at it from the form on."""
    if card.right is not None:
        exemption, since, until = card.right
        author = screen.desk.author()
        await screen.perform(lambda: record_right(sheet.id, exemption, since, until, RightSource.CARD, author))

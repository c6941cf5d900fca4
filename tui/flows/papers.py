"""What is noted on « Papiers »: sheets sent or not after all, a document's next step or the one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.commands.note_document import DocumentNoted, note_document
from models.commands.send_sheets import SheetsSent, SheetsTakenBack, send_sheets, take_back_sheets
from models.domain.papers import OPEN, DocumentKind, DocumentStep
from models.domain.refusals import Refused
from models.queries.papers import PaperDocument, PaperLot, documents_of
from tui.base.desk_screen import DeskScreen
from tui.dialogs.document import DocumentChoice
from tui.dialogs.reason import ReasonDialog
from tui.dialogs.sheets import SheetsDialog, StepDialog
from tui.text import display
from tui.text.papers import DOCUMENT_WORDS, document_sentence, done_words, lot_payer, sheets_sent_sentence
from tui.text.refusals import refusal_sentence

_NOTHING = "Rien n’a été noté"


async def note_sheets_sent(screen: DeskScreen, lot: PaperLot, lots: Sequence[PaperLot]) -> None:
    """Ask when the sheets of a lot went, and with which other ones, and note it."""
    together = [one for one in lots if one.owed and _goes_along(one, lot)]
    others = ", ".join(f"{one.number:03d}" for one in together if one.id != lot.id)
    lines = (
        f"Lot {lot.number:03d} du {display.day(lot.created_on)}, {display.plural(lot.sheets, 'feuille', 'feuilles')}, "
        f"{display.money(lot.cents)} €, à {lot_payer(lot)}.",
        *((f"Aussi dus à cette caisse : {others} ; « tous » les note ensemble.",) if others else ()),
    )
    owed = {**{one.number: one.id for one in reversed(together)}, lot.number: lot.id}
    answer = await screen.ask(SheetsDialog(lines, lot.number, owed, screen.desk.today()))
    if answer is None:
        screen.tell(f"{_NOTHING}.")
        return
    author = screen.desk.author()
    match await screen.perform(lambda: send_sheets(*answer, author)):
        case SheetsSent() as outcome:
            screen.desk.announce(sheets_sent_sentence(outcome))
            screen.desk.spend_keys()  # another one stands under the cursor now
        case Refused() as refused:
            await screen.show(_NOTHING, refusal_sentence(refused))
        case None:
            pass  # `perform` has said why
    screen.command_done()


async def take_back(screen: DeskScreen, lot: PaperLot) -> None:
    """Ask why the sheets of a lot are owed again, and note it."""
    if lot.sent_on is None:
        return
    sent = f"Notées envoyées le {display.day(lot.sent_on)} par {display.clean(lot.noted_by)}."
    why = await screen.ask(ReasonDialog(f"Reprendre l’envoi du lot {lot.number:03d} ?", (sent,)))
    if why is None:
        screen.tell("L’envoi reste noté.")
        return
    author = screen.desk.author()
    match await screen.perform(lambda: take_back_sheets(lot.id, why, author)):
        case SheetsTakenBack(number):
            screen.desk.announce(f"Les feuilles du lot {number:03d} sont de nouveau à envoyer.")
            screen.desk.spend_keys()
        case Refused() as refused:
            await screen.show(_NOTHING, refusal_sentence(refused))
        case None:
            pass  # `perform` has said why
    screen.command_done()


async def note_next_step(screen: DeskScreen, one: PaperDocument) -> None:
    """Ask when a document was scanned, or sent, and note it."""
    step = DocumentStep.SCANNED if one.step == DocumentStep.OWED else DocumentStep.SENT
    label = f"{done_words(one.kind, step).capitalize()} le"
    answer = await screen.ask(StepDialog(_title(one), label, screen.desk.today()))
    if answer is None:
        screen.tell(f"{_NOTHING}.")
    else:
        await note_step(screen, one.invoice, one.kind, step, *answer)


async def note_step_back(screen: DeskScreen, one: PaperDocument) -> None:
    """Ask why a document that was scanned is to be scanned again, or why one that is owed is not; and note it."""
    owed = one.step == DocumentStep.OWED
    step = DocumentStep.WAIVED if owed else DocumentStep.OWED
    what = "La pièce n’est pas due, ou elle est partie autrement." if owed else "La pièce est de nouveau à numériser."
    why = await screen.ask(ReasonDialog(_title(one), (what,)))
    if why is None:
        screen.tell(f"{_NOTHING}.")
    else:
        await note_step(screen, one.invoice, one.kind, step, screen.desk.today(), why)


async def note_document_of(screen: DeskScreen, invoice_id: int) -> None:
    """Ask which document of an invoice, then take its next step: owed first, where nobody asked for it."""
    lines = ("Ce qui est dû est à numériser, puis à envoyer ; l’écran « Papiers » en tient la liste.",)
    kind = await screen.ask(DocumentChoice(lines))
    if kind is None:
        screen.tell(f"{_NOTHING}.")
        return
    found = await screen.perform(lambda: documents_of(invoice_id))
    if found is None:
        return
    one = next((one for one in found if one.kind == kind), None)
    today = screen.desk.today()
    if one is None:
        await note_step(screen, invoice_id, kind, DocumentStep.OWED, today, "")
    elif one.step in OPEN:
        await note_next_step(screen, one)
    elif (why := await screen.ask(ReasonDialog(_title(one), ("La pièce est de nouveau due.",)))) is None:
        screen.tell(f"{_NOTHING}.")
    else:
        await note_step(screen, invoice_id, kind, DocumentStep.OWED, today, why)


async def note_step(
    screen: DeskScreen, invoice_id: int, kind: DocumentKind, step: DocumentStep, on: date, note: str
) -> None:
    """Note where a document of an invoice stands, and say it."""
    author = screen.desk.author()
    match await screen.perform(lambda: note_document([invoice_id], kind, step, on, note, author)):
        case DocumentNoted(left=(refused, *_)):
            await screen.show(_NOTHING, refusal_sentence(refused.why))
        case DocumentNoted() as outcome:
            screen.desk.announce(document_sentence(outcome))
            screen.desk.spend_keys()
        case Refused() as refused:
            await screen.show(_NOTHING, refusal_sentence(refused))
        case None:
            pass  # `perform` has said why
    screen.command_done()


def _goes_along(one: PaperLot, lot: PaperLot) -> bool:
    """Whether both go into one envelope."""
    return (one.practitioner, one.regime, one.caisse) == (lot.practitioner, lot.regime, lot.caisse)


def _title(one: PaperDocument) -> str:
    return f"{DOCUMENT_WORDS[one.kind].capitalize()} de la facture n° {one.number}"

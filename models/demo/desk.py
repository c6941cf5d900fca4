"""What the receptionist of the demo does of a rejected invoice, by the same commands as the screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.file_away import Filed, file_invoices
from models.commands.give_up import GivenUp, give_up
from models.commands.note_answer import Noted, note_answer
from models.commands.remind import Reminded, remind
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.validate import Validated, validate_invoice
from models.demo.faults import EXEMPTION_MISSING
from models.demo.story import DeskStep
from models.domain.author import Author
from models.domain.content import InvoiceContent
from models.domain.faults import PracticeFault
from models.domain.filing import LATER, FiledAs
from models.domain.notes import NotedWord
from models.domain.states import ShareName, ShareState, Signature
from models.formats.b2.values import B2Invoice
from models.queries.sheets import find_number, invoice_sheet
from models.reference.rejections import RejectionBook

T = TypeVar("T")

_ANY_DAY: Final = date(2000, 1, 1)
_SAID: Final = {
    DeskStep.NOTE_REJECTION: NotedWord(
        ShareName.AMO, ShareState.REJECTED, _ANY_DAY, "courrier de la caisse", code=EXEMPTION_MISSING.code
    ),
    DeskStep.NOTE_PAYMENT: NotedWord(
        ShareName.AMC, ShareState.PAID, _ANY_DAY, "relevé bancaire", transfer="VIR MUTUELLE"
    ),
}
"""What is noted by hand, on the day of who notes it."""


def treat(rejected: B2Invoice, right: InvoiceContent, desk: DeskStep, author: Author, book: RejectionBook) -> None:
    """Take an invoice that went wrong as far as `desk` says; what is to be sent is left validated.

    Args:
        rejected: as it was sent.
        right: as it should have been.
        desk: how far.
        author: who, and when.
        book: what the practice knows of rejections.

    Raises:
        PracticeFault: the database refused.
    """
    (found,) = find_number(rejected.number, rejected.practitioner)
    if desk == DeskStep.CLAIM:
        why = "réclamation sur ameli.fr : paiement introuvable"
        done(file_invoices([(found.id, None)], FiledAs.CLAIMED, why, author.day + LATER, author), Filed)
        return
    if desk == DeskStep.REMIND:
        done(remind([found.id], author.day, "appel à la caisse", author), Reminded)
        return
    if desk in _SAID:
        invoice = invoice_sheet(found.id)
        word = replace(_SAID[desk], said_on=author.day)
        if desk == DeskStep.NOTE_PAYMENT:
            word = replace(word, paid=invoice.amc)
        done(note_answer(invoice.id, invoice.version, word, author), Noted)
        return
    if desk == DeskStep.DRE:
        made = done(resend_dre(found.id, None, right.amc_number, author), DreMade)
        done(validate_invoice(made.new_id, made.new_version, author, book=book), Validated)
        return
    cancelled = done(cancel_invoice(found.id, None, author), Cancelled)
    if desk == DeskStep.CANCEL:
        return
    if desk == DeskStep.GIVE_UP:
        why = "la caisse revoit le dossier"
        done(give_up(cancelled.new_id, None, FiledAs.PAID_AFTER_ALL, why, author), GivenUp)
        return
    if desk == DeskStep.INSIST:
        billed = done(bill_invoice(cancelled.new_id, 1, Signature.CARD, author), Billed)
        why = "Attestation vue"
        done(validate_invoice(cancelled.new_id, billed.version, author, book=book, reason=why), Validated)
        return
    signature = Signature.DEGRADED if desk == DeskStep.CORRECT else Signature.CARD
    billed = done(bill_invoice(cancelled.new_id, 1, signature, author), Billed)
    saved = done(save_correction(cancelled.new_id, billed.version, right, author), Saved)
    if desk != DeskStep.CORRECT:
        done(validate_invoice(cancelled.new_id, saved.version, author, book=book), Validated)


def done(outcome: object, kind: type[T]) -> T:
    """The outcome, which the story has made certain.

    Raises:
        PracticeFault: it is another one: the story and the program no longer agree.
    """
    if not isinstance(outcome, kind):
        raise PracticeFault(f"La démonstration ne se construit pas ({outcome}) : prévenez l’éditeur.")
    return outcome

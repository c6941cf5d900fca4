"""What the receptionist of the demo does of a rejected invoice, by the same commands as the screens."""

from __future__ import annotations

from typing import TypeVar

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.file_away import Filed, file_invoices
from models.commands.give_up import GivenUp, give_up
from models.commands.remind import Reminded, remind
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.validate import Validated, validate_invoice
from models.demo.story import DeskStep
from models.domain.author import Author
from models.domain.content import InvoiceContent
from models.domain.faults import PracticeFault
from models.domain.filing import LATER, FiledAs
from models.domain.states import Signature
from models.formats.b2.values import B2Invoice
from models.queries.sheets import find_number
from models.reference.rejections import RejectionBook

T = TypeVar("T")


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
        _done(file_invoices([(found.id, None)], FiledAs.CLAIMED, why, author.day + LATER, author), Filed)
        return
    if desk == DeskStep.REMIND:
        _done(remind([found.id], author.day, "appel à la caisse", author), Reminded)
        return
    if desk == DeskStep.DRE:
        made = _done(resend_dre(found.id, None, right.amc_number, author), DreMade)
        _done(validate_invoice(made.new_id, made.new_version, author, book=book), Validated)
        return
    cancelled = _done(cancel_invoice(found.id, None, author), Cancelled)
    if desk == DeskStep.CANCEL:
        return
    if desk == DeskStep.GIVE_UP:
        why = "la caisse revoit le dossier"
        _done(give_up(cancelled.new_id, None, FiledAs.PAID_AFTER_ALL, why, author), GivenUp)
        return
    signature = Signature.DEGRADED if desk == DeskStep.CORRECT else Signature.CARD
    billed = _done(bill_invoice(cancelled.new_id, 1, signature, author), Billed)
    saved = _done(save_correction(cancelled.new_id, billed.version, right, author), Saved)
    if desk != DeskStep.CORRECT:
        _done(validate_invoice(cancelled.new_id, saved.version, author, book=book), Validated)


def _done(outcome: object, kind: type[T]) -> T:
    """The outcome, which the story has made certain.

    Raises:
        PracticeFault: it is another one: the story and the program no longer agree.
    """
    if not isinstance(outcome, kind):
        raise PracticeFault(f"La démonstration ne se construit pas ({outcome}) : prévenez l’éditeur.")
    return outcome

"""What is written about rejections: the letter to a patient, the list to hand to a practitioner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from models.domain.faults import PracticeFault
from models.papers.template import Template, filled
from models.papers.values import PrintColumn, Printout
from models.queries.sheets import InvoiceSheet
from models.reference.payers import payer_label
from models.reference.rejection_entry import Explanation
from models.reference.rejections import RejectionBook
from tui.text.bordereaux import foot
from tui.text.display import day, money, number, person, plural

MOST_REJECTIONS: Final = 500
"""Rejected invoices that are handed over on paper at the most: nobody looks at more."""

_RIGHTS: Final = "Votre carte Vitale à jour, ou votre attestation de droits."
"""What is asked for where the rejection itself asks the patient for nothing."""

_REJECTIONS: Final = (
    PrintColumn("N° facture", 12),
    PrintColumn("Date", 12),
    PrintColumn("Patient", 26),
    PrintColumn("Organisme", 20),
    PrintColumn("Montant", 11, right=True),
    PrintColumn("Rejet", 38, wraps=True),
)


def patient_letter(
    practice: str, sheet: InvoiceSheet, book: RejectionBook, template: Template, at: datetime
) -> Printout:
    """What was refused of an invoice, and what its patient is to bring.

    Raises:
        PracticeFault: the template is wrong; its line is told.
    """
    draft, reasons = sheet.draft, list(_explained(sheet, book))
    patient = person(draft.last_name, draft.first_name)
    fields = {
        "cabinet": practice,
        "professionnel": sheet.practitioner_name,
        "patient": patient,
        "date": day(at.astimezone().date()),
        "numero": number(sheet.number),
        "date_facture": day(sheet.billed_on),
        "montant": money(sheet.total),
        "organisme": _payer(sheet),
        "refus": _listed(f"{_meaning(reason)} (rejet {reason.code})." for reason in reasons),
        "apporter": _listed(_to_bring(reason.ask) for reason in reasons),
    }
    return Printout(
        title="",
        sender=tuple(line for line in (practice, sheet.practitioner_name) if line),
        recipient=(patient,),
        before=("", "", *filled(template, fields).before),
        foot=foot(practice, at),
    )


def practitioner_rejections(
    practice: str, sheets: Iterable[InvoiceSheet], book: RejectionBook, template: Template, at: datetime
) -> list[Printout]:
    """The rejected invoices of each practitioner, with what each rejection means and what to do.

    Raises:
        PracticeFault: the template is wrong: its line is told; or there are more than `MOST_REJECTIONS`.
    """
    sheets = list(sheets)
    if len(sheets) > MOST_REJECTIONS:
        raise PracticeFault(f"Plus de {MOST_REJECTIONS} factures rejetées : filtrez pour les imprimer par parties.")
    by_practitioner: dict[str, list[InvoiceSheet]] = {}
    for sheet in sheets:
        by_practitioner.setdefault(sheet.practitioner, []).append(sheet)
    return [_to_hand_over(practice, theirs, book, template, at) for theirs in by_practitioner.values()]


def _to_hand_over(
    practice: str, sheets: Sequence[InvoiceSheet], book: RejectionBook, template: Template, at: datetime
) -> Printout:
    known = {reason.code: reason for sheet in sheets for reason in _explained(sheet, book)}
    fields = {
        "cabinet": practice,
        "professionnel": sheets[0].practitioner_name,
        "date": day(at.astimezone().date()),
        "nombre": plural(len(sheets), "facture", "factures"),
        "montant": money(sum(sheet.total for sheet in sheets)),
        "explications": "\n".join(
            f"{code} : {_meaning(reason)}. À faire : {reason.todo}" for code, reason in sorted(known.items())
        ),
    }
    said = filled(template, fields, table=True)
    return Printout(
        title="Factures rejetées",
        sender=tuple(line for line in (practice, sheets[0].practitioner_name) if line),
        before=(*said.before, ""),
        columns=_REJECTIONS if said.has_table else (),
        rows=[_row(sheet, book) for sheet in sheets] if said.has_table else (),
        after=said.after,
        foot=foot(practice, at),
    )


def _row(sheet: InvoiceSheet, book: RejectionBook) -> tuple[str, ...]:
    draft = sheet.draft
    rejected = " ; ".join(f"{reason.code} {reason.label}".strip() for reason in _explained(sheet, book))
    return (
        *(number(sheet.number), day(sheet.billed_on), person(draft.last_name, draft.first_name)),
        *(_payer(sheet), money(sheet.total), rejected),
    )


def _explained(sheet: InvoiceSheet, book: RejectionBook) -> Iterable[Explanation]:
    """Each of its rejections once."""
    found = {reason.code: book.explain(reason.code, reason.label, reason.share) for reason in sheet.reasons}
    return found.values()


def _meaning(reason: Explanation) -> str:
    """What it means, in clear where that is known, else as the caisse words it."""
    return ((reason.meaning if reason.known else reason.label) or reason.meaning).rstrip(".")


def _payer(sheet: InvoiceSheet) -> str:
    draft = sheet.draft
    return payer_label(draft.regime, draft.caisse) or f"{draft.regime} {draft.caisse} {draft.centre}".strip()


def _to_bring(ask: str) -> str:
    """What the book tells the desk to ask for, told to the patient."""
    first = ask.split(". ")[0].rstrip(".")
    if not first or first.startswith("Rien"):
        return _RIGHTS
    return f"{first.replace('Sa ', 'Votre ', 1).replace(' son ', ' votre ')}."


def _listed(lines: Iterable[str]) -> str:
    """Each once, as a paragraph of its own."""
    return "\n".join(f"– {line}" for line in dict.fromkeys(lines))

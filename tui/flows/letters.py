"""What is printed of rejections: the letter to a patient, what to hand to each practitioner."""

from __future__ import annotations

from models.domain.accesses import Looked
from models.domain.patience import Step
from models.papers.template import TemplateName
from models.queries.invoice_row import ListView
from models.queries.rejected import rejected_sheets
from models.queries.sheets import invoice_sheet
from tui.base.desk_screen import DeskScreen
from tui.base.printing import Made, print_pages
from tui.text.letters import MOST_REJECTIONS, patient_letter, practitioner_rejections
from tui.text.printing import as_pdf


async def print_letter(screen: DeskScreen, invoice_id: int) -> None:
    """The letter to the patient of a rejected invoice."""
    practice, at, book = screen.desk.practice, screen.desk.author().at, screen.book

    def made(step: Step) -> Made:
        sheet = invoice_sheet(invoice_id)
        letter = patient_letter(screen.desk.practice_name(), sheet, book, practice.template(TemplateName.PATIENT), at)
        return as_pdf(f"lettre facture {sheet.number}", [letter], at, step)

    await print_pages(screen, made, Looked.SHEET, f"invoice {invoice_id}")


async def print_rejections(screen: DeskScreen, view: ListView, looked: Looked, subject: str) -> None:
    """What to hand to each practitioner, of the invoices that a list shows."""
    practice, at, book = screen.desk.practice, screen.desk.author().at, screen.book

    def made(step: Step) -> Made:
        template = practice.template(TemplateName.PRACTITIONER)
        sheets = rejected_sheets(view, MOST_REJECTIONS + 1)
        pages = practitioner_rejections(screen.desk.practice_name(), sheets, book, template, at)
        return as_pdf("rejets par professionnel", pages, at, step)

    await print_pages(screen, made, looked, subject)

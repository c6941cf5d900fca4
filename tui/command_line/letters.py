"""`accueil papiers --lettre`, `--rejets`, `--modeles`: what is written about rejections, and by which templates."""

from __future__ import annotations

from models.commands.write_templates import write_templates
from models.domain.accesses import Looked, list_subject
from models.domain.lists import ListName
from models.papers.template import TemplateName
from models.queries.invoice_row import ListView
from models.queries.rejected import rejected_sheets
from models.queries.sheets import sheets_of
from tui.command_line.accesses import note
from tui.command_line.invoices import each_invoice
from tui.command_line.named_practice import NamedPractice
from tui.command_line.printing import printed
from tui.command_line.progress import in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.command_line.typed import TypedNumber
from tui.text.letters import MOST_REJECTIONS, patient_letter, practitioner_rejections
from tui.text.printing import as_pdf


def print_letters(practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None) -> int:
    """Print the letter to the patient of each of these invoices; the exit code.

    Raises:
        PracticeFault: the template is wrong, or the disk refused; nothing is printed.
    """
    session = session_of(practice)
    opened = session.open()
    wanted: list[int] = []
    code = each_invoice(numbers, practitioner, lambda match: wanted.append(match.id))
    found = sheets_of(wanted)
    template, at, book = opened.template(TemplateName.PATIENT), session.author().at, opened.book.current
    sheets = []
    for sheet in (found[one] for one in wanted):
        if sheet.reasons:
            sheets.append(sheet)
        else:
            code = REFUSED
            talk(f"N° {sheet.number} : rien n’y est refusé, il n’y a pas de lettre à écrire.")
    if not sheets:
        return REFUSED
    letters = [patient_letter(opened.name(), sheet, book, template, at) for sheet in sheets]
    for sheet in sheets:
        note(session, Looked.SHEET, f"invoice {sheet.id}")
    what = f"lettre facture {sheets[0].number}" if len(sheets) == 1 else "lettres"
    with in_steps("Lettres") as kept:
        made = as_pdf(what, letters, at, kept.step)
    return printed(opened.place, *made) or code


def print_rejections(practice: NamedPractice, practitioner: str | None) -> int:
    """Print what to hand to each practitioner, or to one; the exit code.

    Raises:
        PracticeFault: the template is wrong, or the disk refused; nothing is printed.
    """
    session = session_of(practice)
    opened = session.open()
    session.bring_back()
    sheets = rejected_sheets(ListView(ListName.TRANSMITTED), MOST_REJECTIONS + 1, practitioner)
    if not sheets:
        talk("Aucune facture rejetée : rien à imprimer.")
        return REFUSED
    template, at = opened.template(TemplateName.PRACTITIONER), session.author().at
    pages = practitioner_rejections(opened.name(), sheets, opened.book.current, template, at)
    note(session, Looked.LIST, list_subject(ListName.TRANSMITTED))
    with in_steps("Pages") as kept:
        made = as_pdf("rejets par professionnel", pages, at, kept.step)
    return printed(opened.place, *made)


def show_templates(practice: NamedPractice) -> int:
    """Write the templates that are not there yet, and say where all of them are; the exit code.

    Raises:
        PracticeFault: the disk refused.
    """
    for path in write_templates(session_of(practice).open().place):
        out(str(path))
    return 0

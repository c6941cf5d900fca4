"""What is printed of rejections, from the screens and by the verb, by templates that the practice may change."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.papers.template import Filled, Template, TemplateName, filled
from models.queries.invoice_row import ListView
from models.queries.rejected import rejected_sheets
from models.queries.sheets import find_number, invoice_sheet
from models.reference.rejections import our_book
from models.store.templates import original
from tests.tui.command_line import accueil
from tests.tui.desk import CANCEL, MENU, MORNING, at_desk
from tui.text.letters import patient_letter, practitioner_rejections


def names(folder: Path) -> list[str]:
    """What was printed."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_the_letter_says_what_was_refused_and_what_to_bring(practice: Practice) -> None:
    sheet = invoice_sheet(find_number(1009)[0].id)
    template = Template("m", original(TemplateName.PATIENT))
    letter = patient_letter("Cabinet des Lilas", sheet, our_book(), template, MORNING)
    said = "\n".join(letter.before)
    assert "Objet : votre facture n° 000001009 du" in said
    assert f"(rejet {our_book().explain(sheet.reasons[0].code).code})." in said
    assert "– L’attestation de droits" in said or "– L’ordonnance" in said or "– Votre carte Vitale" in said
    assert "Lui proposer" not in said, "that is for the desk"
    assert letter.recipient == (f"{sheet.draft.last_name} {sheet.draft.first_name.title()}",)


def test_each_practitioner_gets_their_own_rejections_with_what_to_do(practice: Practice) -> None:
    sheets = rejected_sheets(ListView(), 99)
    pages = practitioner_rejections("", sheets, our_book(), Template("m", original(TemplateName.PRACTITIONER)), MORNING)
    assert sum(len(page.rows) for page in pages) == len(sheets) >= 14
    assert rejected_sheets(ListView(), 99, sheets[0].practitioner) == [
        sheet for sheet in sheets if sheet.practitioner == sheets[0].practitioner
    ]
    with pytest.raises(PracticeFault, match="Plus de 500 factures rejetées"):
        practitioner_rejections("", sheets[:1] * 501, our_book(), Template("m", "{nombre}"), MORNING)
    assert len(pages) == len({sheet.practitioner for sheet in sheets})
    assert all("À faire : " in "\n".join(page.after) for page in pages)
    bare = practitioner_rejections("", sheets, our_book(), Template("m", "{nombre}"), MORNING)[0]
    assert (bare.columns, bare.rows) == ((), ()), "a template without the table has none"
    assert filled(Template("m", "x"), {}, table=True) == Filled(("x",), (), has_table=False)


def test_a_wrong_template_prints_nothing_and_says_its_line(practice: Practice) -> None:
    base, folder = ("--base", practice.location), practice.printouts
    ran = accueil("papiers", "--modeles", *base)
    own = practice.templates / TemplateName.PATIENT
    assert ran.out.splitlines()[0] == str(own)
    own.write_text("Bonjour {patiente}", encoding="utf-8")
    ran = accueil("papiers", "--lettre", "1009", *base)
    assert (ran.code, names(folder)) == (1, [])
    assert "lettre-patient.txt », ligne 1 : le champ {patiente} n’est pas connu" in ran.err
    own.write_text("Bonjour {patient}", encoding="utf-8")
    assert accueil("papiers", "--modeles", *base).code == 0
    assert own.read_text(encoding="utf-8") == "Bonjour {patient}", "what is there is left as it is"
    paid = next(row for row in ("1001", "1002", "1003") if not invoice_sheet(find_number(int(row))[0].id).reasons)
    ran = accueil("papiers", "--lettre", "1009", paid, *base)
    assert (ran.code, names(folder)) == (1, ["lettre-facture-1009-2026-11-22-1000.pdf"])
    assert f"N° {paid} : rien n’y est refusé" in ran.err
    assert accueil("papiers", "--rejets", *base).code == 0
    assert names(folder)[1] == "rejets-par-professionnel-2026-11-22-1000.pdf"


@pytest.mark.usefixtures("drawn_at_once")
async def test_the_screens_print_the_letter_the_rejections_and_note_a_document(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("ctrl+p")
        assert desk.question() == "Imprimer"
        await desk.press("p")
        await desk.sees("Imprimé", "Le PDF est écrit ici :")
        await desk.press("enter", "enter")
        await desk.sees("Détail de la facture")
        await desk.press("ctrl+p")
        await desk.sees("Imprimé", "Le PDF est écrit ici :")
        await desk.press("enter", "j", "a")
        await desk.sees("Attestation de la facture n°", ": due.")
        await desk.press("end")
        await desk.sees("Pièce", "attestation, due le 23/11/2026 (sophie).")
        await desk.press("j", "a")
        await desk.press("enter", "end")
        await desk.sees("attestation, numérisée le 23/11/2026 (sophie).")
    letter, rejections = names(practice.printouts)
    assert letter.startswith("lettre-facture-")
    assert rejections == "rejets-par-professionnel-2026-11-23-1000.pdf"

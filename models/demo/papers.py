"""What the receptionist of the demo does of papers: sheets posted, prescriptions scanned and sent, what came back."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from models.commands.note_document import DocumentNoted, note_document
from models.commands.send_sheets import SheetsSent, SheetsTakenBack, send_sheets, take_back_sheets
from models.demo.desk import done
from models.domain.author import Author
from models.domain.papers import DocumentKind, DocumentStep
from models.queries.papers import PaperLot, paper_documents, paper_lots, paper_sheets

_PRESCRIPTION: Final = DocumentKind.PRESCRIPTION


def post_what_is_owed(author: Author) -> None:
    """All that is owed goes: an envelope for each caisse and practitioner, the prescriptions by SCOR.

    Raises:
        PracticeFault: the database refused.
    """
    owed = [lot for lot in paper_lots(author.day) if lot.owed]
    for _, lots in groupby(owed, key=_envelope):
        done(send_sheets([lot.id for lot in lots], author.day, "par la poste", author), SheetsSent)
    invoices = [one.invoice for one in paper_documents(author.day)]
    for step in (DocumentStep.SCANNED, DocumentStep.SENT):
        done(note_document(invoices, _PRESCRIPTION, step, author.day, "", author), DocumentNoted)


def hear_what_came_back(author: Author) -> None:
    """An envelope and a scan came back: both are owed again; the oldest of the later prescriptions is scanned.

    Raises:
        PracticeFault: the database refused.
    """
    later = paper_documents(author.day)[0].invoice
    latest, *others = (lot for lot in paper_lots(author.day) if not lot.owed)
    smallest = min(others, key=lambda lot: (lot.sheets, lot.id))
    unreadable = paper_sheets(latest.id)[0].id
    done(take_back_sheets(smallest.id, "revenue : adresse incomplète", author), SheetsTakenBack)
    for invoice, step, why in ((unreadable, DocumentStep.OWED, "illisible"), (later, DocumentStep.SCANNED, "")):
        done(note_document([invoice], _PRESCRIPTION, step, author.day, why, author), DocumentNoted)


def _envelope(lot: PaperLot) -> tuple[str, str, str]:
    return lot.regime, lot.caisse, lot.practitioner

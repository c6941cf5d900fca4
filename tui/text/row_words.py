"""What is said of one invoice of a list: its rejections in clear and what to do, or where it stands."""

from __future__ import annotations

from models.domain.exchanges import Arl
from models.domain.lifecycle import FIRST_UNSENT
from models.domain.states import InvoiceState, ShareName
from models.queries.invoice_row import InvoiceRow
from models.reference.rejections import RejectionBook
from tui.text.filing import filed_line
from tui.text.noted import arl_clause, note_clause
from tui.text.refusals import refusal_sentence
from tui.text.state_words import STATES


def row_pairs(row: InvoiceRow, book: RejectionBook) -> list[tuple[str, str]]:
    """Words and sentences: each rejection's code and label, the remedy, the meaning; else the state."""
    if row.damage:
        return [("État", refusal_sentence(row.damage))]
    said: list[tuple[str, str]] = []
    amo, amc = row.amo_rejection, row.amc_rejection
    if row.desk_rank >= FIRST_UNSENT:
        amo, amc = row.carried, row.carried_amc
    if amo:
        known = book.explain(amo, row.amo_label or "", "amo")
        said.append((known.code, known.label))
        said += _others(book, row.amo_more, ShareName.AMO)
        said += [("À faire", known.todo), ("Motif", known.meaning)]
    if amc and row.state != InvoiceState.CANCELLED:
        known = book.explain(amc, row.amc_label or "", "amc")
        said.append((f"DRE {known.code}"[:9], f"{known.label}{' (après la facture)' if amo else ''}"))
        said += _others(book, row.amc_more, ShareName.AMC)
        if not amo:
            said += [("À faire", known.todo), ("Motif", known.meaning)]
    if not said:
        said.append(("État", STATES[row.state].panel))
    if row.sent_back:
        said.insert(0, ("ARL", arl_clause(Arl.NEGATIVE, row.sent_back.mark, row.sent_back.reason)))
    if row.noted:
        said.insert(1, ("Noté", note_clause(row.noted)))
    if filed := filed_line(row.state, row.filed_until, row.filing):
        said.insert(0, filed)
    return said


def _others(book: RejectionBook, more: tuple[tuple[str, str], ...], share: ShareName) -> list[tuple[str, str]]:
    """The share's other rejections, right under the first: correcting that one alone would bring them back."""
    return [(known.code, f"{known.label} (aussi)") for known in (book.explain(*one, share) for one in more)]

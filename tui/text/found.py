"""Why a filter shows an invoice, in words, where the row itself does not show it."""

from __future__ import annotations

from typing import Final

from models.domain.lists import FoundBy
from models.domain.states import InvoiceKind, Signature
from models.queries.invoice_row import InvoiceRow
from models.reference.payers import payer_label
from models.reference.text_search import fold
from tui.text import display

_BILLED: Final[dict[Signature, str]] = {
    Signature.DEGRADED: "facturée en dégradé",
    Signature.CARD: "facturée avec la carte Vitale",
}


def why_found(row: InvoiceRow, shown: str) -> str:
    """What of the invoice the filter's words mean; empty where all of it stands on its row.

    Args:
        row: as the filter found it.
        shown: the row as it is written.
    """
    visible = fold(shown)
    reasons = (_reason(row, by, term, visible) for by, term in row.found)
    return " · ".join(dict.fromkeys(reason for reason in reasons if reason))


def _reason(row: InvoiceRow, by: FoundBy, term: str, visible: str) -> str:
    match by:
        case FoundBy.LINKED | FoundBy.LINKED_BEGINS:
            return _link(row, term, visible)
        case FoundBy.LOT:
            return f"lot {row.lot:03d}" if row.lot else ""
        case FoundBy.CODE:
            return _code(row, term, visible)
        case FoundBy.DAY:
            return "" if term in visible else f"facturée le {display.day(row.billed_on)}"
        case FoundBy.NAME:
            return "" if term in visible else f"nom : {row.last_name} {row.first_name}"
        case FoundBy.NIR:
            return "NIR de l’assuré"
        case FoundBy.BILLED:
            billed = "DRE seule" if row.kind is InvoiceKind.DRE and term == "dre" else _BILLED.get(row.signature, "")
            return "" if term in visible else billed
        case FoundBy.PAYER:
            return "" if term in visible else f"organisme : {payer_label(row.regime, row.caisse) or row.caisse}"
        case FoundBy.PRACTITIONER:
            return f"professionnel : {term.upper()}"
        case _:
            return ""


def _link(row: InvoiceRow, term: str, visible: str) -> str:
    links = (
        (row.replaces, "remplace la facture n°"),
        (row.replaced_by, "remplacée par la facture n°"),
        (row.dre_again, "sa DRE est refaite sous le n°"),
    )
    for number, words in links:
        if number and (str(number).startswith(term) or f"{number:09d}".startswith(term)):
            return "" if str(number) in visible else f"{words} {number}"
    return f"DRE de la facture n° {term}"


def _code(row: InvoiceRow, term: str, visible: str) -> str:
    own = (row.amo_rejection, row.amc_rejection, *(code for code, _ in (*row.amo_more, *row.amc_more)))
    for code in (*own, row.carried, row.carried_amc):
        parts = fold(code or "").split()
        if code and any(part.startswith(term) for part in ("".join(parts), *parts)):
            return "" if fold(code) in visible or "".join(parts) in visible else f"rejet {code}"
    return ""

"""The money of a return in lines: each transfer over its invoices and what moves beside them, then what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from models.queries.transfers import PaidInvoice, ReturnMoney, TransferSheet
from tui.text import display
from tui.text.movements import movement_words, transfer_words
from tui.text.state_words import capital
from tui.text.text_columns import Cells, TextColumn

COLUMNS: Final = (
    TextColumn("N°", 9),
    TextColumn("Date", 10),
    TextColumn("Patient", 20, grow=1),
    TextColumn("AMO", 10, right=True),
    TextColumn("AMC", 10, right=True),
    TextColumn("", 11),
)


class MoneyLine(NamedTuple):
    """One line, and the invoice that it is about, if it is about one."""

    said: str | Cells
    invoice_id: int | None
    sheet: TransferSheet


def money_lines(money: ReturnMoney) -> Iterator[MoneyLine]:
    """Every line of it."""
    for sheet in money.transfers:
        yield MoneyLine(transfer_line(sheet), None, sheet)
        for invoice in sheet.invoices:
            yield MoneyLine(_cells(invoice), invoice.id, sheet)
        for movement in sheet.movements:
            yield MoneyLine(f"  {movement_words(movement)}", None, sheet)


def transfer_line(sheet: TransferSheet) -> str:
    """« Virement du 14/11/2026 VIR CPAM 331 : 12 factures, 345,60 € »."""
    what = "Sans virement annoncé" if sheet.transfer is None else capital(transfer_words(sheet.transfer))
    return f"{what} : {_held(sheet)}"


def _held(sheet: TransferSheet) -> str:
    """What a transfer pays, as far as the return tells."""
    if not sheet.invoices and not sheet.movements:
        return "le retour n’y rattache rien"
    invoices = display.plural(len(sheet.invoices), "facture", "factures") if sheet.invoices else "aucune facture"
    return f"{invoices}, {display.money(sheet.total)} €"


def sums(money: ReturnMoney, sheet: TransferSheet | None) -> Iterator[tuple[str, str]]:
    """What the transfer of the selected line comes to, and whether the whole is what the return announces."""
    if sheet is not None:
        which = "Virement" if sheet.transfer is not None else "Hors vir."
        if sheet.movements:
            beside = f"factures {display.money(sheet.paid)} €, à côté {display.money(sheet.moved)} €"
            yield which, f"{_held(sheet)} ({beside})"
        else:
            yield which, _held(sheet)
    parts = display.plural(sum(one.transfer is not None for one in money.transfers), "virement", "virements")
    total, announced = display.money(money.total), display.money(money.announced)
    if money.agrees:
        yield "Retour", f"{parts}, {total} € en tout ; il annonce {announced} € : les sommes concordent"
    else:
        apart = display.money(abs(money.announced - money.total))
        said = f"{parts}, {total} € en tout ; il annonce {announced} €"
        yield "Retour", f"{said} : {apart} € d’écart, voyez la caisse"
    waiting = [one for part in money.transfers for one in part.invoices if not one.stands]
    if waiting:
        amount = display.money(sum(one.paid for one in waiting))
        said = display.plural(len(waiting), "réponse n’est pas appliquée", "réponses ne sont pas appliquées")
        yield "Attention", f"{said} ({amount} €) : déjà connues, écartées ou à trancher"


def _cells(invoice: PaidInvoice) -> Cells:
    return (
        display.number(invoice.number),
        display.day(invoice.billed_on),
        display.person(invoice.last_name, invoice.first_name),
        display.money(invoice.amo_paid),
        display.money(invoice.amc_paid),
        "" if invoice.stands else "non applic.",
    )

"""Valider several invoices at once: one question, each checked for itself, a reason for all whose doubt it lifts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from models.checks.finding import Finding
from models.commands.validate import Advised, Faulty, Validated, validate_invoice
from models.domain.refusals import Refused
from models.queries.invoice_row import InvoiceRow
from tui.base.picking_screen import PickingScreen
from tui.dialogs.confirm import Confirm
from tui.flows.advice import ask_reason
from tui.text import display
from tui.text.faults import located_sentence
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence


async def validate_several(screen: PickingScreen, rows: Sequence[InvoiceRow]) -> None:
    """Ask once, check and validate each, say which were and why the others were not."""
    invoices = display.plural(len(rows), "facture", "factures")
    lines = (
        f"{invoices}, {display.money(sum(row.total for row in rows))} €.",
        "OUI : chacune est contrôlée et validée pour elle-même ; une qui est arrêtée n’arrête pas les autres.",
        "NON : rien ne change.",
    )
    if not await screen.ask(Confirm(f"Valider {invoices} ?", lines)):
        screen.tell("Aucune facture n’a été validée.")
        return
    validated: list[int] = []
    left: dict[int, str] = {}
    advised: dict[int, tuple[InvoiceRow, tuple[Finding, ...]]] = {}
    for index, row in enumerate(rows, start=1):
        if screen.gives_up:
            left.update((other.number, "pas contrôlée, vous avez arrêté.") for other in rows[index - 1 :])
            break
        screen.tell(f"Contrôle {index} / {len(rows)} : facture n° {row.number}… (Échap arrête)")
        outcome = await _validate(screen, row, None)
        if isinstance(outcome, Validated):
            validated.append(row.number)
        elif isinstance(outcome, Advised):
            advised[row.number] = row, outcome.findings
            left[row.number] = located_sentence(outcome.findings[0])
        else:
            left[row.number] = outcome
    stopped = screen.gives_up
    screen.heard()
    if advised and not stopped:
        findings = [finding for _, found in advised.values() for finding in found]
        reason, _ = await ask_reason(screen, findings, [*advised])
        for number, (row, _) in advised.items() if reason is not None else ():
            outcome = await _validate(screen, row, reason)
            if isinstance(outcome, Validated):
                validated.append(number)
                del left[number]
    screen.invoices.pick({row.id: row for row in rows if row.number in left})
    screen.invoices.refill()
    screen.desk.spend_keys()
    await screen.show(
        display.plural(len(validated), "facture validée", "factures validées")
        if validated
        else "Aucune facture validée",
        *([f"N° {', '.join(map(str, validated))}."] if validated else []),
        *(f"– N° {number} : {why}" for number, why in left.items()),
    )
    screen.refresh_news()


async def _validate(screen: PickingScreen, row: InvoiceRow, reason: str | None) -> Validated | Advised | str:
    """What came of one, or why it stays."""
    author, book = screen.desk.author(), screen.book
    outcome = await screen.perform(partial(validate_invoice, row.id, row.version, author, book=book, reason=reason))
    match outcome:
        case Validated() | Advised():
            return outcome
        case Faulty(_, findings):
            return located_sentence(findings[0])
        case Refused() as refused:
            return refusal_sentence(refused)
        case None:
            return "la base a refusé."
        case stale:
            return stale_sentence(stale)

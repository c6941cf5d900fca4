"""Annuler several invoices at once: one question that says what becomes of which, then the table of the new numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from models.commands.cancel import CancelledTogether, NotCancelled, cancel_invoices
from models.domain.refusals import Refused
from models.domain.states import ShareState
from models.queries.invoice_row import InvoiceRow
from models.reference.rejections import ALREADY_PAID
from tui.base.picking_screen import PickingScreen
from tui.base.underway import Underway
from tui.dialogs.confirm import Confirm
from tui.flows.meanwhile import tell_not_done
from tui.text import display
from tui.text.refusals import refusal_sentence

_CODES: Final = 4
"""Codes that the question names, the commonest first."""
_REASONS: Final = 5
"""Reasons of refusal that the question names, the commonest first."""


async def cancel_several(screen: PickingScreen, rows: Sequence[InvoiceRow]) -> None:
    """Ask once, cancel what may be cancelled, show which number became which."""
    wanted = [row for row in rows if row.cancel_refusal is None]
    title = f"Annuler {display.plural(len(wanted), 'facture', 'factures')} ?"
    if not await screen.ask(Confirm(title, question_lines(rows))):
        tell_not_done(screen, wanted, "Aucune facture n’a été annulée.")
        return
    author = screen.desk.author()
    marked = [(row.id, row.version) for row in wanted]
    underway = Underway(screen, "Annulation…")
    outcome = await screen.perform(lambda: cancel_invoices(marked, author, underway.step))
    if outcome is None:
        if underway.stopped:
            screen.tell("Arrêté : aucune facture n’a été annulée.")
        return  # else `perform` has said why
    before = [NotCancelled(row.number, row.cancel_refusal) for row in rows if row.cancel_refusal is not None]
    screen.invoices.pick({})
    screen.invoices.refill()
    screen.desk.spend_keys()
    screen.refresh_news()
    screen.desk.open_new_numbers(CancelledTogether(outcome.cancelled, (*outcome.left, *before)))


def question_lines(rows: Sequence[InvoiceRow]) -> tuple[str, ...]:
    """How many, how much, for which rejections; what is left out and why; what OUI does."""
    wanted = [row for row in rows if row.cancel_refusal is None]
    codes = Counter(row.amo_rejection or "sans code" for row in wanted)
    lines = [
        f"{display.plural(len(wanted), 'facture', 'factures')}, {display.money(sum(row.total for row in wanted))} €.",
        f"Rejets : {_counted(codes, _CODES)}.",
    ]
    paid = sum((row.amo_rejection or "").startswith(ALREADY_PAID) for row in wanted)
    if paid:
        lines.append(f"Dont {paid} que la caisse dit avoir payées : cherchez d’abord le paiement.")
    waiting = sum(row.amc_state == ShareState.PENDING for row in wanted)
    if waiting:
        lines.append(f"Dont {waiting} sans réponse de la complémentaire, qui pourrait payer aussi l’ancienne.")
    lines += left_lines((row.number, row.cancel_refusal) for row in rows if row.cancel_refusal is not None)
    lines.append("OUI : toutes ensemble, ou aucune si la base refuse ; définitif, un nouveau numéro chacune.")
    lines.append("NON : rien ne change.")
    return tuple(lines)


def left_lines(refused: Iterable[tuple[int, Refused]]) -> list[str]:
    """What is not cancelled: by reason, with the numbers."""
    by_reason: dict[str, list[int]] = {}
    for number, why in refused:
        by_reason.setdefault(refusal_sentence(why), []).append(number)
    commonest = sorted(by_reason.items(), key=lambda one: -len(one[1]))
    lines = [f"Sans {_numbers(numbers)} : {reason}" for reason, numbers in commonest[:_REASONS]]
    more = sum(len(numbers) for _, numbers in commonest[_REASONS:])
    return [*lines, f"Sans {display.plural(more, 'autre', 'autres')}."] if more else lines


def _counted(codes: Counter[str], most: int) -> str:
    named = [f"{code} ({count})" for code, count in codes.most_common(most)]
    more = sum(codes.values()) - sum(count for _, count in codes.most_common(most))
    return ", ".join([*named, f"autres ({more})"] if more else named)


def _numbers(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"la n° {numbers[0]}"
    shown = ", ".join(str(number) for number in numbers[:3])
    return f"{len(numbers)} factures ({shown}{', …' if len(numbers) > 3 else ''})"

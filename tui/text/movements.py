"""Money outside the invoices, as sentences: what explains a transfer that the answers do not."""

from __future__ import annotations

from models.domain.damage import stored_moment
from models.formats.noemie.values import Movement, Transfer
from models.queries.received_returns import ReceivedReturn
from tui.text.display import clean, day, money, plural

_KINDS = {"04": "rappel"}


def movement_line(movement: Movement) -> str:
    """« retenue de 23,50 € (créance 123), virement du 14/11/2026 VIR CPAM 331 »."""
    transfer = f", {transfer_words(movement.transfer)}" if movement.transfer else ""
    return clean(f"{movement_words(movement)}{transfer}", 1000)


def return_line(received: ReceivedReturn) -> str:
    """A return that was read, in one line."""
    answers = plural(received.answers, "réponse", "réponses")
    paid = "annoncés" if received.held else "payés"
    undone = "défait · " if received.undone_at else ""
    return (
        f"{day(received.created_on)} {undone}{received.file_name}, retour n° {received.id} : {answers},"
        f" {money(received.paid)} € {paid}"
    )


def return_lines(received: ReceivedReturn) -> list[str]:
    """A return that was read: its head, then its transfers with the other money of each, then what was odd."""
    lines = [return_line(received)]
    if received.undone_at:
        when = stored_moment(received.undone_at).astimezone()
        lines.append(f"  Défait par {received.undone_by} le {day(when.date())} : rien de ce qu’il dit ne vaut plus.")
    for paying in received.transfers:
        lines.append(f"  {transfer_words(paying.transfer)}")
        lines.extend(f"    {movement_words(movement)}" for movement in paying.movements)
    lines.extend(f"  {movement_words(movement)}, sans virement" for movement in received.movements)
    lines.extend(f"  {sentence}" for sentence in (*received.wrong_totals, *received.remarks))
    if received.held:
        lines.append("  Total faux : ce retour attend que quelqu’un décide.")
    return [clean(line, 1000) for line in lines]


def transfer_words(transfer: Transfer) -> str:
    """« virement du 14/11/2026 VIR CPAM 331 »."""
    when = f"du {day(transfer.sent_on)}" if transfer.sent_on else "sans date"
    return f"virement {when} {transfer.label}".rstrip(" ")


def movement_words(movement: Movement) -> str:
    """« retenue de 23,50 € (créance 123) »."""
    if movement.withheld:
        what = "retenue" if movement.amount < 0 else "retenue rendue"
        about = f"créance {movement.reference}" if movement.reference else ""
    else:
        what = _KINDS.get(movement.return_kind, "paiement forfaitaire")
        about = ", ".join(movement.labels) or (f"code {movement.reference}" if movement.reference else "")
    return f"{what} de {money(abs(movement.amount))} €" + (f" ({about})" if about else "")

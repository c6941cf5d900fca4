"""Money outside the invoices, as sentences: what explains a transfer that the answers do not."""

from __future__ import annotations

from models.formats.noemie.values import Movement
from tui.text.display import clean, day, money

_KINDS = {"04": "rappel"}


def movement_line(movement: Movement) -> str:
    """« retenue de 23,50 € (créance 123), virement du 14/11/2026 VIR CPAM 331 »."""
    if movement.withheld:
        what = "retenue" if movement.amount < 0 else "retenue rendue"
        about = f"créance {movement.reference}" if movement.reference else ""
    else:
        what = _KINDS.get(movement.return_kind, "paiement forfaitaire")
        about = ", ".join(movement.labels) or (f"code {movement.reference}" if movement.reference else "")
    parts = [f"{what} de {money(abs(movement.amount))} €" + (f" ({about})" if about else "")]
    if movement.transfer:
        sent_on = movement.transfer.sent_on
        when = f"du {day(sent_on)}" if sent_on else "sans date"
        parts.append(f"virement {when} {movement.transfer.label}".rstrip(" "))
    return clean(", ".join(parts), 1000)

"""`accueil relever --liste`: the returns that were read, with what explains each transfer and what was odd."""

from __future__ import annotations

import json

from models.formats.noemie.values import Movement
from models.queries.received_returns import ReceivedReturn, received_returns
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import out, talk
from tui.command_line.typed import OutputFormat
from tui.text.movements import return_lines


def run(practice: NamedPractice, output: OutputFormat) -> int:
    """Print the list; the exit code."""
    session_of(practice).open()
    found = received_returns()
    if output == "json":
        out(json.dumps([_record(one) for one in found], indent=1))
        return 0
    for one in found:
        for line in return_lines(one):
            out(line)
    if not found:
        talk("Aucun retour n’a été relevé.")
    return 0


def _record(one: ReceivedReturn) -> dict[str, object]:
    """A return as the other programs get it; what is not ASCII is escaped by `json`."""
    return {
        "id": one.id,
        "file": one.file_name,
        "reference": one.reference,
        "created_on": one.created_on.isoformat(),
        "received_at": one.received_at,
        "sender_type": one.sender_type,
        "answers": one.answers,
        "paid_cents": one.paid,
        "held": one.held,
        "undone_at": one.undone_at or None,
        "undone_by": one.undone_by or None,
        "transfers": [
            {
                "practitioner": paying.transfer.practitioner,
                "sent_on": paying.transfer.sent_on.isoformat() if paying.transfer.sent_on else None,
                "label": paying.transfer.label,
                "payer": paying.transfer.payer,
                "movements": [_movement(movement) for movement in paying.movements],
            }
            for paying in one.transfers
        ],
        "movements": [_movement(movement) for movement in one.movements],
        "wrong_totals": list(one.wrong_totals),
        "remarks": list(one.remarks),
    }


def _movement(movement: Movement) -> dict[str, object]:
    return {
        "practitioner": movement.practitioner,
        "return_kind": movement.return_kind,
        "withheld": movement.withheld,
        "amount_cents": movement.amount,
        "reference": movement.reference,
        "labels": list(movement.labels),
    }

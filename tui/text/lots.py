"""What is said of a lot that came in: its remarks, the gravest first, and the lots that it makes anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.domain.exchanges import RemarkWeight
from tui.text.display import plural

if TYPE_CHECKING:
    from models.commands.import_lots import Imported
    from models.queries.lots import KeptRemark


def remark_lines(outcome: Imported) -> list[str]:
    """One sentence for each remark: money that does not add up, then redone lots, then details."""
    return [
        *(amount_line(text) for text in outcome.amounts),
        *(redone_line(number, invoices) for number, invoices in outcome.redone),
        *outcome.warnings,
    ]


def amount_line(text: str) -> str:
    """A remark about money, which a person has to look at."""
    return f"À vérifier : {text}"


def kept_line(kept: KeptRemark) -> str:
    """A remark that was kept with its lot."""
    return amount_line(kept.text) if kept.weight == RemarkWeight.AMOUNT else kept.text


def redone_line(number: int, invoices: int) -> str:
    """An earlier lot that the billing software made anew, after a negative ARL most likely."""
    moved = plural(invoices, "facture est maintenant", "factures sont maintenant")
    return f"Lot {number:03d} refait : {moved} dans le nouveau lot."

"""What the menus say beside each entry."""

from __future__ import annotations

from datetime import date

from models.queries.counts import Counts, counts, unsent_care_days
from models.reference.workdays import deadline


def menu_counts() -> dict[str, str]:
    """The counts of the menus' entries, by entry name; a query, to be run in a worker."""
    found = counts()
    to_treat, unsent, ready = found.of("rejected"), found.of("unvalidated"), found.of("validated")
    return {
        "teletransmission": _join(
            _some(to_treat, "rejet", "rejets"),
            _some(unsent, "non validée", "non validées"),
            _some(ready, "prête", "prêtes"),
        ),
        "cancel": _some(to_treat, "rejet à traiter", "rejets à traiter"),
        "unvalidated": _some(unsent, "non validée", "non validées"),
        "transmit": _join(
            _some(ready, "à transmettre", "à transmettre"), _some(found.in_doubt, "lot en doute", "lots en doute")
        ),
        "returns": _some(found.aside, "réponse à trancher", "réponses à trancher"),
        "dre": _some(found.dre, "DRE rejetée", "DRE rejetées"),
        "all": _some(found.total, "facture", "factures"),
    }


def late_count(today: date) -> str:
    """How many invoices have not left within the legal delay (8 working days, R.161-47 CSS); empty for none."""
    late = sum(count for day, count in unsent_care_days().items() if deadline(day, third_party=True) < today)
    return _some(late, "en retard", "en retard")


def summary(found: Counts) -> str:
    """The line above the list of transmitted invoices."""
    return (
        f"À traiter {found.of('rejected')} · recyclage caisse {found.of('reprocessing')} · "
        f"sans réponse {found.of('transmitted')} · payées {found.of('paid')}"
    )


def _some(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}" if count else ""


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)

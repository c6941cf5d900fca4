"""The words that a filter knows for states and ways of billing, folded, and what each means of an invoice."""

from __future__ import annotations

from typing import Final, NamedTuple

from models.domain.lifecycle import DESK_RANK, FILED_RANK
from models.domain.lists import FoundBy
from models.domain.states import InvoiceState, ShareState, Signature


class FilterWord(NamedTuple):
    """A word in its forms, the condition on a row `i`, and conditions that an index answers, together the same."""

    by: FoundBy
    forms: tuple[str, ...]
    holds: str
    indexed: tuple[str, ...]
    ranks: tuple[tuple[int, int], ...] = ()
    """Out of these ranks of the desk it finds nothing; none where it may find in all."""


def _state(state: InvoiceState, *forms: str) -> FilterWord:
    rank = DESK_RANK[state]
    return FilterWord(FoundBy.STATE, forms, f"+i.desk_rank = {rank}", (f"desk_rank = {rank}",), ((rank, rank),))


def _signed(signature: Signature, *forms: str) -> FilterWord:
    return FilterWord(FoundBy.BILLED, forms, f"i.signature || '' = '{signature}'", (f"signature = '{signature}'",))


_REJECTED: Final = DESK_RANK[InvoiceState.REJECTED]
_DRE_WAITS: Final = f"amc_state = '{ShareState.REJECTED}' AND desk_rank BETWEEN 1 AND 2"
"""Rejected, its obligatory share not: in reprocessing or partly paid."""

WORDS: Final[tuple[FilterWord, ...]] = (
    FilterWord(
        FoundBy.STATE,
        ("rejet", "rejets", "rejetee", "rejetees", "rejete"),
        f"(+i.desk_rank = {_REJECTED} OR (i.amc_state || '' = '{ShareState.REJECTED}'"
        " AND +i.desk_rank BETWEEN 1 AND 2))",
        (f"desk_rank = {_REJECTED}", _DRE_WAITS),
        ((_REJECTED, 2),),
    ),
    _state(InvoiceState.TRANSMITTED, "attente"),
    _state(InvoiceState.PAID, "payee", "payees", "paye"),
    _state(InvoiceState.PARTLY_PAID, "partiel", "partielle", "partiellement"),
    _state(InvoiceState.REPROCESSING, "recyclage", "retraitement", "differee", "differe"),
    _state(InvoiceState.CANCELLED, "annulee", "annulees", "annule"),
    FilterWord(
        FoundBy.STATE,
        ("classee", "classees", "classe"),
        f"+i.desk_rank = {FILED_RANK}",
        (f"desk_rank = {FILED_RANK}",),
    ),
    _state(InvoiceState.UNVALIDATED, "nonvalidee", "nonvalidees"),
    _state(InvoiceState.VALIDATED, "validee", "validees"),
    _state(InvoiceState.GIVEN_UP, "retiree", "retirees"),
    _signed(Signature.DEGRADED, "degrade", "degradee", "degradees"),
    _signed(Signature.CARD, "vitale"),
    FilterWord(FoundBy.BILLED, ("dre",), "i.dre_of_id IS NOT NULL", ("dre_of_id > 0",)),
)
"""Written as the lists write them; « non validée » is one word here (`models.queries.terms`)."""

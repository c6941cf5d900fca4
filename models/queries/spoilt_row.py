"""A row of a list of which a value is no day, or of no closed list, any more: shown as damaged, beside the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from models.domain.faults import PracticeFault
from models.domain.states import InvoiceKind, InvoiceState, ShareState, Signature

_SHOWN: Final[dict[str, Any]] = {
    "last_name": "LIGNE ABÎMÉE",
    "first_name": "",
    "kind": InvoiceKind.INVOICE,
    "first_sheet": None,
    "filed_until": None,
    "state": InvoiceState.CANCELLED,
    "amo_state": ShareState.NONE,
    "amc_state": ShareState.NONE,
    "signature": Signature.UNBILLED,
}
"""What stands in its place: a state in which nothing can be done, and words that say why."""


_NO_DAY: Final = "Le jour d’une facture ne se lit plus : la base est abîmée, restaurez la dernière sauvegarde."


def spoilt_row(names: Sequence[str], stored: Sequence[Any], readers: Mapping[str, Callable[[Any], Any]]) -> list[Any]:
    """The values of such a row.

    Args:
        names: of its values, in order.
        stored: as they were read.
        readers: what makes more than text or a number of some of them.

    Raises:
        PracticeFault: its day does not read, by which the lists are paged.
    """
    read: list[Any] = []
    for name, value in zip(names, stored, strict=True):
        shown = _SHOWN.get(name, value)
        if name == "billed_on":
            try:
                shown = readers[name](value)
            except ValueError as error:
                raise PracticeFault(_NO_DAY) from error
        elif name in readers and name not in _SHOWN:
            shown = None
            with suppress(KeyError, ValueError):
                shown = readers[name](value)
        read.append(shown)
    return read

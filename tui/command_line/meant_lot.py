"""The lot that is named on the command line."""

from __future__ import annotations

from models.domain.faults import PracticeFault
from models.queries.lots import LotMatch, sent_lots


def meant_lot(number: int, practitioner: str | None) -> LotMatch:
    """The latest lot of this number that left.

    Raises:
        PracticeFault: there is none, or several practitioners have one.
    """
    found = sent_lots(number, practitioner)
    if not found:
        raise PracticeFault(f"Aucun lot {number:03d} n’est parti de ce cabinet : vérifiez son numéro.")
    owners = sorted({lot.practitioner for lot in found})
    if len(owners) > 1:
        raise PracticeFault(
            f"Les professionnels {' et '.join(owners)} ont chacun un lot {number:03d} : "
            f"ajoutez --professionnel {owners[0]}."
        )
    return found[0]

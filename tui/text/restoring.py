"""What a restoring would do, and did: the copy, what left after it, the invoices to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.commands.restore import Plan, Restored, Suspect
from models.domain.anchor import LOTS, Mark
from models.domain.damage import stored_moment
from models.domain.states import InvoiceKind
from tui.text.display import clean, day, number, plural

SHOWN: Final = 200
"""Invoices that are named; beyond, they are counted."""

_A_PATH: Final = 300


def plan_lines(plan: Plan) -> Iterator[str]:
    """The copy, how far the practice had come beyond it, and what is to be looked at."""
    what = "Base remise sur le serveur" if plan.copy is None else f"Copie : « {clean(str(plan.copy), _A_PATH)} »"
    yield f"{what}, qui s’arrête {_when(plan.mark)}."
    last = max(plan.traces.marks, key=lambda mark: mark.entry, default=plan.mark)
    if last.entry > plan.mark.entry:
        gone = plural(last.entry - plan.mark.entry, "changement", "changements")
        yield f"Le cabinet est allé jusqu’au {_when(last).removeprefix('le ')} : {gone} à refaire."
    for lot in plan.lots:
        many = plural(len(lot.invoices), "facture", "factures") if lot.invoices else "fichier qui ne se lit pas"
        yield f"Parti après la copie : lot {lot.number:03d} du {day(lot.made_on)}, « {clean(lot.file_name)} » ({many})."
    if plan.suspects:
        yield f"{plural(len(plan.suspects), 'facture', 'factures')} à regarder une par une :"
    for suspect in plan.suspects[:SHOWN]:
        yield f"  {_suspect(suspect)}"
    if len(plan.suspects) > SHOWN:
        yield f"  … et {plural(len(plan.suspects) - SHOWN, 'autre', 'autres')}."


def done_lines(restored: Restored) -> Iterator[str]:
    """What was done."""
    yield "C’est fait : le cabinet reprend au-delà de ce qui a pu partir."
    for name, last in restored.numbers.items():
        what = f"lots du professionnel {name.removeprefix(LOTS)}" if name.startswith(LOTS) else _SERIES[name]
        yield f"Les {what} continuent après le n° {last:03d}, le dernier qui a pu être donné."
    if restored.reopened:
        yield (
            f"{plural(restored.reopened, 'facture validée attend', 'factures validées attendent')} de nouveau dans "
            "« Vérifier factures non validées » : aucune ne repart sans qu’on l’ait regardée."
        )
    if restored.aside is not None:
        yield f"La base d’avant est gardée dans « {clean(str(restored.aside), _A_PATH)} »."


_SERIES: Final = {"invoice": "factures", "dre": "DRE"}


def _suspect(suspect: Suspect) -> str:
    what = "DRE" if suspect.kind == InvoiceKind.DRE else "facture"
    where = (
        "validée dans la copie, elle a pu partir depuis"
        if suspect.lot is None
        else f"partie dans le lot {suspect.lot.number:03d} du {day(suspect.lot.made_on)}"
        + ("" if suspect.known else ", la copie ne la connaît pas")
    )
    return f"{what} n° {number(suspect.number)} : {where}"


def _when(mark: Mark) -> str:
    """Of an entry of the base in place, which may be damaged: question marks where its moment does not read."""
    if not mark.entry:
        return "avant tout changement"
    return f"{stored_moment(mark.at).astimezone():le %d/%m/%Y à %H h %M}"

"""What is said of the numbers that are ours: the range that is reserved, what of it is used and left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.text.display import clean, plural

if TYPE_CHECKING:
    from models.commands.met_numbers import FarNumbers
    from models.domain.numbering import Numbering
    from models.queries.numbers import LotsUse, NumbersUse, SeriesUse


def reserved(numbering: Numbering) -> tuple[str, str, str]:
    """The range: of the invoices, the DRE and the lots, each in a few words."""
    return (
        f"factures {_from(numbering.first_invoice)}",
        f"DRE {_from(numbering.first_dre)}",
        f"lots de {numbering.first_lot:03d} à {numbering.last_lot:03d}",
    )


def far_lines(far: FarNumbers) -> tuple[str, str]:
    """Which numbers of a file lie far from all others, and what becomes of ours once it is taken."""
    shown = [f"n° {number}" for number in far.numbers[:3]]
    more = f" et {len(far.numbers) - 3} autres" if len(far.numbers) > 3 else ""
    which = f"La facture {shown[0]} est" if len(far.numbers) == 1 else f"Les factures {', '.join(shown)}{more} sont"
    next_one = f"Si le fichier est pris, notre prochaine facture sera la n° {far.following}."
    return f"{which} loin de toutes les autres.", next_one


def reserved_line(numbering: Numbering) -> str:
    """The range in one sentence."""
    return f"Numéros d’Accueil : {', '.join(reserved(numbering))}."


def reserved_news(numbering: Numbering) -> str:
    """The same in the one line of news, at 80 columns."""
    if numbering.first_invoice == 1 or numbering.first_dre == 1:
        return reserved_line(numbering)
    lots = f"lots {numbering.first_lot:03d} à {numbering.last_lot:03d}"
    return f"Numéros d’Accueil : factures dès {numbering.first_invoice}, DRE dès {numbering.first_dre}, {lots}."


def use_lines(use: NumbersUse) -> Iterator[str]:
    """What is used of each series and what is left, a line each; the lots of each practitioner."""
    invoices, dre, lots = reserved(use.numbering)
    yield f"{invoices[0].upper()}{invoices[1:]} : {_used(use.invoices, 'donnée', 'données')}."
    yield f"{dre} : {_used(use.dre, 'donnée', 'données')}."
    yield f"{lots[0].upper()}{lots[1:]}, par professionnel :"
    for one in use.lots:
        yield f"  {clean(one.practitioner_name)} ({one.practitioner}) : {_used_lots(one)}."
    if not use.lots:
        yield "  aucun professionnel."


def _from(first: int) -> str:
    return "à la suite de celles des fichiers" if first == 1 else f"à partir du n° {first}"


def _used(series: SeriesUse, one: str, several: str) -> str:
    if not series.left:
        return f"{plural(series.given, one, several)}, aucun numéro ne reste"
    return (
        f"{plural(series.given, one, several)}, la prochaine aura le n° {series.coming}, "
        f"{_thousands(series.left)} numéros restent"
    )


def _used_lots(lots: LotsUse) -> str:
    last = "" if lots.last is None else f", le dernier n° {lots.last:03d}"
    return (
        f"{plural(lots.given, 'lot donné', 'lots donnés')}{last}, {plural(lots.left, 'numéro libre', 'numéros libres')}"
    )


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", " ")

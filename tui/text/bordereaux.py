"""The bordereau that goes with the sheets of a lot, and the list of the sheets to send, as they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from models.papers.values import PrintColumn, Printout
from models.queries.papers import PaperLot, PaperSheet
from tui.text.display import day, money, number, person, plural
from tui.text.papers import lot_payer

_SHEETS: Final = (
    PrintColumn("N° facture", 12),
    PrintColumn("N° d’assuré", 16),
    PrintColumn("Patient", 31),
    PrintColumn("Soins", 21),
    PrintColumn("Montant", 11, right=True),
    PrintColumn("AMO", 11, right=True),
    PrintColumn("AMC", 10, right=True),
)

_LOTS: Final = (
    PrintColumn("Lot", 6),
    PrintColumn("Du", 11),
    PrintColumn("Organisme", 32),
    PrintColumn("Professionnel", 24),
    PrintColumn("Feuilles", 10, right=True),
    PrintColumn("Montant", 13, right=True),
    PrintColumn("Envoyées le", 12, right=True),
)

_BOXES: Final = ("Cachet du cabinet", "Date et signature du professionnel", "Reçu par la caisse, le")


def bordereau(practice: str, lot: PaperLot, sheets: Sequence[PaperSheet], at: datetime) -> Printout:
    """One page a lot, more where its sheets are many; totals, room for stamp and signature.

    Args:
        practice: its name; '' where it has none.
        lot: what the bordereau is of.
        sheets: all of them.
        at: the moment that the foot names.
    """
    return Printout(
        title=f"Bordereau d’envoi de feuilles de soins · lot {lot.number:03d}",
        sender=tuple(line for line in (practice, lot.practitioner_name, f"N° {lot.practitioner}") if line),
        recipient=(lot_payer(lot), f"Régime {lot.regime}, caisse {lot.caisse}, centre {lot.centre or '–'}"),
        before=(
            f"Lot {lot.number:03d} du {day(lot.created_on)}, télétransmis en mode dégradé : "
            f"{plural(len(sheets), 'feuille de soins papier jointe', 'feuilles de soins papier jointes')}, "
            "signées par les assurés.",
            "",
        ),
        columns=_SHEETS,
        rows=[_sheet(sheet) for sheet in sheets],
        totals=(
            *("Total", "", plural(len(sheets), "feuille", "feuilles"), ""),
            money(sum(sheet.cents for sheet in sheets)),
            money(sum(sheet.amo for sheet in sheets)),
            money(sum(sheet.amc for sheet in sheets)),
        ),
        after=("Montants en euros.",),
        boxes=_BOXES,
        foot=foot(practice, at),
    )


def sheets_to_send(practice: str, lots: Iterable[PaperLot], at: datetime) -> Printout:
    """The lots whose sheets are owed, by caisse: what goes into which envelope."""
    owed = [lot for lot in lots if lot.owed]
    return Printout(
        title="Feuilles de soins à envoyer",
        sender=(practice,) if practice else (),
        before=(f"État au {day(at.astimezone().date())}, par organisme puis par lot.", ""),
        columns=_LOTS,
        rows=[
            (
                *(f"{lot.number:03d}", day(lot.created_on), lot_payer(lot), lot.practitioner_name),
                *(str(lot.sheets), money(lot.cents), "…………"),
            )
            for lot in owed
        ],
        totals=(
            *("Total", "", plural(len(owed), "lot", "lots"), "", str(sum(lot.sheets for lot in owed))),
            *(money(sum(lot.cents for lot in owed)), ""),
        ),
        after=("Montants en euros.",),
        foot=foot(practice, at),
    )


def foot(practice: str, at: datetime) -> str:
    """« Cabinet des Lilas · imprimé le 28/11/2026 à 09:15 »."""
    here = at.astimezone()
    return " · ".join(part for part in (practice, f"imprimé le {day(here.date())} à {here:%H:%M}") if part)


def _sheet(sheet: PaperSheet) -> tuple[str, ...]:
    return (
        number(sheet.number),
        sheet.nir,
        person(sheet.last_name, sheet.first_name),
        _care(sheet.first_care, sheet.last_care),
        money(sheet.cents),
        money(sheet.amo),
        money(sheet.amc),
    )


def _care(first: date, last: date) -> str:
    return day(first) if first == last else f"{first:%d/%m} au {day(last)}"

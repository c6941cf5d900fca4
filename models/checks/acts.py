"""The lines and their amounts: at least one, each worth what its price, coefficient and rate make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.checks.finding import Finding
from models.queries.sheets import InvoiceSheet

CHECK = "montants"
SOURCE = "Base = prix unitaire × coefficient × quantité ; part AMO = base × taux, arrondi au demi supérieur"


def check(sheet: InvoiceSheet, today: date) -> Iterator[Finding]:
    """Lines there are, with a code and an amount, and amounts that follow from them."""
    draft = sheet.draft
    if not draft.acts:
        yield Finding(CHECK, "blocking", "lines", "Facture sans ligne : saisissez au moins un acte.", SOURCE)
    for position, act in enumerate(draft.acts, start=1):
        if not act.code.strip():
            message = f"Ligne {position} : code de l’acte à saisir."
            yield Finding(CHECK, "blocking", "lines", message, SOURCE, position)
        if act.quantity < 1 or act.base <= 0:
            message = f"Ligne {position} : quantité, coefficient ou prix nul."
            yield Finding(CHECK, "blocking", "lines", message, SOURCE, position)
        elif act.priced(draft.settlement) != act:
            message = f"Ligne {position} : le montant ne suit pas du prix, du coefficient et du taux."
            yield Finding(CHECK, "advice", "lines", message, SOURCE, position)
    if (sheet.total, sheet.amo, sheet.amc) != (draft.total, draft.amo, draft.amc):
        message = "Le total de la facture n’est pas celui de ses lignes : enregistrez-la de nouveau."
        yield Finding(CHECK, "blocking", "lines", message, SOURCE)

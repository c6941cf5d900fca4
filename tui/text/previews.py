"""What is said of a return before it is taken."""

from __future__ import annotations

from models.queries.preview import ReturnPreview
from models.reference.payers import payer_label
from tui.text.display import clean, day, money, plural


def preview_lines(name: str, seen: ReturnPreview) -> list[str]:
    """For whom it is, from whom, how much, and what is odd."""
    practitioners = ", ".join(
        f"{clean(known)} ({number})" if known else f"{number}, inconnu de ce cabinet"
        for number, known in seen.practitioners
    )
    payers = ", ".join(clean(payer_label(code[:2], code[2:5]) or code.lstrip("0") or "inconnu") for code in seen.payers)
    answers = f"{plural(seen.answers, 'réponse', 'réponses')}, {money(seen.paid)} €"
    lines = [
        f"{clean(name)}, du {day(seen.created_on)}.",
        f"Professionnel : {practitioners or 'aucun'}.",
        f"Organisme : {payers}.",
        f"{answers} ; {seen.ours} sur des factures de ce cabinet.",
    ]
    if seen.received:
        lines.append("Déjà relevé.")
    if seen.answers and not seen.ours:
        lines.append("Aucune ne porte un numéro d’ici : est-ce le bon fichier ?")
    return [*lines, *(clean(sentence, 1000) for sentence in seen.wrong_totals)]

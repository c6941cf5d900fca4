"""Trancher: a lot en doute, an answer, a whole return; one question each, « Plus tard » first, marked, on Escape."""

from __future__ import annotations

from typing import Literal

from tui.dialogs.dialog import Choice, Dialog

LotFate = Literal["later", "left", "void"]
AnswerFate = Literal["later", "take", "dismiss"]

_LATER = "Plus tard (Échap)"


class SettleLot(Dialog[LotFate]):
    """Asks whether a lot en doute left: « left », or « void » where its invoices wait again.

    It is promise P20 of `models/INVARIANTS.md`: nothing that may have left goes again by itself.

    Args:
        number: the lot's.
        lines: what is known of it.
    """

    def __init__(self, number: int, lines: tuple[str, ...]) -> None:
        choices: tuple[Choice[LotFate], ...] = (
            Choice(_LATER, "later"),
            Choice("Parti (P)", "left", "p", writes=True),
            Choice("Annuler le lot (A)", "void", "a", writes=True),
        )
        effects = (
            "Parti : ses factures sont transmises.",
            "Annuler le lot : ses factures attendent de nouveau d’être transmises.",
        )
        super().__init__(f"Le lot {number:03d} est-il parti ?", (*lines, *effects), choices, safe_answer="later")


class SettleAnswer(Dialog[AnswerFate]):
    """Asks what becomes of an answer kept aside (`models/INVARIANTS.md`, P19).

    Args:
        lines: the invoice, what the answer says and why it was kept aside.
        takeable: whether it may be applied; else it can only be set aside.
    """

    def __init__(self, lines: tuple[str, ...], *, takeable: bool) -> None:
        later: Choice[AnswerFate] = Choice(_LATER, "later")
        take: Choice[AnswerFate] = Choice("Appliquer (A)", "take", "a", writes=True)
        dismiss: Choice[AnswerFate] = Choice("Écarter (E)", "dismiss", "e", writes=True)
        effect = (
            "Appliquer : elle remplace ce que l’on savait."
            if takeable
            else "Elle ne peut pas s’appliquer : écartez-la, puis voyez avec la caisse."
        )
        super().__init__(
            "Que faire de cette réponse ?",
            (*lines, effect, "Écarter : la facture reste comme elle est."),
            (later, take, dismiss) if takeable else (later, dismiss),
            safe_answer="later",
        )


class SettleReturn(Dialog[AnswerFate]):
    """Asks what becomes of all the answers of a return whose sums do not agree.

    Args:
        lines: the file, what it holds and which sums are wrong.
    """

    def __init__(self, lines: tuple[str, ...]) -> None:
        effects = (
            "Appliquer : chaque réponse, comme si le total était juste.",
            "Écarter : aucune facture ne change.",
        )
        choices: tuple[Choice[AnswerFate], ...] = (
            Choice(_LATER, "later"),
            Choice("Appliquer (A)", "take", "a", writes=True),
            Choice("Écarter (E)", "dismiss", "e", writes=True),
        )
        super().__init__("Que faire de ce retour ?", (*lines, *effects), choices, safe_answer="later")


class SeeReturn(Dialog[bool]):
    """Shows what a return holds before it is taken: the whole file, or nothing of it.

    Args:
        lines: for whom it is, from whom, how many answers, which sum.
    """

    def __init__(self, lines: tuple[str, ...]) -> None:
        choices = (Choice(_LATER, False), Choice("Relever (R)", True, "r", writes=True))
        super().__init__("Relever ce retour ?", lines, choices, safe_answer=False)

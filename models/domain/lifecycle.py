"""The states of an invoice and the only moves between them; and when « Annuler » must not be done, with its reason.

Sources: the guide « Annuler une facture transmise suite à un rejet » (precondition: third-party payer, rejected
by the caisse, no reprocessing by the caisse); NOEMIE entities 198 and 199 for the states of the shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

State = Literal[
    "unvalidated", "validated", "transmitted", "reprocessing", "rejected", "paid", "partly_paid", "cancelled"
]
ShareState = Literal["none", "pending", "paid", "rejected", "deferred"]
Signature = Literal["", "card", "no_card", "degraded", "unsecured"]

STATES: Final[tuple[str, ...]] = get_args(State)
SHARE_STATES: Final[tuple[str, ...]] = get_args(ShareState)
SIGNATURES: Final[tuple[str, ...]] = get_args(Signature)

CERTIFICATION: Final[dict[str, str]] = {"card": "S", "no_card": "F", "degraded": "D", "unsecured": ""}
"""How an invoice is signed, and the letter of its lot (B2 record 1, position 81)."""

DESK_RANK: Final[dict[str, int]] = {
    "rejected": 0,
    "reprocessing": 1,
    "partly_paid": 2,
    "transmitted": 3,
    "paid": 4,
    "cancelled": 5,
    "unvalidated": 8,
    "validated": 9,
}
"""The order of the desk's attention: rejected first. From 8 on, not yet sent."""

FIRST_UNSENT: Final = 8
"""From this rank on, an invoice has not been transmitted."""

TRANSITIONS: Final[frozenset[tuple[str, str]]] = frozenset(
    {
        ("unvalidated", "validated"),
        ("validated", "unvalidated"),
        ("validated", "transmitted"),
        ("transmitted", "reprocessing"),
        ("transmitted", "rejected"),
        ("transmitted", "paid"),
        ("transmitted", "partly_paid"),
        ("reprocessing", "rejected"),
        ("reprocessing", "paid"),
        ("reprocessing", "partly_paid"),
        ("partly_paid", "paid"),
        ("rejected", "cancelled"),
        ("rejected", "paid"),
        ("rejected", "partly_paid"),
        ("rejected", "reprocessing"),
    }
)
"""Every allowed move. From « rejected » to a payment or a reprocessing: only when a person takes the answer."""

NOT_THIRD_PARTY: Final = "00"
"""Settlement to the patient (B2 record 2, positions 115-116): not tiers payant."""

COMPLEMENTARY_ASKED: Final = frozenset({"15", "25", "06"})
"""The settlements in which the complementary share is asked of the payer."""

DRE_ALONE: Final = "25"
"""Third-party payment of the complementary share alone."""

DRE_DONE: Final = "DRE déjà refaite : elle est devenue la n° {number}."
"""Why a DRE that was made again is not made a third time."""


class ForbiddenMove(Exception):
    """A move that is not in `TRANSITIONS`: a defect of the program, refused before anything changes."""


def move(before: str, after: str) -> str:
    """Give `after` back if the move is allowed (or no move at all).

    Raises:
        ForbiddenMove: it is not.
    """
    if before != after and (before, after) not in TRANSITIONS:
        raise ForbiddenMove(f"{before} → {after}")
    return after


@dataclass(frozen=True, slots=True)
class Share:
    """One share of an invoice: its state, what was asked and what was paid, in cents."""

    state: str
    asked: int
    paid: int

    @property
    def settled(self) -> bool:
        """Whether the payer owes nothing more on it."""
        return self.state == "none" or (self.state == "paid" and self.paid >= self.asked)


def asked_shares(settlement: str, amc: int) -> tuple[str, str]:
    """The states of the two shares at transmission: `pending` where the payer is asked, else `none`."""
    amo = "none" if settlement in {NOT_THIRD_PARTY, DRE_ALONE} else "pending"
    amc_state = "pending" if settlement in COMPLEMENTARY_ASKED and amc > 0 else "none"
    return amo, amc_state


def state_of(amo: Share, amc: Share) -> str:
    """The state of a transmitted invoice from those of its shares.

    Anything paid on an invoice whose AMO share is not settled makes it partly paid: cancelling it would risk a
    second payment.
    """
    leading, following = (amc, amo) if amo.state == "none" and amc.state != "none" else (amo, amc)
    if leading.state in {"deferred", "rejected"} and following.paid > 0:
        return "partly_paid"
    if leading.state == "deferred":
        return "reprocessing"
    if leading.state == "rejected":
        return "rejected"
    if leading.state == "paid":
        return "paid" if leading.settled and following.settled else "partly_paid"
    return "partly_paid" if following.paid > 0 else "transmitted"


def why_not_cancel(
    *,
    state: str,
    amo_state: str,
    amc_state: str,
    settlement: str,
    kind: str = "invoice",
    replaced_by: int | None = None,
    aside: bool = False,
) -> str | None:
    """Why « Annuler » must not be done on this invoice, in French; None where it may.

    Args:
        state: of the invoice, one of `STATES`.
        amo_state: of its obligatory share.
        amc_state: of its complementary share.
        settlement: destinataire de règlement, two digits.
        kind: « invoice » or « dre ».
        replaced_by: the successor's number if there is one.
        aside: whether an answer about it was kept aside and waits for a decision.
    """
    if state == "cancelled":
        return f"Déjà annulée : elle est devenue la facture n° {replaced_by}."
    if state in {"unvalidated", "validated"}:
        return "Pas encore transmise : corrigez-la dans « Vérifier factures non validées »."
    if settlement == NOT_THIRD_PARTY:
        return "Facture hors tiers payant : la caisse rembourse le patient, rien à annuler ici."
    if kind == "dre" or amo_state == "none":
        return "DRE seule : aucune part obligatoire à annuler ; passez par « Traiter les rejets de DRE »."
    if state == "paid":
        return "Déjà payée : l’annuler ferait payer deux fois."
    if amo_state == "deferred" or state == "reprocessing":
        return "Recyclage par la caisse en cours (traitement manuel) : attendez son résultat."
    if state == "partly_paid" and amc_state == "rejected":
        return "DRE seule rejetée : passez par « Traiter les rejets de DRE »."
    if state == "partly_paid":
        return "Déjà payée en partie : l’annuler ferait payer deux fois."
    if amo_state != "rejected":
        return "Aucun rejet de la part obligatoire reçu : attendez le retour de la caisse."
    if aside:
        return "Un retour contredit ce rejet : décidez d’abord dans « Relever les retours »."
    return None


def why_not_dre(*, state: str, amo_state: str, amc_state: str, number: int, replaced_by: int | None) -> str | None:
    """Why the rejected DRE of this invoice cannot be sent again alone now; None where it may.

    The guide orders: the invoice's rejection first, then the DRE's.
    """
    if amc_state != "rejected":
        return "Aucun rejet de DRE reçu pour cette facture."
    if state == "cancelled":
        return f"La DRE suit la facture n° {replaced_by} : corrigez l’organisme complémentaire dans « Modifier »."
    if amo_state == "rejected":
        return f"D’abord la facture : annulez et corrigez la facture n° {number}, la DRE ensuite."
    if amo_state == "deferred":
        return "Recyclage de la facture par la caisse en cours : attendez son résultat avant la DRE."
    if amo_state == "pending":
        return "La caisse n’a pas encore répondu sur la part obligatoire : attendez son retour."
    return None

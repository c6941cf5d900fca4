"""The words for what becomes of an invoice, of a share, of an answer: each state's, for every place that says it."""

from __future__ import annotations

from typing import Final, NamedTuple

from models.domain.exchanges import AnswerOutcome
from models.domain.states import InvoiceKind, InvoiceState, RightSource, ShareState, Signature
from tui.terminal import pens
from tui.text.words import Words

DOCUMENTS: Final[Words[InvoiceKind, str]] = Words({InvoiceKind.INVOICE: "facture", InvoiceKind.DRE: "DRE"}, "facture")
"""What bears a number: the two have series of their own, so that both may bear the same."""


def document(kind: InvoiceKind, number: int) -> str:
    """« facture n° 1001 », « DRE n° 900000001 »."""
    return f"{DOCUMENTS[kind]} n° {number}"


def head(kind: InvoiceKind, number: int) -> str:
    """The same at the beginning of a sentence."""
    return capital(document(kind, number))


def capital(words: str) -> str:
    """These words at the beginning of a sentence."""
    return words[0].upper() + words[1:]


DAMAGED: Final = "Abîmée dans la base : lancez « accueil verifier », puis restaurez une sauvegarde."
"""What is said of a line of which a value does not read."""


class StateWords(NamedTuple):
    """How one state of an invoice is said."""

    pen: str
    """What its word is written with."""
    short: str
    """In the last column of a list; empty where the column says more than the state."""
    panel: str
    """Under the list; empty where the rejection stands there."""
    whole: str
    """On the invoice's own screen."""
    counted: tuple[str, str] | None = None
    """Of one and of several, in what a return has changed; None where that is not told."""


STATES: Final[Words[InvoiceState, StateWords]] = Words(
    {
        InvoiceState.UNVALIDATED: StateWords(pens.WAITING, "à faire", "À facturer et à valider.", "non validée"),
        InvoiceState.VALIDATED: StateWords(
            pens.PAID, "validée", "Validée : elle partira avec le prochain lot.", "validée, à transmettre"
        ),
        InvoiceState.TRANSMITTED: StateWords(
            pens.WAITING, "attente", "Transmise : la caisse n’a pas encore répondu.", "transmise, sans réponse"
        ),
        InvoiceState.PAID: StateWords(pens.PAID, "payée", "Payée.", "payée", ("payée", "payées")),
        InvoiceState.PARTLY_PAID: StateWords(
            pens.DEFERRED, "partiel", "Payée en partie.", "payée en partie", ("payée en partie", "payées en partie")
        ),
        InvoiceState.REJECTED: StateWords(pens.REJECTED, "", "", "rejetée", ("rejetée", "rejetées")),
        InvoiceState.REPROCESSING: StateWords(
            pens.DEFERRED,
            "recycl.",
            "Recyclage par la caisse (traitement manuel) : rien à faire, attendez son résultat.",
            "recyclage par la caisse (traitement manuel)",
            ("en recyclage par la caisse", "en recyclage par la caisse"),
        ),
        InvoiceState.CANCELLED: StateWords(pens.OFF, "", "", "annulée"),
        InvoiceState.GIVEN_UP: StateWords(
            pens.OFF, "retirée", "Retirée avant d’être transmise : elle garde son numéro.", "retirée, jamais transmise"
        ),
    },
    StateWords(pens.REJECTED, "abîmée", DAMAGED, "abîmée"),
)


class ShareWords(NamedTuple):
    """How one state of a share is said: in three letters (attente, payée, REJetée, différée), and in a word."""

    pen: str
    """What both are written with."""
    letters: str
    word: str


SHARES: Final[Words[ShareState, ShareWords]] = Words(
    {
        ShareState.NONE: ShareWords(pens.OFF, "·", "non demandée"),
        ShareState.PENDING: ShareWords(pens.WAITING, "att", "en attente"),
        ShareState.PAID: ShareWords(pens.PAID, "pay", "payée"),
        ShareState.REJECTED: ShareWords(pens.REJECTED, "REJ", "rejetée"),
        ShareState.DEFERRED: ShareWords(pens.DEFERRED, "dif", "différée"),
    },
    ShareWords(pens.REJECTED, "???", "abîmée"),
)


def share_pen(letters: str) -> str:
    """What the three letters of a share are written with."""
    return next((words.pen for words in SHARES.values() if words.letters == letters), pens.PLAIN)


SIGNATURES: Final[Words[Signature, str]] = Words(
    {
        Signature.UNBILLED: "à facturer",
        Signature.CARD: "Vitale",
        Signature.NO_CARD: "sans Vit.",
        Signature.DEGRADED: "dégradé",
        Signature.UNSECURED: "non séc.",
    },
    "abîmé",
)
"""How an invoice is billed, in a word."""


class AsideWords(NamedTuple):
    """Why an answer was kept aside: as a column of a list says it, and as a clause of a sentence."""

    short: str
    clause: str


ASIDE: Final[Words[AnswerOutcome, AsideWords]] = Words(
    {
        AnswerOutcome.UNKNOWN: AsideWords("facture inconnue", "facture inconnue de ce cabinet, importez son lot"),
        AnswerOutcome.AMBIGUOUS: AsideWords(
            "plusieurs factures", "plusieurs factures portent ce numéro, voyez son lot"
        ),
        AnswerOutcome.LATE: AsideWords("facture déjà annulée", "la facture est déjà annulée"),
        AnswerOutcome.NOT_SENT: AsideWords("facture pas transmise", "la facture n’est pas encore transmise"),
        AnswerOutcome.CONTRADICTORY: AsideWords(
            "contredit une réponse", "elle contredit la facture ou une réponse déjà reçue"
        ),
        AnswerOutcome.AFTER_PAYMENT: AsideWords("rejet après paiement", "un rejet est reçu après le paiement"),
        AnswerOutcome.IDENTITY: AsideWords("autre assuré", "l’assuré n’est pas celui de la facture"),
        AnswerOutcome.WRONG_TOTAL: AsideWords(
            "total du retour faux", "un total de son retour est faux, décidez du retour entier"
        ),
        AnswerOutcome.NO_NUMBER: AsideWords("sans numéro", "le retour ne donne pas de numéro de facture (papier)"),
        AnswerOutcome.OTHER_AMOUNT: AsideWords(
            "autre montant demandé", "le montant demandé qu’elle nomme n’est pas celui de la facture"
        ),
        AnswerOutcome.DAMAGED: AsideWords("facture abîmée", "la facture ne se lit plus en entier dans la base"),
        AnswerOutcome.OTHER_DOCUMENT: AsideWords(
            "DRE ou facture ?", "elle répond à une DRE et ce numéro est celui d’une facture, ou l’inverse"
        ),
    },
    AsideWords("réponse abîmée", "la réponse ne se lit plus en entier dans la base"),
)

RIGHT_SOURCES: Final = Words(
    {RightSource.CARD: "carte Vitale", RightSource.ATTESTATION: "attestation"}, "document abîmé"
)
"""The document that shows a right."""

"""What is said of the complementary shares that wait: a line each, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from models.domain.dre import DreStep
from models.domain.follow_up import UNMEASURED_DAYS
from models.domain.states import InvoiceKind, Signature
from models.queries.dre_waiting import WaitingDre
from models.reference.rejections import RejectionBook
from tui.text.csv_file import Cell, CsvColumn
from tui.text.display import clean, day, money, number, person
from tui.text.state_words import DOCUMENTS, SIGNATURES
from tui.text.text_columns import Cells, TextColumn

NO_LAYOUT: Final = "Le format de la DRE d’annulation n’est pas public : Accueil ne l’écrit pas."
"""No public source gives it (`models/FIELD.md`, §6); what it names is what `accueil dre --annulations` gives."""

WORDS: Final[dict[DreStep, tuple[str, str]]] = {
    DreStep.TO_CANCEL: ("à annuler", "à annuler"),
    DreStep.REFUSED: ("refusée", "refusées"),
    DreStep.AFTER_INVOICE: ("après fact.", "après leur facture"),
    DreStep.SHORT: ("partielle", "partielles"),
    DreStep.TO_SEND: ("à envoyer", "à envoyer"),
    DreStep.DEFERRED: ("différée", "différées"),
    DreStep.WAITING: ("attend", "en attente"),
}
"""Each in a column, and counted."""

COLUMNS: Final = (
    TextColumn("N°", 9),
    TextColumn("Où", 11),
    TextColumn("Patient", 16, grow=2),
    TextColumn("Complém.", 10),
    TextColumn("Montant", 9, right=True),
    TextColumn("Depuis", 6, right=True),
    TextColumn("Rejet", 8),
)
"""Of the list."""

CSV: Final = (
    CsvColumn("step", "Où", say=lambda step: WORDS[DreStep(step)][0]),
    CsvColumn("number", "N°"),
    CsvColumn("kind", "Document", say=lambda kind: DOCUMENTS[InvoiceKind(kind)]),
    CsvColumn("of", "DRE de, ou remplacée par"),
    CsvColumn("patient", "Patient"),
    CsvColumn("amc_number", "Complémentaire"),
    CsvColumn("cents", "Montant", money=True),
    CsvColumn("since", "Depuis le"),
    CsvColumn("days", "Jours"),
    CsvColumn("usual_days", "Jours habituels"),
    CsvColumn("code", "Rejet"),
    CsvColumn("label", "Libellé"),
    CsvColumn("lot", "Lot"),
    CsvColumn("practitioner", "Professionnel"),
    CsvColumn("billed_on", "Facturée le"),
    CsvColumn("signature", "Sécurisation", say=lambda signature: SIGNATURES[Signature(signature)]),
)
"""The names in JSON too."""


def csv_cells(one: WaitingDre) -> tuple[Cell, ...]:
    """What stands in each of `CSV`."""
    return (
        one.step,
        one.number,
        one.kind,
        one.of,
        person(one.last_name, one.first_name),
        one.amc_number,
        one.cents,
        one.since,
        one.days,
        one.usual.most if one.usual else None,
        one.code,
        one.label,
        one.lot,
        one.practitioner,
        one.billed_on,
        one.signature,
    )


def cells(one: WaitingDre) -> Cells:
    """A line of the list; « ! » where its payer is silent beyond its usual days."""
    return (
        number(one.number),
        f"{WORDS[one.step][0]}{' !' if one.late else ''}",
        clean(person(one.last_name, one.first_name)),
        one.amc_number.lstrip("0") or "–",
        money(one.cents),
        f"{one.days} j",
        one.code or "",
    )


def summary(found: Iterable[WaitingDre]) -> str:
    """The line above the list: how much is missing, how many stand where."""
    lines = list(found)
    if not lines:
        return "Aucune part complémentaire n’est attendue."
    counts = {step: sum(one.step == step for one in lines) for step in DreStep}
    parts = [f"{count} {WORDS[step][count > 1]}" for step, count in counts.items() if count]
    return f"{money(sum(one.cents for one in lines))} € · {' · '.join(parts)}"


def about(one: WaitingDre, book: RejectionBook) -> tuple[tuple[str, str], ...]:
    """What is known of it, and what to do."""
    document = "DRE" if one.kind == InvoiceKind.DRE else "Part AMC"
    said = [(document, f"{_of(one)}{standing(one)}")]
    if one.code is not None:
        known = book.explain(one.code, one.label, "amc")
        said += [(known.code, known.label)]
    said.append(("À faire", _todo(one, book)))
    return tuple(said)


def _of(one: WaitingDre) -> str:
    if one.kind == InvoiceKind.DRE:
        return f"n° {one.number}, de la facture n° {one.of} : " if one.of else f"n° {one.number} : "
    return f"de la facture n° {one.number} : "


def dre_lines(one: WaitingDre, shown: int) -> tuple[tuple[str, str], ...]:
    """In the detail and the life of an invoice: where its complementary share stands, under which number."""
    about = f"DRE n° {one.number} : " if one.id != shown else ""
    return (("AMC attendue", f"{about}{standing(one)}"),)


def standing(one: WaitingDre) -> str:
    """« 10,44 € sans réponse depuis le 06/11/2026 (12 j), lot 702 »."""
    amount, since = f"{money(one.cents)} €", f"le {day(one.since)} ({one.days} j)"
    lot = f", lot {one.lot:03d}" if one.lot else ""
    match one.step:
        case DreStep.TO_CANCEL:
            new = f", que la n° {one.of} redemande" if one.of else ""
            return f"{amount} demandés depuis {since}{lot}{new} ; l’ancienne demande est sans réponse."
        case DreStep.REFUSED | DreStep.AFTER_INVOICE:
            return f"{amount} refusés {since}{lot}."
        case DreStep.SHORT:
            return f"il manque {amount} depuis {since}{lot}."
        case DreStep.TO_SEND:
            return f"{amount}, pas encore envoyés."
        case DreStep.DEFERRED:
            return f"{amount} différés depuis {since}{lot}."
        case DreStep.WAITING:
            return f"{amount} sans réponse depuis {since}{lot}."


def _todo(one: WaitingDre, book: RejectionBook) -> str:
    match one.step:
        case DreStep.TO_CANCEL:
            apart = "Si une DRE est partie avec elle (gestion séparée), la faire annuler : appel, ou votre logiciel."
            return f"{apart} {NO_LAYOUT}"
        case DreStep.REFUSED:
            return book.explain(one.code or "", one.label, "amc").todo
        case DreStep.AFTER_INVOICE:
            return "D’abord la facture : sa part obligatoire n’est pas acceptée. La DRE ensuite."
        case DreStep.SHORT:
            return "Demander à la complémentaire ce qui manque ; noter sa réponse dans le détail."
        case DreStep.TO_SEND:
            return "Valider, puis transmettre : elle part dans un lot à part, après sa facture, acceptée."
        case DreStep.DEFERRED:
            return "Attendre le résultat de la complémentaire."
        case DreStep.WAITING:
            usual = (
                f"neuf fois sur dix, elle répond en {one.usual.most} j (mesuré sur {one.usual.answers} réponses)"
                if one.usual
                else f"{UNMEASURED_DAYS} j, faute de réponses mesurées de cette complémentaire"
            )
            return f"{'Relancer' if one.late else 'Attendre'} : {usual}."

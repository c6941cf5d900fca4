"""What is said of papers: the sheets of a lot, the documents of an invoice, where each stands and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from models.commands.note_document import DocumentNoted
from models.commands.send_sheets import SheetsSent
from models.domain.actions import Action
from models.domain.damage import stored_day, stored_member
from models.domain.papers import DocumentKind, DocumentStep
from models.queries.papers import PaperDocument, PaperLot, PapersOwed
from models.reference.payers import payer_label
from tui.text.csv_file import Cell, CsvColumn
from tui.text.display import clean, day, money, number, person, plural
from tui.text.sentences import these
from tui.text.text_columns import Cells, TextColumn
from tui.text.words import Words

DOCUMENT_WORDS: Final[Words[DocumentKind, str]] = Words(
    {
        DocumentKind.PRESCRIPTION: "ordonnance",
        DocumentKind.ATTESTATION: "attestation",
        DocumentKind.AGREEMENT: "accord préalable",
        DocumentKind.OTHER: "autre pièce",
    },
    "pièce abîmée",
)

STEP_WORDS: Final[Words[DocumentStep, str]] = Words(
    {
        DocumentStep.OWED: "à numériser",
        DocumentStep.SCANNED: "à envoyer",
        DocumentStep.SENT: "envoyée",
        DocumentStep.WAIVED: "sans objet",
    },
    "abîmé",
)
"""What is to do of a document, or was done."""

_DONE: Final[Words[DocumentStep, str]] = Words(
    {
        DocumentStep.OWED: "due",
        DocumentStep.SCANNED: "numérisée",
        DocumentStep.SENT: "envoyée",
        DocumentStep.WAIVED: "sans objet",
    },
    "abîmée",
)
_DONE_TO_ONE: Final[Words[DocumentStep, str]] = Words(
    {
        DocumentStep.OWED: "dû",
        DocumentStep.SCANNED: "numérisé",
        DocumentStep.SENT: "envoyé",
        DocumentStep.WAIVED: "sans objet",
    },
    "abîmé",
)
"""Of an « accord »."""

LOT_COLUMNS: Final = (
    TextColumn("Lot", 3),
    TextColumn("Du", 10),
    TextColumn("Organisme", 15, grow=2),
    TextColumn("Professionnel", 14, grow=1),
    TextColumn("Feuilles", 8, right=True),
    TextColumn("Montant", 10, right=True),
    TextColumn("Envoyées", 10),
)

DOCUMENT_COLUMNS: Final = (
    TextColumn("N°", 9),
    TextColumn("Lot", 3),
    TextColumn("Pièce", 15),
    TextColumn("", 11),
    TextColumn("Depuis", 10),
    TextColumn("Patient", 18, grow=1),
)

LOT_CSV: Final = (
    CsvColumn("lot", "Lot"),
    CsvColumn("created_on", "Du"),
    CsvColumn("payer", "Organisme"),
    CsvColumn("payer_code", "Code"),
    CsvColumn("practitioner", "N° professionnel"),
    CsvColumn("practitioner_name", "Professionnel"),
    CsvColumn("sheets", "Feuilles"),
    CsvColumn("cents", "Montant", money=True),
    CsvColumn("amo_cents", "Montant AMO", money=True),
    CsvColumn("sent_on", "Envoyées le"),
    CsvColumn("note", "Note"),
    CsvColumn("noted_by", "Notée par"),
)
"""The names in JSON, and the headings of CSV."""

DOCUMENT_CSV: Final = (
    CsvColumn("number", "N°"),
    CsvColumn("document", "Pièce", say=lambda kind: DOCUMENT_WORDS[stored_member(DocumentKind, kind)]),
    CsvColumn("step", "Où elle en est", say=lambda step: STEP_WORDS[DocumentStep(step)]),
    CsvColumn("since", "Depuis le"),
    CsvColumn("patient", "Patient"),
    CsvColumn("payer", "Organisme"),
    CsvColumn("lot", "Lot"),
    CsvColumn("note", "Note"),
    CsvColumn("noted_by", "Notée par"),
)


def lot_payer(lot: PaperLot) -> str:
    """The caisse by its name, or by its numbers where it has none."""
    return payer_label(lot.regime, lot.caisse) or f"{lot.regime} {lot.caisse} {lot.centre}".strip()


def lot_cells(lot: PaperLot) -> Cells:
    """A lot as a line of the list."""
    return (
        f"{lot.number:03d}",
        day(lot.created_on),
        clean(lot_payer(lot)),
        clean(lot.practitioner_name),
        str(lot.sheets),
        money(lot.cents),
        day(lot.sent_on) if lot.sent_on else "à envoyer",
    )


def lot_csv(lot: PaperLot) -> tuple[Cell, ...]:
    """What stands in each of `LOT_CSV`."""
    return (
        lot.number,
        lot.created_on,
        lot_payer(lot),
        f"{lot.regime}{lot.caisse}{lot.centre}",
        lot.practitioner,
        lot.practitioner_name,
        lot.sheets,
        lot.cents,
        lot.amo,
        lot.sent_on,
        lot.note,
        lot.noted_by,
    )


def document_cells(one: PaperDocument) -> Cells:
    """A document as a line of the list."""
    return (
        number(one.number),
        f"{one.lot:03d}" if one.lot else "",
        DOCUMENT_WORDS[one.kind],
        STEP_WORDS[one.step],
        day(one.on),
        clean(person(one.last_name, one.first_name)),
    )


def document_csv(one: PaperDocument) -> tuple[Cell, ...]:
    """What stands in each of `DOCUMENT_CSV`."""
    payer = payer_label(one.payer[:2], one.payer[2:5]) or one.payer
    return (
        *(one.number, one.kind, one.step, one.on, person(one.last_name, one.first_name), payer),
        *(one.lot, one.note, one.noted_by),
    )


def step_words(kind: DocumentKind, step: DocumentStep, on: date) -> str:
    """« ordonnance, numérisée le 16/11/2026 »."""
    return f"{DOCUMENT_WORDS[kind]}, {done_words(kind, step)} le {day(on)}"


def done_words(kind: DocumentKind, step: DocumentStep) -> str:
    """What was done, as the document's name wants it: « attestation numérisée », « accord préalable numérisé »."""
    return _DONE_TO_ONE[step] if kind == DocumentKind.AGREEMENT else _DONE[step]


def document_line(one: PaperDocument) -> str:
    """« ordonnance, numérisée le 16/11/2026 (sophie) : illisible », of an invoice."""
    note = f" : {clean(one.note)}" if one.note else ""
    by = f" ({clean(one.noted_by)})" if one.noted_by else ""
    return f"{step_words(one.kind, one.step, one.on)}{by}{note}."


def owed_words(owed: PapersOwed) -> str:
    """« 3 lots · 5 pièces »: what is to do, as a menu says it; '' where there is nothing."""
    lots = [plural(owed.lots, "lot", "lots")] if owed.lots else []
    documents = [plural(owed.documents, "pièce", "pièces")] if owed.documents else []
    return " · ".join(lots + documents)


def lots_summary(lots: Iterable[PaperLot]) -> str:
    """The line above the list of lots: what is still to be sent."""
    owed = [lot for lot in lots if lot.owed]
    if not owed:
        return "Aucune feuille de soins à envoyer."
    sheets = sum(lot.sheets for lot in owed)
    amount = money(sum(lot.cents for lot in owed))
    return f"{plural(sheets, 'feuille', 'feuilles')} à envoyer, {amount} € · {plural(len(owed), 'lot', 'lots')}"


def documents_summary(documents: Iterable[PaperDocument]) -> str:
    """The line above the list of documents."""
    steps = [one.step for one in documents]
    if not steps:
        return "Aucune pièce à numériser ni à envoyer."
    first, *more = (step for step in (DocumentStep.OWED, DocumentStep.SCANNED) if step in steps)
    said = f"{plural(steps.count(first), 'pièce', 'pièces')} {STEP_WORDS[first]}"
    return ", ".join((said, *(f"{steps.count(step)} {STEP_WORDS[step]}" for step in more)))


def sheets_sent_sentence(outcome: SheetsSent) -> str:
    """What was just noted of lots."""
    lots = ", ".join(f"{number:03d}" for number in outcome.lots)
    which = f"du lot {lots} sont notées" if len(outcome.lots) == 1 else f"des lots {lots} sont notées"
    return f"Les feuilles {which} envoyées le {day(outcome.on)}."


def document_sentence(outcome: DocumentNoted) -> str:
    """What was just noted of documents."""
    numbers = ", ".join(f"n° {one}" for one in outcome.numbers)
    of = "de la facture" if len(outcome.numbers) == 1 else "des factures"
    return f"{DOCUMENT_WORDS[outcome.kind].capitalize()} {of} {numbers} : {done_words(outcome.kind, outcome.step)}."


def papers_deed(action: Action, said: Mapping[str, Any]) -> str:
    """What an entry of the journal says was done, behind the name of who did it."""
    on = day(stored_day(said["on"])) if said.get("on") else "?"
    if action == Action.NOTE_DOCUMENT:
        of = these(said.get("numbers", ()))
        kind, step = said.get("kind"), said.get("step")
        what = DOCUMENT_WORDS[stored_member(DocumentKind, kind)] if kind in list(DocumentKind) else "?"
        done = _DONE[DocumentStep(step)] if step in list(DocumentStep) else "?"
        return f"a noté une pièce {done} le {on} ({what}) pour {of}"
    lots = ", ".join(f"{one:03d}" for one in said.get("lots", ()))
    of = "du lot" if len(said.get("lots", ())) == 1 else "des lots"
    if action == Action.SEND_SHEETS:
        return f"a noté envoyées le {on} les feuilles de soins {of} {lots}"
    return f"a repris l’envoi du {on} des feuilles de soins {of} {lots}"

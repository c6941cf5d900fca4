"""Corriger pareil: twelve invoices with one mistake, from the menu to all validated in forty keys at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.checks.finding import Finding
from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.correct_alike import CorrectedAlike
from models.commands.outcomes import Stale
from models.domain.actions import Action
from models.domain.findings import CheckName, FindingLevel
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState, Signature
from models.queries.sheets import InvoiceSheet
from models.queries.verification import breaches
from models.store.database import db
from models.tables.invoice import Invoice
from models.tables.journal import JournalEntry
from tests.models.practice import CLAIRE, SOPHIE, an_answer, an_invoice, cancelled, hear, sheet, take_in
from tests.tui.desk import MENU, UNVALIDATED, Desk, at_desk
from tests.tui.ways import open_form
from tui.flows.alike import Candidate, done_of, question_lines

WRONG, RIGHT = "331397141", "331265587"
NUMBERS = range(1001, 1013)


def rejected_for_their_prescriber(numbers: range = NUMBERS) -> None:
    """Invoices of as many patients, rejected together: the caisse does not know who prescribed."""
    made = [
        an_invoice(number, nir=f"1840533002{number % 1000:03d}", last_name=f"PATIENT{number}") for number in numbers
    ]
    take_in(*made)
    hear(*(an_answer(invoice, "rejected", code="0460 051") for invoice in made))


async def test_twelve_with_one_mistake_in_forty_keys(empty: Practice) -> None:
    rejected_for_their_prescriber()
    async with at_desk(empty) as desk:
        await desk.press("t", "a", "f")
        await desk.types("0460 051")
        await desk.press("enter", "s", "a")
        await desk.sees("Annuler 12 factures ?", "0460 051 (12)")
        await desk.press("o", "c")
        await desk.press("enter", "enter")
        await desk.sees("› Modifier")
        assert desk.focus() == "prescriber"
        await desk.types(RIGHT)
        await desk.press("f4")
        await desk.sees("est validée, prête à transmettre. P corrige pareil (11)", "─ 1 / 11")
        await desk.press("p")
        await desk.sees("› Corriger pareil", "11 marquées", f"Prescripteur : {WRONG} → {RIGHT}", "sera validée")
        await desk.press("v")
        await desk.sees("Corriger pareil 11 factures ?", "feuille de soins papier")
        entries = JournalEntry.select().count()
        await desk.press("o")
        await desk.sees("11 factures validées, prêtes à transmettre.")
        keys = len(desk.keys) + len("0460 051") + len(RIGHT)
        assert keys <= 40, desk.keys
        assert JournalEntry.select().count() == entries + 3 * 11, "billed, corrected, validated: each its own"
    made = list(Invoice.select().where(Invoice.state == InvoiceState.VALIDATED))
    assert len(made) == 12
    assert {invoice.prescriber for invoice in made} == {RIGHT}
    assert list(breaches(empty)) == []


async def test_only_what_has_the_same_mistake_is_offered_and_only_what_is_marked_is_touched(empty: Practice) -> None:
    rejected_for_their_prescriber(range(1001, 1005))
    other = replace(an_invoice(1101, nir="2840533002999", last_name="AUTRE"), prescriber="331592006")
    take_in(other, lot=2)
    hear(an_answer(other, "rejected", code="0460 051"), reference="R00002")
    for number in (*range(1001, 1005), 1101):
        cancel_invoice(sheet(number).id, None, SOPHIE)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("p")
        assert desk.news().startswith("Corrigez et validez d’abord une facture")
        await desk.press("escape", "escape")
        await open_form(desk, sheet(1001).replaced_by or 0)
        await desk.types(RIGHT)
        await desk.press("f4", "p")
        await desk.sees("3 marquées")
        await desk.press("s")
        assert desk.news() == "0 marquée, 0,00 € · la même erreur"
        await desk.press("s")
        await desk.sees("3 marquées")
        await desk.press("space", "v")
        await desk.sees("Corriger pareil 2 factures ?")
        await desk.press("n")
        assert desk.news() == "Aucune facture n’a été corrigée."
        db.obj.pragma("query_only", 1, permanent=True)
        await desk.press("v", "o")
        assert desk.question() == "Rien n’a été changé"
        await desk.press("enter")
        assert desk.question() == "", "said once, not of each"
        await desk.sees("Aucune facture validée ; 2 restent à corriger ou à vérifier.")
        db.obj.pragma("query_only", 0, permanent=True)
        assert Invoice.select().where(Invoice.prescriber == RIGHT).count() == 1
        await desk.press("v", "o")
        await desk.sees("2 factures validées")
        assert Invoice.select().where(Invoice.prescriber == RIGHT).count() == 3
        await desk.press("v")
        assert desk.news() == "Aucune facture marquée à corriger."


def successor(number: int) -> InvoiceSheet:
    """The invoice that this one, cancelled, became."""
    return sheet(sheet(number).replaced_by or 0)


async def became(desk: Desk, number: int, *said: str) -> None:
    """Beside the successor of this one stands what became of it."""
    await desk.selects(f"{successor(number).number:09d}")
    await desk.sees(*said)


async def test_what_stops_one_is_said_of_it_and_a_reason_validates_what_was_only_in_doubt(empty: Practice) -> None:
    made = [
        replace(
            an_invoice(number, nir=f"1840533002{number % 1000:03d}", last_name=f"PATIENT{number}"),
            nature="90" if number in {1002, 1003} else "10",
            prescribed_on=date(2026, 11, 20) if number == 1004 else date(2026, 11, 2),
        )
        for number in range(1001, 1006)
    ]
    take_in(*made)
    hear(*(an_answer(invoice, "rejected", code="0460 051") for invoice in made))
    for number in range(1001, 1006):
        cancel_invoice(sheet(number).id, None, SOPHIE)
    async with at_desk(empty) as desk:
        await open_form(desk, successor(1001).number)
        await desk.types(RIGHT)
        await desk.press("f4", "p")
        other = successor(1005)
        assert isinstance(bill_invoice(other.id, other.version, Signature.DEGRADED, CLAIRE), Billed)
        await desk.press("v")
        await desk.sees(
            "Corriger pareil 4 factures ?", "Dont 1 qui reste à corriger", "Dont 2 qui demanderont un motif"
        )
        await desk.press("o")
        await desk.sees("À vérifier avant de valider")
        other = successor(1003)
        assert isinstance(save_correction(other.id, other.version, replace(other.draft, nature="10"), CLAIRE), Saved)
        await desk.press("o")
        await desk.sees("1 facture validée, prête à transmettre ; 3 restent à corriger ou à vérifier.")
        await became(desk, 1002, "validée")
        await became(desk, 1003, "corrigée", "claire l’a modifiée entre-temps", "elle n’est pas validée, relisez-la")
        await became(desk, 1004, "corrigée", "Prescription")
        await became(desk, 1005, "inchangée", "claire l’a facturée entre-temps", "rien n’a été enregistré")
    assert [successor(number).state for number in (1002, 1003, 1004, 1005)] == ["validated", *["unvalidated"] * 3]


def a_finding(level: FindingLevel) -> Finding:
    return Finding(CheckName.NATURE, level, "nature", "Nature 90 (prévention) sans le code exonération 7.", "guide")


ADVICE, BLOCKING = a_finding(FindingLevel.ADVICE), a_finding(FindingLevel.BLOCKING)


def test_the_question_counts_what_will_be_left_and_says_what_was_empty(empty: Practice) -> None:
    old = cancelled(1001)
    one = Candidate(old, old.draft, (("Prescripteur", "", RIGHT),), (), Signature.UNBILLED)
    lines = question_lines([one])
    assert lines[1:-1] == (f"Prescripteur : vide → {RIGHT}",)
    doubtful, stopped = replace(one, findings=(ADVICE,)), replace(one, findings=(ADVICE, BLOCKING))
    assert (one.said, doubtful.said, stopped.said) == ("sera validée", "à vérifier", "bloquée")
    assert question_lines([one, doubtful, stopped])[2:-1] == (
        "Dont 1 qui reste à corriger : un contrôle l’arrête.",
        "Dont 1 qui demandera un motif.",
    )
    assert question_lines([doubtful, stopped] * 2)[2:-1] == (
        "Dont 2 qui restent à corriger : un contrôle les arrête.",
        "Dont 2 qui demanderont un motif.",
    )


STALE = Stale("claire", "2026-11-16T11:30:00+00:00", Action.CORRECT, 7)
WHO = "claire l’a modifiée entre-temps (16/11 à 12:30)"


@pytest.mark.parametrize(
    ("outcome", "said", "why"),
    [
        (CorrectedAlike(1, 2, None), "validée", ()),
        (CorrectedAlike(1, 2, (BLOCKING,)), "corrigée", (BLOCKING.message,)),
        (
            CorrectedAlike(1, 2, Refused(Refusal.NOT_UNVALIDATED)),
            "corrigée",
            ("Seule une facture non validée se valide.",),
        ),
        (CorrectedAlike(1, 2, STALE), "corrigée", (f"{WHO} : elle n’est pas validée, relisez-la.",)),
        (STALE, "inchangée", (f"{WHO} : rien n’a été enregistré, relisez-la.",)),
        (
            Refused(Refusal.NOT_BILLABLE),
            "inchangée",
            ("Facture déjà validée, transmise ou retirée : elle ne se facture plus ici.",),
        ),
    ],
)
def test_what_is_said_of_one_never_denies_what_was_saved(
    outcome: CorrectedAlike | Refused | Stale, said: str, why: tuple[str, ...]
) -> None:
    done = done_of(outcome)
    assert (done.said, done.why, done.advised) == (said, why, None)


def test_a_reason_is_asked_for_what_is_only_in_doubt() -> None:
    outcome = CorrectedAlike(1, 2, (ADVICE,), advised=True)
    assert done_of(outcome).advised is outcome

"""What the practice learns from its own invoices, in sentences: rates, costs of rejections, advice passed over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.findings import CheckName
from models.domain.states import ShareName
from models.queries.advice_record import AdviceLine, Outcomes
from models.queries.first_answers import FirstAnswers
from models.queries.rejection_costs import CodeCost
from tui.text import lessons

RATE = FirstAnswers("01331", ShareName.AMO, "", 41, 36)
COST = CodeCost(
    code="0450 054", label="EXONERATION INCONNUE", share=ShareName.AMO, count=3, cents=5670, ended=0, days=None,
    total_days=0, lost=0, lost_cents=0, waiting=0, waiting_cents=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("answered", "accepted", "says"),
    [
        (0, 0, "Aucune réponse à une première présentation."),
        (1, 1, "Acceptées d’emblée : 1 sur 1 facture, trop peu pour un taux"),
        (9, 8, "Acceptées d’emblée : 8 sur 9 factures, trop peu pour un taux"),
        (10, 9, "Acceptées d’emblée : 90 %, 9 sur 10 factures"),
    ],
)
def test_a_rate_is_told_from_enough_answers_on(answered: int, accepted: int, says: str) -> None:
    assert lessons.whole(replace(RATE, answered=answered, accepted=accepted)) == says


@pytest.mark.parametrize(
    ("share", "key", "practitioner", "named"),
    [
        (ShareName.AMO, "99999", "", "Caisse 99999"),
        (ShareName.AMC, "0099990001", "", "AMC 99990001"),
        (ShareName.AMC, "", "", "AMC sans numéro"),
        (None, "331234567", "DURAND CLAIRE", "DURAND CLAIRE"),
        (None, "2026-11", "", "11/2026"),
    ],
)
def test_a_line_of_the_rates_is_a_payer_a_practitioner_or_a_month(
    share: ShareName | None, key: str, practitioner: str, named: str
) -> None:
    line = FirstAnswers(key, share, practitioner, 41, 36)
    assert lessons.about_rate(line) == (
        ("D’emblée", f"{named} : 87 %, 36 sur 41 factures, par la première réponse qui paie ou rejette."),
    )


def test_a_known_caisse_bears_its_name_and_too_few_answers_are_said_to_be() -> None:
    ((_, said),) = lessons.about_rate(replace(RATE, answered=3, accepted=2))
    assert said.endswith(
        " : 2 sur 3 factures, par la première réponse qui paie ou rejette."
        " Trop peu pour en tirer un taux : il en faut 10."
    )
    assert "01331" not in said


@pytest.mark.parametrize(
    ("came", "cost", "days"),
    [
        ({}, "56,70 € retenus sur 3 factures.", "Aucune n’est encore payée, ni abandonnée."),
        (
            {"waiting": 1, "waiting_cents": 1890},
            "56,70 € retenus sur 3 factures · 1 attend, 18,90 €.",
            "Aucune n’est encore payée, ni abandonnée.",
        ),
        (
            {
                "lost": 1,
                "lost_cents": 1890,
                "waiting": 2,
                "waiting_cents": 3780,
                "ended": 1,
                "days": 4,
                "total_days": 4,
            },
            "56,70 € retenus sur 3 factures · 1 perdue, 18,90 € · 2 attendent, 37,80 €.",
            "4 j du rejet à la fin, mesurés sur 1 facture (trop peu pour un délai habituel) ; 4 j en tout.",
        ),
        (
            {"lost": 2, "lost_cents": 3780, "count": 5, "ended": 5, "days": 12, "total_days": 60},
            "56,70 € retenus sur 5 factures · 2 perdues, 37,80 €.",
            "12 j du rejet à la fin, mesurés sur 5 factures ; 60 j en tout.",
        ),
    ],
)
def test_what_a_code_cost_is_money_what_is_lost_what_waits_and_days(came: dict[str, int], cost: str, days: str) -> None:
    line = replace(COST, **came)  # type: ignore[arg-type]
    assert lessons.about_cost(line) == (("0450 054", "EXONERATION INCONNUE"), ("Coût", cost), ("Jours", days))
    (row,) = lessons.cost_lines((line,), 80, "#").rows
    assert len(row) == 80
    assert ("–" in row) is (line.days is None or not line.lost)
    assert row.startswith("0450 054 AMO ")


def test_a_rejection_without_a_reason_has_no_code() -> None:
    assert lessons.about_cost(replace(COST, code="", label=""))[0] == ("–", "")


@pytest.mark.parametrize(
    ("came", "says"),
    [
        (Outcomes(4), "déjà passé outre 4 fois, aucune réponse encore"),
        (Outcomes(4, 1, 0), "déjà passé outre 4 fois, 0 rejetée sur 1 réponse"),
        (Outcomes(4, 4, 3, 2), "déjà passé outre 4 fois, 3 rejetées sur 4 réponses, dont 2 pour ce champ"),
    ],
)
def test_what_came_of_advice_that_was_set_aside(came: Outcomes, says: str) -> None:
    reasons = (("Attestation vue", Outcomes(3, 3, 2)), ("sans motif", Outcomes(1, 1, 1)))
    line = AdviceLine(next(iter(CheckName)), came, reasons)
    assert lessons.about_advice(line) == (
        ("Conseil", f"« {line.check} » : {says}."),
        ("Motifs", "« Attestation vue » 3 fois, 2 rejetées · « sans motif » 1 fois, 1 rejetée."),
    )
    (row,) = lessons.advice_lines((line,), 80, "#").rows
    assert (len(row), f"{came.rejected} sur {came.answered}" in row) == (80, True)

"""What is said of what payers owe a word or money for: complementary shares and reminders, kind by kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.domain.dre import DreStep
from models.domain.follow_up import Usual, Waiting
from models.domain.states import InvoiceKind, ShareName, Signature
from models.queries.dre_waiting import WaitingDre
from models.queries.follow_up import Due
from models.reference.rejections import our_book
from tui.text import dre_waiting, follow_up

SINCE = date(2026, 11, 6)
SHARE = WaitingDre(
    step=DreStep.WAITING, id=1, number=1001, kind=InvoiceKind.INVOICE, of=None, last_name="DUPONT", first_name="MARIE",
    amc_number="0099990001", cents=1044, since=SINCE, days=12, usual=None, code=None, label="", lot=702,
    practitioner="331234567", billed_on=SINCE, signature=Signature.DEGRADED,
)  # fmt: skip
DUE = Due(
    waiting=Waiting.SILENT, id=1, number=1001, kind=InvoiceKind.INVOICE, version=1, last_name="DUPONT",
    first_name="MARIE", share=ShareName.AMO, payer="01331", cents=1890, since=SINCE, days=12, usual=None,
    last_day=None, days_left=None, lot=7,
)  # fmt: skip


@pytest.mark.parametrize(
    ("step", "says", "todo"),
    [
        (
            DreStep.TO_CANCEL,
            "10,44 € demandés depuis le 06/11/2026 (12 j), lot 702 ; l’ancienne demande est sans réponse.",
            f"la faire annuler : appel, ou votre logiciel. {dre_waiting.NO_LAYOUT}",
        ),
        (DreStep.REFUSED, "10,44 € refusés le 06/11/2026 (12 j), lot 702.", ""),
        (DreStep.AFTER_INVOICE, "10,44 € refusés le 06/11/2026 (12 j), lot 702.", "D’abord la facture"),
        (DreStep.SHORT, "il manque 10,44 € depuis le 06/11/2026 (12 j), lot 702.", "ce qui manque ; noter sa réponse"),
        (DreStep.TO_SEND, "10,44 €, pas encore envoyés.", "Valider, puis transmettre"),
        (DreStep.DEFERRED, "10,44 € différés depuis le 06/11/2026 (12 j), lot 702.", "Attendre le résultat"),
        (DreStep.WAITING, "10,44 € sans réponse depuis le 06/11/2026 (12 j), lot 702.", "Attendre : 15 j, faute de"),
    ],
)
def test_each_complementary_share_says_where_it_stands_and_what_to_do(step: DreStep, says: str, todo: str) -> None:
    one = replace(SHARE, step=step)
    assert dre_waiting.standing(one) == says
    told = dict(dre_waiting.about(one, our_book()))
    assert told["Part AMC"] == f"de la facture n° 1001 : {says}"
    assert todo in told["À faire"]


def test_a_refused_share_names_its_code_and_what_the_book_says_of_it() -> None:
    refused = replace(SHARE, step=DreStep.REFUSED, code="1001", label="ADHERENT INCONNU")
    known = our_book().explain("1001", "ADHERENT INCONNU", "amc")
    told = dict(dre_waiting.about(refused, our_book()))
    assert (told["1001"], told["À faire"]) == ("ADHERENT INCONNU", known.todo)


@pytest.mark.parametrize(
    ("of", "says"), [(1001, "n° 900001, de la facture n° 1001 : "), (None, "n° 900001 : ")], ids=["known", "lost"]
)
def test_a_dre_names_its_invoice_where_that_is_known(of: int | None, says: str) -> None:
    dre = replace(SHARE, kind=InvoiceKind.DRE, number=900001, id=2, of=of)
    assert dict(dre_waiting.about(dre, our_book()))["DRE"] == f"{says}{dre_waiting.standing(dre)}"
    on_its_invoice, on_itself = dre_waiting.dre_lines(dre, 1), dre_waiting.dre_lines(dre, 2)
    assert on_its_invoice == (("AMC attendue", f"DRE n° 900001 : {dre_waiting.standing(dre)}"),)
    assert on_itself == (("AMC attendue", dre_waiting.standing(dre)),)


def test_the_request_of_an_invoice_that_was_redone_names_the_new_one() -> None:
    assert ", que la n° 1061 redemande ; l’ancienne" in dre_waiting.standing(
        replace(SHARE, step=DreStep.TO_CANCEL, of=1061)
    )


def test_a_silent_payer_is_waited_for_its_own_days_then_reminded() -> None:
    measured = replace(SHARE, usual=Usual(8, 11, 40))
    said = "neuf fois sur dix, elle répond en 11 j (mesuré sur 40 réponses)."
    assert dict(dre_waiting.about(measured, our_book()))["À faire"] == f"Relancer : {said}"
    assert dre_waiting.cells(measured)[1] == "attend !"
    early = replace(measured, days=11)
    assert dict(dre_waiting.about(early, our_book()))["À faire"] == f"Attendre : {said}"
    assert dre_waiting.cells(early)[1] == "attend"
    assert dre_waiting.cells(replace(early, amc_number="0000000000"))[3] == "–"


def test_the_line_above_counts_each_kind_in_the_order_of_the_list() -> None:
    many = [replace(SHARE, step=step) for step in (DreStep.WAITING, DreStep.REFUSED, DreStep.REFUSED)]
    assert dre_waiting.summary(many) == "31,32 € · 2 refusées · 1 attend"
    assert dre_waiting.summary([]) == "Aucune part complémentaire n’est attendue."


@pytest.mark.parametrize(
    ("waiting", "says", "usual"),
    [
        (Waiting.SILENT, "n’a rien dit de 18,90 € depuis l’envoi le 06/11/2026 (12 j), lot 007.", True),
        (Waiting.DEFERRED, "Recyclage depuis le 06/11/2026 (12 j, 30 attendus) : 18,90 €, lot 007.", False),
        (Waiting.PARTLY_PAID, "Il manque 18,90 € depuis la réponse du 06/11/2026 (12 j), lot 007.", True),
        (Waiting.TAKEN_BACK, "18,90 € repris le 06/11/2026 (12 j).", False),
        (Waiting.PAPERS, "Facturée en dégradé, 18,90 € : feuille et pièces à envoyer à ", False),
        (Waiting.DEADLINE, "18,90 € à obtenir avant que le délai ne passe ; facture du 06/11/2026, lot 007.", True),
    ],
)
def test_each_reminder_says_why_and_what_is_usual_where_a_payer_is_waited_for(
    waiting: Waiting, says: str, usual: bool
) -> None:
    one = replace(DUE, waiting=waiting)
    (label, why), *rest = follow_up.about(one)
    assert (label.lower(), says in why) == (follow_up.cells(one)[1], True), why
    assert ("Habituel" in dict(rest)) is usual


def test_what_is_usual_is_measured_or_said_not_to_be() -> None:
    assert dict(follow_up.about(DUE))["Habituel"].startswith("15 j, faute de réponses de cet organisme")
    told = dict(follow_up.about(replace(DUE, usual=Usual(8, 11, 40))))["Habituel"]
    assert told == "8 j, neuf fois sur dix 11 j au plus : mesuré sur ses 40 dernières réponses."


@pytest.mark.parametrize(
    ("lot", "cause", "transfer", "says"),
    [
        (7, "Indu 2026", "VIR 12", ("Indu 2026", "lot 007 · VIR 12")),
        (None, "", "", ("non dit par le retour", "sans virement annoncé")),
    ],
)
def test_money_taken_back_says_its_cause_and_its_transfer(
    lot: int | None, cause: str, transfer: str, says: tuple[str, str]
) -> None:
    one = replace(DUE, waiting=Waiting.TAKEN_BACK, lot=lot, cause=cause, transfer=transfer)
    told = dict(follow_up.about(one))
    assert (told["Motif"], told["Virement"]) == says
    nobody = follow_up.cells(replace(one, id=None, number=None, last_name="", first_name=""))
    assert (nobody[0], nobody[2]) == ("–", cause or "–")


def test_a_claim_says_how_long_it_holds_and_a_reminder_that_an_answer_may_come() -> None:
    one = replace(DUE, waiting=Waiting.DEADLINE, last_day=date(2028, 12, 31), days_left=9)
    assert dict(follow_up.about(one))["Délai"].startswith("À réclamer avant le 31/12/2028, dans 9 j (L. 332-1")
    assert "passé depuis 3 j" in dict(follow_up.about(replace(one, days_left=-3)))["Délai"]
    reminded = replace(one, reminded_on=date(2026, 11, 20), reminder=4)
    assert dict(follow_up.about(reminded))["Relancée"] == "le 20/11/2026."
    assert dict(follow_up.about(replace(reminded, again=True)))["Relancée"] == "le 20/11/2026 : réponse attendue."
    assert follow_up.cells(reminded)[6:] == ("9 j", "20/11")


def test_a_dre_says_whose_it_is_and_where_all_of_them_are_followed() -> None:
    one = replace(DUE, kind=InvoiceKind.DRE, share=ShareName.AMC, payer="0099990001", dre_of=1001)
    told = dict(follow_up.about(one))
    assert told["DRE"].startswith("de la facture n° 1001 : « Traiter les rejets de DRE », puis S")
    assert told["Silence"].startswith("AMC 0099990001 n’a rien dit de 18,90 €")
    assert follow_up.cells(one)[3] == "AMC 99990001"


def test_how_many_wait_is_said_gravest_first_and_in_little_room_the_commonest() -> None:
    counts = {Waiting.SILENT: 12, Waiting.TAKEN_BACK: 1, Waiting.PAPERS: 3, Waiting.DEFERRED: 0}
    whole = "1 indu · 3 feuilles dues · 12 silences"
    assert follow_up.counted(counts) == follow_up.counted(counts, len(whole)) == whole
    assert follow_up.counted(counts, 33) == "12 silences · 3 feuilles dues · …"
    assert follow_up.counted(counts, 20) == "12 silences · …"
    assert follow_up.counted({}) == ""
    assert follow_up.summary([DUE, replace(DUE, again=True)]) == "1 à relancer, 18,90 € · 1 silence"
    assert follow_up.summary([replace(DUE, again=True)]) == "Rien à relancer."

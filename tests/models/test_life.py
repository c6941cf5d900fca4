"""The life of an invoice along its numbers, and a transfer seen whole: what pays what, and whether the sums agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from models.commands.note_document import note_document
from models.commands.receive import receive_return
from models.commands.record_right import record_right
from models.commands.remind import remind, withdraw_reminder
from models.commands.send_sheets import send_sheets, take_back_sheets
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.papers import DocumentKind, DocumentStep
from models.domain.place import Practice
from models.domain.states import RightSource
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import NoemieFile, Transfer
from models.formats.noemie.write import write_noemie
from models.queries.journal import JournalView, Recorded, journal_page
from models.queries.life import Heard, Left, life_of, moment_of
from models.queries.lots import sent_lots
from models.queries.people import SeenRight
from models.queries.transfers import return_money
from tests.models.practice import CLAIRE, SOPHIE, TEAM, an_answer, an_invoice, cancelled, sheet, take_in
from tui.text.life import life_pairs
from tui.text.return_money import money_lines, sums, transfer_line

FIRST, SECOND = (Transfer(number, date(2026, 11, 20), f"VIR CPAM {number[-3:]}", "01331") for number in TEAM)


def a_paying_return(paid: int | None = None) -> bytes:
    """A return of two transfers: the first practitioner's invoice paid in full, the other's too."""
    mine, other = an_invoice(1101), an_invoice(1102, practitioner=TEAM[1])
    return write_noemie(
        NoemieFile(
            sender="331".zfill(14),
            recipient=TEAM[0],
            created_on=date(2026, 11, 20),
            reference="R00042",
            answers=(an_answer(mine, "paid"), an_answer(other, "paid")),
            transfers=(FIRST, SECOND),
            total_paid=mine.amo + other.amo if paid is None else paid,
        )
    )


def test_an_answer_knows_the_transfer_of_its_group() -> None:
    assert [answer.transfer for answer in read_noemie(a_paying_return()).answers] == [FIRST, SECOND]


def test_a_transfer_is_seen_whole_and_its_sum_held_against_what_is_announced(practice: Practice) -> None:
    take_in(an_invoice(1101), lot=1)
    take_in(an_invoice(1102, practitioner=TEAM[1]), lot=2)
    receive_return(a_paying_return(), "retour.noe", SOPHIE)
    money = return_money(1)
    assert [part.transfer for part in money.transfers] == [FIRST, SECOND]
    assert [[invoice.number for invoice in part.invoices] for part in money.transfers] == [[1101], [1102]]
    assert money.agrees
    assert all(invoice.stands for part in money.transfers for invoice in part.invoices)
    assert transfer_line(money.transfers[0]) == "Virement du 20/11/2026 VIR CPAM 349 : 1 facture, 18,90 €"
    assert len(list(money_lines(money))) == 4
    (_, whole), (_, agreed) = sums(money, money.transfers[1])
    assert (whole, agreed) == (
        "1 facture, 18,90 €",
        "2 virements, 37,80 € en tout ; il annonce 37,80 € : les sommes concordent",
    )
    apart = replace(money, received=replace(money.received, paid=5000))
    assert not apart.agrees
    assert "12,20 € d’écart" in dict(sums(apart, None))["Retour"]


def test_a_transfer_that_comes_between_two_answers_is_written_before_the_one_that_it_pays() -> None:
    third = replace(FIRST, label="VIR MSA")
    mine, later = an_invoice(1101), an_invoice(1103)
    file = read_noemie(a_paying_return())
    answers = (replace(an_answer(mine, "paid"), transfer=FIRST), replace(an_answer(later, "paid"), transfer=third))
    back = read_noemie(write_noemie(replace(file, answers=answers, transfers=(FIRST, third))))
    assert [answer.transfer for answer in back.answers] == [FIRST, third]


def test_a_transfer_to_which_nothing_is_attached_says_so(practice: Practice) -> None:
    take_in(an_invoice(1101), lot=1)
    alone = replace(read_noemie(a_paying_return()), answers=(an_answer(an_invoice(1101), "paid"),))
    receive_return(write_noemie(alone), "retour.noe", SOPHIE)
    money = return_money(1)
    assert transfer_line(money.transfers[1]) == "Virement du 20/11/2026 VIR CPAM 783 : le retour n’y rattache rien"


def test_the_whole_chain_is_told_in_the_order_of_time(practice: Practice) -> None:
    new = cancelled(1001)
    record_right(new.id, "4", date(2026, 1, 1), None, RightSource.ATTESTATION, CLAIRE)
    life = life_of(new.id)
    assert [one.number for one in life.chain] == [1001, new.number]
    assert life_of(sheet(1001).id) == life
    kinds = [type(one) for one in life.happened]
    assert [kinds.count(kind) for kind in (Left, Heard, SeenRight)] == [1, 1, 1]
    assert [one.action for one in life.happened if isinstance(one, Recorded)] == [Action.IMPORT, Action.CANCEL]
    moments = [moment_of(one) for one in life.happened]
    assert moments == sorted(moments)
    assert life.last_return is None
    told = "\n".join(f"{when} {what}" for when, what in life_pairs(life))
    assert "Facture n° 1001 envoyée dans le lot" in told
    assert "relevé par sophie) : AMO rejetée, 0450 054 MOTIF DE LA CAISSE." in told
    assert "sophie a annulé la facture n° 1001 (rejet 0450 054)" in told
    assert "Droit vu : exonération 4" in told


def test_a_payment_names_its_transfer(practice: Practice) -> None:
    take_in(an_invoice(1101), lot=1)
    take_in(an_invoice(1102, practitioner=TEAM[1]), lot=2)
    receive_return(a_paying_return(), "retour.noe", SOPHIE)
    life = life_of(sheet(1101).id)
    assert life.last_return == 1
    told = "\n".join(what for _, what in life_pairs(life))
    assert "AMO payée 18,90 € ; virement du 20/11/2026 VIR CPAM 349." in told


def test_what_was_noted_beside_an_invoice_is_told_in_its_place_with_who_and_why(practice: Practice) -> None:
    take_in(an_invoice(1101), an_invoice(1102), lot=1, certification="D")
    take_in(an_invoice(1103), lot=2)
    lot = sent_lots(1)[0].id
    on, ids = SOPHIE.day, [sheet(number).id for number in (1101, 1102)]
    later = [Author("claire", SOPHIE.at + timedelta(minutes=minutes, microseconds=7)) for minutes in range(1, 8)]
    remind([ids[0], sheet(1103).id], on, "appel à la caisse", later[0])
    note_document(ids, DocumentKind.PRESCRIPTION, DocumentStep.SCANNED, on, "", later[1])
    note_document(ids[:1], DocumentKind.PRESCRIPTION, DocumentStep.OWED, on, "illisible", later[2])
    send_sheets([lot], on, "par la poste", later[3])
    take_back_sheets(lot, "retour à l’envoyeur", later[4])
    withdraw_reminder(ids[0], later[5])
    for moment in later[1], later[6]:  # at the same moment too
        note_document([sheet(1103).id], DocumentKind.OTHER, DocumentStep.OWED, on, "d’une autre", moment)
    told = [what for _, what in life_pairs(life_of(ids[0]))]
    assert told[-6:] == [
        "claire a noté la relance du 16/11/2026 pour les n° 1101, 1103 : « appel à la caisse ».",
        "claire a noté une pièce numérisée le 16/11/2026 (ordonnance) pour les n° 1101, 1102.",
        "claire a noté une pièce due le 16/11/2026 (ordonnance) pour le n° 1101 : « illisible ».",
        "claire a noté envoyées le 16/11/2026 les feuilles de soins du lot 001 : « par la poste ».",
        "claire a repris l’envoi du 16/11/2026 des feuilles de soins du lot 001 : « retour à l’envoyeur ».",
        "claire a ôté la relance du 16/11/2026 pour le n° 1101.",
    ]
    other = [what for _, what in life_pairs(life_of(ids[1]))]
    assert [what.split(" ")[2] for what in other if what.startswith("claire")] == ["noté", "noté", "repris"]
    assert len(journal_page(JournalView(invoices=(ids[0],)), None, 4)) == 4

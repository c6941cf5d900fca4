"""`accueil patient … --exporter`: all that is held of one person, and nothing of anybody else."""

import json
from datetime import date
from pathlib import Path

import pytest

from models.commands.file_away import file_invoices
from models.commands.keep_typed import keep_typed
from models.commands.note_document import note_document
from models.commands.record_right import record_right
from models.commands.remind import remind
from models.domain.filing import LATER, FiledAs
from models.domain.findings import CheckName
from models.domain.papers import DocumentKind, DocumentStep
from models.domain.place import Practice, locate
from models.domain.states import RightSource
from models.domain.typed_form import TypedForm
from models.practice import close_practice, open_practice
from models.queries.accesses import accesses
from models.tables.invoice import Invoice
from models.tables.rights import Override
from tests.models.practice import NIRS, SOPHIE, a_return, an_answer, an_invoice, hear, take_in
from tests.tui.command_line import accueil


@pytest.fixture
def base(empty: Practice) -> str:
    """Marie Dupont with all that can be held of her; Paul Dupont and Lan Nguyen beside her."""
    mine, too = an_invoice(1001), an_invoice(1002)
    paul = an_invoice(1003, nir=NIRS[1], first_name="PAUL")
    lan = an_invoice(1004, nir=NIRS[2], last_name="NGUYEN", first_name="LAN")
    take_in(mine, too, paul, lan)
    hear(an_answer(mine, "paid"), an_answer(too, "rejected"), an_answer(lan, "paid"), an_answer(an_invoice(7), "paid"))
    invoice = Invoice.get(Invoice.number == 1002)
    Override.create(
        invoice=invoice, check_name=CheckName.DUPLICATE, message="Deux fois.", reason="Elle a appelé", decided_at="x",
        decided_by="x",
    )  # fmt: skip
    record_right(invoice.id, "4", date(2026, 1, 1), None, RightSource.ATTESTATION, SOPHIE)
    keep_typed("f", invoice.id, 1, TypedForm({"prescriber": "331397141"}, ()), SOPHIE)
    told, note = [Invoice.get(Invoice.number == number).id for number in (1001, 1003)], "vue avec MARIE"
    note_document(told[:1], DocumentKind.AGREEMENT, DocumentStep.OWED, SOPHIE.day, note, SOPHIE)
    file_invoices([(invoice.id, None)], FiledAs.CLAIMED, "par ameli", SOPHIE.day + LATER, SOPHIE)
    remind(told[1:], SOPHIE.day, "de PAUL", SOPHIE)
    remind([Invoice.get(Invoice.number == 1002).id], SOPHIE.day, "", SOPHIE)
    empty.inbox.mkdir()
    (empty.inbox / "r.noe").write_bytes(a_return(an_answer(mine, "paid")))
    (empty.inbox / "other.noe").write_bytes(a_return(an_answer(lan, "paid")))
    return empty.location


def test_all_of_the_person_and_nothing_of_another(base: str) -> None:
    ran = accueil("patient", "--exporter", "dupont", "marie", "--format", "json", "--base", base, "--operateur", "Zoé")
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert told["patient"] == {"nir": NIRS[0], "birth": "840512", "last_name": "DUPONT", "first_name": "MARIE"}
    rows = told["rows"]
    assert [row["number"] for row in rows["invoice"]] == [1001, 1002]
    assert sorted(row["number"] for row in rows["answer"]) == [7, 1001, 1002]
    assert [row["reason"] for row in rows["override"]] == ["Elle a appelé"]
    assert set(rows) >= {"patient", "act", "rejection", "right", "unsaved_form", "practitioner", "batch", "return"}
    assert [Path(file).name for file in told["files"]] == ["r.noe"]
    assert [entry["action"] for entry in told["journal"]] == [
        *("file", "import", "note_document", "receive", "remind"),
    ]
    assert not any(word in ran.out for word in ("PAUL", "NGUYEN", *NIRS[1:]))
    text = accueil("patient", NIRS[0], "--exporter", "--base", base, "--operateur", "Zoé").out
    for said in (
        "RGPD, article 15",
        f"NIR             {NIRS[0]}",
        "Facture n° 1001 du 05/11/2026, payée",
        "05/11/2026 AMI 10,00 × 1 : 31,50 €",
        "Rejet 0450 054 MOTIF DE LA CAISSE",
        "Droit : exonération 4 du 01/01/2026, sans fin, vu le 16/11/2026 (attestation).",
        "Conseil écarté : Deux fois. Motif : Elle a appelé",
        "Saisie non enregistrée",
        "Facture n° 1001, pièce : accord préalable, dû le 16/11/2026 (sophie) : vue avec MARIE.",
        "Facture n° 1002, relancée le 16/11/2026 (sophie).",
        "Facture n° 1002, classée jusqu’au 16/12/2026, réclamation déposée (sophie) : par ameli.",
        "Consultations notées : 1 (jours : 22/11/2026).",
        "r.noe",
    ):
        assert said in text
    assert "NGUYEN" not in text


def test_several_are_told_apart_first(base: str) -> None:
    ran = accueil("patient", "--exporter", "dupont", "--base", base)
    assert (ran.code, ran.out) == (1, "")
    assert "DUPONT Marie" in ran.err
    assert "DUPONT Paul" in ran.err
    assert ran.err.endswith(
        "Plusieurs personnes : ajoutez le prénom, la date de naissance (JJ/MM/AAAA) ou le NIR entier.\n"
    )
    assert accueil("patient", "--exporter", "zorro", "--base", base).code == 1
    assert accueil("patient", "--exporter", "dupont", "--format", "csv", "--base", base).code == 2


def test_it_is_noted_that_it_was_taken_out(base: str) -> None:
    accueil("patient", "--exporter", "nguyen", "--base", base, "--operateur", "Zoé")
    place = locate(base, Path(base).parent)
    open_practice(place)
    assert [(line.operator, line.looked, line.last_name) for line in accesses()] == [("Zoé", "export", "NGUYEN")]
    close_practice()

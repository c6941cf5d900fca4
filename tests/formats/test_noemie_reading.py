"""How the lines of a return are put together, whatever their order and their length."""

import itertools
from datetime import date

import pytest

from models.domain.exchanges import RejectionLevel
from models.domain.states import ShareName, ShareState
from models.formats.noemie import layout
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import InvoiceAnswer, NoemieFile, RejectionLine, ShareAnswer
from tests.formats.building import GROUP, amc, amo, comment, entity, invoice, noemie, old_reason, put, reason

PEOPLE = entity(
    layout.PEOPLE, nir="2540533065195", nir_key="21", family_name="MARTIN", insured_first_name="ISABELLE",
    birth="540508", birth_rank="1",
)  # fmt: skip


def answer(*entities: str, total: int = 0) -> InvoiceAnswer:
    """The one answer of a return that holds these entities after its 102."""
    (found,) = read_noemie(noemie(GROUP, invoice(), *entities, total=total)).answers
    return found


def codes(*entities: str) -> list[tuple[str, str]]:
    return [(line.share, line.code) for line in answer(*entities).rejections]


def test_the_entities_of_an_invoice_may_come_in_any_order() -> None:
    entities = [amo("R"), PEOPLE, reason("0450", label="EXO"), reason("072", "A"), comment("VOIR COURRIER")]
    expected = answer(*entities)
    assert (expected.last_name, expected.remarks) == ("MARTIN", ("VOIR COURRIER",))
    assert [(line.code, line.label) for line in expected.rejections] == [("0450 072", "EXO")]
    for order in itertools.permutations(entities):
        assert answer(*order) == expected, [text[:3] for text in order]


def test_an_entity_of_the_next_invoice_is_not_taken() -> None:
    file = read_noemie(noemie(GROUP, invoice(1), amo("P"), invoice(2), amo("R"), reason("0450")))
    assert [(found.number, len(found.rejections)) for found in file.answers] == [(1, 0), (2, 1)]


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ([reason("0450"), reason("054", "A")], ["0450 054"]),
        ([reason("054", "A"), reason("0450")], ["0450 054"]),
        ([reason("0450"), reason("054", "A"), reason("0460", "L"), reason("051", "A")], ["0450 054", "0460 051"]),
        ([reason("054", "A"), reason("0450"), reason("051", "A"), reason("0460")], ["0450 054", "0460 051"]),
        ([reason("0450"), reason("0460"), reason("051", "A")], ["0450", "0460 051"]),
        ([reason("0450"), reason("0460"), reason("051", "A"), reason("054", "A")], ["0450 054", "0460 051"]),
        (
            [
                reason("0450", rank=1), reason("0460", rank=2),
                reason("054", "A", rank=1), reason("051", "A", rank=2),
            ],
            ["0450 054", "0460 051"],
        ),
        ([reason("0450"), reason("054", "A", rank=7)], ["0450 054"]),
        ([reason("0450", rank=1), reason("0460"), reason("051", "A"), reason("054", "A", rank=1)],
         ["0450 054", "0460 051"]),
        ([reason("054", "A")], ["054"]),
        ([reason("0450"), reason("054", "A"), reason("056", "A")], ["0450 054", "056"]),
        ([reason("F909")], ["F909"]),
    ],
)  # fmt: skip
def test_a_refinement_finds_its_main_line(entities: list[str], expected: list[str]) -> None:
    assert codes(amo("R"), *entities) == [("amo", code) for code in expected]


def test_a_refinement_never_crosses_to_the_other_share() -> None:
    both = [amo("R"), amc("R")]
    assert codes(*both, reason("0460"), reason("1001", part="C"), reason("051", "A")) == [
        ("amo", "0460 051"),
        ("amc", "1001"),
    ]
    assert codes(*both, reason("1001", part="C"), reason("054", "A")) == [("amc", "1001"), ("amo", "054")]


def test_a_rejection_keeps_all_that_its_lines_say() -> None:
    main = reason("0540", "L", label="ACTE", act_code="IFD", line=2, info="VOIR LIGNE 1")
    refined = reason("057", "A", label="FRAIS DE DEPLACEMENT", care_date=date(2026, 11, 3), line=9)
    assert answer(amo("R"), main, refined).rejections == (
        RejectionLine(
            share=ShareName.AMO, code="0540 057", label="FRAIS DE DEPLACEMENT", level=RejectionLevel.LINE,
            act_code="IFD", care_date=date(2026, 11, 3), line=2, info="VOIR LIGNE 1",
        ),
    )  # fmt: skip
    assert answer(amo("R"), reason("057", "A", line=3)).rejections[0].level == "L"
    assert answer(amo("R"), reason("057", "A")).rejections[0].level == "F"


@pytest.mark.parametrize(
    ("raw", "code"),
    [("0540057", "0540 057"), ("0540 057", "0540 057"), ("0450", "0450"), ("F909", "F909"), ("12", "12")],
)
def test_a_290_holds_both_codes_in_one(raw: str, code: str) -> None:
    assert codes(amo("R"), old_reason(raw, "LIBELLE")) == [("amo", code)]


def test_a_290_belongs_to_the_share_that_is_rejected() -> None:
    assert codes(amo("R"), amc("R"), old_reason("0450054")) == [("amo", "0450 054")]
    assert codes(old_reason("1001"), amc("R"), amo("P")) == [("amc", "1001")]
    found = answer(amo("P"), amc("P"), old_reason("0450054", "A SAVOIR"))
    assert (found.rejections, found.remarks) == ((), ("0450 054 A SAVOIR",))


def test_a_290_names_its_line() -> None:
    levels = [(line.level, line.line) for line in answer(amo(), old_reason("1", line=0)).rejections]
    assert levels == [("F", None)]
    levels = [(line.level, line.line) for line in answer(amo(), old_reason("1", line=3)).rejections]
    assert levels == [("L", 3)]


@pytest.mark.parametrize("state", ["P", "D", ""])
def test_a_reason_without_a_rejection_is_a_remark(state: str) -> None:
    found = answer(comment("UN"), reason("0450", label="MAIN"), reason("054", "A", label="FIN"), amo(state))
    assert (found.rejections, found.remarks) == ((), ("UN", "0450 054 FIN"))


def test_states_and_signs() -> None:
    assert answer(amo("P", 1000, 600, "N"), total=-600).amo == ShareAnswer(1000, ShareState.PAID, -600)
    assert answer(amo("D")).amo == ShareAnswer(1000, ShareState.DEFERRED, 0)
    assert answer(amo(""), amc("R")).amo == ShareAnswer(1000, ShareState.NONE, 0)
    assert answer(amc("R")).amo is None
    assert answer(amo("R")).amc is None
    assert answer(put(amo("R"), 15, " " * 8)).amo == ShareAnswer(1000, ShareState.REJECTED, 0)
    assert answer(amo("R", sign=" ")).amo == ShareAnswer(1000, ShareState.REJECTED, 0)
    assert answer(amc("R")).amc_number == "0077570001"


def test_short_entities_are_read_when_only_facultative_zones_are_missing() -> None:
    found = answer(
        amo("R"), PEOPLE[:107], reason("0450", label="EXO")[:97], amc("R")[:33], old_reason("9")[:18], comment("X")[:7]
    )
    assert (found.last_name, found.birth, found.birth_rank) == ("MARTIN", "540508", "1")
    assert [line.code for line in found.rejections] == ["0450", "9"]
    assert found.remarks == ("X",)
    (bare,) = read_noemie(noemie(GROUP, invoice(lot="002", billed_on="261105")[:30])).answers
    assert (bare.kind, bare.lot, bare.billed_on, bare.nature) == ("F", 2, None, "")


def test_the_beneficiary_wins_over_the_insured() -> None:
    child = entity(
        layout.PEOPLE, nir="2540533065195", nir_key="21", family_name="MARTIN", used_name="DUPONT",
        insured_first_name="ISABELLE", individual_nir="1160975351857", individual_nir_key="60",
        birth="160975", birth_rank="2", last_name="PETIT", first_name="LÉO",
    )  # fmt: skip
    found = answer(child)
    assert (found.last_name, found.first_name, found.birth) == ("PETIT", "LÉO", "160975")
    assert (found.nir, found.nir_key, found.individual_nir) == ("2540533065195", "21", "1160975351857")
    assert answer(child[:107]).last_name == "DUPONT"


def test_the_older_entities_100_110_120_150() -> None:
    old = (
        entity(layout.OLD_INVOICE, number=77),
        entity(layout.PATIENT, birth="160911", birth_rank="1", last_name="PETIT", first_name="LEO"),
        entity(layout.INSURED, nir="2540533065195", nir_key="21", last_name="MARTIN", first_name="ISABELLE"),
        entity(layout.NATURE, nature="AT"),
    )
    (found,) = read_noemie(noemie(GROUP, *old)).answers
    assert (found.number, found.kind, found.nature, found.nir) == (77, "", "AT", "2540533065195")
    assert (found.last_name, found.first_name, found.birth) == ("PETIT", "LEO", "160911")


def lot(number: int, day: str = "261105") -> str:
    return entity(layout.LOT, created_on=day, number=number)


def lots(file: NoemieFile) -> list[tuple[str, int | None, date | None]]:
    return [(found.practitioner, found.lot, found.lot_date) for found in file.answers]


def test_the_lot_and_the_practitioner_of_an_invoice() -> None:
    day, own_day = date(2026, 11, 5), date(2026, 11, 9)
    file = read_noemie(
        noemie(
            invoice(1),
            entity(layout.AGENT, practitioner="336099999"),
            invoice(2),
            entity(layout.PAYEE, practitioner="000000012345678"),
            lot(7),
            invoice(3),
            invoice(4, lot="009", lot_date="261109"),
            invoice(5, lot="009"),
            invoice(6, lot="007"),
            invoice(7, lot="000"),
            GROUP,
            invoice(8),
        )
    )
    assert lots(file) == [
        ("336012349", None, None),  # of the header
        ("336099999", None, None),  # of the 020
        ("012345678", 7, day),  # of the 040, its leading zero kept
        ("012345678", 9, own_day),
        ("012345678", 9, None),
        ("012345678", 7, day),
        ("012345678", 7, day),
        ("336012349", None, None),  # a new 040 ends the lot
    ]
    assert file.warnings == ()


def test_what_is_left_aside_is_said() -> None:
    file = read_noemie(
        noemie(
            GROUP, comment("BONJOUR"), lot(1), invoice(1, lot="A1"), amo("P", 500, 500), "77706XYZ", "77706",
            entity(layout.WITHHOLDING, amount=200, sign="N"), entity(layout.ACT, line=1)[:60],
            total=500,
        )
    )  # fmt: skip
    assert file.warnings == (
        "Commentaire hors facture : BONJOUR",
        "Le lot « A1 » de l’enregistrement n° 3 est illisible.",
        "L’entité 777, inconnue, a été laissée de côté (2 fois).",
    )
    assert [moved.amount for moved in file.movements] == [-200]
    assert file.answers[0].lot == 1


def test_movements_may_be_in_the_sum_or_not() -> None:
    moved = [entity(layout.LUMP_PAYMENT, payment_code=1, amount=300)]
    assert read_noemie(noemie(GROUP, invoice(), amo("P", 500, 500), *moved, total=800)).total_paid == 800
    assert read_noemie(noemie(GROUP, invoice(), amo("P", 500, 500), *moved, total=500)).total_paid == 500


def test_a_subtotal_is_not_taken_for_the_total() -> None:
    subtotal = entity(layout.CONTROL, identification="02", counter=9, amount=9, sign="P")
    unnamed = entity(layout.CONTROL, counter=1, amount=0, sign="P")
    file = read_noemie(noemie(GROUP, invoice(1), subtotal, unnamed, GROUP, invoice(2)))
    assert len(file.answers) == 2
    assert file.wrong_totals == (
        "Le total de contrôle 990 annonce 0,09 € payés au lieu de 0,00 € (enregistrement n° 2).",
    )


def test_a_wrong_count_of_lots_is_only_a_warning() -> None:
    data = bytearray(noemie(GROUP, lot(1), invoice()))
    data[-128 + 82 : -128 + 85] = b"004"
    assert read_noemie(bytes(data)).warnings == ("Le retour annonce 4 lots et en contient 1.",)


@pytest.mark.parametrize("records", [2, 6, 99])
def test_a_999_that_counts_otherwise_is_only_a_warning(records: int) -> None:
    file = read_noemie(noemie(GROUP, invoice(), amo("P", 500, 500), total=500, records=records))
    assert [answer.amo for answer in file.answers] == [ShareAnswer(500, ShareState.PAID, 500)]
    assert file.warnings == (f"Le retour annonce {records} enregistrements et en contient 4.",)


@pytest.mark.parametrize(
    ("paid", "state", "told"),
    [(300, ShareState.PAID, "lu comme un paiement"), (0, ShareState.NONE, "rien n’en est retenu")],
)
def test_an_unknown_state_refuses_no_return(paid: int, state: ShareState, told: str) -> None:
    file = read_noemie(noemie(GROUP, invoice(), amo("A", 500, paid), invoice(1002), amo("R"), total=paid))
    assert [answer.amo for answer in file.answers] == [
        ShareAnswer(500, state, paid),
        ShareAnswer(1000, ShareState.REJECTED, 0),
    ]
    assert [f"« A » est inconnu, {told}" in warning for warning in file.warnings] == [True]


def test_a_rejection_whose_details_cannot_be_read_is_one_all_the_same() -> None:
    odd = put(put(reason("0450", "Z", part="Z", label="ETM"), 103, "26XX05"), 118, "???")
    file = read_noemie(noemie(GROUP, invoice(), amo(), odd, put(old_reason("0540057", "DEPLACEMENT"), 6, "  ")))
    assert [(line.code, line.share, line.level) for line in file.answers[0].rejections] == [
        ("0450", ShareName.AMO, RejectionLevel.INVOICE),
        ("0540 057", ShareName.AMO, RejectionLevel.INVOICE),
    ]
    assert len(file.warnings) == 2


def test_a_beneficiary_without_birth_or_rank_is_no_reason_to_refuse() -> None:
    people = put(entity(layout.PEOPLE, nir="2850633200117", nir_key=75, last_name="VIDAL"), 101, "       ")
    (answer,) = read_noemie(noemie(GROUP, invoice(), people, amo("R"))).answers
    assert (answer.nir, answer.birth, answer.birth_rank, answer.last_name) == ("2850633200117", "", "", "VIDAL")


def test_an_answer_is_paid_by_the_transfer_before_it_else_by_the_first_behind_it_in_its_group() -> None:
    first, second, third = (entity(layout.TRANSFER, sent_on="261114", label_1=name) for name in ("UN", "DEUX", "TROIS"))
    nobody, other = (entity(layout.PAYEE, practitioner=number) for number in ("336012356", "336012364"))
    groups = (
        (nobody, *map(invoice, (1, 2))),
        (GROUP, *map(invoice, (3, 4)), first, invoice(5), second, *map(invoice, (6, 7))),
        (other, invoice(8), third),
    )
    file = read_noemie(noemie(*(one for group in groups for one in group)))
    assert [answer.transfer.label if answer.transfer else "" for answer in file.answers] == [
        "", "", "UN", "UN", "UN", "DEUX", "DEUX", "TROIS",
    ]  # fmt: skip

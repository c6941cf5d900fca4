"""A 990 closes a level: its sum must be that level's, its count is only remarked on."""

import pytest

from models.formats.noemie import layout
from models.formats.noemie.read import read_noemie
from tests.formats.building import GROUP, amo, comment, entity, invoice, noemie, put, reason

OTHER = entity(layout.PAYEE, practitioner="336056783")
LOT = entity(layout.LOT, created_on="261105", number=1)


def control(amount: int, counter: int = 1, identification: str = "") -> str:
    return entity(layout.CONTROL, identification=identification, counter=counter, amount=amount, sign="P")


def paid(number: int, amount: int) -> tuple[str, str]:
    return invoice(number), amo("P", amount, amount)


@pytest.mark.parametrize("first", ["", "336012349", "000000336012349"])
@pytest.mark.parametrize("lot", ["", "001", "261105001"])
def test_every_level_is_read_named_or_blank(first: str, lot: str) -> None:
    one = (GROUP, LOT, *paid(1, 500), *paid(2, 300), control(800, 2, lot), control(800, 1, first))
    file = read_noemie(
        noemie(*one, OTHER, LOT, *paid(3, 70), control(70), control(70), control=control(870, 2), total=870)
    )
    assert (len(file.answers), file.total_paid, file.warnings) == (3, 870, ())


def test_each_payee_s_own_control_may_stand_for_the_file() -> None:
    parts = (GROUP, *paid(1, 500), control(500), OTHER, *paid(2, 70))
    assert read_noemie(noemie(*parts, control=control(70), end_total=570)).total_paid == 570


def test_a_control_may_close_each_invoice() -> None:
    each = (GROUP, LOT, *paid(1, 500), control(500), *paid(2, 300), control(300))
    file = read_noemie(noemie(*each, control(800, 2, "001"), control=control(800, 2), total=800))
    assert (len(file.answers), file.wrong_totals, file.warnings) == (2, (), ())
    assert wrong(noemie(GROUP, *paid(1, 500), *paid(2, 300), control(300), control="", end_total=800)) == (
        "Le total de contrôle 990 manque pour 5,00 € des 8,00 € du retour.",
    )


def wrong(data: bytes) -> tuple[str, ...]:
    """What is grave in a return, which is read whatever its sums say."""
    file = read_noemie(data)
    assert file.answers
    return file.wrong_totals


def test_amounts_that_no_control_covers_are_grave() -> None:
    two = (GROUP, *paid(1, 500), control(500), OTHER, *paid(2, 70))
    assert wrong(noemie(*two, control=control(70), end_total=70)) == (
        "Le total de contrôle 999 annonce 0,70 € payés au lieu de 5,70 € (enregistrement n° 5).",
    )
    assert wrong(noemie(GROUP, *paid(1, 500), OTHER, *paid(2, 70), control=control(70), end_total=570)) == (
        "Le total de contrôle 990 manque pour 5,00 € des 5,70 € du retour.",
    )
    assert wrong(noemie(GROUP, *paid(1, 500), control="", total=500)) == (
        "Le total de contrôle 990 manque : le retour porte 5,00 € payés.",
    )


@pytest.mark.parametrize(
    ("end", "sentences"),
    [
        ({"total": 6, "end_total": 5}, ["990 annonce 0,06 € payés au lieu de 0,05 € (enregistrement n° 2)"]),
        ({"total": 5, "end_total": 6}, ["999 annonce 0,06 € payés au lieu de 0,05 € (enregistrement n° 4)"]),
        ({"total": 5, "end_sign": "N"}, ["999 annonce -0,05 € payés au lieu de 0,05 € (enregistrement n° 4)"]),
        ({"total": 6}, ["990 annonce 0,06 € payés", "999 annonce 0,06 € payés"]),
    ],
)
def test_a_wrong_sum_is_told_with_its_record_and_both_figures(end: dict[str, int], sentences: list[str]) -> None:
    found = wrong(noemie(GROUP, *paid(1, 5), **end))  # type: ignore[arg-type]
    assert [one.startswith(f"Le total de contrôle {said}") for one, said in zip(found, sentences, strict=True)] == [
        True
    ] * len(sentences)


@pytest.mark.parametrize("sign", ["X", " "])
def test_a_control_whose_sign_is_unreadable_is_grave(sign: str) -> None:
    closing = put(control(5), 42, sign)
    assert wrong(noemie(GROUP, *paid(1, 5), control=closing, total=5)) == (
        f"Le signe « {sign} » d’un total de contrôle 990 n’est ni P ni N (enregistrement n° 2).",
    )


def test_a_control_whose_amount_is_unreadable_is_grave() -> None:
    closing = put(control(5), 31, "0000000000?")
    assert wrong(noemie(GROUP, *paid(1, 5), control=closing, total=5)) == (
        "Le total de contrôle 990 annonce 0,00 € payés au lieu de 0,05 € (enregistrement n° 2).",
    )


def test_a_day_that_the_calendar_lacks_is_remarked() -> None:
    bill, why = put(invoice(1), 31, "261131"), put(reason("0450"), 103, "261131")
    file = read_noemie(noemie(GROUP, put(bill, 24, "261399"), amo(), why))
    assert (file.answers[0].billed_on, file.answers[0].lot_date, file.answers[0].rejections[0].care_date) == (
        None, None, None,
    )  # fmt: skip
    assert file.warnings == (
        "La date de la facture « 261131 » n’existe pas (enregistrement n° 2).",
        "La date des soins « 261131 » n’existe pas (enregistrement n° 2).",
    )


def test_a_999_that_counts_fewer_records_is_remarked() -> None:
    assert read_noemie(noemie(GROUP, invoice(1), records=1)).warnings == (
        "Le retour annonce 1 enregistrements et en contient 3.",
    )


@pytest.mark.parametrize("name", ["261105001", "336012349"])
def test_a_wrong_sum_of_a_named_level_is_grave_with_both_figures(name: str) -> None:
    assert wrong(noemie(GROUP, LOT, *paid(1, 500), control(501, 1, name), total=500)) == (
        "Le total de contrôle 990 annonce 5,01 € payés au lieu de 5,00 € (enregistrement n° 2).",
    )


def test_a_count_of_no_convention_is_said_with_both_figures() -> None:
    assert read_noemie(noemie(GROUP, *paid(1, 500), count=7, total=500)).warnings == (
        "Le total de contrôle compte 7 entités (enregistrement n° 2),"
        " et le retour porte : factures 1, lots 0, professionnels 1.",
    )


def test_a_return_of_comments_only_needs_no_control() -> None:
    file = read_noemie(noemie(GROUP, comment("BONJOUR"), control=""))
    assert file.warnings[-1] == "Le retour ne porte que des commentaires, sans total de contrôle 990."


def test_the_dates_of_a_lot_and_of_a_transfer_may_miss() -> None:
    transfer = entity(layout.TRANSFER, sent_on="261114", label_1="VIR")
    for blank in ("      ", "000000", "261399"):
        file = read_noemie(noemie(GROUP, put(transfer, 6, blank), put(LOT, 6, blank), invoice(1)))
        assert (file.transfers[0].sent_on, file.answers[0].lot, file.answers[0].lot_date) == (None, 1, None)
        assert file.warnings == (
            "La date du virement manque ou n’existe pas (enregistrement n° 2).",
            "La date du lot manque ou n’existe pas (enregistrement n° 2).",
        )


def test_an_invoice_without_a_readable_number_has_none() -> None:
    file = read_noemie(noemie(GROUP, put(invoice(1), 6, " " * 9), put(invoice(1), 6, "12-45    ")))
    assert [answer.number for answer in file.answers] == [0, 0]
    assert file.warnings == (
        "Une facture est sans numéro (enregistrement n° 2).",
        "Le numéro de facture « 12-45 » n’est pas un nombre (enregistrement n° 2).",
    )


def test_a_movement_belongs_to_the_transfer_of_its_group() -> None:
    withheld = entity(layout.WITHHOLDING, debt="D77", amount=2350, sign="N")
    transfer = entity(layout.TRANSFER, sent_on="261114", label_1="VIR")
    file = read_noemie(noemie(GROUP, withheld, transfer, OTHER, withheld, control=control(4700), total=-4700).replace(
        b"4700P", b"4700N"))  # fmt: skip
    assert [(one.practitioner, one.amount, one.transfer is not None) for one in file.movements] == [
        ("336012349", -2350, True),
        ("336056783", -2350, False),
    ]

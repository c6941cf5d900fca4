"""A 990 closes a level: its sum must be that level's, its count is only remarked on."""

import pytest

from models.formats.errors import FormatError
from models.formats.noemie import layout
from models.formats.noemie.read import read_noemie
from tests.formats.building import GROUP, amo, comment, entity, invoice, noemie, put

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


def test_amounts_that_no_control_covers_are_refused() -> None:
    with pytest.raises(FormatError, match="Le total de contrôle annonce 70 centimes au lieu de 570"):
        read_noemie(noemie(GROUP, *paid(1, 500), control(500), OTHER, *paid(2, 70), control=control(70), end_total=70))
    with pytest.raises(FormatError, match="Le total de contrôle 990 manque"):
        read_noemie(noemie(GROUP, *paid(1, 500), OTHER, *paid(2, 70), control=control(70), end_total=570))


@pytest.mark.parametrize("name", ["261105001", "336012349"])
def test_a_wrong_sum_of_a_named_level_is_refused_with_both_figures(name: str) -> None:
    with pytest.raises(FormatError, match="annonce 501 centimes payés au lieu de 500"):
        read_noemie(noemie(GROUP, LOT, *paid(1, 500), control(501, 1, name), total=500))


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

from datetime import date

from models.domain.exchanges import RejectionLevel
from models.domain.states import ShareName, ShareState
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import InvoiceAnswer, RejectionLine, ShareAnswer, Transfer
from tests.formats.building import EXPECTED, RETURNS

FILES = [read_noemie(path.read_bytes()) for path in RETURNS]
ANSWERS = {answer.number: answer for file in FILES for answer in file.answers}


def _fate(answer: InvoiceAnswer) -> str:
    assert answer.amo is not None
    amc = answer.amc.state if answer.amc else "none"
    match answer.amo.state, amc:
        case "rejected", "rejected":
            return "rejected_both"
        case "paid", "rejected":
            return "amc_rejected"
        case state, _:
            return state


def _codes(answer: InvoiceAnswer, share: str) -> list[str]:
    return [line.code for line in answer.rejections if line.share == share]


def test_everything_expected_is_found_and_nothing_else() -> None:
    assert sum(len(file.answers) for file in FILES) == len(ANSWERS) == 58
    silent = {number for number, row in EXPECTED.items() if row.fate == "silent"}
    assert silent == set(EXPECTED) - set(ANSWERS) == {1013, 1057}
    for number, answer in ANSWERS.items():
        row = EXPECTED[number]
        assert answer.amo is not None
        paid = answer.amo.paid + (answer.amc.paid if answer.amc else 0)
        found = (_fate(answer), answer.lot, answer.amo.asked, answer.amc.asked if answer.amc else 0, paid)
        assert found == (row.fate, row.lot, row.amo, row.amc, row.paid), number
        assert _codes(answer, "amo") == ([row.reject] if row.reject else []), number
        assert _codes(answer, "amc") == ([row.amc_reject] if row.amc_reject else []), number


def test_only_what_is_deferred_has_a_remark() -> None:
    remark = ("TRAITEMENT MANUEL EN COURS PAR LA CAISSE",)
    for number, answer in ANSWERS.items():
        assert answer.remarks == (remark if EXPECTED[number].fate == "deferred" else ()), number


def test_the_files_around_the_answers() -> None:
    assert [file.total_paid for file in FILES] == [29826, 39496, 30050]
    assert [file.reference for file in FILES] == ["R00001", "R00002", "R00003"]
    assert all(file.warnings == () for file in FILES)
    assert (FILES[0].sender, FILES[0].recipient) == ("00000000000331", "336012349")
    assert FILES[0].transfers == (
        Transfer("336012349", date(2026, 11, 14), "VIR CPAM 331 LOT 001", "01331"),
        Transfer("336056783", date(2026, 11, 14), "VIR CPAM 331 LOT 002", "01331"),
    )
    practitioners = {answer.lot: answer.practitioner for answer in ANSWERS.values()}
    assert practitioners == {lot: "336012349" if lot % 2 else "336056783" for lot in range(1, 7)}


def test_every_attribute_of_an_answer() -> None:
    assert ANSWERS[1031] == InvoiceAnswer(
        practitioner="336056783", number=1031, lot=4, lot_date=date(2026, 11, 8), kind="F",
        billed_on=date(2026, 11, 8), nature="AS", nir="2540533065195", nir_key="21", individual_nir="",
        last_name="MARTIN", first_name="ISABELLE", birth="540508", birth_rank="1",
        amo=ShareAnswer(1326, ShareState.REJECTED, 0),
        amc=ShareAnswer(884, ShareState.REJECTED, 0), amc_number="0077570001",
        rejections=(
            _line("amo", "0460 051", "PRESCRIPTEUR INCONNU DANS LE REPERTOIRE NATIONAL"),
            _line("amc", "1001", "DROITS AMC FERMES A LA DATE DES SOINS"),
        ),
    )  # fmt: skip
    assert ANSWERS[1010].rejections == (
        _line("amo", "0540 057", "INCOMPATIBILITE NATURE DE PRESTATION/FRAIS DE DEPLACEMENT"),
    ), "told by a 290"
    assert ANSWERS[1049].amc == ShareAnswer(1468, ShareState.NONE, 0)


def _line(share: str, code: str, label: str) -> RejectionLine:
    return RejectionLine(
        share=ShareName(share), code=code, label=label, level=RejectionLevel.INVOICE, act_code="",
        care_date=None, line=None, info="",
    )  # fmt: skip

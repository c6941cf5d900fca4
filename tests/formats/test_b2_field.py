"""Lots as other software writes them: taken whole, what is odd remarked, written back byte for byte."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.formats.b2.read import read_b2
from models.formats.b2.write import write_b2
from models.formats.errors import FormatError
from tests.formats.building import LOTS, joined, lines_of, put

FIELD = Path(__file__).parent.parent / "samples" / "field"
TAKEN = sorted(path for path in FIELD.glob("*.b2") if path.stem != "te")
RPPS = (FIELD / "b-rpps-4E.b2").read_bytes()
"""1 000, 2 lot, 3 invoice, 4 its 2B, 5 its act, 6 the 4S, 7 the 4E, 8 its 5, 9 end of lot, 10 the 999."""
LINES = lines_of(LOTS[0].read_bytes())
"""1 000, 2 lot, 3 invoice 1001, 4 its 2B, 5 its act, 6 its 5, … 55 end of lot, 56 the 999."""


def edited(number: int, start: int, text: str) -> bytes:
    return joined([*LINES[: number - 1], put(LINES[number - 1], start, text), *LINES[number:]])


def with_suites(*after: tuple[int, str, str]) -> bytes:
    """The lot with records added: behind which one, their type, their text from position 37 on."""
    lines = list(LINES)
    for number, kind, text in sorted(after, reverse=True):
        lines.insert(number, f"{kind[0]}{lines[number - 1][1:35]}{kind[1]}{text:92}")
    return joined([*lines[:-1], put(lines[-1], 56, f"{len(lines):08}")])


@pytest.mark.parametrize("path", TAKEN, ids=lambda path: path.stem)
def test_a_lot_of_the_field_comes_back_byte_for_byte(path: Path) -> None:
    assert write_b2(read_b2(path.read_bytes())) == path.read_bytes()


@pytest.mark.parametrize(
    ("number", "start", "length"),
    [
        *((3, start, length) for start, length in ((39, 1), (54, 4), (58, 1), (77, 2), (95, 1))),
        *((5, start, length) for start, length in ((50, 1), (79, 2), (81, 6), (87, 2), (89, 7), (121, 1))),
        (2, 82, 6),
    ],
)
def test_a_blank_where_a_number_was_due_is_taken_and_written_back(number: int, start: int, length: int) -> None:
    data = edited(number, start, " " * length)
    assert write_b2(read_b2(data)) == data


def test_a_prescription_on_no_day_is_remarked_and_written_back() -> None:
    data = edited(3, 68, "261331")
    file = read_b2(data)
    assert file.lots[0].invoices[0].prescribed_on is None
    assert file.warnings == (
        "La date de prescription « 261331 » n’existe pas (enregistrement n° 3, type 2, positions 68-73).",
    )
    assert write_b2(file) == data
    corrected = replace(file.lots[0].invoices[0], prescribed_on=date(2026, 11, 2))
    again = write_b2(replace(file, lots=(replace(file.lots[0], invoices=(corrected, *file.lots[0].invoices[1:])),)))
    assert again[128 * 2 + 67 : 128 * 2 + 73] == b"261102"


def test_a_corsican_establishment_written_with_its_letter_is_taken_as_it_stands() -> None:
    data = edited(3, 59, "2A0002689")
    file = read_b2(data)
    assert file.lots[0].invoices[0].prescriber == "2A0002689"
    assert file.warnings == (
        "Le numéro 2A0002689 garde la lettre de la Corse, au lieu de 200102689"
        " (enregistrement n° 3, type 2, positions 59-67).",
    )
    assert write_b2(file) == data


def test_a_corsican_practitioner_written_with_its_letter_is_remarked_and_kept() -> None:
    first, *lot, last = LINES
    data = joined([put(first, 6, "000002B0007348"), *(put(line, 2, "2B0007348") for line in lot),
                   put(last, 6, "000002B0007348")])  # fmt: skip
    file = read_b2(data)
    assert (file.sender, file.lots[0].practitioner) == ("000002B0007348", "2B0007348")
    assert {invoice.practitioner for invoice in file.lots[0].invoices} == {"2B0007348"}
    assert file.warnings == (
        "Le numéro 2B0007348 garde la lettre de la Corse, au lieu de 200207348"
        " (enregistrement n° 2, type 1, positions 2-10).",
    )
    assert write_b2(file) == data
    for wrong in ("2C0007348", "2BB007348", "2b0007348", "02B000734"):
        with pytest.raises(FormatError, match=f"« {wrong} » n’est pas un nombre .*type 1, positions 2-10"):
            read_b2(joined([first, put(lot[0], 2, wrong), *lot[1:], last]))


def test_the_rpps_and_the_ccam_detail_are_kept_with_their_act() -> None:
    (act,) = read_b2(RPPS).lots[0].invoices[0].acts
    assert [(letter, text.split()) for letter, text in act.suites] == [
        ("S", ["01L", "9"]),
        ("E", ["0110001234567", "10007654321"]),
    ]
    (act,) = read_b2((FIELD / "b-ccam-4M.b2").read_bytes()).lots[0].invoices[0].acts
    assert [letter for letter, _ in act.suites] == ["S", "M"]
    assert read_b2(RPPS).warnings == ()


def test_a_suite_that_nobody_describes_is_taken_and_said() -> None:
    file = read_b2((FIELD / "b-2L-suite.b2").read_bytes())
    assert file.warnings == (
        "L’enregistrement 2L, dont les zones ne sont pas connues, est gardé tel quel (enregistrement n° 5).",
    )
    (invoice,) = file.lots[0].invoices
    assert (invoice.last_name, ("L", "ABC") in invoice.suites) == ("VIDAL", True)


@pytest.mark.parametrize("kind", ["4D", "4F", "4P", "4T", "4X", "4E", "4M", "4B", "4H", "3F", "3H", "3Z"])
def test_any_suite_of_an_act_is_written_back(kind: str) -> None:
    data = with_suites((5, kind, "0X ÀB C"), (5, "4S", "01L"))
    file = read_b2(data)
    assert write_b2(file) == data
    assert any(kind in warning for warning in file.warnings)


@pytest.mark.parametrize("kind", ["2L", "2E", "2X", "2S", "2C"])
@pytest.mark.parametrize("place", [3, 4], ids=["before the 2B", "behind the 2B"])
def test_any_suite_of_an_invoice_keeps_its_place_beside_the_2b(kind: str, place: int) -> None:
    data = with_suites((place, kind, "ABC"))
    assert write_b2(read_b2(data)) == data


def test_many_of_one_kind_are_one_remark() -> None:
    file = read_b2(with_suites((5, "4D", "1"), (5, "4D", "2"), (5, "4D", "3")))
    assert [text for _, text in file.lots[0].invoices[0].acts[0].suites] == ["1", "2", "3"]
    assert file.warnings == (
        "L’enregistrement 4D, dont les zones ne sont pas connues, est gardé tel quel (enregistrement n° 6),"
        " et 2 fois encore.",
    )


def test_a_zone_of_a_suite_that_is_no_number_is_said_with_its_place() -> None:
    (warning,) = read_b2(with_suites((5, "4E", "011000123456X"))).warnings
    assert warning == (
        "Une zone n’est pas un nombre, la suite est gardée telle quelle"
        " (enregistrement n° 6, type 4E, positions 39-49)."
    )


def test_a_suite_of_another_invoice_is_refused() -> None:
    lines = lines_of(RPPS)
    with pytest.raises(FormatError, match="un autre numéro de facture"):
        read_b2(joined([*lines[:6], put(lines[6], 27, "000000005"), *lines[7:]]))


COUNTERS = [
    ("5 acts", 6, 39, "002", "2 lignes d’acte, le fichier en contient 1"
     " (enregistrement n° 6, type 5, positions 39-41)"),
    ("6 invoices", 55, 11, "011", "11 factures, le fichier en contient 10"
     " (enregistrement n° 55, type 6, positions 11-13)"),
    ("6 acts", 55, 14, "0021", "21 lignes d’acte, le fichier en contient 22"
     " (enregistrement n° 55, type 6, positions 14-17)"),
    ("6 counts the 2B", 55, 18, "0020", "20 débuts de facture, le fichier en contient 10, 20 avec leurs suites"
     " (enregistrement n° 55, type 6, positions 18-21)"),
    ("6 ends", 55, 22, "009", "9 fins de facture, le fichier en contient 10"
     " (enregistrement n° 55, type 6, positions 22-24)"),
    ("999 without itself", 56, 56, "00000054", "54 enregistrements, le fichier en contient 56"
     " (enregistrement n° 56, type 999, positions 56-63)"),
    ("999 lots", 56, 83, "010", "10 lots, le fichier en contient 1"
     " (enregistrement n° 56, type 999, positions 83-85)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "start", "text", "said"), [row[1:] for row in COUNTERS], ids=[r[0] for r in COUNTERS]
)
def test_a_counter_of_another_convention_is_a_remark(number: int, start: int, text: str, said: str) -> None:
    data = edited(number, start, text)
    file = read_b2(data)
    assert file.warnings == (f"Le compteur annonce {said}.",)
    assert write_b2(file) == data


def test_counters_that_count_the_suites_are_said_with_both_figures() -> None:
    assert read_b2((FIELD / "cnt4.b2").read_bytes()).warnings == (
        "Le compteur annonce 2 lignes d’acte, le fichier en contient 1, 2 avec leurs suites"
        " (enregistrement n° 7, type 5, positions 39-41).",
        "Le compteur annonce 2 lignes d’acte, le fichier en contient 1, 2 avec leurs suites"
        " (enregistrement n° 8, type 6, positions 14-17).",
    )


TOTALS = [
    ("5 total", 6, 58, "00001791", "17,91 € facturés, les lignes font 17,90 €"
     " (facture n° 1001, enregistrement n° 6, type 5, positions 58-65)"),
    ("5 amo", 6, 66, "00001791", "17,91 € de part AMO, les lignes font 17,90 €"
     " (facture n° 1001, enregistrement n° 6, type 5, positions 66-73)"),
    ("5 patient", 6, 74, "00000001", "0,01 € de participation de l’assuré, les lignes font 0,00 €"
     " (facture n° 1001, enregistrement n° 6, type 5, positions 74-81)"),
    ("5 amc", 6, 82, "00000001", "0,01 € de part AMC, les lignes font 0,00 €"
     " (facture n° 1001, enregistrement n° 6, type 5, positions 82-89)"),
    ("6 total", 55, 25, "000037040", "370,40 € facturés, les lignes font 370,39 €"
     " (lot 001, enregistrement n° 55, type 6, positions 25-33)"),
    ("6 amo", 55, 34, "000026842", "268,42 € de part AMO, les lignes font 268,43 €"
     " (lot 001, enregistrement n° 55, type 6, positions 34-42)"),
    ("6 amc", 55, 43, "000001040", "10,40 € de part AMC, les lignes font 10,44 €"
     " (lot 001, enregistrement n° 55, type 6, positions 43-51)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "start", "text", "said"), [row[1:] for row in TOTALS], ids=[row[0] for row in TOTALS]
)
def test_a_wrong_total_is_said_with_both_figures_and_the_lines_are_taken(
    number: int, start: int, text: str, said: str
) -> None:
    data = edited(number, start, text)
    file = read_b2(data)
    assert (file.amounts, file.warnings) == ((f"Le total de contrôle annonce {said}.",), ())
    assert [invoice.total for invoice in file.lots[0].invoices] == [
        invoice.total for invoice in read_b2(LOTS[0].read_bytes()).lots[0].invoices
    ]
    assert write_b2(file) == data


BLANKS = [
    ("counter of 5", 6, 39, "   ", "Le compteur est vide, le fichier contient 1 lignes d’acte"
     " (enregistrement n° 6, type 5, positions 39-41)."),
    ("counter of 6", 55, 11, "   ", "Le compteur est vide, le fichier contient 10 factures"
     " (enregistrement n° 55, type 6, positions 11-13)."),
    ("total of 6", 55, 25, " " * 9, "Le total de contrôle est vide"
     " (enregistrement n° 55, type 6, positions 25-33)."),
    ("date of the lot", 2, 72, "000000", "La date du lot manque (enregistrement n° 2, type 1, positions 72-77)."),
    ("blank date of the lot", 2, 72, " " * 6, "La date du lot manque"
     " (enregistrement n° 2, type 1, positions 72-77)."),
    ("odd date of the lot", 2, 72, "261340", "La date du lot « 261340 » n’existe pas"
     " (enregistrement n° 2, type 1, positions 72-77)."),
    ("date of the file", 1, 56, "000000", "La date du fichier manque"
     " (enregistrement n° 1, type 000, positions 56-61)."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "start", "text", "said"), [row[1:] for row in BLANKS], ids=[row[0] for row in BLANKS]
)
def test_a_blank_counter_or_date_is_a_remark(number: int, start: int, text: str, said: str) -> None:
    data = edited(number, start, text)
    file = read_b2(data)
    assert (file.warnings, file.amounts) == ((said,), ())
    assert (file.created_on, file.lots[0].created_on) == (date(2026, 11, 5), date(2026, 11, 5))
    assert write_b2(file) == data


def test_without_any_date_a_lot_is_of_its_last_invoice() -> None:
    lines = [put(put(LINES[0], 42, "000000"), 56, "000000"), put(LINES[1], 72, "000000"), *LINES[2:]]
    file = read_b2(joined(lines))
    last = max(invoice.billed_on for invoice in file.lots[0].invoices)
    assert (file.created_on, file.lots[0].created_on) == (last, last)
    assert write_b2(file) == joined(lines)


def test_an_invoice_that_the_counter_and_the_total_miss_refuses_the_lot() -> None:
    with pytest.raises(FormatError, match="annonce 10 factures au lieu de 9"):
        read_b2(joined([*LINES[:2], *LINES[6:]]))


@pytest.mark.parametrize("sender", ["TP", "TE"])
def test_the_file_of_an_establishment_is_named_as_such(sender: str) -> None:
    lines = lines_of((FIELD / "te.b2").read_bytes())
    with pytest.raises(FormatError, match=rf"^Ce fichier est celui d’un établissement \(émetteur {sender}"):
        read_b2(joined([put(lines[0], 4, sender), *lines[1:]]))

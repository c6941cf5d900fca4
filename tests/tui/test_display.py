"""Nothing that comes out of the door can do harm; what people read is as they write it."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text import display

HOSTILE = [
    "\x1b[2J",
    "\x1b]52;c;QQ==\x07",
    "\x9b31m",
    "\x00",
    "\x05",
    "\x0e",
    "\x7f",
    "\x85",
    "\xad",
    "\u061c",
    "\u200b",
    "\u200f",
    "\u2028",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\ufffb",
    "\ud800",
    "\ue000",
    "\U000e0041",
    "\U000e0100",
    "\U0010fffd",
]

anything = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from([*"".join(HOSTILE), "\u0301", "\u0323", "\t", "\n", "\r", "漢", "é", "😀"]),
    ),
    max_size=60,
)


class TestClean:
    @pytest.mark.parametrize("payload", HOSTILE)
    def test_a_hostile_character_becomes_visible(self, payload: str) -> None:
        cleaned = display.clean(f"DU{payload}PONT")
        assert cleaned.startswith("DU\ufffd")
        assert cleaned.endswith("PONT")
        assert payload[0] not in cleaned

    @pytest.mark.parametrize(
        "name", ["DUPONT Marie", "Élodie d’Août", "Zoë Ž. Øst", "[/] [@click=app.bell]x[/]", "Nguyễn Thị", "漢字"]
    )
    def test_a_name_stays_as_it_is(self, name: str) -> None:
        assert display.clean(name) == name

    def test_lines_become_one(self) -> None:
        assert display.clean("a\tb\nc\r\nd\re") == "a b c d e"

    def test_decomposed_letters_are_composed(self) -> None:
        assert display.clean("E\u0301lodie") == "Élodie"

    def test_length_is_capped(self) -> None:
        assert display.clean("a" * 201) == "a" * 199 + "…"
        assert display.clean("é" * 1_000_000, 5) == "éééé…"
        assert display.clean("abc", 0) == ""

    def test_a_tower_of_marks_is_capped(self) -> None:
        tower = "q" + "\u0323" * display.MARKS
        assert display.clean("q" + "\u0323" * 1_000 + "z") == tower + "z"
        assert display.clean("q" + "\u0323" * 100_000 + "z") == tower + "…"

    @given(anything, st.integers(0, 40))
    def test_is_safe_short_and_stable(self, value: str, limit: int) -> None:
        cleaned = display.clean(value, limit)
        assert len(cleaned) <= limit
        assert display.clean(cleaned, limit) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        for character in cleaned:
            assert unicodedata.category(character) not in {"Cc", "Cs", "Co", "Zl", "Zp"}
            assert not 0xE0000 <= ord(character) <= 0xEFFFF
            assert unicodedata.bidirectional(character) not in {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI"}


class TestText:
    def test_markup_is_text(self) -> None:
        shown = display.text("[/] [@click=app.bell]x[/] :x:")
        assert shown.plain == "[/] [@click=app.bell]x[/] :x:"
        assert shown.spans == []

    def test_is_cleaned(self) -> None:
        assert display.text("a\x1bb").plain == "a\ufffdb"
        assert display.text(12).plain == "12"


class TestWrapped:
    @pytest.mark.parametrize(
        "whole",
        [
            "1 566,04 €",
            "12 345 678 €",
            "0450 054",
            "01 331 0000",
            "1 84 05 •• ••• •••",
            "n° 800000012",
            "12 factures",
            "1 facture",
            "3 lots",
            "lot 062",
            "AMO 13,26",
            "60 %",
            "× 2",
            "« Modifier »",
        ],
    )
    def test_what_belongs_together_stays_on_a_line(self, whole: str) -> None:
        text = f"La caisse demande encore {whole} avant la fin du mois, puis {whole} ensuite : {whole}"
        for width in range(len(whole) + 10, 70):
            lines = display.wrapped(text, width)
            assert sum(line.count(whole) for line in lines) == 3, (width, lines)
            assert " ".join(lines) == text
            assert all(len(line) <= max(width, 10) for line in lines)


class TestFitPerson:
    @pytest.mark.parametrize(
        ("last", "first", "width", "shown"),
        [
            ("MOREAU", "JACQUES", 20, "MOREAU Jacques      "),
            ("DE LA ROCHEFOUCAULD-MONTBEL", "MARIE-CHARLOTTE", 20, "DE LA ROCHEFO… Mari…"),
            ("DE LA ROCHEFOUCAULD-MONTBEL", "LÉO", 20, "DE LA ROCHEFOUC… Léo"),
            ("VANDENBERGHE", "MARIE-CHARLOTTE", 20, "VANDENBERGHE Marie-…"),
            ("DE LA ROCHEFOUCAULD-MONTBEL", "", 20, "DE LA ROCHEFOUCAULD…"),
        ],
    )
    def test_the_first_letters_of_both_are_left(self, last: str, first: str, width: int, shown: str) -> None:
        assert display.fit_person(last, first, width) == shown
        assert len(shown) == width


class TestFit:
    @pytest.mark.parametrize(
        ("value", "width", "fitted"),
        [
            ("DUPONT", 8, "DUPONT  "),
            ("DUPONT", 6, "DUPONT"),
            ("DUPONT", 5, "DUPO…"),
            ("DUPONT", 1, "…"),
            ("DUPONT", 0, ""),
            ("漢字", 3, "漢…"),
            ("漢字", 2, " …"),
            ("", 2, "  "),
        ],
    )
    def test_examples(self, value: str, width: int, fitted: str) -> None:
        assert display.fit(value, width) == fitted

    def test_amounts_stand_on_the_right(self) -> None:
        assert display.fit("43,32", 8, right=True) == "   43,32"

    @given(anything, st.integers(0, 30), st.booleans())
    def test_is_exactly_as_wide_as_asked(self, value: str, width: int, right: bool) -> None:
        assert cell_len(display.fit(value, width, right=right)) == width


class TestMoney:
    @pytest.mark.parametrize(
        ("cents", "shown"),
        [
            (0, "0,00"),
            (5, "0,05"),
            (-5, "-0,05"),
            (4332, "43,32"),
            (123456, "1 234,56"),
            (-123456, "-1 234,56"),
            (123456789, "1 234 567,89"),
        ],
    )
    def test_examples(self, cents: int, shown: str) -> None:
        assert display.money(cents) == shown


class TestCoefficient:
    @pytest.mark.parametrize(("hundredths", "shown"), [(810, "8,10"), (100, "1,00"), (5, "0,05"), (123400, "1234,00")])
    def test_examples(self, hundredths: int, shown: str) -> None:
        assert display.coefficient(hundredths) == shown
        assert display.parse_coefficient(shown) == hundredths

    @given(st.integers(0, 99_999_999_999))
    def test_what_is_shown_can_be_typed(self, hundredths: int) -> None:
        assert display.parse_coefficient(display.coefficient(hundredths)) == hundredths

    @pytest.mark.parametrize(
        ("typed", "hundredths"), [("8,1", 810), ("8.1", 810), (" 12 ", 1200), ("1\u00a0234,5", 123450)]
    )
    def test_typed(self, typed: str, hundredths: int) -> None:
        assert display.parse_coefficient(typed) == hundredths

    @pytest.mark.parametrize("typed", ["", "-1", "8,105", "8 €", "AMK", "1,2,3", ",5", "1e3", "٣", "1" * 10, "\x1b[2J"])
    def test_refused_in_one_sentence_that_is_safe_to_show(self, typed: str) -> None:
        with pytest.raises(
            ValueError, match=r"^Coefficient illisible : « .* »\. Écrivez par exemple 8,10\.$"
        ) as refusal:
            display.parse_coefficient(typed)
        assert "\x1b" not in str(refusal.value)


class TestDay:
    def test_shown(self) -> None:
        assert display.day(date(2026, 11, 5)) == "05/11/2026"
        assert display.short_day(date(2026, 11, 5)) == "05/11"
        assert display.day(None) == display.short_day(None) == ""

    @pytest.mark.parametrize(
        "typed",
        [
            "05/11/2026",
            "05112026",
            "051126",
            "05/11/26",
            " 05/11/2026 ",
            "5/11/26",
            "5.11.2026",
            "05 - 11 - 2026",
            "05 11 2026",
        ],
    )
    def test_typed(self, typed: str) -> None:
        assert display.parse_day(typed) == date(2026, 11, 5)

    @given(st.dates())
    def test_what_is_shown_can_be_typed(self, value: date) -> None:
        assert display.parse_day(display.day(value)) == value

    @pytest.mark.parametrize(
        "typed", ["", "5/11", "5112026", "0511", "2026-11-05", "05/112026", "05/11.2026", "5//11/26", "٠٥١١٢٦"]
    )
    def test_unreadable(self, typed: str) -> None:
        with pytest.raises(ValueError, match=r"^Date illisible : « .* »\. Écrivez jour, mois et année"):
            display.parse_day(typed)

    @pytest.mark.parametrize("typed", ["31/02/2026", "00/01/2026", "01/13/2026", "01/01/0000"])
    def test_not_in_the_calendar(self, typed: str) -> None:
        with pytest.raises(ValueError, match=r"^Cette date n’existe pas : « .* »\."):
            display.parse_day(typed)


class TestNumbers:
    def test_masked_nir_shows_sex_year_and_month_only(self) -> None:
        assert display.masked_nir("1840575116001") == "1 84 05 •• ••• •••"
        assert display.masked_nir("2990599999999")[8:] == display.masked_nir("2990500000000")[8:]

    @pytest.mark.parametrize("nir", ["", "184057511600", "18405751160012"])
    def test_a_nir_of_another_length_shows_nothing(self, nir: str) -> None:
        assert set(display.masked_nir(nir)) == {"•"}

    def test_invoice_numbers(self) -> None:
        assert display.number(1004) == "000001004"

    def test_payer(self) -> None:
        assert display.payer("01", "331", "0000") == "01 331 0000"
        assert display.payer("01", "331", "") == "01 331"

"""The rejection codes: complete, found however they are typed, and the practice's own file over ours."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from models.reference.memo import load_memo
from models.reference.rejection_entry import FIELD_LABELS, FormField, Rejecter, RejectionEntry, display_code
from models.reference.rejections import PRACTICE_FILE, RejectionBook, load_book

OURS = load_book(None)[0]

EXPECTED = [  # code, share, fields in their order
    ("0450 054", "amo", ("exemption",)),
    ("0540 057", "amo", ("lines",)),
    ("0450 072", "amo", ("exemption",)),
    ("0460 051", "amo", ("prescriber",)),
    ("0450 056", "amo", ("exemption",)),
    ("0460 053", "amo", ("prescriber",)),
    ("0470 049", "amo", ("prescribed_on", "prescriber")),
    ("2900 005", "amo", ("number",)),
    ("0250 050", "amo", ("nir", "payer", "beneficiary")),
    ("0317 051", "amo", ("nature", "exemption")),
    ("F909", "local", ("lines",)),
    ("F90D", "local", ("lines",)),
]


def test_the_twelve_codes_the_memo_s_five_first() -> None:
    assert [(entry.code, entry.share, entry.fields) for entry in OURS.all()] == EXPECTED


@pytest.mark.parametrize("entry", OURS.all(), ids=lambda entry: str(entry.code))
def test_each_entry_is_complete(entry: RejectionEntry) -> None:
    for text in (entry.label, entry.meaning, entry.ask, entry.todo, entry.before_billing):
        assert text.strip()
    assert entry.source
    assert entry.family
    assert entry.professions
    assert entry.origin == "accueil"
    quoted = f"« {FIELD_LABELS[entry.fields[0]]} »"
    assert entry.code == "2900 005" or quoted in entry.todo, "the remedy names the field where the cursor goes"


def test_inferred_entries_are_marked() -> None:
    assert {entry.code for entry in OURS.all() if not entry.verified} == {"0470 049", "0250 050", "0317 051"}


def test_every_form_field_has_a_name_on_the_screen() -> None:
    assert set(FIELD_LABELS) == set(get_args(FormField))


@pytest.mark.parametrize("written", ["0450 054", "0450054", " 0450  054 "])
def test_a_code_is_found_however_it_is_written(written: str) -> None:
    entry = OURS.get(written)
    assert entry is not None
    assert entry.label == "ETM NON TROUVEE EN BDO"
    assert display_code(written) == "0450 054"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("0460", ["0460 051", "0460 053"]),
        ("Prescrit Le ORDONNANCE DATE", ["0470 049"]),
        ("deplacement", ["0540 057", "F909", "F90D"]),
        ("Établissement finess", ["0460 051", "0460 053"]),
        ("f90d", ["F90D"]),
        ("nature", ["0540 057", "0317 051"]),
        ("zzz", []),
    ],
)
def test_search_without_accents_or_capitals(typed: str, codes: list[str]) -> None:
    assert [entry.code for entry in OURS.search(typed)] == codes


def test_explanation_of_a_known_code_keeps_the_wording_received() -> None:
    told = OURS.explain("0450054", "ETM NON TROUVEE EN BDO (R)")
    assert (told.code, told.label, told.known) == ("0450 054", "ETM NON TROUVEE EN BDO (R)", True)
    assert told.fields == ("exemption",)
    assert OURS.explain("0450054").label == "ETM NON TROUVEE EN BDO"


def test_unknown_code_invents_nothing() -> None:
    told = OURS.explain("7777 001", "  MOTIF NOUVEAU ")
    assert (told.label, told.known, told.verified, told.fields) == ("MOTIF NOUVEAU", False, False, ())
    assert "inconnu" in told.meaning
    assert "caisse" in told.todo


def test_unknown_code_of_a_known_family_points_to_its_field() -> None:
    told = OURS.explain("0450 099", "X")
    assert (told.fields, told.known, told.verified) == (("exemption",), False, False)
    assert "exonération" in told.meaning


def test_unknown_code_of_a_complementary_asks_the_complementary() -> None:
    told = OURS.explain("0450 099", "DROITS AMC FERMES", share=Rejecter.AMC)
    assert "complémentaire" in told.todo
    assert told.fields == ("amc_number", "settlement"), "the families are those of the caisses"


@pytest.mark.parametrize(
    ("label", "share", "resembled", "fields"),
    [
        (
            "A.T. EXISTANT MAIS CODE CRAM DIFFERENT",
            "amo",
            ("at existant mais code cram diff.",),
            ("accident", "nature"),
        ),
        ("EXONERATION NON TROUVEE EN BDO", "amo", ("ETM NON TROUVEE EN BDO",), ("exemption",)),
        ("NUMERO D'ADHERENT INCONNU", "amc", ("numero d'adherent inconnu bdo",), ("amc_number",)),
        ("NUMERO D'ADHERENT INCONNU", "amo", ("numero d'adherent inconnu bdo",), ("amc_number",)),
        ("DROITS NON OUVERTS", "amc", (), ("amc_number", "settlement")),  # the control is the caisse's
        ("TOT. REMB. ORG. COMPL. ERRONE", "amo", ("tot. remb. org. compl. errone",), ("lines",)),  # twice in the table
        (
            "CODE NATURE PRESTATION / SPECIALITE OU NAT",  # cut where two labels part
            "amo",
            (
                "Code nature prestation / specialite ou nature activite executant incompatibles",
                "Code nature prestation / specialite ou nature activite prescripteur incompatibles",
            ),
            ("lines", "prescriber"),
        ),
        ("CODE NATURE PRESTATION INCOMPATIBLE", "amo", (), ()),
    ],
)
def test_an_unknown_code_is_explained_by_what_its_label_resembles(
    label: str, share: str, resembled: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    told = OURS.explain("8899 123", label, share)
    assert (told.resembles, told.fields) == (resembled, fields)
    assert (told.label, told.known, told.verified) == (label, False, False)
    assert ("Ressemble à « " in told.todo) == ("sans certitude" in told.todo) == bool(resembled)
    assert "corriger." in told.todo, "whom to ask is said all the same"
    assert all(told.source for _ in resembled)


def test_a_likeness_never_speaks_for_a_code_that_is_known() -> None:
    told = OURS.explain("0460 051", "AT EXISTANT MAIS CODE CRAM DIFF.")
    assert (told.resembles, told.fields, told.known) == ((), ("prescriber",), True)


def test_no_check_rests_on_a_likeness() -> None:
    assert OURS.fields_of("8899 123", "", "amo") == ()


def practice(tmp_path: Path, text: str) -> tuple[RejectionBook, list[str]]:
    (tmp_path / PRACTICE_FILE).write_text(text, encoding="utf-8")
    book, faults = load_book(tmp_path)
    return book, [str(fault) for fault in faults]


ENTRY = '[[rejection]]\ncode = "{}"\nlabel = "L"\nmeaning = "M"\ntodo = "T"\n'


def test_the_practice_s_entry_wins_in_its_place(tmp_path: Path) -> None:
    book, faults = practice(tmp_path, ENTRY.format("0540057") + 'fields = ["lines", "nature"]\n')
    entry = book.get("0540 057")
    assert entry is not None
    assert (entry.code, entry.meaning, entry.origin) == ("0540 057", "M", "cabinet")
    assert [e.code for e in book.all()] == [code for code, _, _ in EXPECTED]
    assert book.explain("0540 057").origin == "cabinet"
    assert faults == []
    assert OURS.get("0540 057") != entry, "our own book is untouched"


def test_a_new_code_of_the_practice_comes_last(tmp_path: Path) -> None:
    book, _ = practice(tmp_path, ENTRY.format("1001") + 'share = "amc"\n')
    assert book.all()[-1].code == "1001"
    assert book.explain("1001", "DROITS AMC FERMES").known


def test_faulty_entries_are_left_out_and_told(tmp_path: Path) -> None:
    text = "\n".join(
        [
            ENTRY.format("1001"),  # lines 1-6
            ENTRY.format("1002") + 'fields = ["exonération"]\n',  # entry at 7, fields at 12
            ENTRY.format("trop-long-et-faux"),  # entry at 14, code at 15
            '[[rejection]]\ncode = "1003"\n',  # entry at 20
            ENTRY.format("1004").replace('"T"', '"T'),  # entry at 23, todo at 27
            ENTRY.format("1005").replace('"M"', '"  "'),  # entry at 29, meaning at 32
            ENTRY.format("1001") + 'label2 = "x"\n',  # entry at 35, label2 at 40
            ENTRY.format("1006"),
        ]
    )
    book, faults = practice(tmp_path, text)
    assert [entry.code for entry in book.all()[12:]] == ["1001", "1006"]
    assert [fault.split(" : ")[0] for fault in faults] == [
        f"rejets.toml, ligne {line}" for line in (12, 15, 20, 27, 32, 40)
    ]


def test_without_a_file_of_the_practice(tmp_path: Path) -> None:
    book, faults = load_book(tmp_path)
    assert (book.all(), faults) == (OURS.all(), ())


def test_the_example_of_the_readme_loads(tmp_path: Path) -> None:
    import models.reference

    readme = (Path(models.reference.__path__[0]) / "README.md").read_text(encoding="utf-8")
    book, faults = practice(tmp_path, readme.split("```toml\n")[1].split("```")[0])
    assert faults == []
    assert book.explain("1001").fields == ("amc_number",)


def test_memo_has_its_three_sections() -> None:
    sections = load_memo()
    assert [section.title for section in sections] == [
        "Où trouver les informations ?",
        "N’oubliez pas !",
        "Le saviez-vous ?",
    ]
    assert all(section.points and section.source for section in sections)
    assert "www.ameli.fr" in sections[0].addresses

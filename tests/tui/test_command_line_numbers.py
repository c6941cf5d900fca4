"""An invoice named on the command line: by its number, and by its lot or its day where the number came back."""

from pathlib import Path

import pytest

from models.domain.place import locate
from models.practice import open_practice
from tests.tui.command_line import accueil, close
from tui.command_line.invoices import meant
from tui.command_line.typed import invoice_number

FIELD = Path(__file__).parent.parent / "samples" / "field"
TWICE = "Plusieurs factures n° 149 : lot 022 du 05/11/2025 ; lot 023 du 05/11/2026 ; écrivez par exemple 149@23."


@pytest.fixture
def base(tmp_path: Path) -> str:
    """A practice in which the number 149 came back the next year."""
    path = str(tmp_path / "cabinet.db")
    lots = [str(FIELD / f"reuse-{year}.b2") for year in (2025, 2026)]
    assert accueil("importer", *lots, "--base", path).code == 0
    return path


def test_a_number_that_came_back_asks_which_is_meant(base: str) -> None:
    ran = accueil("controler", "149", "--base", base)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (1, "", TWICE)


@pytest.mark.parametrize(
    ("typed", "lot"),
    [
        ("149@22", 22),
        ("149@022", 22),
        ("336012349:149@23", 23),
        ("149@05/11/2025", 22),
        ("000000149@05/11/2026", 23),
    ],
)
def test_the_lot_or_the_day_tells(base: str, typed: str, lot: int) -> None:
    open_practice(locate(base, Path(base).parent))
    assert meant(invoice_number(typed), None).lot == lot
    close()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("149@24", "Aucune facture n° 149 n’est du lot 024 : lot 022 du 05/11/2025 ; lot 023 du 05/11/2026."),
        ("149@0", "Aucune facture n° 149 n’est hors de tout lot : lot 022 du 05/11/2025 ; lot 023 du 05/11/2026."),
        (
            "149@06/11/2025",
            "Aucune facture n° 149 n’est du 06/11/2025 : lot 022 du 05/11/2025 ; lot 023 du 05/11/2026.",
        ),
    ],
)
def test_a_lot_or_a_day_that_holds_none_says_where_they_are(base: str, typed: str, sentence: str) -> None:
    ran = accueil("controler", typed, "--base", base)
    assert (ran.code, ran.err.splitlines()[0]) == (1, sentence)


@pytest.mark.parametrize("typed", ["149@", "149@1000", "149@31/02/2026", "149@5/11/2026", "@22", "149@22@23"])
def test_what_is_no_lot_and_no_day_is_wrong_use(base: str, typed: str) -> None:
    ran = accueil("controler", typed, "--base", base)
    assert ran.code == 2
    assert f"« {typed} »" in ran.err

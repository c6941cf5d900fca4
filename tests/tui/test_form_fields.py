"""What a field of the form makes of what is typed, without the form."""

from __future__ import annotations

import pytest

from models.domain.content import InvoiceContent
from tests.models.cases import draft, line
from tui.flows.form_fields import FORM


def written(name: str, typed: str) -> InvoiceContent:
    (field,) = (field for field in FORM if field.name == name)
    return field.write(draft(line()), typed)  # care of November 2026


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ("05/04/1971 1", "710405"),
        ("5/4/71 1", "710405"),  # two digits leave the century open
        ("0504711", "710405"),
        ("05/11/2026 1", "261105"),  # born on the day of the care
        ("12/05/1920 1", "200512"),  # a centenarian: the file has two digits of the year
    ],
)
def test_a_birth_is_a_day_of_the_calendar_up_to_the_care(typed: str, birth: str) -> None:
    assert written("birth", typed).birth == birth


@pytest.mark.parametrize("typed", ["06/11/2026 1", "05/04/2087", "05042087"])
def test_nobody_is_born_after_the_care(typed: str) -> None:
    with pytest.raises(ValueError, match="né\\(e\\) après les soins"):
        written("birth", typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("10101234564", "RPPS : saisir l’AM (9 ch.)"),
        ("1010 123 4564", "RPPS : saisir l’AM (9 ch.)"),
        ("10101234567", "RPPS à clé fausse"),
        ("1010123456", "9 chiffres attendus"),
    ],
)
def test_a_rpps_typed_as_prescriber_is_named_as_one(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match="^" + said.replace("(", "\\(").replace(")", "\\)") + "$"):
        written("prescriber", typed)

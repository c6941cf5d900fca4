"""Templates: named fields, a place for the table, and one sentence with the line for whatever is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.faults import PracticeFault
from models.papers.template import Filled, Template, TemplateName, filled
from models.store.templates import LARGEST, original, read_template


def test_fields_are_filled_remarks_left_out_and_the_table_has_its_place() -> None:
    text = "# remarque {rien}\n\nBonjour {nom}\n{tableau}\n{lignes}\n{{fin}}\n"
    said = filled(Template("m", text), {"nom": "{lignes}", "lignes": "a\nb"}, table=True)
    assert said == Filled(("Bonjour {lignes}",), ("a", "b", "{fin}"), has_table=True), (
        "what fills a field is no template"
    )
    assert filled(Template("m", "\n\nx\n\n"), {}) == Filled(("x",), (), has_table=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n{nm}", "ligne 2 : le champ {nm} n’est pas connu ; écrivez {nom}, {tableau}."),
        ("{nom", "ligne 1 : une accolade { est seule"),
        ("nom}", "ligne 1 : une accolade } est seule"),
        ("{nom.__class__}", "ligne 1 : le champ {nom.__class__} n’est pas connu"),
        ("a {tableau}", "ligne 1 : {tableau} va seul sur sa ligne"),
        ("{tableau}\n{tableau}", "ligne 2 : {tableau} ne va qu’une fois"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_line(text: str, said: str) -> None:
    with pytest.raises(PracticeFault) as fault:
        filled(Template("m.txt", text), {"nom": "x"}, table=True)
    assert str(fault.value).startswith("Modèle « m.txt », " + said)
    assert str(fault.value).endswith("Rien n’a été imprimé.")


def test_the_practice_s_own_is_taken_and_one_that_does_not_read_is_told(tmp_path: Path) -> None:
    for name in TemplateName:
        assert read_template(tmp_path, name) == Template(name, original(name))
    own = tmp_path / TemplateName.PATIENT
    own.write_bytes("\ufeffÀ {patient}".encode())
    assert read_template(tmp_path, TemplateName.PATIENT) == Template(str(own), "À {patient}")
    own.write_bytes(b"a\n\xe9")
    with pytest.raises(PracticeFault, match="ligne 2 : ce n’est pas de l’UTF-8"):
        read_template(tmp_path, TemplateName.PATIENT)
    own.write_bytes(b"a" * (LARGEST + 1))
    with pytest.raises(PracticeFault, match="Modèle « "):
        read_template(tmp_path, TemplateName.PATIENT)

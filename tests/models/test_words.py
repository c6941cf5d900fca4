"""What models/ says names no key, screen, verb or option: another surface may say the same in its own words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.domain.faults import PracticeFault, Remedy
from models.domain.refusals import Refusal, Refused, RefusedFault
from tui.text import places
from tui.text.faults import fault_sentence, with_remedy
from tui.text.refusals import refusal_sentence

MODELS = Path(__file__).parents[2] / "models"
SCREENS = [entry.label for entry in (*places.HOME_ENTRIES, *places.TELETRANSMISSION_ENTRIES, places.DEMO_ENTRY)] + [
    "« Modifier »",
    "« Facturer en dégradé »",
]
SURFACE = re.compile(
    "|".join(
        (
            *map(re.escape, SCREENS),
            r"\baccueil [a-z]{3}",  # a verb
            r"--[a-z]",  # an option
            r"\bF[1-9][0-2]?\b",  # a function key
            r"\([A-Z] ",  # a letter and what it does
            r"Échap|[Tt]ouche",
        )
    )
)
"""What only a surface may name."""


def said(source: str) -> Iterator[str]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(source)
    silent = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


@pytest.mark.parametrize("path", sorted(MODELS.rglob("*.py")), ids=lambda path: str(path.relative_to(MODELS)))
def test_no_sentence_names_a_key_a_screen_a_verb_or_an_option(path: Path) -> None:
    assert [text for text in said(path.read_text(encoding="utf-8")) if SURFACE.search(text)] == []


@pytest.mark.parametrize(
    "breach",
    [
        'raise PracticeFault("Aucun cabinet : importez vos lots (accueil importer).")',
        'raise PracticeFault(f"« {path} » est un dossier : donnez à --base un fichier.")',
        'yield Finding(CHECK, "advice", "lines", "L’ordre est acte, IF, IK (R range).", SOURCE)',
        'return "DRE seule : passez par « Traiter les rejets de DRE »."',
        'return "À facturer d’abord : « Modifier », puis carte Vitale."',
        'return "Voyez F6."',
    ],
)
def test_a_planted_breach_is_seen(breach: str) -> None:
    assert [text for text in said(breach) if SURFACE.search(text)]


@pytest.mark.parametrize("reason", Refusal)
def test_each_refusal_has_its_own_sentence(reason: Refusal) -> None:
    sentences = {other: refusal_sentence(Refused(other, 7, "x")) for other in Refusal}
    assert sentences[reason].endswith(".")
    assert list(sentences.values()).count(sentences[reason]) == 1
    assert fault_sentence(RefusedFault(Refused(reason, 7, "x"))) == sentences[reason]


@pytest.mark.parametrize("remedy", Remedy)
def test_each_remedy_ends_the_sentence_of_what_is_wrong(remedy: Remedy) -> None:
    sentence = fault_sentence(PracticeFault("Ceci ne va pas", remedy))
    assert sentence == with_remedy("Ceci ne va pas", remedy)
    assert sentence.endswith(".")
    assert sentence.startswith("Ceci ne va pas") == (remedy is not Remedy.NAME_AN_ADDRESS)


def test_a_fault_without_a_remedy_is_a_sentence_already() -> None:
    assert fault_sentence(PracticeFault("Le disque est plein.")) == "Le disque est plein."

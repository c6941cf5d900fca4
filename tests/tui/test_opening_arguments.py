"""What opens the screens is read without the other verbs, and as they would read it."""

from __future__ import annotations

import pytest

from tui.command_line.arguments import read
from tui.command_line.opening_arguments import read_opening

OPENING = (
    "",
    "--base cabinet.db",
    "--base=cabinet.db --ecran annuler",
    "--operateur Sophie --ecran verifier",
    "--base postgresql://sophie@serveur/cabinet",
    "demo",
    "--operateur Sophie demo --neuve",
    "demo --ecran annuler --base d.db",
    "--base a.db demo --base b.db",
)
OTHERS = (
    "--help",
    "demo --aide",
    "--version",
    "lister",
    "--base cabinet.db verifier",
    "--base",
    "--ecran rien",
    "--inconnu",
    "demo lister",
    "--operateur=",
)


@pytest.mark.parametrize("typed", OPENING)
def test_it_is_read_as_among_the_verbs(typed: str) -> None:
    words = typed.split()
    opening = read_opening(words)
    assert opening is not None
    assert vars(opening) == vars(read(words))


@pytest.mark.parametrize("typed", OTHERS)
def test_a_verb_a_question_or_a_mistake_is_left_to_the_whole(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_opening(typed.split()) is None
    assert capsys.readouterr() == ("", "")


def test_a_mistake_in_the_environment_is_left_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCUEIL_BASE", "mysql://serveur/cabinet")
    assert read_opening([]) is None
    with pytest.raises(SystemExit):
        read([])

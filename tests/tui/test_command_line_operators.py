"""`accueil operateurs`: the list of who works at the desk, kept from the command line, and obeyed by every verb."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from tests.tui.command_line import accueil, practice
from tui.command_line import first_page, named_practice, operators
from tui.command_line.named_practice import NamedPractice, Opening
from tui.terminal import early, ssh
from tui.terminal.environment import Terminal

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP3EtxuAAa/yzI6zjRc+lWJAfd3kqMkChrqcTIpBCDnp nadia@poste"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The samples' practice; this is the account « poste1 »."""
    monkeypatch.setattr(named_practice, "account", lambda: "poste1")
    return practice(tmp_path)


def test_a_list_is_made_and_from_then_on_obeyed(base: str) -> None:
    empty = accueil("operateurs", "--base", base)
    assert (empty.code, empty.out) == (0, "")
    assert "Personne n’est dans la liste" in empty.err
    first = accueil("operateurs", "--ajouter", "Nadia", "--base", base)
    assert first.code == 1
    assert "responsable" in first.err
    for name, *more in (
        ("Sophie", "--role", "responsable"),
        ("Claire", "--role", "praticien", "--compte", "claire"),
        ("Nadia", "--cle-ssh", KEY),
    ):
        ran = accueil("operateurs", "--ajouter", name, *more, "--base", base, "--operateur", "sophie")
        assert (ran.code, ran.err) == (0, ""), ran.err
    assert ran.out.startswith("Nadia : ajouté à la liste, rôle accueil, reconnu par SHA256:")
    listed = json.loads(accueil("operateurs", "--format", "json", "--base", base, "--operateur", "Sophie").out)
    assert [(one["name"], one["role"], one["active"]) for one in listed] == [
        ("Claire", "practitioner", True),
        ("Nadia", "reception", True),
        ("Sophie", "manager", True),
    ]
    # who is not on it sees nothing, by whatever verb
    for verb in (
        ["lister"],
        ["lister", "--format", "json"],
        ["bilan"],
        ["verifier"],
        ["operateurs"],
        ["relever", "--liste"],
    ):
        ran = accueil(*verb, "--base", base)
        assert (ran.code, ran.out) == (1, ""), verb
        assert ran.err == (
            "accueil : « poste1 » n’est pas dans la liste des utilisateurs de ce cabinet : "
            "demandez au responsable (accueil operateurs).\n"
        )
    # who says another's name is not believed where the list asks for a proof
    stranger = accueil("lister", "--base", base, "--operateur", "Claire")
    assert stranger.err == "accueil : « Claire » n’ouvre Accueil qu’avec son propre compte ou sa propre clé SSH.\n"
    with patch.object(named_practice, "account", lambda: "claire"):
        assert accueil("lister", "--base", base).code == 0
        ran = accueil("numerotation", "--factures", "500000001", "--base", base)
        assert (ran.code, ran.err) == (1, "accueil : Réservé au rôle responsable : demandez à Sophie.\n")
    gone = accueil("operateurs", "--retirer", "nadia", "--base", base, "--operateur", "sophie")
    assert gone.out == "Nadia : retiré de la liste, n’ouvre plus Accueil ; le journal garde son nom.\n"
    shown = accueil("operateurs", "--base", base, "--operateur", "sophie").out.splitlines()
    assert [line.split() for line in shown[1:]] == [
        ["Claire", "praticien", "compte", "claire"],
        ["Sophie", "responsable", "son", "nom", "seul"],
        ["Nadia", "retiré"],
    ]
    assert accueil("verifier", "--base", base, "--operateur", "sophie").code == 0


def test_no_row_is_painted_beforehand_for_who_is_not_on_the_list(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    accueil("operateurs", "--ajouter", "Sophie", "--role", "responsable", "--base", base)
    terminal = Terminal(plain=False, colours="none", mouse=False, asks_for_escape=False)
    painted: list[object] = []
    monkeypatch.setattr(first_page, "is_at_home", lambda: True)
    monkeypatch.setattr("os.get_terminal_size", lambda number: (80, 24))
    monkeypatch.setattr(early, "take", lambda *page: painted.append(page))
    for name, pages in ((None, 0), ("eve", 0), ("sophie", 1)):
        painted.clear()
        first_page.show(Opening(NamedPractice(base, None, name), "annuler", demo=False, anew=False), terminal)
        assert len(painted) == pages, name


def test_the_key_that_the_server_accepted_is_believed_of_a_forced_command_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "auth"
    told.write_text(f"publickey {KEY.rsplit(' ', 1)[0]}\nkeyboard-interactive\n")
    monkeypatch.setenv("SSH_USER_AUTH", str(told))
    for forced in (True, False):
        monkeypatch.setattr(ssh, "is_confined", lambda forced=forced: forced)
        assert ssh.accepted_key().startswith("SHA256:") is forced
    monkeypatch.setattr(ssh, "is_confined", lambda: True)
    told.write_text("password\n")
    assert ssh.accepted_key() == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--role", "responsable"], "--role va avec --ajouter"),
        (["--ajouter", "x", "--role", "chef"], "n’est pas un rôle"),
        (["--ajouter", "x", "--cle-ssh", "abc"], "ce n’est ni une clé publique SSH"),
        (["--ajouter", "x", "--format", "json"], "--format va avec la liste"),
        (["--ajouter", "x", "--retirer", "y"], "--retirer ne va pas avec --ajouter"),
    ],
)
def test_what_is_typed_wrongly_is_said(typed: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = accueil("operateurs", *typed)
    assert ran.code == 2
    assert said in ran.err


def test_a_code_is_asked_on_the_terminal_twice(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = accueil("operateurs", "--code", "--base", base)
    assert (refused.code, refused.err) == (1, "Le code se tape au terminal, jamais dans une commande ni un fichier.\n")
    monkeypatch.setattr(sys, "__stdin__", SimpleNamespace(isatty=lambda: True, fileno=lambda: 0))
    for typed, code, said in (
        (["court", "court"], 1, "Code trop court : au moins 6 caractères.\n"),
        (["lilas-2026", "lilas-2025"], 1, "Les deux codes ne sont pas les mêmes : rien n’a été changé.\n"),
        (["lilas-2026", "lilas-2026"], 0, ""),
    ):
        answers = iter(typed)
        monkeypatch.setattr(operators, "getpass", lambda asked, answers=answers: next(answers))
        ran = accueil("operateurs", "--code", "--base", base)
        assert (ran.code, ran.err) == (code, said)
    assert accueil("verifier", "--base", base).code == 0

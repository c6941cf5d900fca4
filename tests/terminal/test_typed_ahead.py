"""Keys that come in one packet, as on a slow line: each reaches the field that the keys before it lead to."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from models.practice import close_practice, open_practice
from tests.practices import copy_practice, practice_in, sample_practice
from tests.terminal.pty_session import KEYS, PtySession
from tests.tui.ways import already_cancelled


@pytest.fixture
def session(tmp_path: Path) -> PtySession:
    """The program on the sample practice, n° 1009 cancelled: it waits as n° 1061."""
    copy_practice(sample_practice(), tmp_path)
    practice = practice_in(tmp_path)
    open_practice(practice)
    already_cancelled(1009)
    close_practice()
    command = [sys.executable, "-m", "tui", "--base", practice.location, "--operateur", "sophie"]
    return PtySession([*command, "--ecran", "verifier"])


def in_the_form(session: PtySession) -> None:
    """The form of n° 1061, the cursor on its exemption, the first field."""
    session.wait_until("▸ 000001061")
    session.press("m")
    session.wait_until("▸ OK ◂")
    session.rest()
    session.press("enter")
    session.wait_until("Facturer en dégradé (D)")
    session.rest()
    session.press("d")
    session.wait_until("F2 Enregistrer F4 Valider")


def field(session: PtySession, label: str) -> str:
    """What the field beside this label holds."""
    line = next(line for line in session.lines if line.startswith(label))
    return line[19:].split()[0]


@pytest.mark.parametrize("way", ["tab", "down", "enter"])
def test_what_is_typed_after_the_next_field_s_key_goes_to_the_next_field(session: PtySession, way: str) -> None:
    with session:
        in_the_form(session)
        session.send(b"0" + KEYS[way] + b"41" + KEYS[way] + b"331592006")
        session.wait_until("331592006")
        assert field(session, "Code exonération") == "0"
        assert field(session, "Nature d’assurance") == "41"
        assert field(session, "Prescripteur") == "331592006"


def test_one_letter_after_another_in_the_menus(session: PtySession) -> None:
    with session:
        session.wait_until("▸ 000001061")
        session.send(KEYS["escape"])
        session.wait_until("T  Télétransmission")
        session.send(b"tv")
        session.wait_until("› Vérifier factures non validées")
        session.wait_until("▸ 000001061")


def test_from_the_list_of_lines_to_its_dialog(session: PtySession) -> None:
    """« N » opens the dialog of a new line: what follows in the packet is for its first field."""
    with session:
        in_the_form(session)
        session.send(KEYS["up"])
        session.wait_until("Entrée corriger · N nouvelle")
        session.send(b"n05112026")
        session.wait_until("Nouvelle ligne")
        session.wait_until("05112026")

"""The two procedures of the guide, by keys alone, in a real terminal of 80 columns and 24 lines.

Guide « Annuler une facture transmise suite à un rejet »: steps 1.1 to 1.7, then 2.1 to 2.5.
"""

from __future__ import annotations

import signal
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.domain.place import Practice
from models.formats.b2.values import B2Invoice
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from tests.models.practice import an_answer, an_invoice, contents, hear, sheet, take_in
from tests.practices import copy_practice, follow_the_files, practice_in, sample_practice
from tests.terminal.pty_session import PtySession

LABELS = (
    "Télétransmission",
    "Annuler factures transmises",
    "Annuler",
    "OUI",
    "NON",
    "OK",
    "Vérifier factures non validées",
    "Modifier",
    "Facturer en dégradé",
)
"""Every label that the guide names."""


def lately(invoice: B2Invoice) -> B2Invoice:
    """The same invoice, its care three weeks ago: the real command looks at the real calendar."""
    day = date.today() - timedelta(days=21)
    acts = tuple(replace(act, done_on=day) for act in invoice.acts)
    return replace(invoice, billed_on=day, prescribed_on=day - timedelta(days=7), acts=acts)


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    """Two sent invoices that the caisse rejected for their prescriber; closed."""
    place = practice_in(tmp_path)
    follow_the_files(place)
    open_practice(place, create=True)
    sent = [lately(an_invoice(1003)), lately(an_invoice(1004, last_name="LÉCUYER", first_name="ZOÉ"))]
    take_in(*sent)
    hear(*(an_answer(invoice, "rejected", code="0460 051") for invoice in sent))
    close_practice()
    return place


def accueil(practice: Practice, *options: str) -> PtySession:
    """The command itself, as it is typed."""
    command = [sys.executable, "-m", "tui", "--base", practice.location, "--operateur", "sophie", *options]
    return PtySession(command)


def row(session: PtySession, number: int) -> bool:
    """Whether the cursor stands on this invoice."""
    return any(line.startswith(f"▸ {number:09d}") for line in session.lines)


def footer(session: PtySession) -> str:
    """The last line."""
    return session.lines[-1]


def dump(practice: Practice) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is in the practice, and nothing wrong with it."""
    open_practice(practice)
    try:
        assert list(breaches(practice)) == []
        return contents()
    finally:
        close_practice()


def up_to_the_question(session: PtySession) -> None:
    """Steps 1.1 to 1.4, and the question on the screen."""
    session.wait_until("T  Télétransmission")
    session.press("t")
    session.wait_until("A  Annuler factures transmises")
    session.press("a")
    session.wait_until(lambda seen: row(seen, 1003) and "A/F4 Annuler" in footer(seen))
    session.press("a")
    session.wait_until("Annuler la facture n° 1003 ?")
    session.wait_until(lambda seen: "▸ NON (N) ◂" in seen.text and "OUI (O)" in seen.text)


def test_both_procedures_under_the_labels_of_the_guide(practice: Practice) -> None:
    seen: set[str] = set()

    def look(session: PtySession) -> None:
        seen.update(label for label in LABELS if label in session.text)

    with accueil(practice) as session:
        session.wait_until("T  Télétransmission")  # 1.1
        look(session)
        session.press("enter")
        session.wait_until("A  Annuler factures transmises")  # 1.2
        look(session)
        session.press("enter")
        session.wait_until(lambda seen: row(seen, 1003))
        session.press("down")  # 1.3
        session.wait_until(lambda seen: row(seen, 1004) and "LÉCUYER" in seen.text and "A/F4 Annuler" in footer(seen))
        session.press("f4")  # 1.4
        session.wait_until("▸ NON (N) ◂")
        look(session)
        session.press("n")  # 1.6
        session.wait_until("La facture n° 1004 n’a pas été annulée.")
        session.rest()
        session.press("a")
        session.wait_until("▸ NON (N) ◂")
        session.rest()
        session.press("right")
        session.wait_until("▸ OUI (O) ◂")
        session.rest()
        session.press("enter")  # 1.5
        session.wait_until("La facture n° 1004 devient la facture n° 1005")
        look(session)
        session.press("enter")  # 1.7
        session.wait_until("→1005")
        session.press("escape")  # back to 2.1
        session.wait_until("V  Vérifier factures non validées")  # 2.2
        look(session)
        session.press("v")
        session.wait_until(lambda seen: row(seen, 1005) and "M/F2 Modifier" in footer(seen))  # 2.3
        look(session)
        session.press("m")  # 2.4
        session.wait_until("▸ OK ◂")
        look(session)
        session.rest()
        session.press("enter")  # 2.4, préparer le chargement
        session.wait_until("Facturer en dégradé (D)")
        look(session)
        session.rest()
        session.press("d")  # 2.5
        session.wait_until("N° 1005 (remplace 1004)")
        session.press("331265587")
        session.wait_until("331265587")
        session.press("f4")
        session.wait_until("La facture n° 1005 est validée")
        session.press("escape")
        session.wait_until("T  Transmettre les factures validées")
        session.press("escape")
        session.wait_until("Q/F12 Quitter")
        session.rest()
        session.press("q")
        assert session.exit_code() == 0
    assert seen == set(LABELS)
    dump(practice)
    open_practice(practice)
    old, new = sheet(1004), sheet(1005)
    assert (old.state, new.state, new.draft.prescriber, new.signature) == (
        *("cancelled", "validated"),
        *("331265587", "degraded"),
    )
    close_practice()


def test_oui_then_the_straight_way_to_the_correction(practice: Practice) -> None:
    with accueil(practice) as session:
        up_to_the_question(session)
        session.rest()
        session.press("o")
        session.wait_until("Corriger maintenant (C)")
        session.rest()
        session.press("c")
        session.wait_until("Préparer le chargement de la facture")
        session.rest()
        session.press("enter")
        session.wait_until("Facturer en dégradé (D)")
        session.rest()
        session.press("enter")
        session.wait_until("N° 1005 (remplace 1003)")
        session.press("escape")
        session.wait_until("M/F2 Modifier")


def test_keys_in_one_packet_act_one_after_the_other(practice: Practice) -> None:
    with accueil(practice) as session:
        up_to_the_question(session)
        session.rest()
        session.press("right")
        session.wait_until("▸ OUI (O) ◂")
        session.press("left", "enter")
        session.wait_until(lambda seen: "devient la" in seen.text or "n’a pas été annulée" in seen.text)
        assert "devient la" not in session.text


class TestCutOffAtTheQuestion:
    """Whatever cuts the program off while OUI / NON is open, nothing has changed."""

    def test_kill_9(self, practice: Practice) -> None:
        before = dump(practice)
        with accueil(practice) as session:
            up_to_the_question(session)
            session.signal(signal.SIGKILL)
            assert session.exit_code() == -signal.SIGKILL
        assert dump(practice) == before

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
    def test_signals(self, practice: Practice, number: signal.Signals, code: int) -> None:
        before = dump(practice)
        with accueil(practice) as session:
            up_to_the_question(session)
            mark = session.mark()
            session.signal(number)
            assert session.exit_code() == code
            assert b"\x1b[?1049l" in session.since(mark)
            assert b"Traceback" not in session.since(mark)
        assert dump(practice) == before

    def test_the_line_is_cut(self, practice: Practice) -> None:
        before = dump(practice)
        with accueil(practice) as session:
            up_to_the_question(session)
            session.hang_up()
            assert session.exit_code() == 129
        assert dump(practice) == before

    def test_the_line_is_cut_right_after_oui(self, practice: Practice) -> None:
        before = dump(practice)
        with accueil(practice) as session:
            up_to_the_question(session)
            session.rest()
            session.press("o")
            session.hang_up()
            session.exit_code()
        after = dump(practice)
        assert after == before or len(after["invoice"]) == len(before["invoice"]) + 1

    @pytest.mark.parametrize("keys", ["escape", "n", "enter"])
    def test_non_by_each_of_its_keys(self, practice: Practice, keys: str) -> None:
        before = dump(practice)
        with accueil(practice) as session:
            up_to_the_question(session)
            session.rest()
            session.press(keys)
            session.wait_until("La facture n° 1003 n’a pas été annulée.")
        assert dump(practice) == before


def test_a_hostile_name_sends_no_sequence_down_the_line(practice: Practice) -> None:
    open_practice(practice)
    take_in(lately(an_invoice(1009, last_name="[/][@click=app.quit]X")), lot=2)
    close_practice()
    with accueil(practice) as session:
        session.wait_until("T  Télétransmission")
        session.press("f")
        session.wait_until("[/][@click=app")
        session.press("q", "escape")
        session.wait_until("Q/F12 Quitter")


def test_the_sample_practice_opens_straight_on_the_list(tmp_path: Path) -> None:
    copy_practice(sample_practice(), tmp_path)
    with accueil(practice_in(tmp_path), "--ecran", "annuler") as session:
        session.wait_until("À traiter 14")
        session.wait_until(lambda seen: row(seen, 1008))
        assert all(len(line) <= 80 for line in session.lines)
        session.press("end")
        session.wait_until(lambda seen: row(seen, 1060))
        session.press("home")
        session.wait_until(lambda seen: row(seen, 1008))

"""What changed in an invoice stands out beside what was sent; the room of the form is shared by what needs it."""

from __future__ import annotations

import pytest

from tests.models.cases import line
from tui.flows.form_fields import FORM
from tui.flows.form_room import FormRoom, share_room
from tui.terminal import pens
from tui.text.amounts import Amounts, amounts_line, amounts_sentence, line_amounts, old_line
from tui.text.display import money

SENT = Amounts(3580, 3580, 0, 0)
NOW = Amounts(1790, 1790, 0, 0)


def test_amounts_that_changed_stand_beside_what_was_sent() -> None:
    text = amounts_line("N° 1061", " (remplace 1008)", NOW, SENT, 100)
    assert text.plain == "N° 1061 (remplace 1008) · 17,90 € ◂ 35,80 = AMO 17,90 ◂ 35,80 + AMC 0,00 + patient 0,00"
    coloured = [text.plain[span.start : span.end] for span in text.spans if span.style == pens.style(pens.CHANGED)]
    assert coloured == ["17,90 € ◂ 35,80", "17,90 ◂ 35,80"]


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (80, "N° 1061 · 17,90 € ◂ 35,80 = AMO 17,90 ◂ 35,80 + AMC 0,00 + patient 0,00"),
        (60, "N° 1061 · 17,90 € ◂ = AMO 17,90 ◂ + AMC 0,00 + patient 0,00"),
    ],
)
def test_what_is_least_wanted_goes_first(width: int, said: str) -> None:
    assert amounts_line("N° 1061", " (remplace 1008)", NOW, SENT, width).plain == said


def test_without_a_change_nothing_stands_out() -> None:
    assert amounts_sentence(NOW) == "17,90 € = AMO 17,90 + AMC 0,00 + patient 0,00"
    assert all(pen == pens.PLAIN for _, pen in line_amounts(line(), line()))


def test_of_a_line_only_the_amounts_that_differ_stand_out() -> None:
    fee, amo, _ = (pen for _, pen in line_amounts(line(rate=60), line(rate=100)))
    assert (fee, amo) == (pens.PLAIN, pens.CHANGED)


def shared(
    width: int, height: int, note: str = "Tiers payant sur la part obligatoire seule", lines: int = 3
) -> FormRoom:
    """A form whose every field says this, with reasons of twenty lines."""
    return share_room(
        width, height, dict.fromkeys(FORM[:11], "Tiers payant sur la part obligatoire seule"), lambda cells: 20, lines
    )


@pytest.mark.parametrize("height", [20, 23, 24])
def test_in_a_usual_window_each_field_keeps_its_line(height: int) -> None:
    room = shared(80, height)
    assert {len(note) for note in room.notes.values()} == {1}
    assert room.upper == height - 4 - 4


def test_a_high_window_shows_notes_whole() -> None:
    assert shared(100, 43).notes["settlement"] == ["Tiers payant sur la part", "obligatoire seule"]
    assert shared(132, 43).notes["settlement"] == ["Tiers payant sur la part obligatoire seule"]


def test_the_lines_keep_their_room() -> None:
    assert shared(132, 43, lines=25).upper == 43 - 4 - 26
    assert shared(80, 24, lines=25).upper == 11


def test_a_line_as_it_was_takes_the_room_that_there_is() -> None:
    act = line(rate=60)
    short = f"RAM 8,10 ×1 {money(act.fee)}"
    assert old_line(act, 60) == f"{short} = {money(act.amo)} + {money(act.amc)}"
    assert old_line(act, len(short)) == short
    assert old_line(act, len(short) - 1) == ""

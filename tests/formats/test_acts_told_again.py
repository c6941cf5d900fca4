"""An act whose text stood before in its file is read once: each place of it that differs makes it another."""

import pytest

from models.formats.b2 import read
from models.formats.b2.read import read_b2
from tests.formats.building import LOTS, joined, lines_of, put

LINES = lines_of(LOTS[0].read_bytes())
ACTS = [number for number, line in enumerate(LINES) if line[0] == "4"]
FIRST, SECOND = ACTS[:2]


def twice(start: int, text: str) -> bytes:
    """The second act of the lot says what the first says, but for what stands here."""
    again = LINES[SECOND][:35] + LINES[FIRST][35:]
    return joined([*LINES[:SECOND], put(again, start, text), *LINES[SECOND + 1 :]])


@pytest.mark.parametrize(
    ("start", "text"),
    [(11, "X"), *((place, "5") for place in (50, 54, 63, 80, 86, 88, 95, 102, 105, 112, 119, 120, 121, 128)), (2, "")],
)
def test_an_act_that_is_told_again_reads_as_it_does_alone(
    start: int, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = twice(start, text)
    found = read_b2(data)
    first, second = (invoice.acts[0] for invoice in found.lots[0].invoices[:2])
    assert (first is second) == (not text)
    monkeypatch.setattr(read, "_ACTS", 1)
    assert read_b2(data) == found
    monkeypatch.setattr(read, "_SAID", lambda line: (line, ""))  # with the number of its invoice, none is told again
    assert read_b2(data) == found

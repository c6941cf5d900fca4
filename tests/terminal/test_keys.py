"""From bytes to keys, on a clock of the test's own."""

import string

import pytest
from textual import events

from tui.terminal import keys
from tui.terminal.keys import KeyDecoder, KeyParser


class Line:
    """A parser, the time, and how often the terminal was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, delay: float, *, asks: bool = True) -> None:
        self.now = 100.0
        self.asked = 0
        self.heard: list[str] = []
        monkeypatch.setattr(keys, "get_time", lambda: self.now)
        monkeypatch.setattr("textual._parser.get_time", lambda: self.now)
        monkeypatch.setattr("textual.constants.ESCAPE_DELAY", delay)
        self.parser = KeyParser(self._ask if asks else None)

    def _ask(self) -> None:
        self.asked += 1

    def send(self, data: str) -> "Line":
        """Let data come in now."""
        self.heard += [message.key for message in self.parser.feed(data) if isinstance(message, events.Key)]
        return self

    def let(self, seconds: float) -> "Line":
        """Let time pass, as the driver's thread does: it sleeps no longer than the parser says."""
        end = self.now + seconds
        while (wait := self.parser.wait()) is not None and self.now + wait <= end:
            self.now += wait
            self.heard += [message.key for message in self.parser.tick() if isinstance(message, events.Key)]
        self.now = end
        return self


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(monkeypatch, 0.02)


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(monkeypatch, 0.4)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ("\x1b[B", "down"),
        ("\x1bOP", "f1"),
        ("\x1b[15~", "f5"),
        ("\x1b[1;5H", "ctrl+home"),
        ("\r", "enter"),
        ("\x7f", "backspace"),
        ("é", "é"),
        ("\x1b[27u", "escape"),
    ],
)
def test_whole_keys_are_what_they_are_at_once_and_nothing_is_asked(local: Line, data: str, key: str) -> None:
    assert local.send(data).heard == [key]
    assert local.let(5).asked == 0


@pytest.mark.parametrize("letter", string.ascii_letters)
def test_no_key_of_an_application_keypad_is_taken_for_a_letter(local: Line, letter: str) -> None:
    """Twice at once, as a key that repeats: given out letter by letter, its « O » could answer OUI."""
    typed = local.send(f"\x1bO{letter}\x1bO{letter}x").heard
    assert [key for key in typed if key.lower() in ("o", "^", "circumflex_accent", "alt+shift+o")] == []
    assert typed[-1] == "x"


@pytest.mark.parametrize(("letter", "key"), zip("TUVWXY", ["f5", "f6", "f7", "f8", "f9", "f10"], strict=True))
def test_the_function_keys_of_putty_s_vt100_mode_are_themselves(local: Line, letter: str, key: str) -> None:
    assert local.send(f"\x1bO{letter}").heard == [key]


def test_the_answer_to_the_question_makes_it_escape(remote: Line) -> None:
    remote.send("\x1b").let(0.02)
    assert (remote.heard, remote.asked) == ([], 1)
    assert remote.send("\x1b[0n").heard == ["escape"]
    assert remote.let(5).heard == ["escape"]


def test_the_rest_of_an_arrow_comes_before_the_answer(remote: Line) -> None:
    remote.send("\x1b").let(0.15).send("[B").let(0.1).send("\x1b[0n").let(5)
    assert remote.heard == ["down"]


def test_a_terminal_known_to_answer_is_given_the_time_to(local: Line) -> None:
    local.send("\x1b").let(0.02).send("\x1b[0n").let(1)
    local.send("\x1b").let(0.3).send("[B").let(1)
    assert local.heard == ["escape", "down"]


def test_without_an_answer_the_delay_decides(remote: Line) -> None:
    assert remote.send("\x1b").let(0.39).heard == []
    assert remote.let(0.02).heard == ["escape"]


def test_an_answer_that_comes_after_the_delay_is_no_second_escape(local: Line) -> None:
    assert local.send("\x1b").let(0.1).send("\x1b[0n").let(5).heard == ["escape"]


def test_an_answer_in_two_packets_is_no_second_escape(local: Line) -> None:
    local.send("\x1b").let(0.01).send("\x1b").let(0.2).send("[0n").let(5)
    assert local.heard == ["escape"]


def test_a_terminal_is_asked_once_for_each_escape(local: Line) -> None:
    for _ in range(3):
        local.send("\x1b").let(0.02).send("\x1b[0n").let(1)
    assert (local.heard, local.asked) == (["escape"] * 3, 3)


def test_a_terminal_that_once_did_not_answer_is_asked_again(remote: Line) -> None:
    assert remote.send("\x1b").let(1).send("\x1b").let(0.02).asked == 2


def test_escape_twice_is_twice(remote: Line) -> None:
    assert remote.send("\x1b\x1b").let(5).heard == ["escape", "escape"]


def test_a_letter_after_escape_is_a_letter(remote: Line) -> None:
    # Stock Textual waits, then says alt+n: a fast typist over SSH loses both keys.
    assert remote.send("\x1b").let(0.005).send("n").heard == ["escape", "n"]
    assert remote.send("\x1b\r").heard == ["escape", "n", "escape", "enter"]


def test_a_sequence_begun_is_waited_for_longer_than_escape(local: Line) -> None:
    assert local.send("\x1b[").let(0.3).send("B").heard == ["down"]
    assert local.send("\x1b[1").let(0.3).send("5~").heard == ["down", "f5"]


@pytest.mark.parametrize("rest", ["[B", "[15~", "[1;5H"])
def test_the_late_rest_of_a_key_is_dropped(local: Line, rest: str) -> None:
    assert local.send("\x1b").let(0.15).send(rest).send("x").heard == ["escape", "x"]


def test_what_is_typed_after_escape_is_kept(local: Line) -> None:
    assert local.send("\x1b").let(0.15).send("Bon").heard == ["escape", "B", "o", "n"]


def test_a_paste_is_a_paste(local: Line) -> None:
    pasted = [m for m in local.parser.feed("\x1b[200~184\x1b[201~x") if isinstance(m, events.Paste)]
    assert [paste.text for paste in pasted] == ["184"]


def test_with_a_delay_of_the_user_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(monkeypatch, 0.15, asks=False)
    assert line.send("\x1b").let(0.14).heard == []
    assert line.let(0.02).heard == ["escape"]
    assert line.asked == 0


class TestDecoder:
    @pytest.mark.parametrize("text", ["é", "œuvre", "€", "Ÿ", "漢字", "😀", "a\x1b[Bé"])
    def test_utf_8_byte_by_byte(self, text: str) -> None:
        decoder = KeyDecoder()
        assert "".join(decoder.decode(bytes([byte])) for byte in text.encode()) == text
        assert not decoder.holds

    def test_every_printable_byte_of_latin_1_arrives_as_its_letter(self) -> None:
        for byte in range(0xA0, 0x100):
            decoder = KeyDecoder()
            assert decoder.decode(bytes([byte])) + decoder.flush() == bytes([byte]).decode("latin-1")

    def test_windows_1252_brings_what_latin_1_lacks(self) -> None:
        decoder = KeyDecoder()
        assert decoder.decode("cœur €".encode("windows-1252")) + decoder.flush() == "cœur €"

    def test_no_byte_becomes_a_control_of_the_terminal(self) -> None:
        for byte in range(0x80, 0x100):
            decoder = KeyDecoder()
            typed = decoder.decode(bytes([byte])) + decoder.flush()
            assert not any(0x80 <= ord(character) <= 0x9F for character in typed)

    def test_what_could_begin_utf_8_is_held_until_it_is_clear(self) -> None:
        decoder = KeyDecoder()
        assert decoder.decode(b"\xe9") == ""
        assert decoder.holds
        assert decoder.decode(b"t") == "ét"
        assert not decoder.holds


@pytest.mark.parametrize(
    ("parts", "heard"),
    [
        (("\x1b[", "O"), []),  # the window lost the focus
        (("\x1b[", "B"), ["down"]),
        (("\x1b[1", ";5H"), ["ctrl+home"]),
        (("\x1bO", "So"), ["f4", "o"]),
        (("\x1b[99", "zn"), ["n"]),
        (("\x1b[", "1", "5~"), ["f5"]),
    ],
)
def test_a_sequence_that_the_line_cuts_is_taken_whole_or_not_at_all(
    local: Line, parts: tuple[str, ...], heard: list[str]
) -> None:
    """Given out letter by letter, the « O » of a report would answer OUI."""
    for part in parts:
        local.send(part).let(0.9)
    assert local.heard == heard


def test_a_paste_that_the_line_cuts_is_a_paste(local: Line) -> None:
    local.send("\x1b[2").let(0.9).send("00~OLIVIER\x1b[201~")
    assert local.heard == []


def test_after_a_sequence_without_its_rest_keys_are_keys(local: Line) -> None:
    local.send("\x1b[").let(6).send("n")
    assert local.heard == ["n"]


def test_what_was_typed_is_not_kept(local: Line) -> None:
    """Names and NIR are typed all day: what was given out is forgotten."""
    local.send("\x1b[B").send("MARTIN ").send("1840533063017")
    assert "MARTIN" not in repr(vars(local.parser))

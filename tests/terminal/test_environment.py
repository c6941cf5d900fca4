"""What is decided before Textual is imported."""

import io

import pytest

from tests.terminal.pty_session import toy
from tui.terminal.environment import Refusal, Terminal, prepare, too_small


class Stream(io.TextIOWrapper):
    """A stream that says whether it is a terminal."""

    def __init__(self, *, tty: bool = True, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty


def look(environ: dict[str, str]) -> Terminal:
    found = prepare(environ, Stream(), Stream(), Stream())
    assert isinstance(found, Terminal)
    return found


@pytest.mark.parametrize("term", ["vt100", "vt220-w", "vt320", "xterm-mono", "linux-m"])
def test_a_terminal_without_colours_gets_none(term: str) -> None:
    environ = {"TERM": term}
    assert look(environ).colours == "none"
    assert environ["NO_COLOR"] == "1"


@pytest.mark.parametrize("term", ["xterm", "vt525", "linux", "screen", "tmux-256color"])
def test_another_gets_its_own(term: str) -> None:
    environ = {"TERM": term}
    assert look(environ).colours == "16"
    assert "NO_COLOR" not in environ


def test_settings_that_run_code_or_write_the_screen_to_disk_are_removed() -> None:
    environ = dict.fromkeys(
        [
            "TEXTUAL",
            "TEXTUAL_DRIVER",
            "TEXTUAL_LOG",
            "TEXTUAL_DEBUG",
            "TEXTUAL_PRESS",
            "TEXTUAL_SHOW_RETURN",
            "TEXTUAL_DEVTOOLS_HOST",
            "TEXTUAL_DEVTOOLS_PORT",
            "TEXTUAL_SCREENSHOT",
            "TEXTUAL_SCREENSHOT_LOCATION",
        ],
        "x",
    ) | {"TERM": "xterm", "TEXTUAL_DISABLE_KITTY_KEY": "1"}
    look(environ)
    assert {name for name in environ if name.startswith("TEXTUAL")} == {
        "TEXTUAL_ANIMATIONS",
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_DISABLE_KITTY_KEY",
        "TEXTUAL_FPS",
        "TEXTUAL_SMOOTH_SCROLL",
    }


@pytest.mark.parametrize(
    ("given", "delay", "asks"),
    [
        ({}, "20", True),
        ({"SSH_CONNECTION": "1 2 3 4"}, "400", True),
        ({"SSH_TTY": "/dev/pts/9"}, "400", True),
        ({"SSH_TTY": "/dev/pts/9", "ESCDELAY": "150"}, "150", False),
        ({"ESCDELAY": "vite"}, "20", True),
    ],
)
def test_escape_delay(given: dict[str, str], delay: str, asks: bool) -> None:
    environ = {"TERM": "xterm", **given}
    assert look(environ).asks_for_escape is asks
    assert environ["ESCDELAY"] == delay


@pytest.mark.parametrize(
    ("given", "mouse"),
    [
        ({}, True),
        ({"SSH_CONNECTION": "1 2 3 4"}, False),
        ({"SSH_CONNECTION": "1 2 3 4", "ACCUEIL_SOURIS": "1"}, True),
        ({"TERM": "screen"}, False),
        ({"TERM": "screen.xterm-256color"}, False),
        ({"TERM": "screen", "ACCUEIL_SOURIS": "1"}, True),
    ],
)
def test_mouse(given: dict[str, str], mouse: bool) -> None:
    assert look({"TERM": "xterm", **given}).mouse is mouse


@pytest.mark.parametrize(
    ("given", "colours", "system"),
    [
        ({"TERM": "xterm"}, "16", "standard"),
        ({"TERM": "xterm-256color"}, "16", "standard"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor", "truecolor"),
        ({"TERM": "xterm", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "none", "standard"),
        ({"TERM": "xterm", "NO_COLOR": ""}, "16", "standard"),
    ],
)
def test_colours(given: dict[str, str], colours: str, system: str) -> None:
    environ = dict(given)
    assert look(environ).colours == colours
    assert environ["TEXTUAL_COLOR_SYSTEM"] == system


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_that_cannot_place_a_cursor_gets_text(term: str) -> None:
    assert look({"TERM": term}).plain


@pytest.mark.parametrize("piped", [0, 1, 2])
def test_a_pipe_gets_text(piped: int) -> None:
    streams = [Stream(tty=number != piped) for number in range(3)]
    found = prepare({"TERM": "xterm"}, *streams)
    assert isinstance(found, Terminal)
    assert found.plain


def test_a_stream_that_is_closed_gets_text() -> None:
    found = prepare({"TERM": "xterm"}, None, Stream(), Stream())
    assert isinstance(found, Terminal)
    assert found.plain


def test_text_for_a_foreign_pipe_never_fails() -> None:
    stdout = Stream(tty=False, encoding="iso-8859-15")
    prepare({"TERM": "xterm"}, Stream(), stdout, Stream(encoding="iso-8859-15"))
    stdout.write("Élodie ✗")
    stdout.flush()
    assert stdout.buffer.getvalue() == "Élodie ?".encode("iso-8859-15")  # type: ignore[attr-defined]


def test_a_locale_that_says_nothing_is_taken_for_utf_8() -> None:
    stderr = Stream(encoding="ascii")
    assert isinstance(prepare({"TERM": "xterm"}, Stream(), Stream(), stderr), Terminal)
    assert stderr.encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["iso-8859-15", "latin-1", "cp1252"])
def test_a_terminal_of_another_encoding_is_refused_in_words_that_it_can_show(encoding: str) -> None:
    found = prepare({"TERM": "xterm"}, Stream(), Stream(), Stream(encoding=encoding))
    assert isinstance(found, Refusal)
    assert found.exit_code == 2
    assert encoding.upper() in found.sentence
    assert found.sentence.count(".") == found.sentence.count("C.UTF-8.") * 2  # one sentence
    found.sentence.encode(encoding)


@pytest.mark.parametrize("size", [(79, 24), (80, 19), (1, 1)])
def test_a_small_window_is_told_its_size_and_what_to_do(size: tuple[int, int]) -> None:
    sentence = too_small(*size)
    assert sentence is not None
    assert f"({size[0]} × {size[1]})" in sentence
    assert "80 colonnes et 20 lignes" in sentence


@pytest.mark.parametrize("height", [20, 23, 24])
def test_eighty_columns_and_twenty_lines_are_enough(height: int) -> None:
    assert too_small(80, height) is None


class TestInAPty:
    def test_latin_1_locale_is_one_sentence_and_code_2(self) -> None:
        with toy("keys", env={"PYTHONIOENCODING": "iso-8859-15"}) as session:
            assert session.exit_code() == 2
            assert session.since().count(b"\r\n") == 1
            assert session.since().startswith(b"Affichage impossible : ce terminal annonce ISO8859-15")

    def test_locale_c_is_painted_in_utf_8(self) -> None:
        with toy("keys", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}) as session:
            session.wait_until("prêt")

    def test_dumb_terminal_gets_no_control_sequence(self) -> None:
        with toy("keys", env={"TERM": "dumb"}) as session:
            assert session.exit_code() == 0
            assert session.since() == "en texte : Élodie\r\n".encode()

    def test_mouse_is_left_alone_over_ssh(self) -> None:
        with toy("keys", env={"SSH_CONNECTION": "1 2 3 4"}) as session:
            session.wait_until("prêt")
            assert b"\x1b[?1003h" not in session.since()

"""What this terminal can do, decided once, before Textual is imported: Textual reads its settings at import.

The facts behind each choice are those of Textual in a real pty: ESCDELAY is read when
`textual.constants` is imported; TEXTUAL_DRIVER imports the module that it names; TEXTUAL_LOG and the
screenshot settings write what is on screen to disk; animations and mouse movements fill a slow line.
"""

import codecs
import re
from collections.abc import MutableMapping
from typing import Literal, NamedTuple, TextIO

MIN_WIDTH = 80
MIN_HEIGHT = 20

LOCAL_ESCAPE = 20
"""Milliseconds after which a lone ESC is Escape, on a terminal that does not say where its keys end."""
REMOTE_ESCAPE = 400
"""The same over SSH, where ESC and the rest of an arrow key may travel in two packets."""

FRAMES = "250"
"""Frames a second at most: at Textual's 60, a frame that follows another, a question's say, waits for its turn."""

_FORBIDDEN = ("TEXTUAL", "TEXTUAL_DRIVER", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_PRESS", "TEXTUAL_SHOW_RETURN")
_MONOCHROME = re.compile(r"vt(?:52|100|102|220|320|420)\b.*|.*-(?:m|mono)").fullmatch
"""Terminals, by their TERM, that have no colour."""

_FORBIDDEN_PREFIXES = ("TEXTUAL_DEVTOOLS", "TEXTUAL_SCREENSHOT")

Colours = Literal["none", "16", "truecolor"]


class Terminal(NamedTuple):
    """A terminal that the program can use, and how."""

    plain: bool
    """No screen can be drawn (a pipe, TERM=dumb): give the text twin."""
    colours: Colours
    """What may go down the line; `none` when NO_COLOR asks for it, or where there are none."""
    mouse: bool
    """Whether mouse reports are asked for; each movement of the mouse is a message on the line."""
    asks_for_escape: bool
    """Whether the driver may ask the terminal where a lone ESC ends; no when ESCDELAY is given."""
    ascii_signs: bool = False
    """Whether lines and marks are drawn in ASCII, as ACCUEIL_ASCII=1 asks."""


class Refusal(NamedTuple):
    """Why the program cannot start here."""

    sentence: str
    """One French sentence, in characters that every Latin encoding has."""
    exit_code: int = 2
    ascii_signs: bool = False
    """As `Terminal` has it: what is printed asks for it too."""


def prepare(
    environ: MutableMapping[str, str], stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None
) -> Terminal | Refusal:
    """Look at the terminal, and set up the environment that Textual will read.

    Call it first thing, with `os.environ` and `sys.__stdin__`, `sys.__stdout__`, `sys.__stderr__` (Textual
    reads the first and paints on the last), before anything imports textual.

    Args:
        environ: Changed in place: ESCDELAY and TEXTUAL_* are set, what is dangerous among them is removed; NO_COLOR
            is set on a terminal without colours.
        stdin: Where keys come from.
        stdout: Where the text twin goes; an encoding that lacks a character shows « ? » for it.
        stderr: Where the screen goes; an ASCII one (LC_ALL=C) is turned into UTF-8, as that locale says
            nothing.

    Returns:
        How to use the terminal, or why it cannot be used.
    """
    for name in [name for name in environ if name in _FORBIDDEN or name.startswith(_FORBIDDEN_PREFIXES)]:
        del environ[name]
    if not environ.get("NO_COLOR", "x"):
        del environ["NO_COLOR"]  # no-color.org: an empty value asks for nothing
    if _MONOCHROME(environ.get("TERM", "")):
        environ["NO_COLOR"] = "1"
    remote = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    delay_given = environ.get("ESCDELAY", "").isdecimal()
    if not delay_given:
        environ["ESCDELAY"] = str(REMOTE_ESCAPE if remote else LOCAL_ESCAPE)
    colours = _colours(environ)
    ascii_signs = environ.get("ACCUEIL_ASCII") == "1"
    environ["TEXTUAL_ANIMATIONS"] = "none"
    environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
    environ["TEXTUAL_FPS"] = FRAMES
    environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor" if colours == "truecolor" else "standard"
    plain = environ.get("TERM", "") in ("", "dumb", "unknown") or not all(
        stream is not None and stream.isatty() for stream in (stdin, stdout, stderr)
    )
    _never_fail(stdout)
    if not plain and stderr is not None and (foreign := _foreign_encoding(stderr)):
        return Refusal(
            f"Affichage impossible : ce terminal annonce {foreign} et Accueil demande UTF-8 ; "
            "choisissez UTF-8 dans le terminal (PuTTY : Window > Translation), puis relancez avec LC_ALL=C.UTF-8.",
            ascii_signs=ascii_signs,
        )
    return Terminal(
        plain=plain,
        colours=colours,
        # GNU screen with mouse reports on never sends a lone ESC: Escape would not arrive.
        mouse=not (remote or environ.get("TERM", "").startswith("screen")) or environ.get("ACCUEIL_SOURIS") == "1",
        asks_for_escape=not delay_given,
        ascii_signs=ascii_signs,
    )


def too_small(width: int, height: int) -> str | None:
    """Say, in one French sentence, that a window of so many cells cannot hold the screens; None if it can."""
    if width >= MIN_WIDTH and height >= MIN_HEIGHT:
        return None
    return (
        f"Fenêtre trop petite ({width} × {height}) : "
        f"agrandissez-la à {MIN_WIDTH} colonnes et {MIN_HEIGHT} lignes au moins."
    )


def _colours(environ: MutableMapping[str, str]) -> Colours:
    if "NO_COLOR" in environ:
        return "none"
    return "truecolor" if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") else "16"


def _foreign_encoding(stream: TextIO) -> str:
    """Bring a stream to UTF-8 where its locale says nothing; else return the encoding that it announces."""
    encoding = codecs.lookup(stream.encoding or "ascii").name
    if encoding == "utf-8":
        return ""
    reconfigure = getattr(stream, "reconfigure", None)
    if encoding == "ascii" and reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
        return ""
    return stream.encoding.upper()


def _never_fail(stream: TextIO | None) -> None:
    """Let the text twin show « ? » rather than end on a character that the encoding lacks."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")

"""What the verbs say, and why the system refused: data on stdout, talk on stderr, in whatever encoding there is."""

from __future__ import annotations

import codecs
import os
import sys

from tui.terminal import early

REFUSED = 1
"""Exit code when something was refused."""

INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells count it: 128 + SIGINT."""

_NEAREST = str.maketrans(
    {"’": "'", "…": ".", "–": "-", "—": "-", "·": "-", "•": "*", "→": ">", "€": "E", "œ": "e", "Œ": "E", "\u202f": " "}
)


def out(line: str = "") -> None:
    """A line of data."""
    print(line)


def talk(line: str) -> None:
    """A line for the person, not for the next program."""
    early.give_back()
    print(line, file=sys.stderr)


def never_fail() -> None:
    """Let a character that the output's encoding lacks be shown by its nearest, of the same width."""
    codecs.register_error("accueil-nearest", _nearest)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="accueil-nearest")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wanted = error.object[error.start : error.end].translate(_NEAREST)
    return "".join(letter if letter.isascii() else "?" for letter in wanted), error.end


def system_sentence(error: OSError) -> str:
    """One French sentence for a refusal of the system."""
    from models.domain.disk import disk_reason
    from tui.text.display import clean

    reason = disk_reason(error).of_file
    if error.filename is None:
        return f"Le système a refusé ({reason}) : rien de plus n’a été fait."
    return f"« {clean(os.fsdecode(error.filename))} » : {reason}, vérifiez le chemin et vos droits."


def give_up_stdout() -> None:
    """Nobody reads any more: what is left to print goes nowhere, at the interpreter's end too."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return  # a stream of a test, without a descriptor

"""What the verbs say, and why the system refused: data on stdout, talk on stderr, in whatever encoding there is."""

from __future__ import annotations

import codecs
import errno
import os
import sys

from tui.terminal import early

REFUSED = 1
"""Exit code when something was refused."""

_NEAREST = str.maketrans(
    {"’": "'", "…": ".", "–": "-", "—": "-", "·": "-", "•": "*", "→": ">", "€": "E", "œ": "e", "Œ": "E", "\u202f": " "}
)

_SYSTEM = {
    errno.EACCES: "vous n’en avez pas le droit",
    errno.EPERM: "vous n’en avez pas le droit",
    errno.ENOENT: "il n’existe pas",
    errno.ENOTDIR: "un des dossiers de son chemin est un fichier",
    errno.EISDIR: "c’est un dossier",
    errno.EEXIST: "il existe déjà",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.ELOOP: "ses liens tournent en rond",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre part du disque est pleine",
    errno.EFBIG: "le fichier serait trop grand",
    errno.EROFS: "le disque est en lecture seule",
    errno.EIO: "le disque ne répond plus",
    errno.EMFILE: "trop de fichiers sont ouverts",
}


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
    from tui.text.display import clean

    reason = _SYSTEM.get(error.errno or 0) or error.strerror or type(error).__name__
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

"""`accueil cle`: where the key of the base is and since when, a copy of it, another one; never the key itself."""

from __future__ import annotations

from pathlib import Path

from models.commands.change_key import change_key, export_key, keep_in_keyring
from models.queries.cipher_remarks import cipher_remarks, key_state
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import out, talk
from tui.text.display import clean, day, plural

_A_PATH = 500


def show(practice: NamedPractice) -> int:
    """Say where it is and what it does not protect; the exit code."""
    session = session_of(practice)
    place = session.open().place
    state = key_state(place)
    if state is None:
        out(
            "La base n’a pas de clé."
            if not place.on_server
            else "Sur un serveur, c’est au serveur de chiffrer la base."
        )
    else:
        where = f"« {clean(str(state.place), _A_PATH)} »" if state.place else _inside(None)
        since = f", depuis le {day(state.since)}" if state.since else ""
        out(f"La base est chiffrée ; sa clé est {where}{since}.")
        if state.older:
            out(f"Avec elle, {_older(state.older)}.")
    for remark in cipher_remarks(place):
        talk(clean(remark, 1000))
    return 0


def export(practice: NamedPractice, target: str) -> int:
    """Copy it into a new file; the exit code."""
    session = session_of(practice)
    made = export_key(session.open().place, Path(target).expanduser(), session.author())
    out(f"La clé est copiée dans « {clean(str(made), _A_PATH)} » : gardez ce fichier ailleurs que le cabinet.")
    return 0


def keep(practice: NamedPractice) -> int:
    """Put it into the desktop's keyring too; the exit code."""
    session = session_of(practice)
    place = session.open().place
    keep_in_keyring(place, session.author())
    out("La clé est dans le trousseau du bureau, relue : ce compte y ouvrira la base.")
    if place.cipher_file.exists():
        talk(
            f"Elle est encore à côté de la base : gardez-en une copie ailleurs (accueil cle --exporter), puis effacez "
            f"« {clean(str(place.cipher_file), _A_PATH)} » une fois que chaque compte l’a dans son trousseau."
        )
    return 0


def change(practice: NamedPractice, *, confirmed: bool) -> int:
    """Encrypt the base under another key, or say what that would do; the exit code."""
    session = session_of(practice)
    place = session.open().place
    if not confirmed:
        out("La base serait chiffrée avec une nouvelle clé ; celle d’avant resterait, pour les sauvegardes d’avant.")
        talk("Rien n’a été changé : quittez Accueil sur tous les postes, puis ajoutez --oui pour le faire.")
        return 0
    with in_steps("Chiffrement de la base") as kept:
        changed = change_key(place, session.author(), kept.step)
    out(f"La base est chiffrée avec une nouvelle clé, {_inside(changed.place)}.")
    out(f"Il y reste {_older(changed.older)}.")
    talk("Les copies de la clé gardées ailleurs n’ouvrent plus la base : refaites-les (accueil cle --exporter).")
    return 0


def _inside(file: Path | None) -> str:
    return "dans le trousseau du bureau" if file is None else f"dans « {clean(str(file), _A_PATH)} »"


def _older(count: int) -> str:
    return f"{plural(count, 'clé', 'clés')} d’avant, pour les sauvegardes d’avant"

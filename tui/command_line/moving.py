"""`accueil demenager`: the practice into another file, onto a server, and back."""

from __future__ import annotations

from models.commands.move_practice import address, end_move, is_on_its_way, move_practice
from models.domain.place import locate
from tui.command_line.named_practice import NamedPractice, data_folder
from tui.command_line.progress import in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import out, talk
from tui.text.display import clean, plural
from tui.text.typed_path import typed_path


def run(practice: NamedPractice, typed: str, *, confirmed: bool) -> int:
    """Move it, or say what that would do; the exit code."""
    session = session_of(practice)
    here = session.practice
    there = locate(typed if "://" in typed else str(typed_path(typed)), data_folder())
    if not confirmed:
        out(f"Le cabinet « {clean(address(here), 500)} » irait à « {clean(address(there), 500)} ».")
        out("Quittez Accueil sur tous les postes, puis ajoutez --oui. L’ancienne base est gardée et n’ouvrira plus.")
        return 0
    if is_on_its_way(here, there):
        moved = end_move(here, there)
    else:
        session.open()
        with in_steps("Lignes copiées et comparées") as kept:
            moved = move_practice(here, there, session.author(), kept.step)
    what = f"{plural(moved.rows, 'ligne', 'lignes')} de {plural(moved.tables, 'table', 'tables')}"
    out(f"Le cabinet est à « {clean(address(there), 500)} » : {what}, toutes vérifiées.")
    talk("L’ancienne base est gardée ; elle ne s’ouvre plus. Donnez la nouvelle adresse à --base ou à ACCUEIL_BASE.")
    return 0

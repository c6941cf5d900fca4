"""`accueil` and `accueil demo`: the screens, or their text twin where there is no terminal to draw on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NoReturn

from models.domain.faults import PracticeFault
from models.domain.place import Practice, exists, left_of, locate
from models.practice import OpenPractice
from tui.command_line.named_practice import NamedPractice, Opening, claim_of, data_folder
from tui.command_line.progress import in_steps
from tui.command_line.session import Session, recognised, session_of
from tui.command_line.speech import out, talk
from tui.terminal.environment import Refusal, Terminal


def run(opening: Opening, terminal: Terminal | Refusal) -> int:
    """Open the practice, or the demo; the exit code."""
    if isinstance(terminal, Refusal):
        talk(terminal.sentence)
        return terminal.exit_code
    if opening.demo:
        demo = _open_demo(opening.practice, anew=opening.anew)
        return _show(demo, recognised(claim_of(opening.practice)), opening.screen, terminal)
    session = session_of(opening.practice)
    if terminal.plain and session.is_missing:
        from tui.command_line.text_twin import empty_twin

        for line in empty_twin():
            out(line)
        talk(f"Aucun cabinet à « {session.practice.location} » : importez vos lots (accueil importer) ou accueil demo.")
        return 0
    opened = session.open(create=not terminal.plain)
    return _show(opened, session.operator, opening.screen, terminal)


def _show(opened: OpenPractice, operator: str, screen: str | None, terminal: Terminal) -> int:
    if terminal.plain:
        from models.queries.counts import counts
        from tui.command_line.text_twin import twin

        for line in twin(opened.place.inbox, date.today(), screen):
            out(line)
        if counts().total == 0:
            talk("Ce cabinet est vide : importez vos lots (accueil importer) ou essayez accueil demo.")
        return 0
    from tui.app import AccueilApp

    app = AccueilApp(opened, operator, terminal, screen=screen)
    code = app.run_in_terminal()
    if not app.wants_demo:
        return code
    return _show(_own_demo(anew=False), operator, None, terminal)


def _open_demo(named: NamedPractice, *, anew: bool) -> OpenPractice:
    """The demo, open. Only an explicit `--base` moves it: `ACCUEIL_BASE` names a real practice."""
    from models.demo import open_demo

    if named.base is None:
        return _own_demo(anew=anew)
    practice = locate(named.base, data_folder())
    session = Session(practice, claim_of(named))
    if exists(practice):
        from models.queries.counts import counts

        opened = session.open()
        if counts().total:
            if anew:
                _refuse(practice, "contient déjà des factures")
            return opened
    if "://" in named.base:
        _refuse(practice, "est sur un serveur")
    if any(_holds_something(place) for place in (practice.outbox, practice.inbox, practice.backups)) or (
        not exists(practice) and left_of(practice)
    ):
        _refuse(practice, "a déjà des fichiers à côté de lui")
    with in_steps("Cabinet imaginaire (semaines)") as kept:
        return open_demo(practice, date.today(), anew=True, progress=kept.step)


def _own_demo(*, anew: bool) -> OpenPractice:
    """The demonstration of this account, built the first time."""
    from models.demo import demo_practice, open_demo

    with in_steps("Cabinet imaginaire (semaines)") as kept:
        return open_demo(demo_practice(data_folder()), date.today(), anew=anew, progress=kept.step)


def _refuse(practice: Practice, why: str) -> NoReturn:
    """Building the demo takes away what was at its place: never what may be a real practice's."""
    raise PracticeFault(
        f"Le cabinet « {practice.location} » {why} : la démonstration n’y touche pas, donnez un autre --base."
    )


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())

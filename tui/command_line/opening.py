"""`accueil` and `accueil demo`: the screens, or their text twin where there is no terminal to draw on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NoReturn

from models.domain.faults import PracticeFault
from models.domain.place import Practice, locate
from tui.command_line.named_practice import NamedPractice, Opening, data_folder
from tui.command_line.session import Session, operator_of, session_of
from tui.command_line.speech import out, talk
from tui.terminal.environment import Refusal, Terminal


def run(opening: Opening, terminal: Terminal | Refusal) -> int:
    """Open the practice, or the demo; the exit code."""
    if isinstance(terminal, Refusal):
        talk(terminal.sentence)
        return terminal.exit_code
    if opening.demo:
        return _show(_open_demo(opening.practice, anew=opening.anew), opening.screen, terminal)
    session = session_of(opening.practice)
    if terminal.plain and session.is_missing:
        from tui.command_line.text_twin import empty_twin

        for line in empty_twin():
            out(line)
        talk(f"Aucun cabinet à « {session.practice.location} » : importez vos lots (accueil importer) ou accueil demo.")
        return 0
    session.open(create=not terminal.plain)
    return _show(session, opening.screen, terminal)


def _show(session: Session, screen: str | None, terminal: Terminal) -> int:
    if terminal.plain:
        from models.queries.counts import counts
        from tui.command_line.text_twin import twin

        for line in twin(session.practice.inbox, date.today(), screen):
            out(line)
        if counts().total == 0:
            talk("Ce cabinet est vide : importez vos lots (accueil importer) ou essayez accueil demo.")
        return 0
    from tui.app import AccueilApp

    app = AccueilApp(session.practice, session.operator, terminal, screen=screen)
    code = app.run_in_terminal()
    if not app.wants_demo:
        return code
    return _show(_own_demo(session.operator, anew=False), None, terminal)


def _open_demo(named: NamedPractice, *, anew: bool) -> Session:
    """The demo's session. Only an explicit `--base` moves it: `ACCUEIL_BASE` names a real practice."""
    from models.demo import open_demo

    if named.base is None:
        return _own_demo(operator_of(named), anew=anew)
    practice = locate(named.base, data_folder())
    session = Session(practice, operator_of(named))
    if not session.is_missing:
        from models.queries.counts import counts

        session.open()
        if counts().total:
            if anew:
                _refuse(practice, "contient déjà des factures")
            return session
    if "://" in named.base:
        _refuse(practice, "est sur un serveur")
    if any(_holds_something(place) for place in (practice.outbox, practice.inbox, practice.backups)) or (
        session.is_missing and practice.key_file.exists()
    ):
        _refuse(practice, "a déjà des fichiers à côté de lui")
    open_demo(practice, date.today(), anew=True)
    return session


def _own_demo(operator: str, *, anew: bool) -> Session:
    """The demonstration of this account, built the first time."""
    from models.demo import demo_practice, open_demo

    practice = demo_practice(data_folder())
    open_demo(practice, date.today(), anew=anew)
    return Session(practice, operator)


def _refuse(practice: Practice, why: str) -> NoReturn:
    """Building the demo takes away what was at its place: never what may be a real practice's."""
    raise PracticeFault(
        f"Le cabinet « {practice.location} » {why} : la démonstration n’y touche pas, donnez un autre --base."
    )


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())

"""`accueil` and `accueil demo`: the screens, or their text twin where there is no terminal to draw on."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import NoReturn

from models.domain.faults import PracticeFault
from models.domain.place import Practice, locate
from tui.command_line.base import data_folder
from tui.command_line.desk import Desk, desk_of, operator_of
from tui.command_line.speech import out, talk
from tui.terminal.environment import Refusal, Terminal


def run(options: Namespace, terminal: Terminal | Refusal) -> int:
    """Open the practice, or the demo; the exit code."""
    if isinstance(terminal, Refusal):
        talk(terminal.sentence)
        return terminal.exit_code
    if options.verb == "demo":
        return _show(_open_demo(options), options.ecran, terminal)
    desk = desk_of(options)
    if terminal.plain and desk.is_missing:
        from tui.command_line.text_twin import empty_twin

        for line in empty_twin():
            out(line)
        talk(f"Aucun cabinet à « {desk.practice.location} » : importez vos lots (accueil importer) ou accueil demo.")
        return 0
    desk.open(create=not terminal.plain)
    return _show(desk, options.ecran, terminal)


def _show(desk: Desk, screen: str | None, terminal: Terminal) -> int:
    if terminal.plain:
        from models.queries.counts import counts
        from tui.command_line.text_twin import twin

        for line in twin(desk.practice.inbox, date.today(), screen):
            out(line)
        if counts().total == 0:
            talk("Ce cabinet est vide : importez vos lots (accueil importer) ou essayez accueil demo.")
        return 0
    from tui.app import AccueilApp

    app = AccueilApp(desk.practice, desk.operator, terminal, screen=screen)
    code = app.run_in_terminal()
    if not app.wants_demo:
        return code
    return _show(_own_demo(desk.operator, anew=False), None, terminal)


def _open_demo(options: Namespace) -> Desk:
    """The demo's desk. Only an explicit `--base` moves it: `ACCUEIL_BASE` names a real practice."""
    from models.demo import open_demo

    if options.base is None:
        return _own_demo(operator_of(options), anew=options.neuve)
    practice = locate(options.base, data_folder())
    desk = Desk(practice, operator_of(options))
    if not desk.is_missing:
        from models.queries.counts import counts

        desk.open()
        if counts().total:
            if options.neuve:
                _refuse(practice, "contient déjà des factures")
            return desk
    if "://" in options.base:
        _refuse(practice, "est sur un serveur")
    if any(_holds_something(place) for place in (practice.outbox, practice.inbox, practice.backups)) or (
        desk.is_missing and practice.key_file.exists()
    ):
        _refuse(practice, "a déjà des fichiers à côté de lui")
    open_demo(practice, date.today(), anew=True)
    return desk


def _own_demo(operator: str, *, anew: bool) -> Desk:
    """The demonstration of this account, built the first time."""
    from models.demo import demo_practice, open_demo

    practice = demo_practice(data_folder())
    open_demo(practice, date.today(), anew=anew)
    return Desk(practice, operator)


def _refuse(practice: Practice, why: str) -> NoReturn:
    """Building the demo takes away what was at its place: never what may be a real practice's."""
    raise PracticeFault(
        f"Le cabinet « {practice.location} » {why} : la démonstration n’y touche pas, donnez un autre --base."
    )


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())

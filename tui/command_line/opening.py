"""`accueil` and `accueil demo`: the screens, or their text twin where there is no terminal to draw on."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from models.faults import PracticeFault
from models.practice import Practice, locate
from models.queries.counts import counts
from tui.command_line.desk import Desk, data_folder, desk_of, operator_of
from tui.command_line.speech import out, talk
from tui.command_line.text_twin import empty_twin, twin
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
        for line in empty_twin():
            out(line)
        talk(f"Aucun cabinet à « {desk.practice.location} » : importez vos lots (accueil importer) ou accueil demo.")
        return 0
    desk.open(create=not terminal.plain)
    return _show(desk, options.ecran, terminal)


def _show(desk: Desk, screen: str | None, terminal: Terminal) -> int:
    if terminal.plain:
        for line in twin(date.today(), screen):
            out(line)
        if counts().total == 0:
            talk("Ce cabinet est vide : importez vos lots (accueil importer) ou essayez accueil demo.")
        return 0
    from tui.app import AccueilApp

    return AccueilApp(desk.practice, desk.operator, terminal, screen=screen).run_in_terminal()


def _open_demo(options: Namespace) -> Desk:
    """The demo's desk. Only an explicit `--base` moves it: `ACCUEIL_BASE` names a real practice."""
    from models.demo import demo_practice, open_demo

    if options.base is None:
        practice = demo_practice(data_folder())
        open_demo(practice, date.today(), options.neuve)
        return Desk(practice, operator_of(options))
    desk = Desk(locate(options.base, data_folder()), operator_of(options))
    if _holds_invoices(desk):
        if options.neuve:
            raise PracticeFault(
                f"« {desk.practice.location} » contient des factures : --neuve n’y touche pas, donnez un autre --base."
            )
        return desk
    open_demo(desk.practice, date.today(), False)
    return desk


def _holds_invoices(desk: Desk) -> bool:
    if desk.is_missing:
        return False
    desk.open()
    return counts().total > 0

"""From what was typed to an exit code: parse, carry out, and say every refusal in one sentence."""

from __future__ import annotations

import sys

from tui.command_line.speech import INTERRUPTED, REFUSED, give_up_stdout, never_fail, system_sentence, talk
from tui.command_line.verbs import Command, parse
from tui.terminal.environment import Refusal, Terminal


def run(argv: list[str], terminal: Terminal | Refusal) -> int:
    """Do what was typed; the exit code."""
    never_fail()
    try:
        try:
            code = _carried_out(parse(argv), terminal)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 0
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        give_up_stdout()
        return REFUSED
    except OSError as error:
        talk(f"accueil : {system_sentence(error)}")
        give_up_stdout()
        return REFUSED
    except KeyboardInterrupt:
        talk("accueil : interrompu, ce qui était en cours n’a pas été enregistré.")
        return INTERRUPTED
    return code


def _carried_out(command: Command, terminal: Terminal | Refusal) -> int:
    if command.opening is not None and isinstance(terminal, Terminal):
        from tui.command_line import first_page

        first_page.show(command.opening, terminal)
    from models.domain.faults import PracticeFault
    from models.domain.patience import GivenUp
    from models.practice import in_sentences

    try:
        with in_sentences():
            return command.run(terminal)
    except GivenUp as stopped:
        raise KeyboardInterrupt from stopped
    except PracticeFault as fault:
        from tui.text.display import clean
        from tui.text.faults import fault_sentence

        talk(f"accueil : {clean(fault_sentence(fault), 1000)}")
        return REFUSED

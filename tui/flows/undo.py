"""Défaire un retour: one that was taken by mistake, seen whole before it is taken back."""

from __future__ import annotations

from models.commands.take_back import BuiltOn, TakenBack, undo_return
from models.domain.refusals import Refused
from models.queries.built_on import built_on
from models.queries.received_returns import ReceivedReturn
from tui.base.desk_screen import DeskScreen
from tui.base.underway import Underway
from tui.dialogs.confirm import Confirm
from tui.text.movements import return_line
from tui.text.note_outcomes import kept_lines, undone_sentence

_KEPT = "Le retour n’a pas été défait"


async def undo(screen: DeskScreen, received: ReceivedReturn) -> None:
    """Say what was built on it, or ask; take it back, tell what follows."""
    since = await screen.perform(lambda: built_on(received.id))
    if since is None:
        return
    if since:
        await screen.show(_KEPT, *kept_lines(BuiltOn(since)))
        return
    effects = (
        f"{return_line(received)}.",
        "OUI : ses réponses sont retirées, ses factures redeviennent ce qu’elles étaient, le fichier peut être relu.",
        "NON : rien ne change.",
    )
    if not await screen.ask(Confirm("Défaire ce retour ?", effects)):
        screen.tell(f"{_KEPT}.")
        return
    author = screen.desk.author()
    underway = Underway(screen, "Retour à défaire…")
    outcome = await screen.perform(lambda: undo_return(received.id, author, underway.step))
    screen.command_done()
    match outcome:
        case TakenBack():
            screen.tell(undone_sentence(outcome))
        case BuiltOn() | Refused():
            await screen.show(_KEPT, *kept_lines(outcome))
        case None if underway.stopped:
            screen.tell(f"Arrêté : {_KEPT[0].lower()}{_KEPT[1:]}.")
        case None:
            pass  # `perform` has said why

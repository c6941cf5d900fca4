"""« Relancée le … » on À relancer: noted of the selected invoice, or taken back."""

from __future__ import annotations

from models.commands.remind import Reminded, ReminderWithdrawn, remind, withdraw_reminder
from models.domain.refusals import Refused
from models.queries.follow_up import Due
from tui.base.desk_screen import DeskScreen
from tui.dialogs.confirm import Confirm
from tui.dialogs.reminder import ReminderDialog
from tui.text import display
from tui.text.follow_up import about
from tui.text.refusals import refusal_sentence
from tui.text.state_words import document


async def note_reminder(screen: DeskScreen, one: Due) -> None:
    """Ask when and how, and note it."""
    if one.id is None or one.number is None:
        return
    named, invoice_id = document(one.kind, one.number), one.id
    answer = await screen.ask(ReminderDialog(f"Relance de la {named}", (about(one)[0][1],), screen.desk.today()))
    if answer is None:
        screen.tell("Aucune relance n’est notée.")
        return
    author = screen.desk.author()
    outcome = await screen.perform(lambda: remind([invoice_id], *answer, author))
    match outcome:
        case Reminded(numbers, on, left) if numbers and not left:
            screen.desk.announce(f"La {named} est relancée le {display.day(on)}.")
            screen.desk.spend_keys()  # another one stands under the cursor now
        case Reminded(_, _, left):
            await screen.show("Rien n’a été noté", *(refusal_sentence(each.why) for each in left))
        case Refused():
            await screen.show("Rien n’a été noté", refusal_sentence(outcome))
        case None:
            pass  # `perform` has said why
    screen.command_done()


async def take_back_reminder(screen: DeskScreen, one: Due) -> None:
    """Ask whether the latest reminder was noted by mistake, and withdraw it."""
    if one.id is None or one.number is None or one.reminded_on is None:
        return
    named, invoice_id = document(one.kind, one.number), one.id
    question = f"Ôter la relance du {display.day(one.reminded_on)} ?"
    lines = (f"La {named} est de nouveau à relancer ; le journal garde les deux.",)
    if not await screen.ask(Confirm(question, lines)):
        screen.tell("La relance reste notée.")
        return
    author = screen.desk.author()
    outcome = await screen.perform(lambda: withdraw_reminder(invoice_id, author))
    match outcome:
        case ReminderWithdrawn(_, on):
            screen.desk.announce(f"La relance du {display.day(on)} est ôtée.")
            screen.desk.spend_keys()
        case Refused():
            await screen.show("Rien n’a été changé", refusal_sentence(outcome))
        case None:
            pass  # `perform` has said why
    screen.command_done()

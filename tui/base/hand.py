"""The hand on the keyboard: which keys reach the screen, by their pace, their weight and their capitals."""

from __future__ import annotations

from textual.app import App
from textual.events import Key, Paste
from textual.widgets import Input

from tui.base.desk_screen import DeskScreen
from tui.terminal.pace import Pace, Verdict, Weight
from tui.terminal.spent import Spent
from tui.text.sentences import BACK, CAPITALS

_CHORDS = ("alt+", "ctrl+")
_DROPS_BOTH = frozenset({"enter", "tab", "shift+tab"})
_MOVES = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab"})
_NEVER_DEAF = _MOVES | {"escape", "f1"}
_OF_A_FIELD = frozenset({"delete", "backspace"})


class Hand:
    """Stands between the keyboard and the screens.

    Args:
        app: where the keys go.
        pace: what tells text from commands.
    """

    def __init__(self, app: App[int], pace: Pace) -> None:
        self._app = app
        self._pace = pace
        self._spent = Spent(pace.now)
        self._let: list[Key] = []
        self._away = self._returning = False

    def goes_away(self) -> None:
        """The terminal has lost the keyboard to another window: what waited to be alone acts no more."""
        self._pace.drop()
        self._away = self._returning = True

    def comes_back(self) -> None:
        """The terminal has the keyboard again; the eyes come after the first key."""
        self._away = False

    def spend(self) -> None:
        """What the last keys acted on is gone: until they are let go they act on nothing else."""
        self._pace.drop()
        self._spent.vanished()

    def takes(self, event: Key | Paste) -> Key | Paste | None:
        """The key or paste to hand to the screen; None where it waits, is part of a text, or must do nothing."""
        screen = self._app.screen
        if not isinstance(screen, DeskScreen):
            return event
        if isinstance(event, Key) and any(let is event for let in self._let):
            self._let = [let for let in self._let if let is not event]
            return event
        if self._returning and not self._returns_with(event, screen):
            screen.refuse(BACK)
            return None
        if isinstance(event, Paste):
            return self._paste(event, screen)
        if event.character is not None and event.is_printable and not event.key.startswith(_CHORDS):
            return self._letter(event, event.character, screen)
        return self._command(event, screen)

    def _returns_with(self, event: Key | Paste, screen: DeskScreen) -> bool:
        """Whether the first key after the return may act: where it only shows, moves, or goes into a field.

        One that comes although the terminal said nothing of its return is no return, unless it moves: a terminal that
        forgets to say so must not be deaf for ever.
        """
        if not isinstance(event, Key):
            shows, moves = isinstance(self._app.focused, Input), False
        else:
            moves = event.key in _NEVER_DEAF
            printed = event.character is not None and event.is_printable
            if isinstance(self._app.focused, Input):
                shows = printed or event.key in _OF_A_FIELD
            else:
                shows = printed and not screen.busy and screen.weight(event.key.lower()) is Weight.SHOWS
            shows = shows or event.key.startswith(_CHORDS)
        if self._away and not moves:
            return False
        self._away = self._returning = False
        if not self._app.app_focus:
            self._app.app_focus = True  # Textual puts the focus back where it was
        return moves or shows

    def _paste(self, event: Paste, screen: DeskScreen) -> Paste | None:
        self._pace.drop()
        self._pace.typed(event.time)
        if isinstance(self._app.focused, Input):
            return event
        if not screen.busy:
            screen.take_text(" ".join(event.text.split()))
        return None

    def _command(self, event: Key, screen: DeskScreen) -> Key | None:
        pace, dialog = self._pace, screen.dialog
        pace.end_run()
        if self._is_deaf(event, screen):
            screen.tell_ignored()
            return None
        if event.key == "escape":
            pace.drop()
        elif pace.holds and event.key in _DROPS_BOTH:
            pace.drop()
            return None
        elif pace.holds_answer:
            pace.drop()
        elif pace.holds:
            pace.flush()
            self._post(event)
            return None
        elif event.key == "enter" and dialog is not None and self._app.focused is dialog and dialog.marked.writes:
            return event if pace.rested(event.time, dialog.shown_at) else None
        return event

    def _letter(self, event: Key, letter: str, screen: DeskScreen) -> Key | None:
        pace, dialog = self._pace, screen.dialog
        if isinstance(self._app.focused, Input):
            if dialog is None or not pace.continues(event.time, screen):
                pace.typed(event.time)
                return event
            if not screen.began_since(pace.began):
                # A letter of the question led to the field just before: it began a text, and was no command.
                pace.letter(letter, event.time, screen, Weight.SHOWS)
                dialog.leave_fields()
                return None
            if not screen.takes_text:
                pace.typed(event.time)
                return event
        lower = letter.lower()
        choice = dialog.by_letter(lower) if dialog is not None else None
        since = dialog.shown_at if dialog is not None and choice is not None else float("-inf")
        weight = screen.weight(lower) if dialog is None and not screen.busy else Weight.SHOWS
        if choice is not None and choice.writes:
            weight = Weight.WRITES
        alone = not pace.continues(event.time, screen)
        verdict = pace.letter(letter, event.time, screen, weight, since=since)
        deaf = self._is_deaf(event, screen)
        if alone:
            screen.remember()
        if verdict is Verdict.TEXT:
            if screen.busy and not screen.began_since(pace.began):
                return None  # the question stood there before: a text answers nothing
            screen.give_up()
            screen.take_text(pace.run)
            return None
        if verdict is Verdict.DROPPED:
            return None
        if deaf:
            screen.tell_ignored()
            return None
        if letter != lower and weight is not Weight.SHOWS:
            screen.refuse(CAPITALS)
            return None
        key = event if letter == lower else Key(lower, lower)
        key.time = event.time
        if verdict is Verdict.ACTS:
            return key
        unmark = dialog.mark_for_now(choice) if dialog is not None and choice is not None else _nothing
        pace.hold(lambda: self._act(key, screen, dialog), unmark, in_question=dialog is not None)
        return None

    def _is_deaf(self, event: Key, screen: DeskScreen) -> bool:
        in_field = isinstance(self._app.focused, Input)
        if event.key in _NEVER_DEAF or event.key.startswith(_CHORDS) or (in_field and event.key in _OF_A_FIELD):
            return False
        return self._spent.deaf(event.key.lower(), event.time, elsewhere=in_field or screen.busy)

    def _act(self, key: Key, screen: DeskScreen, dialog: object) -> None:
        if self._app.screen is screen and screen.dialog is dialog:
            self._post(key)

    def _post(self, key: Key) -> None:
        self._let.append(key)
        self._app.post_message(key)


def _nothing() -> None:
    """A letter on a list leaves no mark that would be to undo."""

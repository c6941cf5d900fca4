"""The line of news of a screen: what was done, how things stand, why a key does nothing."""

from __future__ import annotations

from typing import Final

from textual import getters
from textual.widgets import Static

from models.domain.faults import Unreachable
from tui.base.rereading import is_unasked
from tui.terminal.textual_insides import OpenScreen
from tui.text import display
from tui.text.sentences import IGNORED, REACHED, unreachable_sentence

_LONGEST: Final = 600
"""Characters of the news at the most: what a wrapped line of the help keeps."""


class NewsScreen(OpenScreen[None], inherit_bindings=False):
    """A screen with a line of news, which its subclass lays out as `#news`."""

    _news = _state_told = _refused = ""
    _before_refusal: str | None = None
    _out_of_reach = ""
    _said_at: object = None
    news = getters.query_one("#news", Static)

    @property
    def news_told(self) -> str:
        """What the line says, in full."""
        return self._news

    @property
    def news_is_cut(self) -> bool:
        """Whether the line is too short for it."""
        return len(display.clean(self._news, _LONGEST)) > self.size.width

    def tell(self, text: str) -> None:
        """Say something on the line of news; what is cut there, the help says whole."""
        self._news = text
        self.news.update(display.text(text, limit=_LONGEST), layout=False)

    def tell_here(self, text: str) -> None:
        """Say what a gesture came to; the place where it leaves the focus, whose event is on its way, says nothing."""
        self._said_at = self.spot()
        self.tell(text)

    def spot(self) -> object:
        """Where one stands: a place that may say something of itself as one comes to it."""
        return self.focused

    def moved(self) -> bool:
        """Whether one stands elsewhere than where a gesture had something to say, or has done something since."""
        if self._said_at == self.spot():
            return False
        self._said_at = None
        return True

    def tell_state(self, text: str) -> None:
        """Say how things stand; a reading that nobody asked for leaves there what a gesture said since."""
        if not is_unasked() or self._news == self._state_told:
            self._state_told = text
            self.tell(text)

    def tell_ignored(self) -> None:
        """A key was deaf: say so before what was said of its work, which stays."""
        if not self._news.startswith(IGNORED):
            self.tell(f"{IGNORED} · {self._news}" if self._news else IGNORED)

    def refuse(self, reason: str) -> None:
        """Say why a key does nothing here: until the next key, which it must not seem to be about."""
        self._before_refusal = self._news if self._before_refusal is None else self._before_refusal
        self.tell(reason)
        self._refused = reason

    def key_comes(self) -> None:
        """A key is handed to this screen: what was said of a refused one goes."""
        before, self._before_refusal = self._before_refusal, None
        if before is not None and self._news == self._refused:
            self.tell(before)

    def tell_unreachable(self, fault: Unreachable) -> None:
        """The practice is out of reach: say so as long as that lasts, over whatever else there is to say."""
        self._out_of_reach = unreachable_sentence(fault)
        self.tell(self._out_of_reach)

    def tell_reached(self) -> None:
        """It is back: say so, unless something else was said since."""
        if self._out_of_reach and self._news == self._out_of_reach:
            self.tell(REACHED)
        self._out_of_reach = ""

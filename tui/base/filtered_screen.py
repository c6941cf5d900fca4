"""A list that narrows as one types: its filter waits hidden, gives the keys back to the list, and is cleared first."""

from __future__ import annotations

from string import digits

from textual import getters
from textual.events import Key
from textual.widget import Widget

from tui.base.desk_screen import DeskScreen
from tui.widgets.text_field import TextField

_TO_THE_LIST = frozenset({"enter", "down", "up", "pagedown", "pageup", "tab"})


class FilteredScreen(DeskScreen):
    """A screen with a list and, above it, a field with the id `filter`."""

    takes_text = True
    _typed_text = ""
    filter_field = getters.query_one("#filter", TextField)

    @property
    def filtered(self) -> Widget:
        """The list that the filter narrows."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """The filter waits hidden unless it holds something; the list has the keys."""
        if self.filter_field.value:
            self.set_focus(self.filtered)
        else:
            self._hide_filter()
        super().on_mount()

    def on_key(self, event: Key) -> None:
        """From the filter, Enter and the arrows go to the list; on the list, a digit is the first one of a filter."""
        if self.filter_field.has_focus and event.key in _TO_THE_LIST:
            event.stop()
            event.prevent_default()
            self.set_focus(self.filtered)
        elif event.character and event.character in digits and self.filtered.has_focus and not self.busy:
            event.stop()
            self.take_text(event.character)

    def action_filter(self) -> None:
        """Open the filter."""
        self.filter_field.display = True
        self.filter_field.disabled = False
        self.set_focus(self.filter_field)  # at once: the letters that follow on a slow line are for it

    def action_back(self) -> None:
        """Escape first clears the filter, then leaves."""
        if self.filter_field.display:
            self.filter_field.value = ""
            self._hide_filter()
            self.filter_left()
        else:
            super().action_back()

    def take_text(self, text: str) -> None:
        """What was typed on the list goes into its filter, once the question that its first letter asked is gone."""
        self._typed_text = text
        if not self.busy:
            self.work_done()

    def work_done(self) -> None:
        """Open the filter with what was typed meanwhile."""
        text, self._typed_text = self._typed_text, ""
        if text:
            self.put_back()
            self.action_filter()
            self.filter_field.take(text)

    def put_back(self) -> None:
        """Undo what the first letter of a text did to the list."""

    def filter_left(self) -> None:
        """The filter was left by Escape, and holds nothing now."""

    def _hide_filter(self) -> None:
        self.filter_field.display = False
        self.filter_field.disabled = True
        self.set_focus(self.filtered)  # at once: a question that comes right after must not lose it

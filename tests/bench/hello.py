"""The control for the start: the smallest Textual program."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One word."""

    def compose(self) -> ComposeResult:
        """The word."""
        yield Static("Bonjour")


if __name__ == "__main__":
    Hello().run()

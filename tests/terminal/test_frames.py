"""The frames of a real compositor: what this program sends shows the same as what Textual itself would send."""

import asyncio
from typing import Any, ClassVar

import pyte
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from tests.terminal.emulated import look, new_screen, played
from tui.terminal.app_base import TerminalApp
from tui.terminal.painter import Painter

TEXTS = ("DUPONT Marie", "漢字の名前", "e\u0301lodie a\u0300", "──── 12,50 €", "", "CPAM 33-1  " * 9)


class Desk(Screen[None]):
    """A list longer than its window, a field, and a box on a layer above."""

    CSS = """
    Desk { layers: base above; }
    VerticalScroll { height: 8; }
    #box { layer: above; offset: 7 2; width: 21; height: 5; border: solid ansi_magenta; background: ansi_default; }
    .marked { text-style: bold reverse; }
    """

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for number in range(16):
                yield Static(f"{number} {TEXTS[number % len(TEXTS)]}", markup=False)
        yield Input("é", id="field")
        yield Static("漢", id="box")


class Compared(TerminalApp):
    """Shows each frame twice: as Textual would send it, and as this program does."""

    SCREENS: ClassVar[dict[str, Any]] = {"other": Screen}

    def __init__(self) -> None:
        super().__init__()
        self.painter = Painter()
        self.frames = 0
        self.textual = new_screen(60, 14)
        pyte.Stream(self.textual).feed("\x1b[m")
        self.ours = new_screen(60, 14)

    def on_mount(self) -> None:
        self.push_screen(Desk())

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            self.frames += 1
            size = screen.outer_size
            if size != (self.ours.columns, self.ours.lines):
                for terminal in (self.textual, self.ours):
                    terminal.resize(size.height, size.width)
            pyte.Stream(self.textual).feed(played(renderable, self))
            self.painter.take(renderable, size, self.console._color_system or ColorSystem.TRUECOLOR)
            pyte.Stream(self.ours).feed(self.painter.paint())
            assert look(self.ours) == look(self.textual)
        super()._display(screen, renderable)


async def act(pilot: Pilot[int], kind: str, number: int) -> None:
    """One thing that makes a frame."""
    app = pilot.app
    desk = next(screen for screen in app.screen_stack if isinstance(screen, Desk))
    lines = list(desk.query("VerticalScroll Static").results(Static))
    line = lines[number % len(lines)]
    if kind == "text":
        line.update(TEXTS[number % len(TEXTS)])
    elif kind == "mark":
        line.toggle_class("marked")
    elif kind == "scroll":
        desk.query_one(VerticalScroll).scroll_to(y=number % 9, animate=False)
    elif kind == "box":
        box = desk.query_one("#box")
        box.display = not box.display
    elif kind == "place":
        desk.query_one("#box").styles.offset = (number % 30, number % 6)
    elif kind == "type":
        await pilot.press("tab", "漢" if number % 2 else "a")
    elif kind == "resize":
        await pilot.resize_terminal(40 + number, 12 + number % 5)
    elif app.screen is desk:
        await app.push_screen("other")
    else:
        await app.pop_screen()
    await pilot.pause()


KINDS = ("text", "mark", "scroll", "box", "place", "type", "resize", "screen")


@settings(
    max_examples=5, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # to shrink takes minutes
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 40)), min_size=8, max_size=12))
def test_what_is_sent_shows_what_textual_would_have_shown(steps: list[tuple[str, int]]) -> None:
    async def run() -> int:
        app = Compared()
        async with app.run_test(size=(60, 14)) as pilot:
            for kind, number in steps:
                await act(pilot, kind, number)
        return app.frames

    assert asyncio.run(run()) > 1

"""A screen is laid out once as it opens, once as its text comes; the one below a screen that is left, not at all."""

from __future__ import annotations

import pytest
from textual.geometry import Size
from textual.screen import Screen

from models.domain.place import Practice
from tests.tui.desk import CANCEL, MENU, at_desk
from tui.terminal.textual_insides import OpenScreen


async def test_opening_and_leaving_a_detail(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[str] = []
    styled: list[str] = []
    refresh_layout, update_node_styles = Screen._refresh_layout, Screen.update_node_styles

    def lays_out(screen: OpenScreen[None], size: Size | None = None, scroll: bool = False) -> None:
        laid_out.append(type(screen).__name__)
        refresh_layout(screen, size, scroll)

    def styles(screen: OpenScreen[None], animate: bool = True) -> None:
        styled.append(type(screen).__name__)
        update_node_styles(screen, animate)

    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("enter", "escape")
        monkeypatch.setattr(Screen, "_refresh_layout", lays_out)
        monkeypatch.setattr(Screen, "update_node_styles", styles)
        await desk.press("enter")
        assert desk.place().endswith("Détail de la facture")
        assert styled == ["Detail"]  # for its focus; its widgets have the styles that they were made with
        assert set(laid_out) == {"Detail"}
        laid_out.clear()
        styled.clear()
        await desk.press("escape")
        assert desk.place().endswith(CANCEL)
        assert laid_out == styled == []

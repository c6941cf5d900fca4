"""The panel under a list: at once for one key, once the keys rest for an arrow held down; never about another row."""

from __future__ import annotations

import pytest

from models.domain.place import Practice
from tests.tui.desk import CANCEL, MENU, Desk, at_desk
from tests.tui.ways import already_cancelled
from tui.widgets.invoice_list import InvoiceList
from tui.widgets.rejection_panel import RejectionPanel


def parts(desk: Desk) -> tuple[InvoiceList, RejectionPanel]:
    return desk.screen.query_one(InvoiceList), desk.screen.query_one(RejectionPanel)


def shown(panel: RejectionPanel) -> str:
    return "\n".join(panel.render_line(y).text for y in range(panel.size.height))


async def test_one_key_is_followed_at_once(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        _, panel = parts(desk)
        monkeypatch.setattr(RejectionPanel, "RESTS", 3600.0)
        panel._passed = -3600.0
        await desk.press("down")
        assert "0450 054" in desk.screen_text().split("────")[-1]


async def test_keys_in_quick_succession_are_followed_once_they_rest(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        invoices, panel = parts(desk)
        before = desk.screen_text().split("────")[-1]
        monkeypatch.setattr(RejectionPanel, "RESTS", 3600.0)
        await desk.press("down")
        assert desk.screen_text().split("────")[-1] == before
        assert panel.row is invoices.row is not None
        monkeypatch.setattr(RejectionPanel, "RESTS", 0.0)
        panel._catch_up()
        await desk.settled()
        assert "0450 054" in desk.screen_text().split("────")[-1]


async def test_what_a_key_does_is_about_the_row_and_not_about_what_the_panel_still_shows(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        monkeypatch.setattr(RejectionPanel, "RESTS", 3600.0)
        await desk.press("down", "a")
        assert "1009" in desk.question()
        assert "0450 054" in desk.screen_text().split("────")[-1]
        await desk.press("n", "end")
        assert "(Annuler)" in desk.footer()


@pytest.mark.usefixtures("drawn_at_once")
async def test_a_move_paints_two_lines_of_the_list_and_another_page_all_of_it(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    render_line = InvoiceList.render_line

    def noted(self: InvoiceList, y: int) -> object:
        painted.append(y)
        return render_line(self, y)

    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        monkeypatch.setattr(InvoiceList, "render_line", noted)
        await desk.press("down", "down")
        assert sorted(set(painted)) == [1, 2, 3]
        assert len(painted) == 4
        painted.clear()
        await desk.press("pagedown")
        assert len(set(painted)) == parts(desk)[0].size.height


async def test_of_a_cancelled_invoice_the_rejected_dre_is_no_more_to_be_done(practice: Practice) -> None:
    already_cancelled(1031)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.selects("000001041")
        assert "DRE 1001" in desk.screen_text().split("────")[-1]
        await desk.selects("000001031")
        panel = desk.screen_text().split("────")[-1]
        assert "0460 051" in panel
        assert "DRE" not in panel.replace("DRE seule", "")

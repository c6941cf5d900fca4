"""Every screen and dialog in every window: the keys and the focus in sight, nothing cut without « … »."""

from __future__ import annotations

import os
import re

import pytest
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from models.domain.place import Practice
from tests.models.practice import a_return, an_answer, an_invoice
from tests.tui.desk import ALL, CANCEL, DRE, IMPORT, RETURNS, TRANSMIT, UNVALIDATED, Desk, at_desk, flat
from tests.tui.ways import already_cancelled
from tui.text import bars
from tui.widgets.about import About
from tui.widgets.key_bar import KeyBar
from tui.widgets.reasons import Reasons
from tui.widgets.rejection_panel import RejectionPanel

SMALLEST = (80, 20)
MIDDLE = ((80, 23), (100, 30))
LARGEST = (132, 43)
"""What stands whole in it ends in « … » wherever it does not."""
POSITION = re.compile(r"\d+ / \d+[ ↑↓]*")
"""Where one stands in a list, and whether there is more of it beyond the edges."""
TEXTS = (Static, KeyBar, Reasons, RejectionPanel, About)

WAYS: tuple[tuple[str, ...], ...] = (
    ("Télétransmission", "t"),
    (f"› {CANCEL}", "a"),
    ("Aide : ", "f1"),
    ("› Détail", "escape", "enter"),
    ("OUI : définitif", "escape", "a"),
    ("Filtre «", "n", "f", "m", "a"),
    (f"› {UNVALIDATED}", "escape", "escape", "v"),
    ("Préparer le chargement", "m"),
    ("Carte Vitale", "enter"),
    ("› Modifier", "d"),
    ("Rejet", "f6"),
    ("Aide : ", "enter", "f1"),
    ("À vérifier avant de valider", "enter", "f4"),
    ("Attestation de droits vue", "escape", "f5"),
    ("Quitter sans enregistrer ?", "escape", *["down"] * 12, "b", "escape"),
    (f"› {TRANSMIT}", "o", "escape", "t"),
    (f"› {RETURNS}", "escape", "r"),
    ("Retours relevés", "r"),
    ("Que faire de cette réponse ?", "enter", "tab", "d"),
    ("› Retours relevés", "escape", "l"),
    (f"› {DRE}", "escape", "escape", "d"),
    ("N° AMC", "end", "d"),
    ("› Suivi", "escape", "s"),
    ("› Rejets courants", "escape", "escape", "c"),
    ("› Fiche", "enter"),
    ("› Mémo", "escape", "m"),
    ("› Bilan", "escape", "escape", "b"),
    ("Par mois", "m"),
    ("Rejet    En attente", "p"),
    ("› Enseignements", "n"),
    ("Jours", "r"),
    (f"› {ALL}", "escape", "escape", "escape", "f"),
    (f"› {IMPORT}", "escape", "i"),
)
"""What is seen, after these keys."""


@pytest.fixture
def waiting(practice: Practice) -> Practice:
    """The sample practice with two invoices to correct and a return of an unknown invoice."""
    already_cancelled(1008, 1009)
    practice.inbox.mkdir()
    (practice.inbox / "retour-04.noe").write_bytes(a_return(an_answer(an_invoice(4040), "paid")))
    return practice


def texts(desk: Desk) -> dict[Widget, str]:
    """What each widget of words shows, as one run; a page that scrolls shows all in time, a title leaves words out."""
    lines = desk.screen_lines()
    asked = desk.dialog()
    found: dict[Widget, str] = {}
    for widget in desk.screen.query("*"):
        hidden = not widget.region.height or (asked is not None and asked.region.overlaps(widget.region))
        if (
            isinstance(widget, TEXTS)
            and widget.id != "place"
            and not hidden
            and not isinstance(widget.parent, VerticalScroll)
        ):
            region = widget.content_region
            inside = "\n".join(line[region.x : region.right] for line in lines[region.y : region.bottom])
            found[widget] = flat(POSITION.sub("", inside.replace(bars.BLOCK, "")))
    return found


async def seen_in(desk: Desk) -> dict[Widget, str]:
    """What is read in this window, in which the keys and the focus must be in sight."""
    size = desk.app.size
    await desk.until(lambda: max(map(len, desk.screen_lines())) <= size.width, f"a screen of {size.width} columns")
    lines = desk.screen_lines()
    assert desk.footer() == str(desk.screen.key_bar.render()).rstrip()
    asked = desk.dialog()
    seen = asked or desk.app.focused
    assert seen is not None
    assert desk.screen.region.contains_region(seen.region), seen
    assert seen.region.bottom < size.height, seen
    if asked is not None:
        assert any("▸" in line for line in lines[asked.region.y : asked.region.bottom]) or asked.fields
    return texts(desk)


async def test_every_screen_and_dialog_in_every_window(waiting: Practice) -> None:
    """From the smallest to the largest and back by turns, now and then through another; all in the long campaign."""
    between = MIDDLE if os.environ.get("ACCUEIL_LONG") else ()
    async with at_desk(waiting, size=SMALLEST) as desk:
        for turn, (words, *keys) in enumerate(WAYS):
            await desk.press(*keys)
            await desk.sees(words)
            read = [await seen_in(desk)]
            one = () if desk.dialog() or turn % 3 else (MIDDLE[turn % len(MIDDLE)],)
            for size in (*(between or one), SMALLEST if turn % 2 else LARGEST):
                await desk.resize(*size)
                read.append(await seen_in(desk))
            whole = read[0 if turn % 2 else -1]
            for widget, said in [pair for shown in read for pair in shown.items()]:
                assert said == whole.get(widget) or "…" in said, f"{words}, {widget}: {said!r}"


async def test_news_that_is_cut_stands_whole_in_the_help_and_in_a_larger_window(waiting: Practice) -> None:
    async with at_desk(waiting, size=SMALLEST) as desk:
        said = f"Une phrase {'très ' * 15}longue, jusqu’au bout."
        desk.screen.tell(said)
        await desk.settled()
        assert desk.news().endswith("…")
        await desk.press("f1")
        await desk.sees("Message Une phrase", "jusqu’au bout.", "▸ OK ◂")
        await desk.press("enter")
        await desk.resize(*LARGEST)
        assert desk.news() == said
        await desk.press("f1")
        assert "Message" not in desk.screen_text()

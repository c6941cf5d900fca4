"""Mémo: the practical sections of the caisse's memo (models/reference/memo.toml)."""

from __future__ import annotations

from rich.text import Text

from models.reference.memo import load_memo
from tui.base.page import Page
from tui.terminal import pens
from tui.text import display, places


class Memo(Page):
    """« Où trouver les informations ? », « N’oubliez pas ! », « Le saviez-vous ? »."""

    PLACE = places.MEMO

    def text(self, width: int) -> Text:
        """Each section: its title, its points, its addresses as text (the program opens none of them)."""
        text = Text()
        for section in load_memo():
            text.append(display.clean(section.title) + "\n", pens.style(pens.HEADING))
            for point in section.points:
                text.append(_wrapped(point, width, "– ") + "\n")
            for address in section.addresses:
                text.append(_wrapped(address, width, "  ") + "\n")
            text.append(_wrapped(f"Source : {section.source}", width, "  ") + "\n")
            if not section.verified:
                text.append("  Non vérifié.\n")
            text.append("\n")
        return text


def _wrapped(said: str, width: int, start: str) -> str:
    return start + "\n  ".join(display.wrapped(said, width - len(start)))

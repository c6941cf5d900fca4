"""Where one can go, in the guide's words: the paths that head the screens, and the menus' entries.

Plain values and texts: the first page shows them before the interface is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tui.text import display

HOME: Final = ("Accueil",)
TELETRANSMISSION: Final = (*HOME, "Télétransmission")
CANCEL: Final = (*TELETRANSMISSION, "Annuler factures transmises")
VERIFY: Final = (*TELETRANSMISSION, "Vérifier factures non validées")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu: its name in code, its letter, its label in the guide's words."""

    name: str
    letter: str
    label: str

    def line(self, here: bool) -> str:
        """How it is written; `here` marks the one that Enter opens."""
        return f"{'▸' if here else ' '} {self.letter}  {display.fit(self.label, 34)}"


HOME_ENTRIES: Final = (
    Entry("teletransmission", "T", TELETRANSMISSION[-1]),
    Entry("all", "F", "Toutes les factures"),
    Entry("import", "I", "Importer des lots envoyés (B2)"),
)

DEMO_ENTRY: Final = Entry("demo", "D", "Ouvrir la démonstration")
"""Offered by an empty practice only."""

TELETRANSMISSION_ENTRIES: Final = (
    Entry("cancel", "A", CANCEL[-1]),
    Entry("unvalidated", "V", VERIFY[-1]),
    Entry("transmit", "T", "Transmettre les factures validées"),
    Entry("returns", "R", "Relever les retours"),
    Entry("dre", "D", "Traiter les rejets de DRE"),
    Entry("known_rejections", "C", "Rejets courants"),
    Entry("overview", "B", "Bilan des rejets"),
)
"""The guide's entries (1.1, 2.1), then ours."""


def path(place: tuple[str, ...]) -> str:
    """A path as the first line of a screen has it."""
    return " › ".join(place)

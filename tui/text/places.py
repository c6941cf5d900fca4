"""Where one can go, in the guide's words: the paths that head the screens, and the menus' entries.

Plain values and texts: the first page shows them before the interface is there. A named tuple is sooner defined than
a dataclass.
"""

from __future__ import annotations

from typing import Final, NamedTuple

HOME: Final = ("Accueil",)
ALL: Final = (*HOME, "Toutes les factures")
IMPORT: Final = (*HOME, "Importer des lots envoyés (B2)")
DETAIL: Final = (*HOME, "Détail de la facture")
LIFE: Final = (*DETAIL, "Sa vie")
JOURNAL: Final = (*HOME, "Journal")
PATIENTS: Final = (*HOME, "Patients")
PATIENT: Final = (*PATIENTS, "Ses factures")
RIGHTS: Final = (*PATIENTS, "Ses droits")
LOCKED: Final = (*HOME, "Poste verrouillé")
TELETRANSMISSION: Final = (*HOME, "Télétransmission")
CANCEL: Final = (*TELETRANSMISSION, "Annuler factures transmises")
NEW_NUMBERS: Final = (*CANCEL, "Nouveaux numéros")
VERIFY: Final = (*TELETRANSMISSION, "Vérifier factures non validées")
MODIFY: Final = (*VERIFY, "Modifier")
ALIKE: Final = (*VERIFY, "Corriger pareil")
TRANSMIT: Final = (*TELETRANSMISSION, "Transmettre les factures validées")
READY: Final = (*TRANSMIT, "Factures")
LOT: Final = (*TRANSMIT, "Factures du lot")
RETURNS: Final = (*TELETRANSMISSION, "Relever les retours")
RECEIVED: Final = (*RETURNS, "Retours relevés")
ONE_RETURN: Final = (*RECEIVED, "Retour")
MONEY: Final = (*RECEIVED, "Virements")
DRE: Final = (*TELETRANSMISSION, "Traiter les rejets de DRE")
DRE_WAITING: Final = (*DRE, "Suivi")
KNOWN_REJECTIONS: Final = (*TELETRANSMISSION, "Rejets courants")
KNOWN_REJECTION: Final = (*KNOWN_REJECTIONS, "Fiche d’un rejet")
MEMO: Final = (*KNOWN_REJECTIONS, "Mémo")
FOLLOW_UP: Final = (*TELETRANSMISSION, "À relancer")
PAPERS: Final = (*TELETRANSMISSION, "Papiers")
SHEETS: Final = (*PAPERS, "Factures du lot")
OVERVIEW: Final = (*TELETRANSMISSION, "Bilan des rejets")
LESSONS: Final = (*OVERVIEW, "Enseignements")
WHEREABOUTS: Final = (*OVERVIEW, "Où est l’argent")


class Entry(NamedTuple):
    """One entry of a menu: its name in code, its letter, its label in the guide's words."""

    name: str
    letter: str
    label: str

    def line(self, here: bool) -> str:
        """How it is written; `here` marks the one that Enter opens."""
        from tui.text import display  # Rich, which `--help` does without

        return f"{'▸' if here else ' '} {self.letter}  {display.fit(self.label, 34)}"


HOME_ENTRIES: Final = (
    Entry("teletransmission", "T", TELETRANSMISSION[-1]),
    Entry("all", "F", ALL[-1]),
    Entry("patients", "P", PATIENTS[-1]),
    Entry("journal", "J", JOURNAL[-1]),
    Entry("import", "I", IMPORT[-1]),
)

DEMO_ENTRY: Final = Entry("demo", "D", "Ouvrir la démonstration")
"""Offered by an empty practice only."""

TELETRANSMISSION_ENTRIES: Final = (
    Entry("cancel", "A", CANCEL[-1]),
    Entry("unvalidated", "V", VERIFY[-1]),
    Entry("transmit", "T", TRANSMIT[-1]),
    Entry("returns", "R", RETURNS[-1]),
    Entry("dre", "D", DRE[-1]),
    Entry("follow_up", "L", FOLLOW_UP[-1]),
    Entry("papers", "P", PAPERS[-1]),
    Entry("known_rejections", "C", KNOWN_REJECTIONS[-1]),
    Entry("overview", "B", OVERVIEW[-1]),
)
"""The guide's entries (1.1, 2.1), then ours."""


STARTS: Final = {"annuler": "cancel", "verifier": "unvalidated"}
"""What `--ecran` may name, and the entry that it stands for."""


def path(place: tuple[str, ...]) -> str:
    """A path as the first line of a screen has it."""
    return " › ".join(place)

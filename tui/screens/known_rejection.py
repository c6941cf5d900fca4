"""One rejection code whole: what it means, what to ask, what to do here, and the invoices that carry it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from models.reference.rejection_entry import (
    FIELD_LABELS,
    Explanation,
    FormField,
    RejectionEntry,
    compact_code,
    display_code,
)
from models.reference.rejections import PRACTICE_FILE, our_book
from tui.base.page import Page
from tui.screens.memo import Memo
from tui.screens.transmitted import Transmitted
from tui.text import display, places
from tui.text.entries import entries

SHARES = {
    "amo": "part obligatoire, rejetée par la caisse",
    "amc": "part complémentaire, rejetée par la mutuelle ou l’assureur",
    "local": "refusée par le logiciel du cabinet, avant tout envoi",
}
"""Who rejects, in a few words."""

UNVERIFIED = "Non vérifié : une partie de cette fiche est déduite ; elle aide, elle ne bloque rien."


class KnownRejection(Page):
    """An entry of « Rejets courants »; for a code without entry, what was received and whom to ask.

    Args:
        code: blanks or not.
        label: the wording received, for a code that is unknown here.
        share: who rejected it, « amo » or « amc ».
    """

    PLACE = places.KNOWN_REJECTION
    KEYS = ("invoices", "memo", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,f4", "invoices", "Voir les factures", key_display="V/F4",
                tooltip="Voir les factures transmises qui portent ce rejet."),
        Binding("m,f6", "memo", "Mémo", key_display="M/F6",
                tooltip="Où trouver les informations, ce qu’il ne faut pas oublier."),
    ]  # fmt: skip

    def __init__(self, code: str, label: str = "", share: str = "amo") -> None:
        super().__init__()
        self.code = code
        self.label = label
        self.share = share
        self.pairs: list[tuple[str, str]] = []

    def read_again(self) -> None:
        """The entry: the practice's own may have changed."""
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        book = await self.perform(lambda: self.book)
        if book is None:
            return
        entry, known = book.get(self.code), book.explain(self.code, self.label, self.share)
        self.pairs = entry_pairs(entry) if entry else unknown_pairs(known, self.share)
        self.show_text()

    def text(self, width: int) -> Text:
        """Each part of the entry beside its word."""
        return entries(self.pairs, width, label=18)

    def action_invoices(self) -> None:
        """The sent invoices whose code it is; without blanks, so that it is looked for as one word."""
        self.app.push_screen(Transmitted(typed=compact_code(self.code)))

    def action_memo(self) -> None:
        """The memo's practical sections."""
        self.app.push_screen(Memo())


def entry_pairs(entry: RejectionEntry) -> list[tuple[str, str]]:
    """An entry as words and sentences, whole."""
    pairs = [
        (display_code(entry.code), entry.label),
        ("Rejet", f"{SHARES[entry.share]} · {'la facture' if entry.level == 'facture' else 'une ligne'}"),
        ("Famille", entry.family),
        ("", ""),
        ("Motif", entry.meaning),
        ("À demander", entry.ask),
        ("À faire ici", entry.todo),
        ("Avant de facturer", entry.before_billing),
        ("Champs", field_names(entry.fields)),
        ("", ""),
        ("Professions", ", ".join(entry.professions)),
        ("Source", entry.source),
        ("Date", display.day(entry.date)),
    ]
    kept = [(word, said) for word, said in pairs if said or not word]
    if entry.origin == "cabinet":
        kept.append(("Fiche", practice_words(entry.code)))
    if not entry.verified:
        kept.append(("Attention", UNVERIFIED))
    return kept


def unknown_pairs(known: Explanation, share: str) -> list[tuple[str, str]]:
    """What to show of a code that has no entry: what was received, and whom to ask."""
    pairs = [(known.code, known.label), ("Rejet", SHARES[share]), ("", ""), ("Motif", known.meaning)]
    pairs += [("À faire ici", known.todo), ("Champs", field_names(known.fields)), ("Source", known.source)]
    return [(word, said) for word, said in pairs if said or not word]


def practice_words(code: str) -> str:
    """That an entry is the practice's own, and what it stands in the place of."""
    ours = our_book().get(code)
    return f"fiche du cabinet ({PRACTICE_FILE}){', à la place de celle d’Accueil' if ours else ''}"


def field_names(names: tuple[FormField, ...]) -> str:
    """The form's fields by their names on the screen, the first one first."""
    return ", ".join(f"« {FIELD_LABELS[name]} »" for name in names)

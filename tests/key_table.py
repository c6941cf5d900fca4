"""README's table of keys, drawn from the screens' own bindings: `python -m tests.key_table` writes it anew."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from textual.binding import Binding

import tui.screens
from tui.app import AccueilApp
from tui.base.desk_screen import DeskScreen, key_names
from tui.base.invoice_screen import InvoiceScreen

DOCUMENT: Final = Path(__file__).resolve().parents[1] / "README.md"
BEGIN: Final = "<!-- keys: begin (make documents) -->\n"
END: Final = "<!-- keys: end -->\n"

ENGLISH: Final = {
    "Aide": "all keys of this screen",
    "Retour": "back",
    "Quitter": "leave",
    "Effacer": "begin anew",
    "Filtrer": "filter as you type",
    "Trier": "sort",
    "Colonne": "the column beside",
    "Inverser": "the other way",
    "Suivante": "the next one",
    "Précédente": "the one before",
    "DRE": "make its DRE anew",
    "Voir": "what the file holds, before it is taken",
    "Défaire": "take the return back",
    "ARL": "note the ARL of a lot",
    "Réponse": "note what a letter, a call or a statement says",
    "Autre facture": "look at another one",
    "Détail": "the whole invoice",
    "Moi": "what I did today; again: everything",
    "Facture": "the invoice that it is about",
    "Exporter": "into a file for a spreadsheet",
    "Retirer ce droit": "withdraw what was noted by mistake",
    "Vie": "all that happened to it",
    "Virement": "the transfer that paid it",
    "Virements": "its transfers",
    "Droits vus": "the rights that were seen",
    "Annuler": "cancel",
    "Relancée": "note that the payer was reminded",
    "Ôter": "take that note back",
    "Sorte": "one kind after the other",
    "Pièce": "a document that goes with it: owed, scanned, sent",
    "Noter": "the sheets went, the document took its next step",
    "Imprimer": "as PDF, and to the printer if there is one",
    "Retirer": "give it up: what it replaces waits again",
    "Classer": "put aside until a day, with a reason; or back",
    "Marquer": "mark it, for several at once",
    "Tout marquer": "mark all that the filter shows",
    "Corriger maintenant": "on to correct them",
    "Corriger et valider": "correct and validate the marked ones alike",
    "Corriger pareil": "those with the same mistake as the last one",
    "Modifier": "correct",
    "Valider": "validate",
    "Enregistrer": "save",
    "Attestation": "note the attestation that was seen",
    "Rejet": "the rejection in full",
    "Transmettre": "send",
    "Factures": "the invoices one by one",
    "Trancher": "decide on what is in doubt",
    "Reprendre": "take back, to correct",
    "Relever": "read the returns",
    "Lus": "the returns that were read",
    "Autre fichier": "another file",
    "Refaire la DRE": "make the DRE again",
    "Ouvrir": "open",
    "Suivi": "all that the complementary payers are asked",
    "Mémo": "the memo",
    "Voir les factures": "the invoices that carry it",
    "Par code": "by code",
    "Par mois": "by month",
    "Anciennes": "the oldest",
    "Enseign.": "what the practice learns from its own invoices",
    "Argent": "where every cent is that was sent",
    "Organismes": "accepted at once, by payer",
    "Praticiens": "accepted at once, by practitioner",
    "Mois": "accepted at once, by month",
    "Rejets": "what rejections cost",
    "Conseils": "advice that was set aside",
    "Fiche": "the entry of the rejection",
}
"""What each label of the bar means."""


def screens() -> list[type[DeskScreen]]:
    """Each screen, in the menus' order; one that opens from another comes after it."""
    named = [type(screen) for make in AccueilApp.SCREENS.values() if isinstance(screen := make(), DeskScreen)]
    for module in pkgutil.iter_modules(tui.screens.__path__):
        for kind in vars(import_module(f"tui.screens.{module.name}")).values():
            if isinstance(kind, type) and issubclass(kind, DeskScreen) and kind.PLACE and kind not in named:
                parents = [index for index, known in enumerate(named) if kind.PLACE[:-1] == known.PLACE]
                named.insert(parents[-1] + 1 if parents else len(named), kind)
    return named


def bindings(kind: type[DeskScreen], shared: Iterable[Binding] = ()) -> Iterator[Binding]:
    """The keys that a screen shows or explains, without those that it shares."""
    known = list(shared)
    return (binding for binding in kind.declared().values() if binding.tooltip and binding not in known)


def row(where: str, keys: Iterable[Binding]) -> str:
    """A line of the table: each key as it is written on the screen, and what it does."""
    said = (f"`{key_names(key)}` {key.description} ({ENGLISH[key.description]})" for key in keys)
    return f"| {where} | {', '.join(said)} |\n"


def table() -> str:
    """The whole table, as it stands between its two markers."""
    everywhere = list(bindings(DeskScreen))
    lists = list(bindings(InvoiceScreen, everywhere))
    lines = ["\n| where | keys |\n", "|---|---|\n", row("everywhere", everywhere), row("lists of invoices", lists)]
    for kind in screens():
        if own := list(bindings(kind, [*everywhere, *lists])):
            lines.append(row(" › ".join(kind.PLACE[-2:] if kind.PLACE[3:] else kind.PLACE[-1:]), own))
    return "".join([*lines, "\n"])


def with_table(document: str) -> str:
    """The document with the table as the screens are now; the rest as it was."""
    before, rest = document.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END)[1]


if __name__ == "__main__":
    DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")

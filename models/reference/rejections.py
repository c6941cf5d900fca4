"""The book of rejection codes: ours, with the practice's own entries over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from models.reference.rejection_entry import (
    Explanation,
    FormField,
    Rejecter,
    RejectionEntry,
    compact_code,
    display_code,
)
from models.reference.text_search import contains_all, fold
from models.reference.toml_table import ReferenceFault, load_tables, read_tables

if TYPE_CHECKING:
    from models.reference.resemblance import Resemblance, Resemblances

PRACTICE_FILE = "rejets.toml"
"""Name of the practice's own file, in its data folder."""

ALREADY_PAID = "2900"
"""How the codes « facture déjà payée » begin (mémo CPAM des orthoptistes)."""

_FOLDER = Path(__file__).parent

_WHERE_TO_ASK: dict[str, str] = {
    Rejecter.AMO: "Interroger la caisse (Espace pro, ou son service des flux tiers) avant de corriger",
    Rejecter.AMC: "Interroger la complémentaire avant de corriger",
    Rejecter.LOCAL: "Voir l’aide du logiciel de facturation ou son éditeur avant de corriger",
}


@dataclass(frozen=True, slots=True)
class RejectionFamily:
    """What the first four digits of a code are about; inferred from the codes that are known."""

    prefix: str
    label: str
    fields: tuple[FormField, ...]
    source: str
    verified: bool


class RejectionBook:
    """All that is known of rejection codes on this machine.

    Args:
        entries: In the order to show them; the last entry of a code wins, in the first one's place.
    """

    def __init__(self, entries: Iterable[RejectionEntry]) -> None:
        self._entries = {compact_code(entry.code): entry for entry in entries}

    def get(self, code: str) -> RejectionEntry | None:
        """Return the entry of a code, written « 0450 054 » or « 0450054 », or None."""
        return self._entries.get(compact_code(code))

    def all(self) -> tuple[RejectionEntry, ...]:
        """Return every entry: the memo's, our others, then the practice's."""
        return tuple(self._entries.values())

    def search(self, text: str) -> tuple[RejectionEntry, ...]:
        """Return the entries where every word of a text occurs, in a code, a word or a field's name."""
        words = tuple(fold(text).split())
        return tuple(entry for entry in self.all() if contains_all(entry.searched_text(), words))

    def explain(self, code: str, received_label: str = "", share: str = Rejecter.AMO) -> Explanation:
        """Return what to show of a rejection received; an unknown code, what was received and what that resembles.

        Args:
            code: The code received, blanks or not.
            received_label: The wording received with it.
            share: Who rejected; for an unknown code, whom to ask.

        Returns:
            A rejection of the complementary payer that names no field points to that payer's own.
        """
        found = self._explain(code, received_label.strip(), share)
        if share == Rejecter.AMC and not found.fields:
            return replace(found, fields=("amc_number", "settlement"))
        return found

    def fields_of(self, code: str, label: str, share: str) -> tuple[FormField, ...]:
        """Return the form's fields that a rejection points to, the first one first.

        Args:
            code: The code received, blanks or not.
            label: The wording received, by which an unknown code may be understood; "" to do without such guesses.
            share: Who rejected.
        """
        return self.explain(code, label, share).fields

    def _explain(self, code: str, label: str, share: str) -> Explanation:
        entry = self.get(code)
        if entry is None:
            return _unknown(code, label, share, self._resemblances.of(label, share) if label else ())
        return Explanation(
            code=entry.code,
            label=label or entry.label,
            meaning=entry.meaning,
            ask=entry.ask,
            todo=entry.todo,
            before_billing=entry.before_billing,
            fields=entry.fields,
            known=True,
            origin=entry.origin,
            verified=entry.verified,
            source=entry.source,
        )

    @cached_property
    def _resemblances(self) -> Resemblances:
        from models.reference.resemblance import Resemblances  # read at the first unknown code

        return Resemblances(self.all())


def load_book(practice_folder: Path | None) -> tuple[RejectionBook, tuple[ReferenceFault, ...]]:
    """Return the book, and what is wrong in the practice's own file.

    Args:
        practice_folder: The practice's data folder, where `rejets.toml` may be; None for our entries alone.

    Returns:
        The book, where an entry of the practice replaces ours and says `origin = "cabinet"`; and one fault
        for each entry of the practice that is left out.
    """
    ours = _our_entries()
    path = practice_folder / PRACTICE_FILE if practice_folder else None
    if path is None or not path.exists():
        return RejectionBook(ours), ()
    reading = read_tables(path, "rejection", RejectionEntry, key=_printed)
    theirs = (replace(entry, code=display_code(entry.code), origin="cabinet") for entry in reading.entries)
    return RejectionBook((*ours, *theirs)), reading.faults


@cache
def our_book() -> RejectionBook:
    """Return the book of a practice that has no entries of its own."""
    return load_book(None)[0]


def _unknown(code: str, label: str, share: str, alike: tuple[Resemblance, ...]) -> Explanation:
    family = next((f for f in _families() if share == Rejecter.AMO and compact_code(code).startswith(f.prefix)), None)
    meaning = "Code inconnu ici : seul le libellé reçu fait foi."
    where = _WHERE_TO_ASK[share]
    todo = f"{where}."
    fields = [field for one in alike for field in one.fields]
    sources = [one.source for one in alike]
    if alike:
        what = " ou ".join(f"à {one.named}" for one in alike)
        meant = " ou : ".join(one.meaning.rstrip(".") for one in alike)
        remedy = " Ou : ".join(f"{one.todo}." for one in alike)
        todo = f"Ressemble {what}, sans certitude. {remedy} Sinon, {where[0].lower()}{where[1:]}."
        meaning = f"Code inconnu ici ; un libellé voisin veut dire : {meant}. Seul le libellé reçu fait foi."
    if family:
        meaning += f" Les codes {family.prefix} connus portent sur {family.label}."
        fields += family.fields
        sources.append(family.source)
        if not alike:
            todo = f"Relire d’abord le champ indiqué. {todo}"
    return Explanation(
        code=display_code(code),
        label=label or "(libellé non reçu)",
        meaning=meaning,
        ask="",
        todo=todo,
        before_billing="",
        fields=tuple(dict.fromkeys(fields)),
        known=False,
        origin="inconnu",
        verified=False,
        source=" ; ".join(dict.fromkeys(sources)),
        resembles=tuple(one.label for one in alike),
    )


def _printed(entry: RejectionEntry) -> str:
    return display_code(entry.code)


@cache
def _our_entries() -> tuple[RejectionEntry, ...]:
    return load_tables(_FOLDER / "rejections.toml", "rejection", RejectionEntry, key=_printed)


@cache
def _families() -> tuple[RejectionFamily, ...]:
    return load_tables(_FOLDER / "families.toml", "family", RejectionFamily, key=lambda family: family.prefix)

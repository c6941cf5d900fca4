"""What is odd in a B2 file and refuses nothing: one sentence for each kind of oddity, with its first place."""

from datetime import date

from models.formats.b2.suites import DESCRIBED, free
from models.formats.errors import FormatError
from models.formats.fixed import Zones, has_letter
from models.reference.identifiers import numeric_finess


class Remarks:
    """The remarks on one file, in the order in which they were first met."""

    def __init__(self) -> None:
        """Nothing is odd yet."""
        self._first: dict[tuple[str, str], str] = {}
        self._times: dict[tuple[str, str], int] = {}
        self._amounts: list[str] = []
        self._prices: list[str] = []

    def count(self, end: Zones, name: str, found: int, what: str, also: int | None = None) -> None:
        """Compare what a counter announces with what was found; `also` is what another convention counts.

        Source of the other convention: SFG FIDES ACE v06.08, page 350, where the record 5 counts every 3x and 4x.
        """
        if end.raw(name).isspace():
            sentence = f"Le compteur est vide, le fichier contient {found} {what} ({_place(end, name)})"
            self._add(end.record.kind, f"{name} blank", sentence)
            return
        announced = end.integer(name)
        if announced == found:
            return
        how = f", {also} avec leurs suites" if also == announced else ""
        sentence = f"Le compteur annonce {announced} {what}, le fichier en contient {found}{how} ({_place(end, name)})"
        self._add(end.record.kind, f"{name} {bool(how)}", sentence)

    def amount(self, end: Zones, name: str, found: int, what: str, whose: str) -> None:
        """Compare a total in cents with that of the lines, which is the one that is taken.

        Args:
            end: the record 5 or 6.
            name: of its zone; a blank one announces nothing.
            found: the sum of the lines.
            what: which amount it is.
            whose: of which invoice or lot.
        """
        if end.raw(name).isspace():
            if found:
                self._add(end.record.kind, f"{name} blank", f"Le total de contrôle est vide ({_place(end, name)})")
        elif (announced := end.integer(name)) != found:
            figures = f"{_euros(announced)} {what}, les lignes font {_euros(found)}"
            self._amounts.append(f"Le total de contrôle annonce {figures} ({whose}, {_place(end, name)}).")

    def price(self, act: Zones, base: int, worth: int) -> None:
        """A line whose amount is not what its coefficient and its unit price make; it is taken as it is. Cents."""
        figures = f"{_euros(base)}, coefficient × prix unitaire font {_euros(worth)}"
        number = act.integer("number")
        self._prices.append(f"Ligne {act.text('code')} de {figures} (facture n° {number}, {_place(act, 'base')})")

    def day(self, zones: Zones, name: str, what: str) -> date | None:
        """A date that a file can do without; None where it is missing or no day, which is remarked."""
        try:
            found, why = zones.day_or_none(name), f"La date {what} manque"
        except FormatError:
            found, why = None, f"La date {what} « {zones.raw(name)} » n’existe pas"
        if found is None:
            self._add(zones.record.kind, name, f"{why} ({_place(zones, name)})")
        return found

    def day_or_nothing(self, zones: Zones, name: str, what: str) -> date | None:
        """A date that may be left out; one that is no day is remarked, and nothing is known of it."""
        try:
            return zones.day_or_none(name)
        except FormatError:
            return self.day(zones, name, what)

    def establishment(self, zones: Zones, name: str) -> None:
        """A Corsican establishment with its letter, where the norm wants a number (SFG FIDES ACE v06.08, page 320)."""
        number = zones.text(name)
        if not number.isdecimal() and has_letter(number):
            due = f"{number} garde la lettre de la Corse, au lieu de {numeric_finess(number)}"
            self._add(zones.record.kind, f"{name} letter", f"Le numéro {due} ({_place(zones, name)})")

    def suite(self, kind: str, line: str, number: int) -> Zones:
        """The key of a suite; whether it follows its table, or has none, is only remarked.

        Raises:
            FormatError: Its key cannot be read: it is not known whose it is.
        """
        key = free(kind).unpack(line, number)
        table = DESCRIBED.get(kind)
        if table is None:
            kept = f"L’enregistrement {kind}, dont les zones ne sont pas connues, est gardé tel quel"
            self._add(kind, "unknown", f"{kept} (enregistrement n° {number})")
            return key
        try:
            table.unpack(line, number)
        except FormatError as error:
            first, last = error.positions or (1, len(line))
            place = f"enregistrement n° {number}, type {kind}, positions {first}-{last}"
            self._add(kind, "odd", f"Une zone n’est pas un nombre, la suite est gardée telle quelle ({place})")
        return key

    def sentences(self) -> tuple[str, ...]:
        """One sentence for each kind of oddity, and how many times it was met again."""
        again = {what: times - 1 for what, times in self._times.items()}
        return tuple(
            f"{sentence}, et {again[what]} fois encore." if again[what] else f"{sentence}."
            for what, sentence in self._first.items()
        )

    def amounts(self) -> tuple[str, ...]:
        """One sentence for each total that is not that of its lines; one for the lines that are not their price."""
        again = f", et {len(self._prices) - 1} fois encore" if len(self._prices) > 1 else ""
        return (*self._amounts, *(f"{first}{again}." for first in self._prices[:1]))

    def _add(self, kind: str, oddity: str, sentence: str) -> None:
        what = (kind, oddity)
        self._first.setdefault(what, sentence)
        self._times[what] = self._times.get(what, 0) + 1


def _place(zones: Zones, name: str) -> str:
    field = zones.record.by_name[name]
    return f"enregistrement n° {zones.number}, type {zones.record.kind}, positions {field.start}-{field.end}"


def _euros(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d} €"

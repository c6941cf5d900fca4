"""What is odd in a B2 file and refuses nothing: one sentence for each kind of oddity, with its first place."""

from models.formats.b2.suites import DESCRIBED, free
from models.formats.errors import FormatError
from models.formats.fixed import Zones


class Remarks:
    """The remarks on one file, in the order in which they were first met."""

    def __init__(self) -> None:
        """Nothing is odd yet."""
        self._first: dict[tuple[str, str], str] = {}
        self._times: dict[tuple[str, str], int] = {}

    def count(self, end: Zones, name: str, found: int, what: str, also: int | None = None) -> None:
        """Compare what a counter announces with what was found; `also` is what another convention counts.

        Source of the other convention: SFG FIDES ACE v06.08, page 350, where the record 5 counts every 3x and 4x.
        """
        announced = end.integer(name)
        if announced == found:
            return
        field = end.record.by_name[name]
        how = f", {also} avec leurs suites" if also == announced else ""
        place = f"enregistrement n° {end.number}, type {end.record.kind}, positions {field.start}-{field.end}"
        sentence = f"Le compteur annonce {announced} {what}, le fichier en contient {found}{how} ({place})"
        self._add(end.record.kind, f"{name} {bool(how)}", sentence)

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

    def _add(self, kind: str, oddity: str, sentence: str) -> None:
        what = (kind, oddity)
        self._first.setdefault(what, sentence)
        self._times[what] = self._times.get(what, 0) + 1

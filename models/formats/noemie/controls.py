"""The controls 990 of a return: each closes a level, and its sum is held against what that level holds.

Source: the NOEMIE-PS layout of the public viewer of 2007 (`models/FIELD.md` §3.2), whose zones are named
« identification du niveau de rupture », « compteur du niveau inférieur », « cumul des montants de niveau
inférieur », and the first page of its cahier des charges (May 2004): a 990 totals the level that it closes
and counts the entities of the level just below. How the last one is identified, and whether movements
outside the invoices are in the sums, is not said: both are accepted.

A count that agrees with no convention is a remark. A sum that does not agree is grave: the return is read, and
a person decides on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.formats.errors import FormatError
from models.formats.fixed import Zones
from models.formats.noemie.entities import signed


def euros(cents: int) -> str:
    """An amount in a remark: « 18,79 € »."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02} €"


class Sums(NamedTuple):
    """What a return holds up to some place, or from one place to another; `paid` and `moved` in cents."""

    agents: int = 0
    payees: int = 0
    lots: int = 0
    answers: int = 0
    movements: int = 0
    paid: int = 0
    moved: int = 0

    def since(self, start: "Sums") -> "Sums":
        """What came after `start`."""
        return Sums(
            self.agents - start.agents,
            self.payees - start.payees,
            self.lots - start.lots,
            self.answers - start.answers,
            self.movements - start.movements,
            self.paid - start.paid,
            self.moved - start.moved,
        )

    @property
    def items(self) -> int:
        """How many amounts: an invoice or a movement each."""
        return self.answers + self.movements

    @property
    def amounts(self) -> tuple[int, int]:
        """The sums that a control may announce: without the movements outside the invoices, and with them."""
        return self.paid, self.paid + self.moved

    @property
    def counts(self) -> set[int]:
        """The counts that a control may announce: the entities of the level below, or the invoices."""
        below = {self.agents, self.payees, self.lots, self.movements, self.items}
        return {self.answers, *(count for count in below if count)}


@dataclass(frozen=True, slots=True)
class _Level:
    """A level that is open: what identifies it, and what the return held when it began."""

    names: frozenset[str]
    start: Sums


@dataclass(frozen=True, slots=True)
class _Control:
    """A 990 and where it stood; `levels` are those that it may close, the file last."""

    zones: Zones
    amount: int
    levels: tuple[_Level, ...]
    place: Sums

    @property
    def named(self) -> _Level | None:
        """The lot or the payee that its identification names."""
        identification = self.zones.text("identification").lstrip("0")
        return next((level for level in self.levels if identification in level.names), None)

    def closed(self, place: Sums) -> list[Sums]:
        """Where the levels begin whose sum is the one announced; the widest last."""
        return [level.start for level in self.levels if self.amount in place.since(level.start).amounts]


_FILE = _Level(frozenset(), Sums())


class Controls:
    """What came in so far, level by level, and the 990 that were met."""

    def __init__(self) -> None:
        """Start before the first entity."""
        self.sums = Sums()
        self.warnings: list[str] = []
        self.wrong: list[str] = []
        self._open: dict[int, _Level] = {0: _FILE}
        self._answer: Sums | None = None
        """Where the invoice began that is the lowest open level."""
        self._controls: list[_Control] = []
        self._amounts: list[int] = []
        self._silent = True

    def open_agent(self, number: str) -> None:
        """A 020."""
        self._begin(1, {number})
        self.sums = self.sums._replace(agents=self.sums.agents + 1)

    def open_payee(self, number: str) -> None:
        """A 040."""
        self._begin(2, {number})
        self.sums = self.sums._replace(payees=self.sums.payees + 1)

    def open_lot(self, number: int, day: date | None) -> None:
        """A 080."""
        names = {f"{number:03}"}
        if day is not None:
            names |= {f"{day:%y%m%d}{number:03}", f"{number:03}{day:%y%m%d}"}
        self._begin(3, names)
        self.sums = self.sums._replace(lots=self.sums.lots + 1)

    def _begin(self, depth: int, names: set[str]) -> None:
        """A level begins: those of its depth and below are over."""
        kept = {at: level for at, level in self._open.items() if at < depth}
        stripped = frozenset(name.lstrip("0") for name in names) - {""}
        self._open = kept | {depth: _Level(stripped, self.sums)}
        self._answer = None

    def add_answer(self, shares: Sequence[int]) -> None:
        """An invoice, with what is paid of each of its shares: the lowest level that a 990 may close."""
        self._answer = self.sums
        agents, payees, lots, answers, movements, paid, moved = self.sums
        ours = sum(shares)
        self._amounts.append(ours)
        self._silent = self._silent and not shares
        self.sums = Sums(agents, payees, lots, answers + 1, movements, paid + ours, moved)

    def add_movement(self, amount: int) -> None:
        """A 250 or a 261."""
        self._amounts.append(amount)
        self._silent = False
        self.sums = self.sums._replace(movements=self.sums.movements + 1, moved=self.sums.moved + amount)

    def take(self, zones: Zones) -> None:
        """A 990."""
        levels = tuple(self._open[depth] for depth in sorted(self._open, reverse=True))
        if self._answer is not None:
            levels = (_Level(frozenset(), self._answer), *levels)
        self._controls.append(_Control(zones, self._announced(zones), levels, self.sums))

    def _announced(self, zones: Zones) -> int:
        """The sum that a 990 announces, in cents; the amount alone where its sign cannot be read."""
        try:
            return signed(zones, "amount")
        except FormatError:
            self.wrong.append(
                f"Le signe « {zones.raw('sign')} » d’un total de contrôle 990 n’est ni P ni N"
                f" (enregistrement n° {zones.number})."
            )
            return zones.integer("amount")

    def check(self) -> tuple[int, ...]:
        """Hold every 990 against what it closes; the sums that the 999 may then announce, in cents.

        A count that agrees with no convention is a warning, a sum that is not that of its level goes to `wrong`. One
        990 may stand for the whole file; else those of its parts must together cover every amount.
        """
        required = self._required()
        whole: int | None = None
        covered: set[int] = set()
        for control in self._controls:
            ends_file = any(control is one for one in required) and control.amount in self.sums.amounts
            place = self.sums if ends_file else control.place
            starts = control.closed(place)
            if not starts:
                self._disagrees(control, required)
                continue
            if ends_file:
                whole = control.amount
            covered.update(range(starts[-1].items, place.items))
            self._count(control, [place.since(start) for start in starts])
        if not self._controls and self._silent:
            self.warnings.append("Le retour ne porte que des commentaires, sans total de contrôle 990.")
        elif not self._controls:
            self.wrong.append(f"Le total de contrôle 990 manque : le retour porte {euros(self.sums.paid)} payés.")
        elif not self.wrong and (bare := [one for at, one in enumerate(self._amounts) if one and at not in covered]):
            self.wrong.append(
                f"Le total de contrôle 990 manque pour {euros(sum(bare))} des {euros(sum(self._amounts))} du retour."
            )
        return self.sums.amounts if whole is None else (whole,)

    def _required(self) -> list[_Control]:
        """The 990 that must agree: the last that names no level and, unless it stands for the file, the last."""
        blank = [control for control in self._controls if not control.zones.text("identification")][-1:]
        if blank and blank[0].amount in self.sums.amounts:
            return blank
        return [*blank, *self._controls[-1:]]

    def _disagrees(self, control: _Control, required: list[_Control]) -> None:
        """The sum of a 990 is that of no level that it may close: both figures, of the level that it likely closes."""
        named = control.named
        if named is not None:
            paid = control.place.since(named.start).paid
        else:
            paid = (self.sums if any(control is one for one in required) else control.place).paid
        self.disagrees(control.zones, control.amount, paid)

    def disagrees(self, zones: Zones, announced: int, paid: int) -> None:
        """A 990 or a 999 announces another sum than the one that the return holds; cents."""
        self.wrong.append(
            f"Le total de contrôle {zones.record.kind} annonce {euros(announced)} payés au lieu de {euros(paid)}"
            f" (enregistrement n° {zones.number})."
        )

    def _count(self, control: _Control, found: list[Sums]) -> None:
        """The counter of a 990 whose sum is right."""
        count = control.zones.integer("counter")
        if not any(count in held.counts for held in found):
            held = found[-1]
            self.warnings.append(
                f"Le total de contrôle compte {count} entités (enregistrement n° {control.zones.number}),"
                f" et le retour porte : factures {held.answers}, lots {held.lots}, professionnels {held.payees}."
            )

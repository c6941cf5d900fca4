"""Money outside the invoices: lump payments (261, their details 262) and withholdings (250), by transfer.

Source: the NOEMIE-PS layout of the public viewer of 2007 (`models/FIELD.md` §3.2), whose 081 tells electronic
(01), paper (02), lump payments (03), recalls (04) and withholdings (05). That they belong to the transfer of
their group is ours: the layout does not link them.
"""

from dataclasses import replace

from models.formats.fixed import Zones
from models.formats.noemie import layout
from models.formats.noemie.entities import signed
from models.formats.noemie.values import Movement, Transfer

_LABEL = layout.LUMP_DETAIL.by_name["label"]
_KIND = layout.RETURN_KIND.by_name["return_kind"]


class Movements:
    """The movements of a return while its entities come in."""

    def __init__(self, practitioner: str) -> None:
        """Start with the recipient of the file, outside any group."""
        self._done: list[Movement] = []
        self._group: list[Movement] = []
        self.open_group(practitioner)

    def open_group(self, practitioner: str) -> None:
        """A 020 or 040: transfers and kinds of return of the group before are over."""
        self._done += self._group
        self._group = []
        self._practitioner = practitioner
        self._transfer: Transfer | None = None
        self._return_kind = ""

    def announce(self, transfer: Transfer) -> None:
        """A 071: also of the movements of its group that came before any transfer."""
        self._transfer = transfer
        self._group = [one if one.transfer else replace(one, transfer=transfer) for one in self._group]

    def take(self, zones: Zones) -> int:
        """A 250 or a 261; its amount in cents.

        Raises:
            FormatError: The sign of a withholding is neither P nor N.
        """
        withheld = zones.record is layout.WITHHOLDING
        amount = signed(zones, "amount") if withheld else zones.integer("amount")
        reference = zones.unless_zero("debt" if withheld else "payment_code")
        self._group.append(
            Movement(self._practitioner, self._return_kind, withheld, amount, reference, (), self._transfer)
        )
        return amount

    def describe(self, kind: str, entity: str) -> None:
        """A 081, the kind of return; or a 262, of which the label is kept for the payment before it."""
        if kind == "081":
            self._return_kind = entity[_KIND.start - 1 : _KIND.end].strip(" ")
        elif (label := entity[_LABEL.start - 1 : _LABEL.end].strip(" ")) and self._group:
            last = self._group[-1]
            self._group[-1] = replace(last, labels=(*last.labels, label))

    def found(self) -> tuple[Movement, ...]:
        """Every movement, in the order of the return."""
        return (*self._done, *self._group)

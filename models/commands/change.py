"""One unit of work: the only way in which a command writes, and it is not left without its entry in the journal.

A command reads as its own decision::

    @answers_stale
    def bill_invoice(invoice_id: int, version: int, …, author: Author) -> Billed | Refused | Stale:
        with open_change(author, Action.BILL) as change:
            invoice = change.invoice(invoice_id, version)
            if invoice.state != …:
                return Refused(…)
            invoice.signature = signature
            change.save(invoice)
            change.record(f"invoice {invoice.id}", {"signature": signature})
            return Billed(…)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from models.commands.outcomes import Stale
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.operators import why_not
from models.domain.refusals import RefusedFault
from models.store.database import rows_written, transaction
from models.store.faults import spoken
from models.store.written import Written, noting
from models.tables import journal
from models.tables.anchor import witness
from models.tables.content import row_damage
from models.tables.invoice import Invoice
from models.tables.operators import listed_operators
from models.tables.search import search_text
from models.tables.sets import Values, insert_rows, update_rows

Parameters = ParamSpec("Parameters")
Outcome = TypeVar("Outcome")


class UnrecordedChange(Exception):
    """A defect of a command: it wrote, and did not say so in exactly one entry. Nothing of it was kept."""


class TooLate(Exception):
    """The invoice has moved on since it was read: what `answers_stale` gives back as an outcome."""

    def __init__(self, outcome: Stale) -> None:
        super().__init__()
        self.outcome = outcome


class Change:
    """What one command reads, writes and tells the journal; made by `open_change` only.

    Args:
        author: who changes, and when.
        action: what the entry will say was done.
        written: the rows that are written from now on, as they come.
    """

    def __init__(self, author: Author, action: Action, written: Written) -> None:
        self._author, self._action, self._written = author, action, written
        self._touched: set[int] = set()
        self._entries: list[tuple[str, Mapping[str, object]]] = []
        self._written_before = rows_written()

    def invoice(self, invoice_id: int, version: int | None = None, *, mending: bool = False) -> Invoice:
        """The invoice as it is now.

        Args:
            invoice_id: the invoice.
            version: as it was read; None where nothing was read, or where `refuse_stale` asks later.
            mending: it is read though a value of it does not read in the base: what is written may mend it.

        Raises:
            TooLate: it is not at this version any more.
            RefusedFault: a value of it does not read in the base.
        """
        invoice: Invoice = Invoice.get_by_id(invoice_id)
        if not mending and (damaged := row_damage(invoice)):
            raise RefusedFault(damaged)
        self.refuse_stale(invoice, version)
        return invoice

    def refuse_stale(self, invoice: Invoice, version: int | None) -> None:
        """Go on only if the invoice still is at the version that was read (None: nothing was read).

        Raises:
            TooLate: it has moved on; who moved it is in the outcome.
        """
        if version is None or invoice.version == version:
            return
        changes = journal.who_changed(invoice.id, version)
        by, at, action = changes[-1] if changes else ("", "", "")
        raise TooLate(Stale(by, at, Action.of(action), invoice.version))

    def version_made(self, invoice: Invoice) -> int:
        """The version at which this change leaves an invoice that it saves."""
        return invoice.version if invoice.id in self._touched else invoice.version + 1

    def add(self, invoices: Sequence[Values]) -> list[int]:
        """Write new invoices, each given by its columns; their search text is their maker's. Their ids."""
        ids = insert_rows(Invoice, invoices)
        self._touched.update(ids)
        return ids

    def save(self, *invoices: Invoice) -> None:
        """Write changed invoices with their search text; each at its next version, once in a change.

        Raises:
            RefusedFault: a value of one stands for what does not read in the base, and would be sealed as if it did.
        """
        for invoice in invoices:
            if damaged := row_damage(invoice):
                raise RefusedFault(damaged)
            if invoice.id not in self._touched:
                invoice.version += 1
                self._touched.add(invoice.id)
            search = search_text(invoice.last_name, invoice.first_name)
            if invoice.search != search:  # else every index that holds it would be written anew
                invoice.search = search
        update_rows(Invoice, ((invoice.id, _changed(invoice)) for invoice in invoices))

    def record(self, subject: str, detail: Mapping[str, object] | None = None) -> None:
        """Say what the journal will keep of this change, once; it is sealed when the change is left.

        Args:
            subject: the document, as « invoice 12 », « batch 3 », « return 1 ».
            detail: what is worth keeping; numbers and words, no name, no NIR.
        """
        self._entries.append((subject, detail or {}))

    def seal(self) -> None:
        """Write the entry of all that was changed; nothing where nothing was.

        Raises:
            UnrecordedChange: something was written without an entry, or with several.
        """
        if not self._entries and rows_written() == self._written_before:
            return
        if len(self._entries) != 1:
            raise UnrecordedChange(f"{self._action}: {len(self._entries)} entries for what was written")
        ((subject, detail),) = self._entries
        journal.append(self._author, self._action, subject, detail, self._touched, self._written)


@contextmanager
def open_change(author: Author, action: Action) -> Iterator[Change]:
    """One transaction, left with everything written and one entry, or with nothing at all.

    A refusal is returned from inside, before anything is written.

    Args:
        author: who changes.
        action: what the journal will say was done.

    Raises:
        PracticeFault: the database refused, a document is not there, or the practice is not the one that its anchor
            knows; nothing was changed.
        RefusedFault: this person may not do this (`models.domain.operators`); nothing was changed.
        UnrecordedChange: the command wrote without exactly one entry; nothing was changed.
    """
    with spoken():
        with transaction() as alone, noting() as written:
            seen = witness(alone)
            refused = why_not(author.operator, action, listed_operators())
            if refused is not None:
                raise RefusedFault(refused)
            change = Change(author, action, written)
            yield change
            change.seal()
            seen.promise()
        seen.keep()


def answers_stale(command: Callable[Parameters, Outcome]) -> Callable[Parameters, Outcome | Stale]:
    """Let a command answer `Stale` where the invoice that it asks for has moved on."""

    @wraps(command)
    def answering(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Outcome | Stale:
        try:
            return command(*args, **kwargs)
        except TooLate as late:
            return late.outcome

    return answering


def _changed(invoice: Invoice) -> Values:
    """What was set of this row since it was read."""
    names: set[str] = invoice._dirty  # type: ignore[attr-defined]  # its public twin asks every field
    return {name: invoice.__data__[name] for name in sorted(names)}

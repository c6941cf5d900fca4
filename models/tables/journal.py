"""The journal: one entry for each committed change, chained by HMAC; who, when, what, on which documents.

An entry names documents by their internal ids, never a patient, and holds the seal of each invoice and of each other
row that it touched: what is changed behind the program's back no longer matches its last entry. The key lies in a file
beside the database, so a copy of the database alone cannot be re-chained.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from types import MappingProxyType
from typing import Final

from peewee import ForeignKeyField, TextField

from models.domain.actions import Action
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.store.database import Table, journal_key, rows
from models.tables.invoice import Invoice
from models.tables.invoice_seals import invoice_seals
from models.tables.seals import SEALED, runs
from models.tables.sets import insert_values

GENESIS: Final = "0" * 64
"""What the first entry is chained to."""

CHAIN_VERSION: Final = "1"
"""Prefix of each chained text: a later way of chaining must never verify as this one."""

_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class JournalEntry(Table):
    """One committed change. `detail` is canonical JSON; `mac` chains it to `previous`."""

    at = TextField()
    operator = TextField()
    action = TextField(index=True)
    subject = TextField(index=True)
    detail = TextField()
    previous = TextField()
    mac = TextField(unique=True)

    class Meta:
        """Peewee's settings; the indexes are those by which the journal is read."""

        indexes = ((("at", "id"), False), (("operator", "at", "id"), False))


class JournalMention(Table):
    """That an entry changed an invoice: what finds the entries of one invoice among all; its seal is in the entry."""

    entry = ForeignKeyField(JournalEntry, on_delete="RESTRICT")
    invoice = ForeignKeyField(Invoice, on_delete="RESTRICT", index=False)

    class Meta:
        """Peewee's settings."""

        table_name = "journal_mention"
        indexes = ((("invoice", "entry"), True),)


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no blanks."""
    return _CANONICAL.encode(value)


def append(
    author: Author,
    action: Action,
    subject: str,
    detail: Mapping[str, object],
    touched: Iterable[int] = (),
    written: Mapping[str, Iterable[int]] = MappingProxyType({}),
) -> JournalEntry:
    """Add the entry of the change that the current transaction makes; `models.commands.change` alone does it.

    Args:
        author: who and when.
        action: what was done.
        subject: the document, as « invoice 12 », « batch 3 », « return 1 ».
        detail: what is worth keeping; numbers and words, no name, no NIR.
        touched: ids of the invoices changed or made; their new versions and seals go into the entry.
        written: ids of the rows changed or made, by the names of their tables; those that are sealed one by one are.

    Raises:
        PracticeFault: the practice's key is missing.
    """
    if not journal_key():
        raise PracticeFault(
            "La clé du journal manque à côté de la base : rien n’a été enregistré ; remettez le fichier .cle en place."
        )
    seals = invoice_seals(touched)
    sealed = {name: runs(SEALED[name].sealed(ids)) for name, ids in sorted(written.items()) if name in SEALED}
    whole = {**detail, "invoices": [[key, *seals[key]] for key in sorted(seals)], "rows": sealed}
    last = JournalEntry.select(JournalEntry.mac).order_by(JournalEntry.id.desc()).tuples().first()
    entry = JournalEntry(
        at=author.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        operator=author.operator,
        action=action.value,
        subject=subject,
        detail=canonical(whole),
        previous=last[0] if last else GENESIS,
    )
    entry.mac = entry_mac(entry.previous, entry.at, entry.operator, entry.action, entry.subject, entry.detail)
    entry.save(force_insert=True)
    insert_values(JournalMention, ("entry", "invoice"), [(entry.id, invoice_id) for invoice_id in sorted(seals)])
    return entry


def key_fits() -> bool:
    """Whether the key in use sealed this practice's journal; an empty journal fits any key.

    One sealed end is enough: a journal that was tampered with is `broken_links`' to tell, not a wrong key.
    """
    first = JournalEntry.select().order_by(JournalEntry.id).first()
    last = JournalEntry.select().order_by(JournalEntry.id.desc()).first()
    return first is None or any(map(_is_whole, (first, last)))


def _is_whole(entry: JournalEntry) -> bool:
    try:
        mac = entry_mac(entry.previous, entry.at, entry.operator, entry.action, entry.subject, entry.detail)
        return hmac.compare_digest(entry.mac, mac)
    except TypeError:  # a value of it is no text
        return False


def entry_mac(*said: str) -> str:
    """What seals an entry: the seal before it, moment, operator, action, subject, detail."""
    text = "\x1f".join((CHAIN_VERSION, *said))
    return hmac.new(journal_key(), text.encode(), hashlib.sha256).hexdigest()


def is_sealed() -> bool:
    """Whether the rows that are sealed one by one are: from the first entry on, or from when a version came that does.

    Where there is no entry yet, nothing stands that could be sealed.
    """
    first = JournalEntry.select(JournalEntry.detail).order_by(JournalEntry.id).limit(1).tuples().first()
    if first is None or '"rows":' in str(first[0]):
        return True
    return bool(JournalEntry.select().where(JournalEntry.action == Action.SEAL_ROWS.value).exists())


def who_changed(invoice_id: int, since_version: int) -> list[tuple[str, str, str]]:
    """Who changed this invoice after `since_version`: operator, moment (UTC, ISO), action; oldest first."""
    entries = (
        JournalEntry.select(JournalEntry.operator, JournalEntry.at, JournalEntry.action, JournalEntry.detail)
        .join(JournalMention)
        .where(JournalMention.invoice == invoice_id)
        .order_by(JournalEntry.id)
    )
    changes = []
    for operator, at, action, detail in rows(entries):
        if any(key == invoice_id and version > since_version for key, version in _versions(detail)):
            changes.append((operator, at, action))
    return changes


def _versions(detail: str) -> list[tuple[int, int]]:
    """The invoices that an entry names, each with its version; none where the entry does not read."""
    try:
        return [(key, version) for key, version, _ in json.loads(detail)["invoices"]]
    except (ValueError, LookupError, TypeError):
        return []

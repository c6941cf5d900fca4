"""The journal: one entry for each committed change, chained by HMAC; who, when, what, on which documents.

An entry names documents by their internal ids, never a patient, and holds a digest of each invoice that it
touched: a row changed behind the program's back no longer matches its last entry. The key lies in a file beside
the database, so a copy of the database alone cannot be re-chained.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Final

from peewee import Field, ForeignKeyField, TextField

from models.domain.actions import Action
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.store.database import A_SET, Table, journal_key, rows, rows_among
from models.tables.fields import Columns
from models.tables.invoice import Act, Invoice
from models.tables.sets import insert_rows

GENESIS: Final = "0" * 64
"""What the first entry is chained to."""

CHAIN_VERSION: Final = "1"
"""Prefix of each chained text: a later way of chaining must never verify as this one."""

_UNSEALED: Final = frozenset({"id", "search", "desk_rank", "version"})

LATER: Final[frozenset[str]] = frozenset()
"""The columns of invoices and acts that came after the first practices: where they hold nothing, they seal nothing, so
that what was sealed before them still holds."""

_INVOICE_COLUMNS: Final = [field for field in Invoice._meta.sorted_fields if field.name not in _UNSEALED]
_ACT_COLUMNS: Final = [field for field in Act._meta.sorted_fields if field.name != "id"]
_OF_INVOICES: Final = Columns("i", _INVOICE_COLUMNS)
_OF_ACTS: Final = Columns("a", _ACT_COLUMNS)
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


def invoice_digests(
    ids: Iterable[int], progress: Callable[[int, int], None] | None = None
) -> dict[int, tuple[int, str]]:
    """For each invoice, its version and the digest of all that the journal seals of it and of its acts.

    Args:
        ids: the invoices.
        progress: called with (invoices done, invoices in all).
    """
    wanted = sorted(set(ids))
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(wanted), A_SET):
        found.update(_digests(wanted[start : start + A_SET]))
        if progress:
            progress(min(start + A_SET, len(wanted)), len(wanted))
    return found


def _digests(ids: list[int]) -> dict[int, tuple[int, str]]:
    acts: dict[int, list[object]] = {identifier: [] for identifier in ids}
    lines = f"SELECT {_OF_ACTS.sql} FROM act a WHERE a.invoice_id IN ({{set}})"  # noqa: S608
    for line in rows_among(f"{lines} ORDER BY a.invoice_id, a.removed_in, a.position", ids):
        acts[line[0]].append(_sealed(_ACT_COLUMNS, _OF_ACTS.stored(line)))
    invoices = f"SELECT i.id, i.version, {_OF_INVOICES.sql} FROM invoice i WHERE i.id IN ({{set}})"  # noqa: S608
    return {
        identifier: (version, _digest([_sealed(_INVOICE_COLUMNS, _OF_INVOICES.stored(row)), acts[identifier]]))
        for identifier, version, *row in rows_among(invoices, ids)
    }


def _digest(sealed: object) -> str:
    return hashlib.sha256(canonical(sealed).encode()).hexdigest()[:32]


def _sealed(columns: Sequence[Field], row: list[object]) -> list[object]:
    """What the seal of a row holds: each column in its order, then what the later ones say."""
    if not LATER:
        return row
    named = list(zip((column.name for column in columns), row, strict=True))
    later = {name: value for name, value in named if name in LATER and value not in (None, "", 0)}
    return [value for name, value in named if name not in LATER] + ([later] if later else [])


def append(
    author: Author, action: Action, subject: str, detail: Mapping[str, object], touched: Iterable[int] = ()
) -> JournalEntry:
    """Add the entry of the change that the current transaction makes; `models.commands.change` alone does it.

    Args:
        author: who and when.
        action: what was done.
        subject: the document, as « invoice 12 », « batch 3 », « return 1 ».
        detail: what is worth keeping; numbers and words, no name, no NIR.
        touched: ids of the invoices changed or made; their new versions and digests go into the entry.

    Raises:
        PracticeFault: the practice's key is missing.
    """
    if not journal_key():
        raise PracticeFault(
            "La clé du journal manque à côté de la base : rien n’a été enregistré ; remettez le fichier .cle en place."
        )
    digests = invoice_digests(touched)
    whole = {**detail, "invoices": [[key, *digests[key]] for key in sorted(digests)]}
    last = JournalEntry.select(JournalEntry.mac).order_by(JournalEntry.id.desc()).tuples().first()
    entry = JournalEntry(
        at=author.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        operator=author.operator,
        action=action.value,
        subject=subject,
        detail=canonical(whole),
        previous=last[0] if last else GENESIS,
    )
    entry.mac = _mac(entry)
    entry.save(force_insert=True)
    insert_rows(JournalMention, [{"entry": entry.id, "invoice": invoice_id} for invoice_id in sorted(digests)])
    return entry


def key_fits() -> bool:
    """Whether the key in use sealed this practice's journal; an empty journal fits any key.

    One sealed end is enough: a journal that was tampered with is `broken_links`' to tell, not a wrong key.
    """
    first = JournalEntry.select().order_by(JournalEntry.id).first()
    last = JournalEntry.select().order_by(JournalEntry.id.desc()).first()
    return first is None or any(hmac.compare_digest(entry.mac, _mac(entry)) for entry in (first, last))


def _mac(entry: JournalEntry) -> str:
    text = "\x1f".join(
        (CHAIN_VERSION, entry.previous, entry.at, entry.operator, entry.action, entry.subject, entry.detail)
    )
    return hmac.new(journal_key(), text.encode(), hashlib.sha256).hexdigest()


def broken_links() -> Iterator[str]:
    """One French sentence for each entry of the chain that does not hold; nothing where all do."""
    if not journal_key():
        yield "La clé du journal manque à côté de la base : remettez le fichier .cle en place pour vérifier le journal."
        return
    previous = GENESIS
    for entry in JournalEntry.select().order_by(JournalEntry.id).iterator():
        if entry.previous != previous:
            yield f"Journal, entrée {entry.id} : elle ne suit pas la précédente (entrée ôtée ou déplacée)."
        elif not hmac.compare_digest(entry.mac, _mac(entry)):
            yield f"Journal, entrée {entry.id} : son sceau ne correspond plus à son contenu."
        previous = entry.mac


def last_versions() -> tuple[dict[int, tuple[int, str]], list[str]]:
    """What the journal last says of each invoice (version, digest), and the versions that it skips."""
    known: dict[int, tuple[int, str]] = {}
    faults: list[str] = []
    for identifier, detail in rows(JournalEntry.select(JournalEntry.id, JournalEntry.detail).order_by(JournalEntry.id)):
        for invoice, version, digest in json.loads(detail).get("invoices", ()):
            expected = known.get(invoice, (0, ""))[0] + 1
            if version != expected:
                faults.append(
                    f"Journal, entrée {identifier} : facture {invoice} en version {version} au lieu de {expected}."
                )
            known[invoice] = (version, digest)
    return known, faults


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
        versions = {key: version for key, version, _ in json.loads(detail)["invoices"]}
        if versions.get(invoice_id, 0) > since_version:
            changes.append((operator, at, action))
    return changes

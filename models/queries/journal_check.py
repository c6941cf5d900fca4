"""Verifier the journal: its chain, entry by entry, and what it last said of each invoice and of each other row."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from models.store.database import execute, journal_key
from models.store.salvage import Hole, Row, readable
from models.tables.journal import CHAIN_VERSION, GENESIS
from models.tables.seals import GONE, SEALED, in_runs

Told = Callable[[int], None]

BACKWARDS: Final = timedelta(minutes=1)
"""How far an entry may be dated before the one that precedes it: the clocks of two desks never agree to the second."""


@dataclass(slots=True)
class Sealed:
    """What the journal last said, as far as it was read: of each invoice its version and seal; of each row its seal."""

    since: int = 0
    """The last entry before those that are read; 0: all are."""
    invoices: dict[int, tuple[int, str]] = field(default_factory=dict)
    rows: dict[str, dict[int, str]] = field(default_factory=lambda: {name: {} for name in SEALED})
    entries: int = 0
    mentions: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Of each entry that names invoices, how many, and the sum of their ids."""


def last_entry_before(day: date) -> int:
    """The last entry of the journal before a day of the practice; 0 where there is none."""
    midnight = datetime.combine(day, time.min).astimezone(UTC).isoformat(timespec="milliseconds")
    return int(execute("SELECT coalesce(max(id), 0) FROM journal_entry WHERE at < ?", (midnight,)).fetchone()[0])


def journal_breaches(sealed: Sealed, told: Told | None = None) -> Iterator[str]:
    """The entries that do not hold, or do not read; `sealed` is filled on the way.

    Args:
        sealed: to be filled.
        told: called with how many entries were read.
    """
    since = sealed.since
    if not journal_key():
        yield "La clé du journal manque à côté de la base : remettez le fichier .cle en place pour vérifier le journal."
    chain = _Chain(since)
    for some in readable("journal_entry", lambda after, count: _entries(max(after, since), count)):
        if isinstance(some, Hole):
            to = "" if some.last == some.first else f" à {some.last}" if some.last else " et les suivantes"
            yield f"Entrée {some.first}{to} du journal : illisible, page abîmée ; restaurez la dernière sauvegarde."
            chain.previous = None
            continue
        for entry in some:
            if journal_key() and (fault := chain.fault(entry)):
                yield fault
            yield from _take(sealed, entry[0], entry[5], whole=not since)
        sealed.entries += len(some)
        if told:
            told(len(some))


def _entries(after: int, count: int) -> list[Row]:
    return list(execute(_ENTRIES, (after, count)).fetchall())


_ENTRIES: Final = (
    "SELECT id, at, operator, action, subject, detail, previous, mac FROM journal_entry"
    " WHERE id > ? ORDER BY id LIMIT ?"
)


class _Chain:
    """The chain, followed entry by entry: one key, copied for each."""

    def __init__(self, since: int) -> None:
        self._key = hmac.new(journal_key(), digestmod=hashlib.sha256)
        self.previous: str | None = GENESIS
        """The seal of the entry before; None where that one could not be read."""
        if since:
            found = execute("SELECT mac FROM journal_entry WHERE id = ?", (since,)).fetchone()
            self.previous = found[0] if found else None

    def fault(self, entry: Row) -> str | None:
        """What is wrong with the entry after the one before, or nothing."""
        row_id, at, operator, action, subject, detail, previous, mac = entry
        before, self.previous = self.previous, mac
        if before is not None and previous != before:
            return f"Entrée {row_id} du journal : elle ne suit pas la précédente (entrée ôtée ou déplacée)."
        seal = self._key.copy()
        try:
            seal.update("\x1f".join((CHAIN_VERSION, previous, at, operator, action, subject, detail)).encode())
            holds = hmac.compare_digest(mac.encode(), seal.hexdigest().encode())
        except (TypeError, AttributeError):  # a value of it is no text
            holds = False
        if not holds:
            return f"Entrée {row_id} du journal : son sceau ne correspond plus à son contenu."
        return None


def _take(sealed: Sealed, entry: int, detail: str, *, whole: bool) -> Iterator[str]:
    """Note what an entry says of its invoices and rows; a version that it skips, or that it does not read."""
    try:
        said: dict[str, Any] = json.loads(detail)
        invoices = [(int(invoice), int(version), str(seal)) for invoice, version, seal in said.get("invoices", ())]
        rows = {name: dict(in_runs(runs)) for name, runs in said.get("rows", {}).items() if name in sealed.rows}
    except (ValueError, TypeError, AttributeError, KeyError):
        what = "son détail (colonne detail) ne se lit pas ; restaurez la dernière sauvegarde."
        yield f"Entrée {entry} du journal : {what}"
        return
    known = sealed.invoices
    for invoice, version, seal in invoices:
        expected = known[invoice][0] + 1 if invoice in known else 1 if whole else version
        if version != expected:
            yield f"Entrée {entry} du journal : facture {invoice} en version {version} au lieu de {expected}."
        known[invoice] = (version, seal)
    if invoices:
        sealed.mentions[entry] = len(invoices), sum(invoice for invoice, _, _ in invoices)
    for name, seals in rows.items():
        sealed.rows[name].update(seals)
        for row_id in [row_id for row_id, seal in seals.items() if seal == GONE]:
            del sealed.rows[name][row_id]


def mention_breaches(sealed: Sealed) -> Iterator[str]:
    """What finds the entries of an invoice (`journal_mention`) is what the entries say."""
    counted = "SELECT entry_id, count(*), sum(invoice_id) FROM journal_mention WHERE entry_id > ? GROUP BY entry_id"
    found = {entry: (count, int(total)) for entry, count, total in execute(counted, (sealed.since,)).fetchall()}
    for entry in sorted(found.keys() | sealed.mentions.keys()):
        if found.get(entry) != sealed.mentions.get(entry):
            yield f"Table journal_mention, entrée {entry} : elle ne nomme pas les factures de cette entrée du journal."


def clock_remarks() -> Iterator[str]:
    """The entries that are dated before the one that precedes them: a clock that went back."""
    for row_id, at, before in execute(_BACKWARDS).fetchall():
        try:
            now, then = datetime.fromisoformat(at), datetime.fromisoformat(before)
        except ValueError:
            continue
        if then - now > BACKWARDS:
            yield (
                f"Entrée {row_id} du journal : datée du {now.astimezone():%d/%m/%Y %H:%M}, avant celle qui la précède"
                f" ({then.astimezone():%d/%m/%Y %H:%M}) ; l’horloge d’un poste a reculé, réglez-la."
            )


_BACKWARDS: Final = (
    "SELECT id, at, before FROM (SELECT id, at, lag(at) OVER (ORDER BY id) AS before FROM journal_entry) AS dated"
    " WHERE at < before ORDER BY id"
)

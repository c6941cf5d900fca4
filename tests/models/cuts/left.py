"""What is wrong with a practice that was cut, whatever it was cut by: nothing, as all of it is promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from sqlcipher3.dbapi2 import DatabaseError

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.settle_lot import settle_doubt
from models.commands.transmit import transmit_all
from models.domain.actions import Action
from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault
from models.domain.lists import ListName
from models.domain.place import Practice, exists
from models.domain.refusals import Refused
from models.formats.b2.read import read_b2
from models.practice import close_practice, open_practice
from models.queries.invoice_row import ListView
from models.queries.lots import own_lots
from models.queries.verification import breaches
from models.queries.windows import page
from models.store.backup import base_key, check_files, read_manifest
from models.store.cipher import connect
from models.store.cipher_keys import keys_in
from models.store.database import execute, journal_key
from models.store.outbox import LOT_FILE, digest_of
from tests.models.practice import SOPHIE

Said = Sequence[Sequence[Any]]

BEGIN: Final = ("begin",)
"""The flows of which nothing may be there yet."""


def wrong(practice: Practice, said: Said, *, create: bool, was_sent: bool) -> list[str]:
    """What is wrong, in what is found there and in what is done next.

    Args:
        practice: where it was; closed.
        said: what was acknowledged.
        create: whether nothing may be there yet.
        was_sent: what is decided on a lot in doubt.
    """
    try:
        if said and create and not exists(practice):
            return ["the practice that was acknowledged is not there"]
        open_practice(practice, create=create)
        found = [*breaches(practice), *_lost(practice, said)]
        goes_on = [*_goes_on(practice, said, was_sent)] if not found else []
        return found + goes_on
    except PracticeFault as fault:
        return [f"fault: {fault}"]
    finally:
        close_practice()


def _lost(practice: Practice, said: Said) -> Iterator[str]:
    """What was acknowledged and is not there."""
    restored = bool(execute("SELECT 1 FROM journal_entry WHERE action = ?", (Action.RESTORE,)).fetchone())
    last: dict[str, Sequence[Any]] = {}
    for one in said:
        last[one[0]] = one
    after = len(said)
    if "restored" in last:
        after = [one[0] for one in said].index("restored")
        if not restored:
            yield "restored, and the base of before is there"
    for kind, *more in said[after:] if "restored" in last else () if restored else said:
        if not more:
            continue
        entry, seal, *shown = more
        held = execute("SELECT mac FROM journal_entry WHERE id = ?", (entry,)).fetchone()
        if entry and (held is None or held[0] != seal):
            yield f"{kind}: its entry {entry} is lost"
        yield from _not_as_shown(practice, kind, shown)
    if "key changed" in last:
        key = base_key()
        known = [held.secret for held in keys_in(practice.cipher_file)]
        newest = last["key changed"][3]
        if len(known) < newest or key is None or key.secret not in known[: len(known) - newest + 1]:
            yield "a key of before opens the base"


def _not_as_shown(practice: Practice, kind: str, shown: Sequence[Any]) -> Iterator[str]:
    if kind == "sent":
        number, name = shown
        kept = "SELECT status, content_hash FROM batch WHERE file_name = ? AND origin = 'own'"
        state, digest = execute(kept, (name,)).fetchone() or (None, "")
        if state != LotStatus.SENT:
            yield f"lot {number} was sent, and is {state}"
        file = practice.outbox / name
        if not file.exists() or digest_of(file) != digest:
            yield f"lot {number} was sent, and its file is not there whole"
    elif kind == "cancelled":
        bearing = execute("SELECT count(*) FROM invoice WHERE number = ? AND origin = 'own'", (shown[0],)).fetchone()
        if bearing[0] != 1:
            yield f"number {shown[0]} is borne by {bearing[0]}"
    elif kind == "backed up":
        copy = Path(shown[0])
        try:
            check_files(copy, read_manifest(copy, journal_key()))
        except PracticeFault as fault:
            yield f"the copy: {fault}"
    elif kind == "restored":
        if not (Path(shown[0]) / "cabinet.db").is_file():
            yield "the base of before is not kept"
    elif kind == "updated":
        yield from (f"{copy}: not whole" for copy in shown if not _whole(practice, Path(copy)))
    elif kind == "purged":
        yield from (f"{path}: it was taken away" for path in shown if Path(path).exists())


def _whole(practice: Practice, copy: Path) -> bool:
    """Whether the copy that was made before an update is there, and sound."""
    if not copy.is_file():
        return False
    try:
        with closing(connect(str(copy), keys_in(practice.cipher_file)).connection) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    except DatabaseError:
        return False


def _goes_on(practice: Practice, said: Said, was_sent: bool) -> Iterator[str]:
    """What is wrong once the desk goes on: lots in doubt are decided on, something is cancelled, what waits leaves."""
    waiting = own_lots(LotStatus.IN_DOUBT)
    for lot in waiting:
        if lot.owner:
            yield f"lot {lot.number} is being written by {lot.owner}, who is no more"
        outcome = settle_doubt(lot.id, was_sent and (practice.outbox / lot.file_name).exists(), practice.outbox, SOPHIE)
        if isinstance(outcome, Refused):
            yield f"lot {lot.number} in doubt: {outcome}"
    borne = {number for (number,) in execute("SELECT number FROM invoice").fetchall()}
    gone = {one[3] for one in said if one[0] == "cancelled"} - borne
    for row in page(ListView(ListName.CANCELLABLE), None, 1):
        cancelled = cancel_invoice(row.id, None, SOPHIE)
        if isinstance(cancelled, Cancelled) and cancelled.new_number in gone:
            yield f"number {cancelled.new_number} was given before"
    if waiting:
        with suppress(PracticeFault):
            transmit_all(practice.outbox, SOPHIE)
        yield from breaches(practice)
    yield from _twice(practice)


def _twice(practice: Practice) -> Iterator[str]:
    """Invoices in two files that may leave."""
    live = Counter[tuple[str, str, int]]()
    for file in sorted(practice.outbox.glob("*")):
        if named := LOT_FILE.fullmatch(file.name):
            for lot in read_b2(file.read_bytes()).lots:
                live.update((invoice.practitioner, named[2], invoice.number) for invoice in lot.invoices)
    yield from (f"invoice {number} in {many} lots" for (_, _, number), many in live.items() if many > 1)

"""The open practice held against its anchor: whether it is the one that was left, no older copy and no other's."""

from __future__ import annotations

import hmac
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from models.domain.anchor import LOTS, UNUSED, Kept, Mark
from models.domain.faults import PracticeFault, Remedy
from models.store.anchor_file import Anchor
from models.store.database import anchor, db, execute, is_sqlite, reread
from models.store.outbox import LOT_FILE

_ENDS: Final = (
    "SELECT id, mac, at FROM journal_entry"
    " WHERE id IN ((SELECT min(id) FROM journal_entry), (SELECT max(id) FROM journal_entry)) ORDER BY id"
)


def standing() -> Mark:
    """Where the open practice stands, in this transaction."""
    ends = execute(_ENDS).fetchall()
    series: dict[str, int] = {}
    for name, number in execute("SELECT name, last FROM counter ORDER BY id").fetchall():
        series[name] = number if name.startswith(LOTS) else max(number, series.get(name, 0))
    if not ends:
        return Mark(0, "", "", "", series)
    (_, first, _), (entry, seal, at) = ends[0], ends[-1]
    return Mark(entry, seal, at, first, series)


class Witness:
    """What the anchor is told of one change: where it leads before it is committed, that it got there after."""

    def __init__(self, kept_by: Anchor | None, before: Mark) -> None:
        self._anchor, self._before = kept_by, before
        self._coming: Mark | None = None

    def promise(self) -> None:
        """At the end of the transaction: say where it leads.

        Raises:
            PracticeFault: the anchor cannot be written, so the change must not be made.
        """
        if self._anchor is None:
            return
        coming = standing()
        if coming != self._before:
            self._anchor.promise(self._before, coming, lasting=coming.series != self._before.series)
            self._coming = coming

    def keep(self) -> None:
        """After the commit: say that it got there; where that cannot be written, what was promised holds."""
        if self._anchor is not None and self._coming is not None:
            with suppress(OSError, PracticeFault):
                self._anchor.keep(self._coming)


def witness(alone: bool) -> Witness:
    """Hold the practice against its anchor, at the beginning of a transaction.

    Args:
        alone: whether it is inside no other, which tells of the whole.

    Raises:
        PracticeFault: it is not the one that was left, or has no anchor any more.
    """
    kept_by = anchor()
    if kept_by is None or not alone:
        return Witness(None, UNUSED)
    reread()  # a file that was written over under an open desk would be read as it was before
    before = standing()
    kept = kept_by.read()
    if kept is None:
        raise _missing(kept_by)
    known = _last_known(kept, before)
    if not before.gave_all_of(known):
        raise PracticeFault(_what_it_is(known, before), Remedy.RESTORE)
    return Witness(kept_by, before)


def hold_to_anchor(outbox: Path, *, since_anchors: bool) -> None:
    """Refuse the practice that was just opened if it is not the one that was left; give one of before its first.

    Args:
        outbox: where its lots are written: what left from there, an older copy does not know.
        since_anchors: whether its tables are of a version that has an anchor.

    Raises:
        PracticeFault: it is older, another's or empty; or its anchor is missing, or cannot be read.
    """
    kept_by = anchor()
    if kept_by is None:
        return
    now = standing()
    kept = kept_by.read()
    if kept is not None:
        _last_known(kept, now)
    elif since_anchors and is_sqlite():
        raise _missing(kept_by)
    else:
        _refuse_older_than(outbox)
        with suppress(OSError):  # a practice that cannot be written is read; a change will say so
            kept_by.make(now)


def _last_known(kept: Kept, now: Mark) -> Mark:
    """The last of what the anchor knows that the journal holds too.

    Raises:
        PracticeFault: it holds nothing of it: the base is older, another's or empty.
    """
    for mark in (kept.coming, kept.done):
        if mark is not None and _holds(mark, now):
            return mark
    raise PracticeFault(_what_it_is(kept.done, now), Remedy.RESTORE)


def _holds(mark: Mark, now: Mark) -> bool:
    """Whether the journal holds the entry up to which the practice had come."""
    if mark.entry in (0, now.entry):
        return hmac.compare_digest(mark.seal, now.seal) or not mark.entry
    found = execute("SELECT mac FROM journal_entry WHERE id = ?", (mark.entry,)).fetchone()
    return found is not None and hmac.compare_digest(found[0], mark.seal)


def _what_it_is(known: Mark, now: Mark) -> str:
    base = "La base du cabinet" if not is_sqlite() else f"La base « {db.obj.database} »"
    if not now.entry:
        return f"{base} est vide, et ce cabinet a enregistré {known.entry} changements, le dernier {_when(known)}"
    if now.first != known.first:
        return f"{base} est celle d’un autre cabinet"
    if now.entry < known.entry:
        missing = known.entry - now.entry
        many = f"{missing} changement{'s' if missing > 1 else ''}"
        return f"{base} est une copie ancienne : elle s’arrête {_when(now)}, {many} avant le cabinet ({_when(known)})"
    return f"{base} n’est pas celle qui fut quittée {_when(known)} : c’est une autre copie, ou elle a été retouchée"


def _when(mark: Mark) -> str:
    """When the last entry was written, in this place's time."""
    if not mark.at:
        return "avant tout changement"
    return f"{datetime.fromisoformat(mark.at).astimezone():le %d/%m/%Y à %H h %M}"


def _missing(kept_by: Anchor) -> PracticeFault:
    return PracticeFault(f"L’ancre « {kept_by.path} » manque : rien ne dit si la base est la dernière", Remedy.RESTORE)


def _refuse_older_than(outbox: Path) -> None:
    """Before the first anchor: lots that left from here and that the practice does not know say that it is older.

    Raises:
        PracticeFault: there are some.
    """
    try:
        left = [path.name for path in outbox.iterdir() if LOT_FILE.fullmatch(path.name)]
    except OSError:
        return
    known = {name for (name,) in execute("SELECT file_name FROM batch WHERE origin = 'own'").fetchall()}
    if unknown := sorted(name for name in left if name not in known):
        raise PracticeFault(
            f"La base du cabinet ne connaît pas le lot « {outbox / unknown[0]} » : c’est une copie ancienne",
            Remedy.RESTORE,
        )

"""Restaurer: a copy in the place of the base, beyond whatever may have left since; the base of before is kept aside.

The copy is made a practice of its own first, in a folder beside the real one: checked, brought up to date, its counters
moved beyond every number that anything gave, in one change with its entry. Only then it takes the base's name
(`models.store.swap`), so that a kill at any moment leaves the one or the other.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from models.commands.change import open_change
from models.commands.records import set_state
from models.domain.actions import Action
from models.domain.anchor import LOTS, NOWHERE, UNUSED, Mark
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.domain.place import Practice
from models.domain.states import InvoiceKind, InvoiceState, Origin
from models.practice import close_practice, open_practice
from models.queries.backups import last_backup
from models.queries.journal_check import Sealed, journal_breaches
from models.store.anchor_file import Anchor, TakenOver
from models.store.backup import SERVER_COPY, SQLITE_COPY, backups_in, base_key, check_files, read_manifest
from models.store.backup_rule import read_backup_rule
from models.store.cipher import HeldKey
from models.store.cipher_keys import hold_keys, keys_at_hand, keys_in
from models.store.database import db, execute, rows
from models.store.faults import spoken
from models.store.file_faults import spoken_files
from models.store.long_statement import looked_at
from models.store.sqlite_file import wal_is_safe
from models.store.swap import swap
from models.store.traces import LeftLot, Traces, traces_of
from models.store.whole_file import write_whole
from models.tables.anchor import standing
from models.tables.content import row_damage
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.numbering import SERIES, jump_above, jump_lots

_STEPS: Final = 4
"""Of making a copy ready: its files, the copy of it, its pages, its journal."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """An invoice to look at: it left, or may have, and the copy does not know it.

    `lot` is None where nothing says more than that lots left after the copy; `known`: whether the copy has the invoice.
    """

    number: int
    kind: InvoiceKind
    lot: LeftLot | None
    known: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A copy that is ready to be put in place, open; what will be said of it."""

    practice: Practice
    draft: Practice
    copy: Path | None
    """None on a server: the base as it was put back there."""
    mark: Mark
    """How far the copy has come."""
    traces: Traces
    lots: tuple[LeftLot, ...]
    """Those that left after the copy."""
    suspects: tuple[Suspect, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """It is in place. `aside` is where the base of before is kept; None where there was none."""

    aside: Path | None
    numbers: dict[str, int]
    """What was jumped over: the last number that may have been given, by series."""
    reopened: int
    """Invoices that were taken back among the unvalidated ones, so that none leaves again unseen."""


def preparing(
    practice: Practice, copy: Path | None, key_file: Path | None, progress: Step | None = None
) -> AbstractContextManager[Plan]:
    """Check a copy and make it ready beside the practice; open inside the block, and swept away after it.

    Args:
        practice: where it is to be restored.
        copy: the folder of a backup, or a base; None: the newest backup that is found. On a server None, the base that
            was put back there is taken as it stands.
        key_file: the journal's key, where it does not lie beside the practice any more.
        progress: called with (steps done, in all).

    Raises:
        PracticeFault: there is no copy, it is damaged, or of another practice; nothing was changed.
        GivenUp: raised by `progress`; nothing was changed.
    """
    if not practice.on_server:
        return _beside(practice, copy, key_file, progress or _untold)
    if copy is not None:
        raise PracticeFault("Sur un serveur, la base se remet d’abord avec pg_restore : ne nommez pas de copie ici.")
    return _as_it_stands(practice, progress or _untold)


def _untold(done: int, total: int) -> None:
    """Nobody is told how far it is."""


@contextmanager
def _as_it_stands(practice: Practice, step: Step) -> Iterator[Plan]:
    """The base that was put back on the server, taken over: its anchor asks nothing of it, and learns of it."""
    opened = open_practice(practice, anchored=False)
    try:
        with spoken():
            key = opened.database.journal_key
            if not key:
                raise PracticeFault(f"La clé du cabinet manque (« {practice.key_file} ») : remettez-la en place.")
            _check_chain(step)
            traces = traces_of(practice, key)
            before = traces.anchored.done if traces.anchored else NOWHERE
            opened.database.anchor = TakenOver(practice.anchor_file, key, before, standing())
            yield _plan(practice, practice, None, traces)
    finally:
        close_practice()


@contextmanager
def _beside(practice: Practice, copy: Path | None, key_file: Path | None, step: Step) -> Iterator[Plan]:
    close_practice()
    chosen = copy.absolute() if copy is not None else _newest(practice)
    key = _key(practice, chosen, key_file)
    step(0, _STEPS)
    if chosen.is_dir():
        check_files(chosen, read_manifest(chosen, key))
    step(1, _STEPS)
    with spoken_files(practice.folder):
        draft = _draft(practice, chosen, key, key_file)
    try:
        with spoken():
            open_practice(draft, progress=step)
            _check(step)
            if wal_is_safe():
                execute("PRAGMA journal_mode = WAL").fetchall()  # a copy comes with the older journal
            traces = traces_of(practice, key)
            yield _plan(practice, draft, chosen, traces)
    finally:
        close_practice()
        shutil.rmtree(draft.folder, ignore_errors=True)


def restore(plan: Plan, author: Author) -> Restored:
    """Move the counters of the copy beyond what may have left, and put it in the base's place.

    Raises:
        PracticeFault: this person may not, another desk has the practice open, or the disk refused.
    """
    numbers, reopened = _go_beyond(plan, author)
    if plan.practice.on_server:
        return Restored(None, numbers, reopened)
    with spoken():
        coming = standing()
    key, opened_with = plan.draft.key_file.read_bytes(), base_key()
    close_practice()
    with spoken_files(plan.practice.folder):
        if not plan.practice.key_file.exists():
            write_whole(plan.practice.key_file, key)
        if opened_with is not None and opened_with.place == plan.draft.cipher_file:
            _keep_openable(plan.practice, opened_with)
        if not plan.practice.settings_file.exists() and plan.draft.settings_file.exists():
            write_whole(plan.practice.settings_file, plan.draft.settings_file.read_bytes())
        anchor = Anchor(plan.practice.anchor_file, bytes.fromhex(key.decode()))
        aside = swap(plan.practice, Path(plan.draft.location), coming, plan.traces, anchor, author.at)
    return Restored(aside, numbers, reopened)


def _keep_openable(practice: Practice, key: HeldKey) -> None:
    """The copy may be encrypted with an older key than the practice's: it is to be found with the others."""
    if key.secret not in {held.secret for held in keys_at_hand(practice)}:
        hold_keys(practice.cipher_file, [key])


def _newest(practice: Practice) -> Path:
    rule = read_backup_rule(practice.settings_file)
    folders = [folder for folder in (rule.folder, practice.backups) if folder is not None]
    found = sorted((path for folder in folders for path in backups_in(practice, folder)), key=lambda path: path.name)
    if not found:
        where = " ni ".join(f"dans « {folder} »" for folder in folders)
        known = _last_known(practice)
        gone = f" ; la dernière est partie dans « {known} » : rebranchez-le, ou" if known else " :"
        raise PracticeFault(f"Aucune sauvegarde {where}{gone} donnez le dossier de la copie, ou la base à reprendre.")
    return found[-1]


def _last_known(practice: Practice) -> str | None:
    """Where the last backup went, as the journal of the base that is there says; None where it cannot say."""
    with suppress(PracticeFault):
        try:
            open_practice(practice)
            last = last_backup()
            return last.place if last else None
        finally:
            close_practice()
    return None


def _key(practice: Practice, copy: Path, key_file: Path | None) -> bytes:
    """The journal's key: as it was named, else the practice's own, else the one that was copied apart."""
    apart = copy.parent / f"{practice.stem}-cle" / practice.key_file.name
    for place in (key_file,) if key_file is not None else (practice.key_file, apart):
        try:
            return bytes.fromhex(place.read_text())
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise PracticeFault(f"La clé « {place} » ne se lit pas : donnez-en une autre copie.") from error
    raise PracticeFault(f"La clé du cabinet manque (« {practice.key_file} ») : donnez celle qui fut gardée à part.")


def _draft(practice: Practice, copy: Path, key: bytes, key_file: Path | None) -> Practice:
    """The copy as a practice of its own, in a folder beside the real one; those of before are swept away."""
    practice.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in practice.folder.glob(f".{practice.stem}-restauration-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = practice.folder / f".{practice.stem}-restauration-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    base = folder / Path(practice.location).name
    draft = Practice(str(base), folder, practice.stem)
    source = copy / SQLITE_COPY if copy.is_dir() else copy
    if copy.is_dir() and not source.is_file():
        what = "d’un serveur (pg_restore)" if (copy / SERVER_COPY).exists() else "sans base"
        raise PracticeFault(f"« {copy} » est une sauvegarde {what} : donnez-en une autre.")
    shutil.copyfile(source, base)
    base.chmod(0o600)
    for suffix in ("-wal",):
        if (log := source.with_name(source.name + suffix)).exists():
            shutil.copyfile(log, base.with_name(base.name + suffix))
    for settings in (practice.settings_file, copy / practice.settings_file.name):
        if settings.is_file() and not draft.settings_file.exists():
            shutil.copyfile(settings, draft.settings_file)
    write_whole(draft.key_file, key.hex().encode())
    hold_keys(draft.cipher_file, _cipher_keys(practice, copy, key_file))
    Anchor(draft.anchor_file, key).make(UNUSED)
    return draft


def _cipher_keys(practice: Practice, copy: Path, key_file: Path | None) -> list[HeldKey]:
    """What may open the copy, encrypted with a key of then: those of the practice, those that were kept apart."""
    name = practice.cipher_file.name
    apart = [copy.parent / f"{practice.stem}-cle" / name, copy.with_suffix(practice.cipher_file.suffix)]
    named = [] if key_file is None else [key_file.parent / name]
    return [*keys_at_hand(practice), *(key for place in (*named, *apart) for key in keys_in(place))]


def _check(step: Step) -> None:
    """Whether the copy that is open holds together.

    Raises:
        PracticeFault: it does not.
    """
    with looked_at(db.connection(), partial(step, 2, _STEPS)):
        found = execute("PRAGMA integrity_check").fetchall()
    if any(line != "ok" for (line,) in found):
        raise PracticeFault("La base de la copie est abîmée : prenez une autre sauvegarde.")
    _check_chain(step)


def _check_chain(step: Step) -> None:
    for broken in journal_breaches(Sealed(), lambda _: step(3, _STEPS)):
        raise PracticeFault(f"{broken.rstrip('.')} : prenez une autre sauvegarde.")


def _plan(practice: Practice, draft: Practice, copy: Path | None, traces: Traces) -> Plan:
    mark = standing()
    known = {name for (name,) in rows(Lot.select(Lot.file_name).where(Lot.origin == Origin.OWN))}
    lots = tuple(lot for lot in traces.lots if lot.file_name not in known)
    return Plan(practice, draft, copy, mark, traces, lots, tuple(_suspects(mark, traces, lots)))


def _suspects(mark: Mark, traces: Traces, lots: tuple[LeftLot, ...]) -> Iterator[Suspect]:
    named: set[tuple[int, InvoiceKind]] = set()
    for lot in lots:
        for number in lot.invoices:
            here = Invoice.select().where(
                Invoice.number == number, Invoice.kind == lot.kind, Invoice.origin == Origin.OWN
            )
            named.add((number, lot.kind))
            yield Suspect(number, lot.kind, lot, bool(here.exists()))
    if lots or _lots_went_on(mark, traces):
        for invoice in _waiting():
            if (invoice.number, invoice.kind) not in named:
                yield Suspect(invoice.number, invoice.kind, None, True)


def _lots_went_on(mark: Mark, traces: Traces) -> bool:
    """Whether lots were given after the copy, whatever is left of their files."""
    return any(
        name.startswith(LOTS) and mark.series.get(name) != number
        for other in traces.marks
        if other.entry > mark.entry
        for name, number in other.series.items()
    )


def _waiting() -> Iterable[Invoice]:
    """The validated invoices of the copy: the next « Transmettre » would send them."""
    query: Iterable[Invoice] = Invoice.select().where(Invoice.state == InvoiceState.VALIDATED, Invoice.lot.is_null())
    return query


def _go_beyond(plan: Plan, author: Author) -> tuple[dict[str, int], int]:
    """In one change: counters beyond every number that anything gave, and nothing validated that may have left."""
    highest = _highest(plan)
    with open_change(author, Action.RESTORE) as change:
        jumped: dict[str, int] = {}
        for kind, name in SERIES.items():
            if jump_above(kind, highest.get(name, 0)):
                jumped[name] = highest[name]
        for name, number in highest.items():
            if name.startswith(LOTS) and jump_lots(name.removeprefix(LOTS), number):
                jumped[name] = number
        left = any(suspect.known for suspect in plan.suspects)
        back = [one for one in _waiting() if not row_damage(one)] if left else []
        for invoice in back:
            set_state(invoice, InvoiceState.UNVALIDATED)
        change.save(*back)
        detail = {
            "copy": str(plan.copy or plan.practice.stem),
            "from": plan.mark.entry,
            "jumped": jumped,
            "reopened": len(back),
        }
        change.record("restore", {**detail, "lots": [lot.file_name for lot in plan.lots]})
    return jumped, len(back)


def _highest(plan: Plan) -> dict[str, int]:
    """By series: the highest number that anything knows to be given; of lots, the last."""
    found: dict[str, int] = {}
    for lot in plan.lots:
        name = SERIES[lot.kind]
        found[name] = max((*lot.invoices, found.get(name, 0)))
        found[f"{LOTS}{lot.practitioner}"] = lot.number
    for mark in sorted(plan.traces.marks, key=lambda mark: mark.entry):
        for name, number in mark.series.items():
            if not name.startswith(LOTS):
                found[name] = max(number, found.get(name, 0))
            elif mark.entry > plan.mark.entry:
                found[name] = number
    return found

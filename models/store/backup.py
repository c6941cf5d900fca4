"""A backup as it lies on a disk: a folder of its own, whole or not there, with a signed manifest of what is in it.

`cabinet-2026-11-28-093015/`: the base, the anchor's last word and the list of the outbox in `manifeste.json`, the
configuration. The key lies apart: who finds a copy of the base must not be able to seal it anew.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from models.domain.anchor import Mark
from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.domain.place import Practice
from models.store.cipher import HeldKey
from models.store.cipher_keys import hold_keys, keys_in
from models.store.database import db
from models.store.long_statement import copy_whole
from models.store.outbox import digest_of
from models.store.sqlite_file import Sqlite
from models.store.whole_file import make_folder, settle_file, settle_folder, write_whole

MANIFEST: Final = "manifeste.json"
SQLITE_COPY: Final = "cabinet.db"
SERVER_COPY: Final = "cabinet.pgdump"

_LOOK: Final = 0.1
"""Seconds between two looks at how far the server's program for copies is."""

_PURPOSE: Final = b"accueil-sauvegarde-1\x1f"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as a manifest lists it."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Args:
        made_at: when (UTC, ISO).
        version: of the schema.
        mark: how far the practice had come; the copy may have come farther, never less far.
        files: what lies beside the manifest, by name.
        outbox: the lots that lay in the outbox, by name.
    """

    made_at: str
    version: int
    mark: Mark
    files: Mapping[str, Listed]
    outbox: Mapping[str, Listed]


def store_backup(
    practice: Practice,
    folder: Path,
    made_at: datetime,
    mark: Mark,
    version: int,
    key: bytes,
    progress: Step | None = None,
) -> Path:
    """Copy the open practice into a new folder in `folder`, while desks work; the new folder.

    Raises:
        GivenUp: raised by `progress`, which is called with (megabytes written, in all; 0 where nobody knows); there is
            no new folder.
        PracticeFault: a server's practice, and its program for copies is missing or failed.
        OSError: the disk refused; nothing is left but a draft, which the next backup sweeps away.
    """
    make_folder(folder)
    _sweep(practice, folder)
    draft = folder / f".{practice.stem}-{secrets.token_hex(8)}.en-cours"
    draft.mkdir(mode=0o700)
    try:
        _copy_base(draft, progress)
        for path in (practice.settings_file, practice.folder / "rejets.toml"):
            if path.is_file():
                shutil.copyfile(path, draft / path.name)
        files = {path.name: _listed(path) for path in sorted(draft.iterdir())}
        for path in draft.iterdir():
            path.chmod(0o600)
            settle_file(path)
        manifest = Manifest(made_at.isoformat(timespec="seconds"), version, mark, files, _lots(practice.outbox))
        write_whole(draft / MANIFEST, _written(manifest, key))
        place = _free(folder / f"{practice.stem}-{made_at.astimezone():%Y-%m-%d-%H%M%S}")
        draft.rename(place)
        settle_folder(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return place


def base_key() -> HeldKey | None:
    """The key that the open practice is encrypted with; None where it is plain, or on a server."""
    return db.obj.opened_with if isinstance(db.obj, Sqlite) else None


def keep_key_apart(practice: Practice, folder: Path) -> Path:
    """Copy the key into a folder that holds nothing else; one that lies there already is left, unless it is another.

    Where the key of the base lies beside it, that goes along: a copy that nothing opens is none. One that lies
    elsewhere is kept by whoever put it there.

    Raises:
        PracticeFault: another practice's lies there.
        OSError: the disk refused.
    """
    make_folder(folder)
    there, key = folder / practice.key_file.name, practice.key_file.read_bytes()
    try:
        write_whole(there, key)
    except FileExistsError:
        if there.read_bytes() != key:
            raise PracticeFault(f"« {there} » est la clé d’un autre cabinet : donnez un autre dossier.") from None
    opened_with = base_key()
    if opened_with is not None and opened_with.place == practice.cipher_file:
        hold_keys(folder / practice.cipher_file.name, keys_in(practice.cipher_file))
    return there


def backups_in(practice: Practice, folder: Path) -> list[Path]:
    """The backups of this practice that lie in `folder`, the newest first."""
    shape = re.compile(re.escape(practice.stem) + r"-\d{4}-\d\d-\d\d-\d{6}(-\d+)?")
    try:
        found = [path for path in folder.iterdir() if shape.fullmatch(path.name) and (path / MANIFEST).is_file()]
    except OSError:
        return []
    return sorted(found, reverse=True)


def drop_older(practice: Practice, folder: Path, first_kept: date) -> int:
    """Take away the backups made before that day, never the newest; how many went."""
    gone = 0
    for path in backups_in(practice, folder)[1:]:
        if date.fromisoformat(path.name.removeprefix(f"{practice.stem}-")[:10]) < first_kept:
            shutil.rmtree(path, ignore_errors=True)
            gone += not path.exists()
    return gone


def read_manifest(copy: Path, key: bytes) -> Manifest:
    """What the backup in the folder `copy` says that it holds.

    Raises:
        PracticeFault: it cannot be read, or this practice's key did not sign it.
    """
    try:
        said: dict[str, Any] = json.loads((copy / MANIFEST).read_bytes())
        seal = str(said.pop("seal"))
        manifest = Manifest(
            said["made_at"],
            said["version"],
            Mark(**said["mark"]),
            {name: Listed(**file) for name, file in said["files"].items()},
            {name: Listed(**file) for name, file in said["outbox"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PracticeFault(f"« {copy / MANIFEST} » ne se lit pas : prenez une autre sauvegarde.") from error
    if not hmac.compare_digest(seal, _seal(_text(manifest), key)):
        raise PracticeFault(
            f"« {copy / MANIFEST} » a été changé, ou la sauvegarde est d’un autre cabinet : prenez-en une autre."
        )
    return manifest


def check_files(copy: Path, manifest: Manifest) -> None:
    """Read every file of a backup again.

    Raises:
        PracticeFault: one is missing, or is not what was written.
    """
    for name, listed in manifest.files.items():
        try:
            same = Path(name).name == name and _listed(copy / name) == listed
        except OSError:
            same = False
        if not same:
            raise PracticeFault(f"« {copy / name} » n’est plus ce qui fut sauvegardé : prenez une autre sauvegarde.")


def _copy_base(draft: Path, progress: Step | None) -> None:
    if isinstance(db.obj, Sqlite):
        copy_whole(db.connection(), draft / SQLITE_COPY, progress)
        return
    program = shutil.which("pg_dump")
    if program is None:
        raise PracticeFault("pg_dump manque sur ce poste : installez le client de PostgreSQL, puis recommencez.")
    known = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    said = {known[name]: str(value) for name, value in db.obj.connect_params.items() if name in known and value}
    copy = draft / SERVER_COPY
    with subprocess.Popen(  # noqa: S603 - what was found in PATH; the address goes by the environment, not by arguments
        [program, "-Fc", "-w", "-f", str(copy)],
        env={**os.environ, **said, "PGDATABASE": db.obj.database},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,  # Ctrl+C is for this program, which ends that one
    ) as dump:
        try:
            while (code := _ended(dump)) is None:
                if progress is not None:
                    progress(copy.stat().st_size >> 20 if copy.exists() else 0, 0)
        except BaseException:
            dump.kill()
            raise
    if code:
        raise PracticeFault(f"pg_dump a échoué (code {code}) : rien n’a été sauvegardé ; vérifiez sa version.")


def _ended(program: subprocess.Popen[bytes]) -> int | None:
    """Its exit code; None where it still runs after a moment."""
    try:
        return program.wait(_LOOK)
    except subprocess.TimeoutExpired:
        return None


def _lots(outbox: Path) -> dict[str, Listed]:
    try:
        return {path.name: _listed(path) for path in sorted(outbox.iterdir()) if path.is_file()}
    except FileNotFoundError:
        return {}


def _listed(path: Path) -> Listed:
    return Listed(path.stat().st_size, digest_of(path))


def _written(manifest: Manifest, key: bytes) -> bytes:
    text = _text(manifest)
    return json.dumps({**json.loads(text), "seal": _seal(text, key)}, ensure_ascii=False, indent=1).encode()


def _text(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _seal(text: bytes, key: bytes) -> str:
    return hmac.new(key, _PURPOSE + text, hashlib.sha256).hexdigest()


def _free(place: Path) -> Path:
    """This name, or the next one that nothing bears."""
    return next(
        path
        for path in (place, *(place.with_name(f"{place.name}-{again}") for again in range(2, 1000)))
        if not path.exists()
    )


def _sweep(practice: Practice, folder: Path) -> None:
    """Take away the drafts that a crash left; whoever backs up holds the folder's lock."""
    for draft in folder.glob(f".{practice.stem}-*.en-cours"):
        shutil.rmtree(draft, ignore_errors=True)

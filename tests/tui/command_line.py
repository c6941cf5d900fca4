"""Running `accueil` inside the test's process, on a practice of its own."""

import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from models.commands.bill import Billed, bill_invoice
from models.commands.correct import Saved, save_correction
from models.domain.author import Author
from models.domain.place import locate
from models.domain.states import Signature
from models.practice import open_practice
from models.queries.sheets import find_number, invoice_sheet
from models.store.database import db
from tests.practices import follow_the_files, practice_in
from tui.__main__ import main

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "cabinet"
LOTS = sorted(str(path) for path in SAMPLES.glob("*.b2"))
RETURNS = sorted(str(path) for path in SAMPLES.glob("*.noe"))
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""The moment of every change: the samples' care is of early November 2026."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


def accueil(*argv: str, env: Mapping[str, str] | None = None) -> Ran:
    """Run a command as a process of its own would: nothing that it sets is left behind, no terminal to draw on."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    mask = os.umask(0o022)
    out, err = StringIO(newline=""), StringIO(newline="")
    environment = {"PATH": os.environ["PATH"], "TERM": "dumb", "HOME": "/nonexistent", **(env or {})}
    try:
        with (
            patch.dict(os.environ, environment, clear=True),
            patch.object(Author, "now", lambda operator: Author(operator, NOW)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main(list(argv))
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        os.umask(mask)
        close()
    return Ran(code, out.getvalue(), err.getvalue())


def close() -> None:
    """Let go of the practice, as the end of a process does."""
    if db.obj is not None:
        db.close()


def practice(folder: Path) -> str:
    """A copy of the samples' practice, every lot imported and every return read; what to give to --base."""
    shutil.copytree(_sample_practice().name, folder / "cabinet")
    return str(folder / "cabinet" / "cabinet.db")


@cache
def _sample_practice() -> "tempfile.TemporaryDirectory[str]":
    folder = tempfile.TemporaryDirectory(prefix="accueil-test-")
    base = str(Path(folder.name) / "cabinet.db")
    follow_the_files(practice_in(Path(folder.name)))
    assert accueil("importer", *LOTS, "--base", base).code == 0
    assert accueil("relever", *RETURNS, "--base", base).code == 0
    return folder


def rows(base: str, *options: str) -> dict[int, dict[str, Any]]:
    """`lister --format json`, by number."""
    ran = accueil("lister", "--base", base, "--format", "json", *options)
    assert ran.code == 0, ran.err
    return {row["number"]: row for row in json.loads(ran.out)}


def cancel_and_bill(base: str, number: int) -> int:
    """Cancel an invoice, correct its exemption and bill its successor, as the screens do; the new number."""
    assert accueil("annuler", str(number), "--oui", "--base", base).code == 0
    new = int(rows(base)[number]["replaced_by"])
    open_practice(locate(base, Path(base).parent))
    (match,) = find_number(new)
    author = Author("Nadia", NOW)
    billed = bill_invoice(match.id, 1, Signature.DEGRADED, author)
    assert isinstance(billed, Billed)
    draft = replace(invoice_sheet(match.id).draft, prescriber="331397141", exemption="4").with_rate(100)
    assert isinstance(save_correction(match.id, billed.version, draft, author), Saved)
    close()
    return new

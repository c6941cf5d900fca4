"""An older base that was put back on a server: refused, then taken over beyond what left; backed up by pg_dump."""

from __future__ import annotations

import os
import shutil

import pytest

if not os.environ.get("ACCUEIL_POSTGRES"):
    pytest.skip("ACCUEIL_POSTGRES names no server", allow_module_level=True)

from models.commands.back_up import back_up
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.restore import preparing, restore
from models.domain.anchor import Mark
from models.domain.faults import PracticeFault, Remedy
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from models.store.backup import SERVER_COPY
from models.store.database import anchor
from tests.models.practice import SOPHIE, rejected, sheet
from tests.models.test_postgres import made as made
from tests.models.test_postgres import practice as practice


def cancel(number: int) -> int:
    """Cancel it; the number of its successor."""
    outcome = cancel_invoice(sheet(number).id, None, SOPHIE)
    assert isinstance(outcome, Cancelled)
    return outcome.new_number


def test_an_older_base_is_refused_by_its_account_then_taken_over(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the account saw is what a later base would have said: here its anchor alone has gone on."""
    rejected(1001)
    close_practice()
    older = practice.anchor_file.read_bytes()
    open_practice(practice)
    kept = anchor()
    assert kept is not None
    said = kept.read()
    assert said is not None
    later = Mark(said.done.entry + 1, "1" * 64, said.done.at, said.done.first, {"invoice": 1007})
    kept.replace(later, None)
    with pytest.raises(PracticeFault, match="copie ancienne"):
        cancel(1001)
    with pytest.raises(PracticeFault) as caught:
        open_practice(practice)
    assert caught.value.remedy is Remedy.RESTORE
    with preparing(practice, None, None) as plan:
        assert restore(plan, SOPHIE).numbers == {"invoice": 1007}
    open_practice(practice)
    assert cancel(1001) == 1008
    assert list(breaches(practice)) == []
    assert practice.anchor_file.read_bytes() != older


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="no pg_dump")
def test_a_server_is_backed_up_by_its_own_program(practice: Practice) -> None:
    rejected(1001)
    made = back_up(practice, practice.folder / "disque", SOPHIE)
    assert (made.place / SERVER_COPY).read_bytes().startswith(b"PGDMP")
    with pytest.raises(PracticeFault, match="pg_restore"):
        preparing(practice, made.place, None)

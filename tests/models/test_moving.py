"""Déménager: every row arrives, nothing is half done whatever cuts it, and the old home says where the practice is."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.keep_typed import keep_typed
from models.commands.move_practice import Moved, address, end_move, is_on_its_way, move_practice
from models.domain.faults import PracticeFault
from models.domain.lists import ListName
from models.domain.place import Practice, locate
from models.domain.typed_form import TypedForm
from models.practice import close_practice, open_practice
from models.queries.counts import by_rank
from models.queries.invoice_row import ListView
from models.queries.verification import breaches
from models.queries.windows import page
from models.store import moved, moving
from tests.models.practice import SOPHIE, cancelled, rejected, sheet

SERVER = os.environ.get("ACCUEIL_POSTGRES", "")


@pytest.fixture
def lived_in(practice: Practice) -> Practice:
    """A practice with an invoice of each kind, something typed, and a file that left; closed."""
    cancelled(1001)
    rejected(1003)
    form = sheet(1002)
    keep_typed("form", form.id, form.version, TypedForm({"exemption": "4"}, ()), SOPHIE)
    practice.outbox.mkdir()
    (practice.outbox / "note.txt").write_text("partie")
    close_practice()
    return practice


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Practice]:
    """An empty database of the server."""
    if not SERVER:
        pytest.skip("ACCUEIL_POSTGRES names no server")
    import psycopg

    name = f"accueil_{secrets.token_hex(6)}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        head, _, query = SERVER.partition("?")
        yield locate(f"{head.rsplit('/', 1)[0]}/{name}?{query}".rstrip("?"), tmp_path / "serveur")
        close_practice()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def other(tmp_path: Path) -> Practice:
    """Where a file may come to lie."""
    return locate(str(tmp_path / "ailleurs" / "cabinet.db"), tmp_path)


def move(here: Practice, there: Practice) -> Moved:
    """As the verb does it."""
    if is_on_its_way(here, there):
        return end_move(here, there)
    open_practice(here)
    try:
        return move_practice(here, there, SOPHIE)
    finally:
        close_practice()


def works_on(there: Practice) -> None:
    """The practice is there, sound, and gives its next number."""
    open_practice(there)
    assert list(breaches(there)) == []
    assert [row.number for row in page(ListView(ListName.ALL, typed="dupont 1003"), None, 9)] == [1003]
    assert sum(by_rank().values()) == 3
    outcome = cancel_invoice(sheet(1003).id, None, SOPHIE)
    assert isinstance(outcome, Cancelled)
    assert outcome.new_number == 1004
    assert list(breaches(there)) == []
    assert (there.outbox / "note.txt").read_text() == "partie"
    close_practice()


def test_a_practice_moves_onto_a_server_and_back(lived_in: Practice, server: Practice, other: Practice) -> None:
    there = move(lived_in, server)
    open_practice(server)
    assert list(breaches(server)) == []
    close_practice()
    back = move(server, other)
    assert isinstance(back, Moved)
    assert back.rows == there.rows + 1, "the entry of the second move"
    with pytest.raises(PracticeFault, match="il est à"):
        open_practice(server)
    works_on(other)


class Cut(BaseException):
    """The process is killed here."""


CUTS = (
    (moved, "refuse_older", False),
    (moving, "copy_rows", True),
    (moved, "mark_moved", True),
    (moved, "mark_arrived", False),
)
"""What is cut, before it or after it is done."""
MORE_CUTS = (
    *CUTS[:-1],
    (moving, "copy_rows", False),
    (moving, "digests", False),
    (moved, "mark_arrived", True),
    CUTS[-1],
)


@pytest.mark.parametrize("home", ["file", *(["server"] if os.environ.get("ACCUEIL_LONG") else [])])
def test_a_move_that_is_cut_leaves_one_practice_and_ends_when_it_is_begun_again(
    lived_in: Practice,
    other: Practice,
    home: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there: Practice = request.getfixturevalue("server") if home == "server" else other
    for module, name, after in MORE_CUTS if os.environ.get("ACCUEIL_LONG") else CUTS:
        kept = getattr(module, name)

        def cut(*given: object, kept: object = kept, after: bool = after) -> None:
            assert callable(kept)
            if after:
                kept(*given)
            raise Cut

        with monkeypatch.context() as patched:
            patched.setattr(module, name, cut)
            with pytest.raises(Cut):
                move(lived_in, there)
        close_practice()
        opens = []
        for place in (lived_in, there):
            try:
                open_practice(place)
                opens.append(place)
            except PracticeFault:
                pass
            close_practice()
        assert opens in ([lived_in], []), (name, after)
        assert opens == [lived_in] or name == "mark_arrived"
    assert move(lived_in, there).rows > 10
    works_on(there)


def test_a_desk_that_has_the_old_home_open_writes_nothing_there_any_more(lived_in: Practice, other: Practice) -> None:
    open_practice(lived_in)
    from models.store.cipher_keys import keys_of
    from models.store.database import db
    from models.store.sqlite_file import sqlite_database

    desk = sqlite_database(lived_in.location, lambda: keys_of(lived_in))
    desk.connect()
    close_practice()
    move(lived_in, other)
    db.initialize(desk)
    desk.journal_key = bytes.fromhex(lived_in.key_file.read_text())
    with pytest.raises(PracticeFault, match="a déménagé"):
        cancel_invoice(sheet(1003).id, None, SOPHIE)
    close_practice()


def test_an_address_is_said_without_its_password(tmp_path: Path) -> None:
    assert (
        address(locate("postgresql://sophie:secret@serveur/cabinet", tmp_path)) == "postgresql://sophie@serveur/cabinet"
    )

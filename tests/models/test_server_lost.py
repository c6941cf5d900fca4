"""The server goes under an open practice: who asks next is connected again, and what was under way is not done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

if not os.environ.get("ACCUEIL_POSTGRES"):
    pytest.skip("ACCUEIL_POSTGRES names no server", allow_module_level=True)

import psycopg

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.faults import PracticeFault, Unreachable
from models.domain.lists import ListName
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.changes import last_change
from models.queries.invoice_row import ListView
from models.queries.verification import breaches
from models.queries.windows import page
from models.store import database, lease
from models.store.database import db, execute
from models.store.server import Postgres
from tests.models.practice import SOPHIE, contents, rejected
from tests.models.test_postgres import made as made
from tests.models.test_postgres import practice as practice
from tests.on_server import SERVER, database_of
from tests.tui.desk import ALL, at_desk

VIEW = ListView(ListName.ALL)


def kill_sessions(practice: Practice) -> None:
    """End every connection to the practice, as a restart of the server does."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database_of(practice)]
        )


@contextmanager
def away(practice: Practice) -> Iterator[None]:
    """The server answers nobody who asks for this practice."""
    change = f"ALTER DATABASE {database_of(practice)} ALLOW_CONNECTIONS"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"{change} false".encode())
        kill_sessions(practice)
        try:
            yield
        finally:
            server.execute(f"{change} true".encode())


def test_who_asks_next_is_connected_again(practice: Practice) -> None:
    old = rejected()
    shown = page(VIEW, None, 9)
    kill_sessions(practice)
    assert page(VIEW, None, 9) == shown
    before = last_change()
    kill_sessions(practice)
    assert isinstance(cancel_invoice(old.id, None, SOPHIE), Cancelled)
    assert last_change() > before
    with away(practice), pytest.raises(Unreachable, match="ne répond pas"):
        page(VIEW, None, 9)
    assert len(page(VIEW, None, 9)) == 2


def test_work_in_a_connection_of_its_own_goes_on_in_another_or_is_told_that_there_is_none(practice: Practice) -> None:
    rejected()
    close_practice()
    opened = open_practice(practice)
    db.close()

    def cut() -> int:
        kill_sessions(practice)
        return len(page(VIEW, None, 9))

    assert opened.in_own_connection(cut) == 1
    assert db.is_closed()

    def cut_for_good() -> int:
        with away(practice):
            return len(page(VIEW, None, 9))

    with pytest.raises(Unreachable, match="ne répond pas"):
        opened.in_own_connection(cut_for_good)


def test_a_change_that_is_cut_is_not_made_and_one_whose_end_is_cut_is_said_so(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, before = rejected(), contents()

    def cut() -> None:
        kill_sessions(practice)

    with monkeypatch.context() as first:
        first.setattr(database, "_take_write_lock", cut)
        with pytest.raises(Unreachable, match="rien n’a été enregistré"):
            cancel_invoice(old.id, None, SOPHIE)
    assert contents() == before

    keeps = Postgres.commit

    def commit(self: Postgres) -> None:
        kill_sessions(practice)
        keeps(self)

    with monkeypatch.context() as second:
        second.setattr(Postgres, "commit", commit)
        with pytest.raises(PracticeFault, match="regardez dans la liste si c’est fait"):
            cancel_invoice(old.id, None, SOPHIE)
    assert contents() == before
    assert isinstance(cancel_invoice(old.id, None, SOPHIE), Cancelled)
    assert list(breaches(practice)) == []


def test_a_session_on_which_a_lease_hangs_is_not_replaced_in_silence(practice: Practice) -> None:
    token = lease.new_token()
    with lease.held(token):
        kill_sessions(practice)
        with pytest.raises(Unreachable):
            page(VIEW, None, 9)
    assert not lease.is_held(token)
    assert execute("SELECT 1").fetchone() == (1,)


async def test_an_open_list_says_that_its_server_is_away_and_comes_back(practice: Practice) -> None:
    rejected(1001)
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        rows = desk.rows()
        kill_sessions(practice)
        await desk.press("t", "end")
        assert desk.rows() == rows
        with away(practice):
            await desk.follows()
            assert desk.news() == "Le serveur de la base ne répond plus : Accueil réessaie, la saisie reste."
            await desk.press("end", "t")
            assert desk.rows() == rows
            await desk.press("a", "o")
            assert desk.question() == "Rien n’a été changé"
            await desk.press("enter", "escape")
            assert desk.question() == ""
        await desk.follows()
        await desk.opens(ALL)
        await desk.press("a", "o")
        await desk.sees("La facture n° 1001 devient la facture n° 1002")

"""The same life on a PostgreSQL server, where ACCUEIL_POSTGRES names one (postgresql://user@/postgres?host=…).

The tests of the commands are run again, each in a database of its own that is dropped afterwards.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

if not os.environ.get("ACCUEIL_POSTGRES"):
    pytest.skip("ACCUEIL_POSTGRES names no server", allow_module_level=True)

import psycopg

from models.commands.cancel import cancel_invoice
from models.domain.faults import PracticeFault
from models.domain.lists import FoundBy, ListName, SortName
from models.domain.place import Practice, locate
from models.practice import close_practice, open_practice
from models.queries.invoice_row import ListView
from models.queries.windows import every_row, standing
from models.store.database import db
from tests.models.practice import SOPHIE, contents, rejected, sheet
from tests.models.quarter.life import Quarter
from tests.models.test_arl import (  # noqa: F401
    test_a_lot_that_came_in_goes_back_too_and_stands_in_the_one_that_is_made_anew,
    test_a_negative_arl_sends_the_whole_lot_back_under_its_numbers_and_it_leaves_again,
    test_an_arl_noted_by_mistake_is_withdrawn_until_the_invoice_is_taken_up,
)
from tests.models.test_cancel import *  # noqa: F403
from tests.models.test_change import (  # noqa: F401
    test_a_command_that_does_not_say_once_what_it_wrote_writes_nothing,
    test_a_refusal_leaves_no_trace,
)
from tests.models.test_correct import *  # noqa: F403
from tests.models.test_dre_waiting import (  # noqa: F401
    test_a_dre_is_followed_from_its_making_to_its_payment,
    test_a_refused_share_says_why_and_goes_again_after_its_invoice,
)
from tests.models.test_keep_typed import *  # noqa: F403
from tests.models.test_lessons import TestAdvice, TestCosts, TestFirstTime  # noqa: F401
from tests.models.test_life import (  # noqa: F401
    test_what_was_noted_beside_an_invoice_is_told_in_its_place_with_who_and_why,
)
from tests.models.test_lot_owner import *  # noqa: F403
from tests.models.test_many_desks import compete
from tests.models.test_notes import test_a_noted_rejection_makes_annuler_possible_and_its_source_goes_along  # noqa: F401
from tests.models.test_numbering import (  # noqa: F401
    reserved,
    test_many_taken_numbers_are_passed_over_by_as_many_statements_as_few,
)
from tests.models.test_operators import (  # noqa: F401
    test_the_commands_ask_for_it,
    test_the_list_begins_with_a_manager_and_keeps_one,
)
from tests.models.test_purge import (  # noqa: F401
    test_no_row_names_them_any_more,
    test_who_has_something_open_stays_with_the_whole_family,
)
from tests.models.test_quarter import DAYS, SEEDS
from tests.models.test_receive import *  # noqa: F403
from tests.models.test_settle_dre import *  # noqa: F403
from tests.models.test_take_back import (  # noqa: F401
    test_a_paid_invoice_goes_back_and_only_that_way,
    test_what_waited_because_of_it_is_judged_again,
)
from tests.models.test_transmit import *  # noqa: F403
from tests.models.test_whereabouts import *  # noqa: F403
from tests.on_server import copy_on_server, drop, on_server
from tests.practices import follow_the_files

if os.environ.get("ACCUEIL_LONG"):  # some hundred databases more, each made and dropped
    from tests.models.test_lifecycle import *  # noqa: F403
    from tests.models.test_numbering import *  # noqa: F403

FOUND = {"dupont", "1001", "\0\ud800"}
"""What finds the one invoice: control characters are no filter at all."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """A practice that was just made, closed, to be copied: its tables take half a second to make."""
    place = on_server(tmp_path_factory.mktemp("made"))
    follow_the_files(place)
    try:
        open_practice(place)
        close_practice()
        yield place
    finally:
        drop(place)


@pytest.fixture
def practice(made: Practice, tmp_path: Path) -> Iterator[Practice]:
    """A fresh practice in a database of its own."""
    place = copy_on_server(made, tmp_path)
    try:
        open_practice(place)
        yield place
    finally:
        drop(place)


def test_eight_desks_on_a_server(practice: Practice) -> None:
    compete(practice)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cent_is_in_one_place_on_a_server_too(practice: Practice, seed: int) -> None:
    Quarter(seed, practice).play(DAYS)


def test_a_practice_on_a_server_is_found_again_with_its_key(practice: Practice) -> None:
    rejected()
    before = contents()
    close_practice()
    open_practice(practice)
    assert contents() == before


def test_a_second_computer_without_the_key_reads_and_does_not_make_another(practice: Practice, tmp_path: Path) -> None:
    old = rejected()
    close_practice()
    open_practice(locate(practice.location, tmp_path / "autre poste"))
    assert sheet(1001) == old
    with pytest.raises(PracticeFault, match="clé du journal manque"):
        cancel_invoice(old.id, None, SOPHIE)


def test_a_newer_program_s_practice_is_not_touched(practice: Practice) -> None:
    db.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('0099_later', now())")
    close_practice()
    with pytest.raises(PracticeFault, match="plus récente"):
        open_practice(practice)


def test_a_desk_that_waits_too_long_is_told_so(practice: Practice) -> None:
    old = rejected()
    with psycopg.connect(practice.location) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (0x41434355,))
        db.execute_sql("SET lock_timeout = '50ms'")
        with pytest.raises(PracticeFault, match="occupée par un autre poste"):
            cancel_invoice(old.id, None, SOPHIE)
    assert sheet(1001) == old


def test_a_filter_finds_there_what_it_finds_in_a_file(practice: Practice) -> None:
    rejected()
    for typed, by in {
        "1001": FoundBy.NUMBER,
        "10": FoundBy.NUMBER_BEGINS,
        "lot 3": FoundBy.LOT,
        "0450 054": FoundBy.CODE,
        "31,5": FoundBy.AMOUNT,
        "05/11": FoundBy.DAY,
        "11/2026": FoundBy.DAY,
        "dup": FoundBy.NAME,
        "1 84 05 33 002 001": FoundBy.NIR,
        "rejet": FoundBy.STATE,
        "cpam": FoundBy.PAYER,
    }.items():
        view = ListView(ListName.ALL, SortName.REJECTION, typed=typed)
        (row,) = every_row(view)
        assert row.found[0][0] is by, typed
        assert standing(view, row.key(view.sort)) == (0, 1)


@pytest.mark.parametrize(
    "typed", ["dupont", "1001", "%", "_", "'; --", "\0\ud800", "a" * 10_000, "mot " * 400, "?", "%s"]
)
def test_whatever_is_typed_is_only_looked_for_there_too(practice: Practice, typed: str) -> None:
    rejected()
    assert len(list(every_row(ListView(ListName.ALL, typed=typed)))) == (typed in FOUND)

"""A practice for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from models.domain.place import Practice
from models.practice import close_practice, open_practice
from tests import on_server
from tests.practices import copy_practice, empty_practice

FILES_OWN: Final = {
    "test_add_a_field.py": "a copy of the program, by itself, on a file",
    "test_anchor.py": "files are put back and taken away; test_restore_server has the server's anchor",
    "test_aside.py::test_the_answers_that_wait_are_found_by_their_index": "SQLite's words; test_server_plans",
    "test_back_up.py": "the copy of a file; a server's own program makes its, in test_restore_server",
    "test_bit_flips.py": "bytes of the file",
    "test_change_key.py": "the file's encryption",
    "test_cipher.py": "the file's encryption",
    "test_crash.py": "statements are counted by SQLite's own hook; test_server_kills has the server's kills",
    "test_damaged_rows.py": "values that the server's types refuse",
    "test_demo.py": "the demonstration is a file, everywhere",
    "test_dre_file.py::test_verifier_sees_a_dre_that_asks_more_and_a_lot_of_both": "SQLite's words",
    "test_dre_waiting.py::test_the_request_of_an_invoice_that_was_redone_is_to_be_cancelled": "a row in SQLite's words",
    "test_encrypt.py": "the file's encryption",
    "test_first_rows.py": "the rows that are read of a file before the tables' library is loaded",
    "test_follow_up.py::test_money_that_is_taken_back_is_told_with_its_cause_and_its_transfer": "SQLite's words",
    "test_follow_up.py::test_what_waits_is_counted_from_indexes": "SQLite's words; test_server_plans",
    "test_given_up.py::test_what_is_given_up_was_not_begun": "keys and copies of a file, among others",
    "test_in_place.py": "the file is replaced under an open desk",
    "test_keyring.py": "the key of the file's encryption",
    "test_migrations.py": "bases of before, which are files",
    "test_moving.py": "goes from one engine to the other by itself",
    "test_name_index.py": "a table of the file's filter; a server has an index, in test_server_guards",
    "test_opening.py": "how a file is made and opened; test_postgres has the server's",
    "test_outbox_check.py::test_a_sent_lot_whose_file_is_gone_is_said_and_no_breach": "the account's folder",
    "test_purge.py::test_a_purge_that_is_cut_leaves_all_or_nothing": "the file's definitions",
    "test_purge.py::test_nothing_of_the_person_is_left_in_any_file": "what is left in the file",
    "test_read_only.py": "a file that cannot be written",
    "test_restore.py": "the copy of a file; test_restore_server has the server's",
    "test_salvage.py": "damaged pages of the file",
    "test_until_left.py": "a statement in SQLite's words; a server ends one after fifteen seconds",
    "test_verification.py::test_pages_of_the_file_overwritten_are_one_sentence_not_a_crash": "pages of the file",
    "test_verification.py::test_the_database_itself_refuses": "SQLite's words; test_server_guards",
    "test_tampering.py": "written behind the program into the file; test_server_guards and test_server_structure",
}
"""What is about a practice's file and not about its content, and why: left out where all practices lie on a server."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what is the file's own where there is no file."""
    if on_server.EVERYWHERE:
        for item in items:
            name = item.nodeid.removeprefix("tests/models/")
            why = FILES_OWN.get(name.partition("[")[0]) or FILES_OWN.get(name.partition("::")[0])
            if why is not None:
                item.add_marker(pytest.mark.skip(reason=f"the file's own: {why}"))


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """A fresh practice, open; closed afterwards."""
    place = copy_practice(empty_practice(), tmp_path)
    open_practice(place)
    yield place
    close_practice()


@pytest.fixture(autouse=on_server.EVERYWHERE)
def _leaves_nothing_on_the_server(tmp_path: Path) -> Iterator[None]:
    """Drop the databases of a test at its end, in the campaign that has them all on a server."""
    yield
    on_server.drop_within(tmp_path)

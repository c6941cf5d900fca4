"""What is read beside the menu stops when the program is left: its end waits for nothing that nobody will see."""

from __future__ import annotations

import pytest

from models.domain.patience import GivenUp
from models.domain.place import Practice
from models.practice import OpenPractice
from models.reference.practice_book import PracticeBook
from models.store.database import db

FOR_MINUTES = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999999999) SELECT max(i) FROM n"


def test_a_reading_stops_once_the_program_is_left_and_what_is_written_is_not_asked(practice: Practice) -> None:
    opened = OpenPractice(practice, db.obj, PracticeBook(practice.folder))
    assert opened.while_there(lambda: db.execute_sql("SELECT 1").fetchone()) == (1,)
    opened.left.set()
    with pytest.raises(GivenUp):
        opened.while_there(lambda: db.execute_sql(FOR_MINUTES).fetchall())
    assert db.execute_sql("SELECT 2").fetchone() == (2,), "what the end itself writes goes on"

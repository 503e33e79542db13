"""Several statements in one message: in order, with the rows of each, all or nothing, whatever the values."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from daftar.store.connect import transaction
from daftar.store.dialect import execute_together, rows

TAKE = "UPDATE writer SET next_sequence = next_sequence + ? WHERE number = ?"
READ = "SELECT next_sequence FROM writer WHERE number = ?"


def test_each_sees_what_those_before_it_wrote(conn) -> None:
    with transaction(conn):
        found = execute_together(conn, [(READ, [3]), (TAKE, [2, 3]), (READ, [3]), (TAKE, [5, 3]), (READ, [3])])
    assert found == [[(0,)], [], [(2,)], [], [(7,)]]


def test_one_alone_is_one(conn) -> None:
    with transaction(conn):
        assert execute_together(conn, [("SELECT ?, ? WHERE ? = 0", [1, 2, 1])]) == [[]]


def test_the_first_error_leaves_nothing_behind(conn) -> None:
    again = ("INSERT INTO writer (number, shared, next_sequence) VALUES (?, ?, ?)", [3, True, 0])
    with pytest.raises(Exception, match=r"writer(_pkey|\.number)"), transaction(conn):
        execute_together(conn, [(TAKE, [1, 3]), again, (TAKE, [1, 4])])
    assert rows(conn, READ, [3]) == rows(conn, READ, [4]) == [(0,)]


def test_values_arrive_as_they_were_given(conn) -> None:
    words = ["it's; \\ %s ? \" -- \n نامه", None]
    put = "INSERT INTO notice_choice (key, channel, language, sealed) VALUES (?, ?, ?, ?)"
    blob, key, day = bytes(range(256)), UUID(int=7), datetime(2026, 11, 20, 8, 0, 0, 5, UTC)
    queries = [
        ("SELECT CAST(? AS text), CAST(? AS text)", words),
        ("SELECT sealed FROM notice_choice WHERE key = ?", [key]),
        ("SELECT count(*) FROM person WHERE recorded_at > ? AND birth_date < ?", [day, date(2000, 1, 1)]),
    ]
    with transaction(conn):
        _, texts, sealed, none = execute_together(conn, [(put, [key, "mail", "fa", blob]), *queries])
    assert (texts, bytes(sealed[0][0]), none) == ([tuple(words)], blob, [(0,)])

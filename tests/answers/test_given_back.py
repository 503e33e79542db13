"""A leased writer leaves word of where it ended: a row that somebody adds behind that is seen not to be ours."""

from typing import Any

import pytest

from daftar.answers import LeasedWriter, ask
from daftar.answers.sealing import Sealer
from daftar.answers.tampering import Tampering
from daftar.answers.writers import LEASED_NUMBERS, SEQUENCES, NoWriterFree, bounds
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute, rows
from tests.answers.asking import AT, question
from tests.answers.sealing import KEYS, TRACKING, seal, verified, write

ONE = range(150, 151)
NUMBER = ONE[0]
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is one number to lease."""
    monkeypatch.setattr("daftar.answers.writers.LEASED_NUMBERS", ONE)


def lane(url: str, count: int = 2, *, orderly: bool = True) -> None:
    """A lane that leases a number, answers and ends, in order or not."""
    own = connect(url)
    try:
        writer = LeasedWriter(own)
        with transaction(own):
            ask(own, [question() for _ in range(count)], at=AT, writer=writer, tracking=TRACKING)
        writer.committed()
        if orderly:
            writer.give_back(own)
    finally:
        own.close()


def add_behind(conn: Any, number: int, sequence: int) -> None:
    """Somebody with the database's password copies a row of another writer."""
    others = rows(conn, "SELECT id FROM inquiry WHERE id / ? <> ?", [SEQUENCES, number])
    columns = "asked_at, channel, mode, key, outcome, reason, rule_version, ground, shown"
    execute(
        conn,
        f"INSERT INTO inquiry (id, {columns}) SELECT CAST(? AS bigint), {columns} FROM inquiry WHERE id = ?",
        [number * SEQUENCES + sequence, others[0][0]],
    )


def found(conn: Any) -> list[tuple[str, int, int, int]]:
    """What verification finds."""
    return [(each.what, each.writer, each.first, each.last) for each in verified(conn).findings]


def test_a_row_of_a_writer_that_never_wrote_is_found_and_never_sealed(conn: Any) -> None:
    write(conn, 3, 4)
    add_behind(conn, NUMBER, 0)
    assert [block.writer for block in seal(conn)] == [3]
    assert found(conn) == [(Tampering.ROW_INSERTED, NUMBER, 0, 0)]
    assert verified(conn).waiting == 0


@ON_POSTGRESQL
def test_a_row_behind_the_last_one_of_a_writer_that_was_given_back_is_found(
    database_url: str, conn: Any, one_number: None
) -> None:
    write(conn, 3, 1)
    sealer = Sealer(conn, KEYS)
    lane(database_url)
    assert sorted(block.writer for block in seal(conn, sealer)) == [3, NUMBER]
    add_behind(conn, NUMBER, 2)
    add_behind(conn, NUMBER, 3)
    assert seal(conn, sealer) == []
    assert seal(conn) == []
    assert found(conn) == [(Tampering.ROW_INSERTED, NUMBER, 2, 3)]


@ON_POSTGRESQL
def test_also_when_it_was_added_before_the_last_ones_were_sealed(
    database_url: str, conn: Any, one_number: None
) -> None:
    write(conn, 3, 1)
    lane(database_url, 2)
    add_behind(conn, NUMBER, 2)
    assert {block.writer: block.last for block in seal(conn)} == {3: 0, NUMBER: 1}
    assert found(conn) == [(Tampering.ROW_INSERTED, NUMBER, 2, 2)]


@ON_POSTGRESQL
def test_a_number_with_a_row_behind_its_bound_is_leased_no_more(
    database_url: str, conn: Any, monkeypatch: pytest.MonkeyPatch, one_number: None
) -> None:
    write(conn, 3, 1)
    lane(database_url)
    add_behind(conn, NUMBER, 2)
    with pytest.raises(NoWriterFree):
        lane(database_url)
    monkeypatch.setattr("daftar.answers.writers.LEASED_NUMBERS", range(150, 152))
    lane(database_url)
    seal(conn)
    assert found(conn) == [(Tampering.ROW_INSERTED, NUMBER, 2, 2)]
    assert bounds(conn)[151] == 2


@ON_POSTGRESQL
def test_the_next_one_goes_on_where_the_number_was_given_back(database_url: str, conn: Any, one_number: None) -> None:
    sealer = Sealer(conn, KEYS)
    for end in (2, 4, 6):
        lane(database_url)
        assert bounds(conn)[NUMBER] == end
        assert [block.last for block in seal(conn, sealer)] == [end - 1]
    report = verified(conn)
    assert (report.rows, report.waiting, report.unbounded, report.findings) == (6, 0, 0, [])


@ON_POSTGRESQL
def test_rows_removed_from_the_end_of_a_writer_that_was_given_back_leave_a_gap(
    database_url: str, conn: Any, one_number: None
) -> None:
    lane(database_url, 3)
    execute(conn, "DELETE FROM inquiry WHERE id = ?", [NUMBER * SEQUENCES + 2])
    assert found(conn) == [(Tampering.ROW_REMOVED, NUMBER, 2, 2)]
    lane(database_url, 1)
    seal(conn)
    seal(conn)
    assert found(conn) == [(Tampering.ROW_REMOVED, NUMBER, 2, 2)]


@ON_POSTGRESQL
def test_of_a_writer_that_was_never_given_back_the_limit_is_said(
    database_url: str, conn: Any, one_number: None
) -> None:
    """ADR 0013: behind the last row of a lane that was killed, a row looks like one of its own."""
    write(conn, 3, 1)
    lane(database_url, 2, orderly=False)
    assert bounds(conn)[NUMBER] is None
    add_behind(conn, NUMBER, 2)
    seal(conn)
    report = verified(conn)
    assert (report.findings, report.unbounded) == ([], 1)
    lane(database_url, 1)
    seal(conn)
    report = verified(conn)
    assert (report.findings, report.unbounded, bounds(conn)[NUMBER]) == ([], 0, 4)


@ON_POSTGRESQL
def test_a_lane_that_came_and_went_between_two_passes_is_sealed_with_the_next(database_url: str, conn: Any) -> None:
    sealer = Sealer(conn, KEYS)
    for _ in range(2):
        seal(conn, sealer)
    lane(database_url)
    (block,) = seal(conn, sealer)
    assert block.writer in LEASED_NUMBERS
    assert block.last == 1

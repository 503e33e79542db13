"""Writers never hand out an id twice, alone or at once (design §5)."""

import threading

import pytest

from daftar.answers import LeasedWriter, SharedWriter, TrackingCodes, ask
from daftar.answers.writers import SEQUENCES
from daftar.store.connect import connect, transaction
from daftar.store.dialect import rows
from tests.answers.asking import AT, question

BATCHES = 25
TOGETHER = 7


def ask_often(url: str, tracking: TrackingCodes, writer_of, failures: list[Exception]) -> None:
    conn = connect(url)
    try:
        writer = writer_of(conn)
        for _ in range(BATCHES):
            with transaction(conn):
                ask(conn, [question() for _ in range(TOGETHER)], at=AT, writer=writer, tracking=tracking)
            if isinstance(writer, LeasedWriter):
                writer.committed()
    except Exception as error:
        failures.append(error)
    finally:
        conn.close()


def run_at_once(url: str, secrets, writer_of, threads: int) -> list[Exception]:
    failures: list[Exception] = []
    arguments = (url, TrackingCodes(secrets), writer_of, failures)
    running = [threading.Thread(target=ask_often, args=arguments) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return failures


def test_many_at_once_under_one_shared_number_leave_no_gap(database_url, conn, secrets) -> None:
    assert run_at_once(database_url, secrets, lambda _: SharedWriter(5), 4) == []
    ids = [line[0] for line in rows(conn, "SELECT id FROM inquiry ORDER BY id")]
    assert ids == list(range(5 * SEQUENCES, 5 * SEQUENCES + 4 * BATCHES * TOGETHER))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_leased_numbers_are_held_apart_and_go_on_where_they_ended(database_url, conn, secrets) -> None:
    assert run_at_once(database_url, secrets, LeasedWriter, 4) == []
    ids = [line[0] for line in rows(conn, "SELECT id FROM inquiry ORDER BY id")]
    assert len(ids) == len(set(ids)) == 4 * BATCHES * TOGETHER
    for number in {id // SEQUENCES for id in ids}:
        own = [id % SEQUENCES for id in ids if id // SEQUENCES == number]
        assert own == list(range(len(own)))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_rolled_back_batch_frees_its_ids(database_url, conn, secrets) -> None:
    tracking, writer = TrackingCodes(secrets), LeasedWriter(conn)
    with pytest.raises(RuntimeError), transaction(conn):
        ask(conn, [question()], at=AT, writer=writer, tracking=tracking)
        raise RuntimeError("no commit")
    writer.rolled_back()
    with transaction(conn):
        (answer,) = ask(conn, [question()], at=AT, writer=writer, tracking=tracking)
    assert answer.id == writer.number * SEQUENCES

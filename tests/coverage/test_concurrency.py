"""Two rebuilds of one household at once: the later one sees the earlier one's facts."""

import threading

from daftar import coverage
from daftar.coverage.writing import stored
from daftar.store.connect import connect, transaction
from tests.coverage.registry import AT, affiliation, dependency, evidence, paid, person


def at_once(url, jobs):
    """Each job writes its fact; when all have, each rebuilds its person and commits."""
    all_wrote = threading.Barrier(len(jobs)) if url.startswith("postgresql") else None

    def work(write, key):
        conn = connect(url)
        with transaction(conn):
            write(conn)
            if all_wrote:
                all_wrote.wait(20)
            coverage.rebuild(conn, [key], at=AT)
        conn.close()

    threads = [threading.Thread(target=work, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_a_counter_and_a_feed_at_once(database_url, conn):
    """One pays the father's months, the other records the son's certificate; both rebuild before a commit."""
    with transaction(conn):
        father, son = person(conn), person(conn, born="2005-05-05")
        affiliation(conn, father, "compulsory", "2026-01-01")
        dependency(conn, son, father, "son", "2026-01-01")
        coverage.rebuild(conn, [father], at=AT)
    jobs = [
        (lambda c: paid(c, father, "compulsory", "2026-01", "2026-02"), father),
        (lambda c: evidence(c, son, "study_certificate", "2026-01-01"), son),
    ]
    at_once(database_url, jobs)
    assert {span.reason for span in stored(conn, [son])} == {"provisional_evidence"}


def test_a_new_dependant_and_the_main_insureds_months_at_once(database_url, conn):
    """One rebuild does not know the months yet, the other not the dependant: one of them must wait."""
    with transaction(conn):
        father, wife = person(conn), person(conn, sex="female")
        affiliation(conn, father, "compulsory", "2026-01-01")
    jobs = [
        (lambda c: paid(c, father, "compulsory", "2026-01", "2026-02"), father),
        (lambda c: dependency(c, wife, father, "spouse", "2026-01-01"), wife),
    ]
    at_once(database_url, jobs)
    assert {span.reason for span in stored(conn, [wife])} == {"dependant_in_force"}

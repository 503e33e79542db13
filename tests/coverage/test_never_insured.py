"""A known person without any insurance is told so, and not that nobody knows them (ADR 0002)."""

from daftar import coverage
from daftar.coverage.writing import stored
from daftar.store.connect import transaction
from tests.coverage.registry import AT, affiliation, person


def test_a_person_without_facts_has_one_empty_span(conn) -> None:
    with transaction(conn):
        key = person(conn, jurisdiction="cn")
        coverage.rebuild(conn, [key], at=AT)
        (span,) = stored(conn, [key])
    assert (span.insurer, span.starts, span.ends) == ("cn-bmi", "1950-01-01", "1949-12-31")
    assert (span.basis, span.reason_after) == ("none", "no_affiliation")


def test_it_gives_way_to_the_first_insurance_and_comes_back_no_more(conn) -> None:
    with transaction(conn):
        key = person(conn)
        coverage.rebuild(conn, [key], at=AT)
        affiliation(conn, key, "pensioner", "2020-03-01")
        assert coverage.rebuild(conn, [key], at=AT) == 1
        (span,) = stored(conn, [key])
        assert (span.starts, span.ends, span.basis) == ("2020-03-01", None, "pensioner")
        assert coverage.rebuild(conn, [key], at=AT) == 0

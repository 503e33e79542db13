"""Days on which several basic insurers cover a person, as the rebuild of the spans writes them (S2.5)."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from daftar import coverage
from daftar.coverage.overlaps import together
from daftar.coverage.writing import Span
from daftar.store.connect import transaction
from daftar.store.dialect import execute, rows
from tests.coverage.registry import AT, affiliation, other_cover, person

FIRST = date(2024, 1, 1)
READ = "SELECT CAST(starts AS text), CAST(ends AS text), insurers, office FROM overlap ORDER BY starts"


def test_a_rebuild_writes_overlaps_and_takes_them_away(conn) -> None:
    with transaction(conn):
        key = person(conn)
        execute(conn, "UPDATE person SET office = 'ir-7' WHERE key = ?", [key])
        affiliation(conn, key, "pensioner", "2020-01-01", "2025-06-30")
        other_cover(conn, key, "ir-health", "2024-03-01")
        other_cover(conn, key, "ir-relief", "2025-01-01", "2025-03-31")
        coverage.rebuild(conn, [key], at=AT)
    assert rows(conn, READ) == [
        ("2024-03-01", "2024-12-31", "ir-health ir-sso", "ir-7"),
        ("2025-01-01", "2025-03-31", "ir-health ir-relief ir-sso", "ir-7"),
        ("2025-04-01", "2025-06-30", "ir-health ir-sso", "ir-7"),
    ]
    kept = rows(conn, "SELECT id FROM overlap WHERE starts = '2024-03-01'")
    with transaction(conn):
        execute(conn, "UPDATE other_cover SET withdrawn = ? WHERE insurer = 'ir-relief'", [True])
        execute(conn, "UPDATE affiliation SET ends = '2024-12-31'")
        coverage.rebuild(conn, [key], at=AT)
    assert rows(conn, READ) == [("2024-03-01", "2024-12-31", "ir-health ir-sso", "ir-7")]
    assert rows(conn, "SELECT id FROM overlap") == kept  # what stayed as it was keeps its number
    with transaction(conn):
        execute(conn, "UPDATE other_cover SET withdrawn = ?", [True])
        coverage.rebuild(conn, [key], at=AT)
    assert rows(conn, READ) == []


def test_one_insurer_alone_and_persons_of_others_are_no_overlap(conn) -> None:
    with transaction(conn):
        alone, elsewhere = person(conn), person(conn)
        affiliation(conn, alone, "pensioner", "2020-01-01")
        other_cover(conn, elsewhere, "ir-health", "2020-01-01")
        coverage.rebuild(conn, [alone, elsewhere], at=AT)
    assert rows(conn, READ) == []


DAYS = st.integers(0, 40)


@given(st.lists(st.tuples(st.sampled_from("abc"), DAYS, st.one_of(st.none(), DAYS)), max_size=8))
def test_stretches_say_day_by_day_what_the_spans_say(drawn: list[tuple[str, int, int | None]]) -> None:
    spans = [
        Span("k", who, _day(starts), None if length is None else _day(starts + length), "", "", "", "")
        for who, starts, length in drawn
    ]
    found = together(spans)
    for number in range(90):
        day = _day(number)
        covering = sorted({s.insurer for s in spans if s.starts <= day and (s.ends is None or day <= s.ends)})
        told = [insurers for starts, ends, insurers in found if starts <= day and (ends is None or day <= ends)]
        assert told == ([" ".join(covering)] if len(covering) > 1 else [])
    for (_, ends, insurers), (starts, _, following) in pairwise(found):
        assert insurers != following or ends != _day((date.fromisoformat(starts) - FIRST).days - 1)


def _day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()

"""The newer `recorded_at` wins, an older row is stale, the same content changes nothing (contracts §2)."""

from datetime import timedelta

from tests.feeds.conftest import NOON, Registry, person

MONTH = {"month": "2026-10", "kind": "compulsory"}


def paid(days: int, recorded_at: str = "", number: int = 1) -> dict[str, str]:
    return person(number, **MONTH, days=str(days), recorded_at=recorded_at)


def days(registry: Registry) -> list[int]:
    return [row["days"] for row in registry.content("contributions")]


def test_newer_row_wins_whatever_the_order(people: Registry) -> None:
    people.load("contributions", [paid(20, "2026-11-02T00:00:00Z")])
    older = people.load("contributions", [paid(10, "2026-11-01T00:00:00Z")])
    assert (older.stale, older.changed, days(people)) == (1, 0, [20])
    newer = people.load("contributions", [paid(30, "2026-11-03T00:00:00Z")])
    assert (newer.stale, newer.changed, days(people)) == (0, 1, [30])


def test_offsets_are_compared_as_instants(people: Registry) -> None:
    """03:30 in Tehran is midnight in UTC."""
    people.load("contributions", [paid(20, "2026-11-02T03:30:00+03:30")])
    assert people.load("contributions", [paid(10, "2026-11-01T23:59:59Z")]).stale == 1
    assert people.load("contributions", [paid(11, "2026-11-02T00:00:01")]).changed == 1


def test_order_within_one_file_counts_too(people: Registry) -> None:
    rows = [paid(10, "2026-11-01T00:00:00Z"), paid(30, "2026-11-03T00:00:00Z"), paid(20, "2026-11-02T00:00:00Z")]
    report = people.load("contributions", rows)
    assert (report.changed, report.stale, days(people)) == (2, 1, [30])


def test_of_two_recorded_at_once_the_later_sent_wins(people: Registry) -> None:
    people.load("contributions", [paid(10, "2026-11-01T00:00:00Z")])
    people.load("contributions", [paid(12, "2026-11-01T00:00:00Z")])
    assert days(people) == [12]


def test_same_file_twice_changes_nothing(people: Registry) -> None:
    first = people.load("contributions", [paid(10)])
    again = people.load("contributions", [paid(10)], at=NOON + timedelta(days=1))
    assert not first.already_loaded
    assert again.already_loaded
    assert (again.rows, again.changed, again.batch) == (1, 1, first.batch)
    assert people.query("SELECT count(*) FROM feed_batch WHERE state = 'loaded'")[0] == (2,)  # persons, contributions


def test_same_content_in_another_file_changes_nothing(people: Registry) -> None:
    """Also without `recorded_at`: what is stored keeps its time."""
    people.load("contributions", [paid(10)])
    again = people.load("contributions", [paid(10), paid(11, number=2)], at=NOON + timedelta(days=1))
    assert (again.unchanged, again.changed) == (1, 1)
    assert people.content("contributions")[0]["recorded_at"] in ("2026-11-21 12:00:00", "2026-11-22 12:00:00")
    assert {row["recorded_at"] for row in people.content("contributions")} == {
        "2026-11-21 12:00:00",
        "2026-11-22 12:00:00",
    }


def test_same_sealed_content_changes_nothing(registry: Registry) -> None:
    """Sealing the same twice gives other bytes; what counts is what was sealed."""
    row = person(1, given_name="مینا", mobile="09123456789")
    registry.load("persons", [row])
    assert registry.load("persons", [row | {"sex": ""}]).unchanged == 1
    assert registry.load("persons", [row | {"given_name": "مریم"}], at=NOON + timedelta(hours=1)).changed == 1


def test_a_row_without_time_takes_the_instant_of_its_load(people: Registry) -> None:
    people.load("contributions", [paid(10)], at=NOON)
    assert people.load("contributions", [paid(20)], at=NOON - timedelta(hours=1)).stale == 1
    assert people.load("contributions", [paid(20), paid(9, number=3)], at=NOON + timedelta(hours=1)).changed == 2
    assert days(people).count(20) == 1


def test_a_repeated_fact_keeps_its_newer_time(people: Registry) -> None:
    """The same said again later outlives a correction recorded in between."""
    people.load("contributions", [paid(10, "2026-11-01T00:00:00Z")])
    assert people.load("contributions", [paid(10, "2026-11-05T00:00:00Z")]).unchanged == 1
    assert people.load("contributions", [paid(20, "2026-11-03T00:00:00Z")]).stale == 1
    assert days(people) == [10]


def test_an_affiliation_that_moves_touches_both_persons(people: Registry) -> None:
    row = {"affiliation_id": "A", "kind": "pensioner", "starts": "2020-01-01"}
    people.load("affiliations", [row | person(1)])
    conn_due = "SELECT key FROM coverage_due"
    people.load("affiliations", [row | person(2)], at=NOON + timedelta(hours=1))
    assert {people.key(1), people.key(2)} <= {key for (key,) in people.query(conn_due)}
    assert [each["key"] for each in people.content("affiliations")] == [people.key(2)]

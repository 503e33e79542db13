"""The registry says since when it knows a fact, and keeps what the law read until then (S2.17, S2.18)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.feeds.conftest import NOON, Registry, national_code, person
from tests.feeds.test_tables import ROWS

OLD, NEW = "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"
FIRST, SECOND, THIRD = (datetime(2100, 1, day, 12, tzinfo=UTC) for day in (1, 2, 3))  # no clock is ahead of these
SPELL = {"affiliation_id": "A-9", "kind": "compulsory", "starts": "2025-01-01"}


def stored(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def since(registry: Registry, target: str) -> list[str]:
    return [row[0] for row in registry.query(f"SELECT known_since FROM {target} ORDER BY known_since")]


def past(registry: Registry) -> list[tuple]:
    """Table, what was said, when it was replaced, whether it was withdrawn."""
    found = registry.query('SELECT "table", said, replaced_at, withdrawn FROM fact_past ORDER BY id')
    return [(table, json.loads(said), replaced, bool(gone)) for table, said, replaced, gone in found]


def paid(days: int, recorded_at: str = OLD, number: int = 1, **cells: str) -> dict[str, str]:
    return person(number, month="2025-03", kind="compulsory", days=str(days), recorded_at=recorded_at, **cells)


@pytest.mark.parametrize("table", ["affiliations", "contributions", "dependencies", "evidence", "other_cover"])
def test_a_fact_is_known_since_it_came_whenever_its_source_recorded_it(people: Registry, table: str) -> None:
    row = ROWS[table] | {"recorded_at": OLD}
    people.load(table, [row], at=FIRST)
    [fact] = people.query(f"SELECT recorded_at, known_since FROM {row_target(table)}")
    assert fact == ("2026-01-01 00:00:00", stored(FIRST))
    assert past(people) == []


def row_target(table: str) -> str:
    return {"affiliations": "affiliation", "contributions": "contribution", "dependencies": "dependency"}.get(
        table, table
    )


def test_the_clock_of_a_long_load_goes_on(people: Registry) -> None:
    """A load that began days ago writes its last rows now: answers have been given since from what stood."""
    before = datetime.now(UTC)
    people.load("contributions", [paid(30)], at=NOON - timedelta(days=300))
    [known] = since(people, "contribution")
    assert known >= stored(before)


@pytest.mark.parametrize("again", [{}, {"recorded_at": NEW}, {"recorded_at": NEW, "workshop_name": "کارگاه نو"}])
def test_what_says_the_same_to_the_law_has_been_known_all_along(people: Registry, again: dict[str, str]) -> None:
    row = person(1, **SPELL, recorded_at=OLD)
    people.load("affiliations", [row], at=FIRST)
    people.load("affiliations", [row | again, person(2, **(SPELL | {"affiliation_id": "A-10"}))], at=SECOND)
    assert since(people, "affiliation") == [stored(FIRST), stored(SECOND)]
    assert past(people) == []


def test_a_row_that_says_otherwise_is_known_since_then_and_the_old_one_is_kept(people: Registry) -> None:
    people.load("contributions", [paid(20)], at=FIRST)
    people.load("contributions", [paid(30, NEW)], at=SECOND)
    assert since(people, "contribution") == [stored(SECOND)]
    said = {"kind": "compulsory", "month": "2025-03-01", "days": 20, "office": ""}
    assert past(people) == [("contribution", said, stored(SECOND), False)]
    [kept] = people.query("SELECT key, recorded_at, known_since FROM fact_past")
    assert kept == (people.key(1), "2026-01-01 00:00:00", stored(FIRST))


def test_a_withdrawn_spell_keeps_its_person_and_its_days(people: Registry) -> None:
    """Its own row loses both."""
    people.load("affiliations", [person(1, **SPELL, recorded_at=OLD, employer_name="کارفرما")], at=FIRST)
    people.load("affiliations", [{"affiliation_id": "A-9", "deleted": "true", "recorded_at": NEW}], at=SECOND)
    people.load("affiliations", [{"affiliation_id": "A-9", "deleted": "true"}], at=THIRD)
    said = {"kind": "compulsory", "starts": "2025-01-01", "ends": None, "office": ""}
    assert past(people) == [("affiliation", said, stored(SECOND), True)]
    assert people.query("SELECT key FROM fact_past") == [(people.key(1),)]


def test_a_spell_that_turns_out_to_be_somebody_elses_is_withdrawn_from_the_first(people: Registry) -> None:
    people.load("affiliations", [person(1, **SPELL, recorded_at=OLD)], at=FIRST)
    people.load("affiliations", [person(2, **SPELL, recorded_at=NEW)], at=SECOND)
    assert [(each[0], each[3]) for each in past(people)] == [("affiliation", True)]
    assert people.query("SELECT key FROM fact_past") == [(people.key(1),)]


def test_a_fact_that_comes_back_is_known_since_it_came_back(people: Registry) -> None:
    people.load("contributions", [paid(30)], at=FIRST)
    people.load("contributions", [paid(30, "2026-02-01T00:00:00Z", deleted="true")], at=SECOND)
    people.load("contributions", [paid(30, NEW)], at=THIRD)
    assert since(people, "contribution") == [stored(THIRD)]
    assert [(each[2], each[3]) for each in past(people)] == [(stored(SECOND), True)]


def test_stale_rows_and_rows_between_leave_no_trace(people: Registry) -> None:
    people.load("contributions", [paid(20, NEW)], at=FIRST)
    people.load("contributions", [paid(5, OLD)], at=SECOND)
    people.load("contributions", [paid(9, "2026-07-01T00:00:00Z"), paid(20, "2026-08-01T00:00:00Z")], at=THIRD)
    assert since(people, "contribution") == [stored(FIRST)]
    assert past(people) == []


def test_a_death_is_known_since_it_came(people: Registry) -> None:
    people.load("persons", [person(1, birth_date="1980-01-01", phone="021")], at=SECOND)
    people.load("persons", [person(1, birth_date="1980-01-01", death_date="2026-03-01")], at=THIRD)
    [(kept, said, _, gone)] = past(people)
    assert (kept, said["birth_date"], said["death_date"], gone) == ("person", "1980-01-01", None, False)
    [(known,)] = people.query("SELECT known_since FROM person WHERE key = ?", people.key(1))
    assert known == stored(THIRD)


def test_a_row_that_waited_is_known_since_its_person_came(registry: Registry) -> None:
    registry.load("contributions", [paid(30)], at=FIRST)
    registry.load("persons", [person(1)], at=SECOND)
    assert since(registry, "contribution") == [stored(SECOND)]


def test_nothing_that_is_sealed_is_kept_in_the_past(people: Registry) -> None:
    cover = person(1, insurer="ir-relief", starts="2025-01-01", number="77001122", recorded_at=OLD)
    people.load("other_cover", [cover], at=FIRST)
    people.load("other_cover", [cover | {"ends": "2025-12-31", "recorded_at": NEW}], at=SECOND)
    [(text,)] = people.query("SELECT said FROM fact_past")
    assert "77001122" not in text
    assert national_code(1) not in text

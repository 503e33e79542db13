"""Whatever was loaded in whatever order: what the registry said after a load can be told from it later (S2.18)."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daftar.disclosure.explanation.facts import COLUMNS, Facts, facts_of
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute, for_sqlite
from daftar.store.keys import Key
from tests.feeds.conftest import Registry, national_code, person
from tests.feeds.test_random_batches import TIMES, empty, often

FIRST = datetime(2100, 1, 1, 12, tzinfo=UTC)  # no clock is ahead of it
PERSONS = (1, 2, 3)
TABLES = ("affiliation", "dependency", "contribution")
ORIGIN = {"recorded_at": st.sampled_from(TIMES), "deleted": st.sampled_from(["", "", "true"])}


def rows_of(table: str, number: st.SearchStrategy[int], **cells: st.SearchStrategy[str]) -> st.SearchStrategy[tuple]:
    """A batch of one or two rows about one fact."""
    row = st.builds(lambda number, **rest: person(number, **rest), number, **cells, **ORIGIN)
    return st.tuples(st.just(table), st.lists(row, min_size=1, max_size=2))


ENDS = st.sampled_from(["", "2024-01-01"])
BATCHES = st.one_of(
    rows_of(
        "contributions",
        st.just(1),
        month=st.just("2026-01"),
        kind=st.just("resident"),
        days=st.sampled_from(["0", "15", "31"]),
    ),
    rows_of(
        "affiliations",
        st.sampled_from([1, 2]),
        affiliation_id=st.just("a"),
        kind=st.just("pensioner"),
        starts=st.just("2020-01-01"),
        ends=ENDS,
        employer_name=st.sampled_from(["", "one"]),
    ),
    rows_of(
        "dependencies",
        st.just(1),
        main_id_type=st.just("ir-national-code"),
        main_id_number=st.just(national_code(3)),
        relation=st.just("son"),
        starts=st.just("2020-01-01"),
        ends=ENDS,
    ),
)
ORDERS = st.lists(BATCHES, min_size=6, max_size=12)


def held(registry: Registry, number: int) -> Counter[tuple]:
    """What the registry says of a person now, read from its tables."""
    found = Counter[tuple]()
    for table in TABLES:
        columns = ", ".join(COLUMNS[table])
        sql = f"SELECT {columns} FROM {table} WHERE key = ? AND NOT withdrawn"
        found.update((table, *row) for row in registry.query(sql, UUID(registry.key(number))))
    return found


def told(facts: Facts) -> Counter[tuple]:
    """What an explanation says that was known."""
    found = Counter[tuple]()
    for fact in facts.held:
        if not fact.later:
            values = [for_sqlite(value) for value in fact.values.values()]
            found[(fact.table, *([fact.main.hex] if fact.main else []), *values)] += 1
    return found


def follow(registry: Registry, sent: list[tuple[str, list[dict]]]) -> None:
    """Load batches about known persons an hour apart; at the end, explain an answer of after each."""
    empty(registry)
    registry.load("persons", [person(number) for number in PERSONS])
    conn = connect(registry.url)
    with transaction(conn):
        execute(conn, "DELETE FROM fact_past")
    known = []
    for hour, (table, rows) in enumerate(sent):
        at = FIRST + timedelta(hours=hour)
        registry.load(table, rows, at=at)
        known.append((at + timedelta(minutes=30), {number: held(registry, number) for number in PERSONS}))
    for asked_at, by_person in known:
        for number, expected in by_person.items():
            key = Key(UUID(registry.key(number)))
            assert told(facts_of(conn, key, TABLES, asked_at=asked_at, day=date(2026, 6, 1))) == expected
    conn.close()


@settings(max_examples=12, **often)
@given(sent=ORDERS)
def test_what_was_known_after_each_load_is_told_from_the_past(registry: Registry, sent: list) -> None:
    follow(registry, sent)


@pytest.mark.slow
@settings(max_examples=500, **often)
@given(sent=ORDERS)
def test_what_was_known_after_each_load_is_told_from_the_past_long(registry: Registry, sent: list) -> None:
    follow(registry, sent)

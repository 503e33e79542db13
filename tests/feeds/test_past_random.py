"""Whatever was loaded in whatever order: what the registry said after a load can be told from it later (S2.18)."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings

from daftar.disclosure.explanation.facts import COLUMNS, Facts, facts_of
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute, for_sqlite
from daftar.store.keys import Key
from tests.feeds.conftest import Registry
from tests.feeds.test_random_batches import empty, often, orders

FIRST = datetime(2100, 1, 1, 12, tzinfo=UTC)  # no clock is ahead of it
PERSONS = (1, 2, 3)
TABLES = ("affiliation", "dependency", "contribution")


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
    """Load the batches an hour apart; at the end, explain an answer of after each."""
    empty(registry)
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


@settings(max_examples=25, **often)
@given(sent=orders)
def test_what_was_known_after_each_load_is_told_from_the_past(registry: Registry, sent: list) -> None:
    follow(registry, sent)


@pytest.mark.slow
@settings(max_examples=500, **often)
@given(sent=orders)
def test_what_was_known_after_each_load_is_told_from_the_past_long(registry: Registry, sent: list) -> None:
    follow(registry, sent)

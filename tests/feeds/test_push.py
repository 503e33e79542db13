"""A pushed body: spooled up to a limit, loaded by its content type, with the same report (contracts §3)."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from daftar.feeds.report import Report
from daftar.feeds.spool import BodyTooLarge
from daftar.gate.rest.feeds import MOST_AT_ONCE, TooManyPushes, receive_feed
from tests.feeds.conftest import NOON, Registry, as_csv, as_ndjson, person


def push(registry: Registry, content: bytes, content_type: str, **given) -> Report:
    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 1000):
            yield content[start : start + 1000]

    async def receive() -> Report:
        place = {"database_url": registry.url, "secrets": registry.secrets, "at": NOON}
        name, table = given.pop("batch", "batch-1"), given.pop("table", "persons")
        return await receive_feed(table, name, content_type, chunks(), **(place | given))

    return asyncio.run(receive())


@pytest.mark.parametrize(
    ("content_type", "written"), [("text/csv; charset=utf-8", as_csv), ("application/x-ndjson", as_ndjson)]
)
def test_a_push_is_loaded(registry: Registry, content_type: str, written) -> None:
    content = written([person(i, given_name="x" * 50) for i in range(200)])
    report = push(registry, content, content_type, office="77")
    assert (report.problem, report.name, report.rows, report.changed) == (None, "batch-1", 200, 200)
    assert registry.query("SELECT DISTINCT office FROM person") == [("77",)]
    again = push(registry, content, content_type, office="77")
    assert (again.already_loaded, again.rows, again.changed) == (True, 200, 200)


def test_a_push_over_the_limit_is_refused(registry: Registry) -> None:
    with pytest.raises(BodyTooLarge):
        push(registry, as_ndjson([person(i) for i in range(100)]), "application/x-ndjson", most_bytes=5000)
    assert registry.content("persons") == []


def test_another_content_type_is_refused(registry: Registry) -> None:
    assert push(registry, b"{}", "application/json").problem == "unknown_format"


def test_an_empty_push_is_told(registry: Registry) -> None:
    assert push(registry, b"", "text/csv").problem == "empty_file"


def test_pushes_beyond_those_that_may_run_at_once_are_turned_away_unread(registry: Registry) -> None:
    """Slow senders hold the places; one more is told at once, and a freed place is taken again."""
    read: list[str] = []

    async def receive(batch: str, gate: asyncio.Event) -> Report:
        async def chunks() -> AsyncIterator[bytes]:
            read.append(batch)
            await gate.wait()
            yield b""

        place = {"database_url": registry.url, "secrets": registry.secrets, "at": NOON}
        return await receive_feed("persons", batch, "text/csv", chunks(), **place)

    async def story() -> None:
        gate = asyncio.Event()
        slow = [asyncio.create_task(receive(f"slow-{i}", gate)) for i in range(MOST_AT_ONCE)]
        while len(read) < MOST_AT_ONCE:
            await asyncio.sleep(0)
        with pytest.raises(TooManyPushes):
            await receive("one more", gate)
        assert "one more" not in read
        slow.pop().cancel()
        await asyncio.sleep(0.01)
        gate.set()
        assert (await receive("later", gate)).problem == "empty_file"
        assert [each.problem for each in await asyncio.gather(*slow)] == ["empty_file"] * (MOST_AT_ONCE - 1)

    asyncio.run(story())


def names(registry: Registry) -> list[tuple[str, str]]:
    return [(row["given_name"], row["office"]) for row in registry.content("persons")]


def test_the_same_body_under_another_name_is_loaded(registry: Registry) -> None:
    """b3 says again what b1 said, after b2 has changed it."""
    one, two = (as_ndjson([person(1, given_name=name)]) for name in ("one", "two"))
    for batch, body in (("b1", one), ("b2", two), ("b3", one)):
        report = push(registry, body, "application/x-ndjson", batch=batch)
        assert (report.changed, report.already_loaded) == (1, False)
    assert names(registry) == [("one", "")]
    assert push(registry, two, "application/x-ndjson", batch="b2").already_loaded
    assert names(registry) == [("one", "")]


def test_the_same_name_with_another_body_is_loaded(registry: Registry) -> None:
    for name in ("one", "two"):
        assert push(registry, as_ndjson([person(1, given_name=name)]), "application/x-ndjson").changed == 1
    assert names(registry) == [("two", "")]


def test_two_offices_may_push_the_same(registry: Registry) -> None:
    for office in ("77", "78", "7"):
        assert push(registry, as_ndjson([person(1, given_name="one")]), "application/x-ndjson", office=office).changed
    assert names(registry) == [("one", "7")]


def test_a_sender_with_an_office_writes_for_it_alone(registry: Registry) -> None:
    """Withdrawals too; a sender without an office, and a file, may name any."""
    own, other = person(1, office="77"), person(2, office="78")
    rows = [own, other, person(3), person(4, office="78", deleted="true"), person(5, office="x" * 17)]
    report = push(registry, as_ndjson(rows), "application/x-ndjson", office="77")
    found = [(each.line, each.column, each.reason) for each in report.quarantined]
    assert found[:2] == [(2, "office", "another_office"), (4, "office", "another_office")]
    assert (report.changed, report.quarantined_rows, found[2][0]) == (2, 3, 5)
    assert {row["office"] for row in registry.content("persons")} == {"77"}
    assert push(registry, as_ndjson([other]), "application/x-ndjson").changed == 1
    assert registry.load("persons", [person(6, office="78")], office="77").changed == 1


def test_another_offices_row_does_not_wait_either(registry: Registry) -> None:
    row = person(1, month="2026-10", kind="resident", days="1", office="78")
    report = push(registry, as_ndjson([row]), "application/x-ndjson", table="contributions", office="77")
    assert (report.pending, report.quarantined_rows) == (0, 1)
    assert registry.query("SELECT count(*) FROM feed_pending") == [(0,)]

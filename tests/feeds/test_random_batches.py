"""Any batches in any order, with repetitions, end in what the rules say: a slow oracle beside the loader."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute
from tests.feeds.conftest import NOON, Registry, person

TIMES = ["", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z"]
numbers, times, deleted = st.integers(1, 3), st.sampled_from(TIMES), st.sampled_from(["", "", "", "true"])
origin = {"recorded_at": times, "deleted": deleted}


def cells(table: str, content: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[tuple[str, list[dict]]]:
    """A batch: its table and its rows."""
    row = st.builds(lambda number, **rest: person(number, **rest), numbers, **content, **origin)
    return st.tuples(st.just(table), st.lists(row, min_size=1, max_size=5))


def dependency(number: int, main: int, **rest: str) -> dict[str, str]:
    named = person(main)
    return person(number, main_id_type=named["id_type"], main_id_number=named["id_number"], relation="son", **rest)


dependencies = st.tuples(
    st.just("dependencies"),
    st.lists(
        st.builds(
            dependency,
            numbers,
            st.integers(1, 3),
            starts=st.just("2020-01-01"),
            ends=st.sampled_from(["", "2024-01-01"]),
            **origin,
        ),
        min_size=1,
        max_size=4,
    ),
)
batches = st.one_of(
    cells("persons", {"given_name": st.sampled_from(["", "مینا", "امیر"]), "sex": st.sampled_from(["", "male"])}),
    cells(
        "contributions",
        {
            "month": st.sampled_from(["2026-01", "2026-02"]),
            "kind": st.just("resident"),
            "days": st.sampled_from(["0", "15", "31"]),
        },
    ),
    cells(
        "affiliations",
        {
            "affiliation_id": st.sampled_from(["a", "b"]),
            "kind": st.just("pensioner"),
            "starts": st.sampled_from(["2020-01-01", "2021-01-01"]),
            "employer_name": st.sampled_from(["", "one"]),
        },
    ),
    dependencies,
)

KEYS = {
    "persons": ("id_number",),
    "contributions": ("id_number", "month", "kind"),
    "affiliations": ("affiliation_id",),
    "dependencies": ("id_number", "main_id_number", "starts"),
}


@dataclass
class Oracle:
    """The rules of contracts §2, one row after another."""

    facts: dict[tuple, tuple[dict | None, str]] = field(default_factory=dict)  # content, or None; recorded_at
    people: set[str] = field(default_factory=set)
    waiting: dict[str, tuple[str, dict, datetime]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def load(self, table: str, rows: list[dict], at: datetime) -> None:
        content = json.dumps([table, rows])
        if content not in self.seen:
            self.seen.add(content)
            for row in rows:
                self.take(table, row, at)
        if table == "persons":
            for name, waiting in list(self.waiting.items()):
                del self.waiting[name]
                self.take(*waiting)

    def take(self, table: str, row: dict, at: datetime) -> None:
        if wrong(table, row):
            return
        if table == "persons":
            self.people.add(row["id_number"])
        needed = {row["id_number"], row.get("main_id_number", row["id_number"])}
        if table == "affiliations" and row["deleted"]:
            needed = set()
        if not needed <= self.people:
            name = json.dumps([table, {column: cell for column, cell in row.items() if cell}])
            self.waiting.pop(name, None)
            self.waiting[name] = (table, row, at)
            return
        key = (table, *(row[column] for column in KEYS[table]))
        content = None
        if not row["deleted"]:
            content = {c: cell for c, cell in row.items() if c not in ("recorded_at", "deleted", *KEYS[table])}
        recorded = row["recorded_at"] or at.strftime("%Y-%m-%dT%H:%M:%SZ")
        if key not in self.facts:
            self.facts[key] = (content, recorded)
            return
        known, known_recorded = self.facts[key]
        if content == known:
            if row["recorded_at"]:
                self.facts[key] = (known, max(recorded, known_recorded))
        elif recorded >= known_recorded:
            self.facts[key] = (content, recorded)


def wrong(table: str, row: dict) -> bool:
    """The only fault that these batches can have."""
    return table == "dependencies" and row["id_number"] == row["main_id_number"]


def told(registry: Registry) -> dict[tuple, tuple[dict | None, str]]:
    """The registry in the oracle's words."""
    who = {registry.key(number): person(number)["id_number"] for number in range(1, 4)}
    found = {}
    for row in registry.content("persons"):
        content = {"given_name": row.get("given_name", ""), "sex": row["sex"]}
        found["persons", who[row["key"]]] = (row, content | {"id_type": "ir-national-code"})
    for row in registry.content("contributions"):
        content = {"days": str(row["days"]), "id_type": "ir-national-code"}
        found["contributions", who[row["key"]], row["month"][:7], row["kind"]] = (row, content)
    for row in registry.content("affiliations"):
        content = {"kind": row["kind"], "starts": row["starts"], "employer_name": row.get("employer_name", "")}
        named = {"id_type": "ir-national-code", "id_number": who.get(row["key"], "")}
        found["affiliations", row["affiliation_id"]] = (row, content | named)
    for row in registry.content("dependencies"):
        types = {"id_type": "ir-national-code", "main_id_type": "ir-national-code"}
        content = {"relation": row["relation"], "ends": row["ends"] or "", **types}
        found["dependencies", who[row["key"]], who[row["main_key"]], row["starts"]] = (row, content)
    return {
        key: (None if row["withdrawn"] else content, row["recorded_at"].replace(" ", "T") + "Z")
        for key, (row, content) in found.items()
    }


def empty(registry: Registry) -> None:
    conn = connect(registry.url)
    with transaction(conn):
        for table in ("person", "person_identifier", "affiliation", "contribution", "dependency"):
            execute(conn, f"DELETE FROM {table}")
        for table in ("feed_batch", "feed_quarantine", "feed_pending", "feed_office", "coverage_due"):
            execute(conn, f"DELETE FROM {table}")
    conn.close()


def follow(registry: Registry, sent: list[tuple[str, list[dict]]], suffix: str) -> None:
    """Load the batches one after another, an hour apart, and compare after each."""
    empty(registry)
    oracle = Oracle()
    for hour, (table, rows) in enumerate(sent):
        at = NOON + timedelta(hours=hour)
        report = registry.load(table, rows, suffix=suffix, at=at)
        assert report.problem is None
        assert (
            report.rows == report.changed + report.stale + report.unchanged + report.pending + report.quarantined_rows
        )
        oracle.load(table, rows, at)
        assert told(registry) == oracle.facts
    assert registry.query("SELECT count(*) FROM feed_pending") == [(len(oracle.waiting),)]


orders = st.lists(batches, min_size=1, max_size=8).flatmap(
    lambda made: st.lists(st.sampled_from(made), min_size=1, max_size=10)
)
often = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=25, **often)
@given(sent=orders)
def test_registry_equals_the_oracle(registry: Registry, sent: list[tuple[str, list[dict]]]) -> None:
    follow(registry, sent, ".ndjson")


@pytest.mark.slow
@settings(max_examples=600, **often)
@given(sent=orders, suffix=st.sampled_from([".csv", ".ndjson"]))
def test_registry_equals_the_oracle_long(registry: Registry, sent: list[tuple[str, list[dict]]], suffix: str) -> None:
    follow(registry, sent, suffix)


@settings(max_examples=15, **often)
@given(made=st.lists(batches, min_size=2, max_size=5), data=st.data())
def test_dated_batches_end_alike_in_any_order(registry: Registry, made: list, data: st.DataObject) -> None:
    """With a time of its own on every row, the order in which batches come does not matter, persons before or after."""
    dated = []
    for minute, (table, rows) in enumerate(made):
        times = (f"2026-06-01T{minute:02}:{second:02}:00Z" for second in range(60))
        dated.append((table, [row | {"recorded_at": next(times)} for row in rows]))
    everyone = ("persons", [person(number, recorded_at="2026-01-01T00:00:00Z") for number in range(1, 4)])
    ends = []
    for sent in ([*dated, everyone], data.draw(st.permutations([*dated, everyone]))):
        empty(registry)
        for table, rows in sent:
            registry.load(table, rows)
        ends.append(told(registry))
    assert ends[0] == ends[1]

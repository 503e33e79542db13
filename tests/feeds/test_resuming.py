"""A load that was broken off goes on from its position, with the instant of its beginning."""

from datetime import timedelta

import pytest

from daftar import coverage
from daftar.feeds.batches import Batch
from daftar.feeds.chunk import ChunkWriter
from daftar.store.pace import Pace
from tests.feeds.conftest import NOON, Registry, person


class Broken(RuntimeError):
    """In the place of a kill."""


def break_off_after(patched: pytest.MonkeyPatch, chunks: int) -> list[int]:
    """Small chunks, and an end after some of them; returns the list in which their sizes are noted."""
    sizes: list[int] = []
    write = ChunkWriter.write

    def some(self: ChunkWriter, batch: Batch, block, *rest) -> None:
        if len(sizes) == chunks:
            raise Broken
        write(self, batch, block, *rest)
        sizes.append(len(block))

    def small(self: Pace, conn: object, rows: int, most: int = 100, *_: float) -> None:
        self.rows, self.least, self.most, self.others = 100, 100, most, None

    patched.setattr(ChunkWriter, "write", some)
    patched.setattr(Pace, "__init__", small)
    return sizes


def rows(count: int) -> list[dict[str, str]]:
    """Every tenth row is faulty, also as a whole."""
    content = [
        person(i % 9 + 1, month=f"2025-{i % 12 + 1:02}", kind="resident", days=str(i % 31)) for i in range(count)
    ]
    for i in range(0, count, 10):
        content[i]["days"] = "99"
    return content


def test_the_rest_follows_with_the_first_instant(people: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    content = rows(1000)
    with monkeypatch.context() as patched, pytest.raises(Broken):
        break_off_after(patched, 3)
        people.load("contributions", content)
    assert people.query('SELECT state, position FROM feed_batch WHERE "table" = ?', "contributions") == [
        ("loading", 300)
    ]
    report = people.load("contributions", content, at=NOON + timedelta(days=3))
    assert (report.rows, report.quarantined_rows) == (1000, 100)
    assert report.changed + report.stale + report.unchanged == 900
    assert {row["recorded_at"] for row in people.content("contributions")} == {"2026-11-21 12:00:00"}
    assert len(people.query("SELECT 1 FROM feed_quarantine")) == 100


def test_lines_that_are_no_rows_count_in_the_position(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"r{i},n,city" if i % 3 else "broken" for i in range(900)]
    content = ("code,name,level\n" + "\n".join(lines)).encode()
    with monkeypatch.context() as patched, pytest.raises(Broken):
        break_off_after(patched, 4)
        registry.load("regions", content, suffix=".csv")
    report = registry.load("regions", content, suffix=".csv")
    assert (report.rows, report.changed, report.quarantined_rows) == (900, 600, 300)
    assert len({line for (line,) in registry.query("SELECT line FROM feed_quarantine")}) == 300


def test_a_kill_before_the_rebuild_is_made_good(people: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the same file, or by any other load."""

    def killed(*_: object, **__: object) -> None:
        raise Broken

    affiliation = {"affiliation_id": "A", "kind": "pensioner", "starts": "2020-01-01", **person(1)}
    with monkeypatch.context() as patched, pytest.raises(Broken):
        patched.setattr(coverage, "rebuild_due", killed)
        people.load("affiliations", [affiliation], rebuild=True)
    assert people.query("SELECT count(*) FROM coverage") == [(0,)]
    assert people.query("SELECT count(*) FROM coverage_due")[0][0] > 0
    people.load("regions", [{"code": "r", "name": "n", "level": "city"}], rebuild=True)
    assert people.query("SELECT basis FROM coverage WHERE key = ? AND reason = 'spell_in_force'", people.key(1)) == [
        ("pensioner",)
    ]
    assert people.query("SELECT count(*) FROM coverage_due") == [(0,)]


def test_two_loaders_at_one_file_do_not_double(people: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that comes second to a chunk gives way and says so."""
    content, write, rivals = rows(500), ChunkWriter.write, []

    def overtaken(self: ChunkWriter, *given) -> None:
        if not rivals:
            rivals.append(1)
            assert people.load("contributions", content).problem is None
        write(self, *given)

    monkeypatch.setattr(ChunkWriter, "write", overtaken)
    assert people.load("contributions", content).problem == "loading_elsewhere"
    [(state, count, quarantined)] = people.query(
        'SELECT state, rows, quarantined FROM feed_batch WHERE "table" = ?', "contributions"
    )
    assert (state, count, quarantined) == ("loaded", 500, 50)
    assert len(people.query("SELECT 1 FROM feed_quarantine")) == 50

"""Rows about persons not yet known wait, sealed, and come in after the next load of persons (contracts §2)."""

from datetime import timedelta

import pytest

from daftar.feeds.load import Load
from tests.feeds.conftest import NOON, Registry, national_code, person
from tests.feeds.test_tables import ROWS

ABOUT_PERSONS = ["affiliations", "contributions", "dependencies", "evidence", "other_cover", "filings", "settlements"]


def waiting(registry: Registry) -> int:
    return registry.query("SELECT count(*) FROM feed_pending")[0][0]


@pytest.mark.parametrize("table", ABOUT_PERSONS)
def test_a_row_waits_and_comes_in(registry: Registry, table: str) -> None:
    report = registry.load(table, [ROWS[table]])
    assert (report.pending, report.changed, waiting(registry)) == (1, 0, 1)
    assert registry.content(table) == []
    released = registry.load("persons", [person(1), person(2)])
    assert (released.released, waiting(registry)) == (1, 0)
    assert len(registry.content(table)) == 1


def test_a_waiting_row_is_sealed(registry: Registry) -> None:
    registry.load("contributions", [ROWS["contributions"]])
    [(sealed, waits_for)] = registry.query("SELECT sealed, waits_for FROM feed_pending")
    assert national_code(1).encode() not in sealed
    assert waits_for == registry.key(1)


def test_a_dependency_waits_for_both(registry: Registry) -> None:
    registry.load("dependencies", [ROWS["dependencies"]])
    assert registry.load("persons", [person(2)]).released == 0
    assert registry.query("SELECT waits_for FROM feed_pending") == [(registry.key(1),)]
    assert registry.load("persons", [person(1)]).released == 1
    assert len(registry.content("dependencies")) == 1


def test_the_same_row_waits_once(registry: Registry) -> None:
    registry.load("contributions", [ROWS["contributions"], ROWS["contributions"]])
    registry.load("contributions", [ROWS["contributions"], ROWS["contributions"] | {"month": "2026-09"}])
    assert waiting(registry) == 2


def test_waiting_rows_keep_their_own_instant(registry: Registry) -> None:
    """A row without time counts as recorded when it came, not when its person did."""
    row = ROWS["contributions"]
    registry.load("contributions", [row], at=NOON)
    registry.load("persons", [person(1)], at=NOON + timedelta(days=5))
    assert registry.content("contributions")[0]["recorded_at"] == "2026-11-21 12:00:00"


def test_waiting_rows_come_in_by_the_rules(registry: Registry) -> None:
    row = ROWS["contributions"]
    registry.load("contributions", [row | {"days": "20", "recorded_at": "2026-11-03T00:00:00Z"}])
    registry.load("contributions", [row | {"days": "10", "recorded_at": "2026-11-01T00:00:00Z"}])
    registry.load("persons", [person(1)])
    assert [each["days"] for each in registry.content("contributions")] == [20]


def test_released_persons_are_marked_for_a_rebuild(registry: Registry) -> None:
    registry.load("affiliations", [ROWS["affiliations"] | {"kind": "pensioner"}])
    report = registry.load("persons", [person(1)], rebuild=True)
    assert report.persons_touched == 1
    assert registry.query("SELECT count(*) FROM coverage_due") == [(0,)]
    assert registry.query("SELECT count(*) FROM coverage")[0][0] > 0


def test_loading_persons_again_releases_too(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill between the persons and the release is made good by the same file."""

    def killed(load: Load) -> None:
        raise KeyboardInterrupt

    registry.load("contributions", [ROWS["contributions"]])
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Load, "_release", killed)
        registry.load("persons", [person(1)])
    assert (len(registry.content("persons")), waiting(registry)) == (1, 1)
    assert registry.load("persons", [person(1)]).released == 1
    assert waiting(registry) == 0


def test_many_rows_wait(registry: Registry) -> None:
    rows = [person(number, month="2026-10", kind="resident", days="12") for number in range(3000)]
    assert registry.load("contributions", rows).pending == 3000
    report = registry.load("persons", [person(number) for number in range(3000)])
    assert (report.released, waiting(registry), len(registry.content("contributions"))) == (3000, 0, 3000)

"""A mobile registered at a counter has a clock of its own beside the nightly persons feed (S2.9)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from daftar.portal.people.services import mobile_register
from daftar.terms.mobiles import Mobile
from tests.feeds.conftest import NOON, Registry, person
from tests.portal.site import point_django_at, put_back

COUNTER, FEEDS = "+989120000077", "+989121111111"
BEFORE, SEEN, AFTER = "2026-11-10T09:00:00Z", datetime(2026, 11, 15, 10, tzinfo=UTC), "2026-11-20T09:00:00Z"
FIRST = {"given_name": "نادر", "recorded_at": "2026-11-01T09:00:00Z"}


@pytest.fixture
def registered(registry: Registry, django_db_blocker) -> Callable[[], None]:
    """Persons 1 and 2 are known; calling it registers the mobile of person 1 at a counter."""
    registry.load("persons", [person(1, mobile=FEEDS, mobile_verified="true", **FIRST), person(2, **FIRST)])

    def register() -> None:
        before = point_django_at(registry.url)
        with django_db_blocker.unblock():
            mobile_register(key=UUID(registry.key(1)), mobile=Mobile(COUNTER), office="77", by="clerk", at=SEEN)
            put_back(before)

    return register


def one(registry: Registry) -> dict:
    return next(row for row in registry.content("persons") if row["key"] == registry.key(1))


def mobile(registry: Registry) -> tuple[str | None, bool, bool]:
    """The sealed number, whether it is verified, whether it is the counter's; its index must say the same number."""
    row = one(registry)
    number = row.get("mobile")
    assert row["mobile_key"] == (registry.secrets.mobile_key(number).hex if number else None)
    return number, bool(row["mobile_verified"]), row["mobile_recorded_at"] is not None


def test_a_death_recorded_before_the_counter_comes_in(registry: Registry, registered: Callable[[], None]) -> None:
    registered()
    row = person(1, death_date="2026-11-09", mobile=FEEDS, given_name="نادر", recorded_at=BEFORE)
    report = registry.load("persons", [row, person(2, sex="male", recorded_at=BEFORE)])
    assert (report.changed, report.stale) == (2, 0)
    assert (one(registry)["death_date"], one(registry)["recorded_at"]) == ("2026-11-09", "2026-11-10 09:00:00")
    assert one(registry)["given_name"] == "نادر"
    assert mobile(registry) == (COUNTER, True, True)
    assert registry.load("persons", [row, person(3)]).unchanged == 1


def test_a_newer_row_without_mobile_leaves_the_counters(registry: Registry, registered: Callable[[], None]) -> None:
    registered()
    assert registry.load("persons", [person(1, given_name="نادره", recorded_at=AFTER)]).changed == 1
    assert one(registry)["given_name"] == "نادره"
    assert mobile(registry) == (COUNTER, True, True)


def test_a_newer_mobile_of_the_feed_wins(registry: Registry, registered: Callable[[], None]) -> None:
    registered()
    assert registry.load("persons", [person(1, mobile=FEEDS, recorded_at=AFTER)]).changed == 1
    assert mobile(registry) == (FEEDS, False, False)
    registry.load("persons", [person(1, recorded_at="2026-11-20T10:00:00Z")])
    assert mobile(registry) == (None, False, False)


def test_rows_of_one_file_follow_one_another(registry: Registry, registered: Callable[[], None]) -> None:
    """Kept by the first, replaced by the second, empty in the third; and the other way round nothing is lost."""
    registered()
    older = person(1, sex="male", mobile=FEEDS, recorded_at=BEFORE)
    newer = person(1, mobile="09123333333", recorded_at=AFTER)
    report = registry.load("persons", [older, newer, older])
    assert (report.changed, report.stale, mobile(registry)) == (2, 1, ("+989123333333", False, False))
    registered()
    report = registry.load("persons", [person(1, sex="male", recorded_at="2026-11-20T11:00:00Z"), older])
    assert (report.changed, report.stale, mobile(registry)) == (1, 1, (COUNTER, True, True))


@pytest.mark.parametrize("when", [BEFORE, AFTER])
def test_withdrawal_wipes_the_counters_mobile_too(
    registry: Registry, registered: Callable[[], None], when: str
) -> None:
    registered()
    assert registry.load("persons", [person(1, deleted="true", recorded_at=when)]).changed == 1
    assert mobile(registry) == (None, False, False)
    registry.load("persons", [person(1, sex="male", recorded_at="2026-11-20T10:00:00Z")])
    assert mobile(registry) == (None, False, False)


def test_within_one_file_the_counters_stands_until_a_row_replaces_it(
    registry: Registry, registered: Callable[[], None]
) -> None:
    registered()
    older, newer = person(1, sex="male", recorded_at=BEFORE), person(1, sex="female", recorded_at=AFTER)
    assert registry.load("persons", [older, newer]).changed == 2
    assert mobile(registry) == (COUNTER, True, True)
    feeds = person(1, mobile=FEEDS, recorded_at="2026-11-20T10:00:00Z")
    assert registry.load("persons", [feeds, person(1, recorded_at="2026-11-20T11:00:00Z")]).changed == 2
    assert mobile(registry) == (None, False, False)


def test_a_nightly_file_that_repeats_the_feeds_mobile_undoes_nothing(
    registry: Registry, registered: Callable[[], None]
) -> None:
    """It says no time of its own, and the mobile that the counter took the place of (contracts §2)."""
    registered()
    for sex in ("male", "female"):
        row = person(1, given_name="نادر", mobile="09121111111", mobile_verified="true", sex=sex)
        registry.load("persons", [row, person(2)])
        assert mobile(registry) == (COUNTER, True, True)
        assert one(registry)["sex"] == sex, "all else that it says counts"
    assert registry.load("persons", [row, person(2), person(3)]).unchanged == 2


def test_a_nightly_file_with_another_mobile_brings_a_later_one(
    registry: Registry, registered: Callable[[], None]
) -> None:
    registered()
    registry.load("persons", [person(1, mobile=FEEDS)])
    registry.load("persons", [person(1, mobile="09122222222")])
    assert mobile(registry) == ("+989122222222", False, False)
    registered()
    registry.load("persons", [person(1, mobile="09122222222", sex="male")])
    assert mobile(registry) == (COUNTER, True, True), "registered a second time, against the feed's second mobile"
    registry.load("persons", [person(1, mobile=FEEDS, sex="male")], at=NOON + timedelta(days=1))
    assert mobile(registry) == (FEEDS, False, False)


def test_what_the_feed_learnt_before_the_counter_is_what_it_repeats(
    registry: Registry, registered: Callable[[], None]
) -> None:
    """A late row of a time before the counter's tells the feed's mobile of then; the nightly file repeats that one."""
    registered()
    late = person(1, mobile="09123333333", recorded_at=BEFORE)
    registry.load("persons", [late, person(1, mobile="09123333333", sex="male")])
    assert (mobile(registry), one(registry)["sex"]) == ((COUNTER, True, True), "male")
    registry.load("persons", [person(1, mobile=FEEDS)])
    assert mobile(registry) == (FEEDS, False, False)


def test_registered_twice_at_the_counter_the_feed_still_repeats_its_own(
    registry: Registry, registered: Callable[[], None]
) -> None:
    registered()
    registered()
    registry.load("persons", [person(1, mobile=FEEDS)])
    assert mobile(registry) == (COUNTER, True, True)


@pytest.mark.parametrize("said", [{}, {"mobile_verified": "false"}, {"recorded_at": AFTER}])
def test_a_feed_that_takes_over_the_counters_number_leaves_it_verified(
    registry: Registry, registered: Callable[[], None], said: dict[str, str]
) -> None:
    """An office has seen the person; that a branch copies the number, and vouches for nothing, takes nothing away."""
    registered()
    row = person(1, given_name="نادر", mobile=COUNTER, **said)
    registry.load("persons", [row])
    assert mobile(registry) == (COUNTER, True, True)
    registry.load("persons", [person(1, mobile=FEEDS)])
    assert mobile(registry) == (FEEDS, False, False), "another mobile than the feed's last is a later one"

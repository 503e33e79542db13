"""Lists are filtered by days in one way: both days count, in the reader's time zone, and either may stay open."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from daftar.portal.affiliation.forms import DaysFilter

TEHRAN = ZoneInfo("Asia/Tehran")


@pytest.mark.parametrize(
    ("first", "last", "since", "before"),
    [
        ("", "", None, None),
        ("2026-11-21", "2026-11-21", datetime(2026, 11, 20, 20, 30), datetime(2026, 11, 21, 20, 30)),
        ("", "2199-12-31", None, datetime(2199, 12, 31, 20, 30)),
        ("", "9999-12-31", None, None),  # no day that can be meant
        ("2026-11-22", "2026-11-21", None, None),
    ],
)
def test_both_days_count(first: str, last: str, since: datetime | None, before: datetime | None) -> None:
    filtered = DaysFilter({"day_from": first, "day_to": last})
    found = [each and each.astimezone(UTC).replace(tzinfo=None) for each in filtered.span(TEHRAN)]
    assert found == [since, before]
    assert set(filtered.errors) == ({"day_to"} if last and not before else set())

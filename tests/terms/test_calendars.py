"""Days as people write them, in both calendars."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.terms.calendars import jalali_to_gregorian, read_day, read_iso_day, show_day, show_day_short, year_in
from daftar.terms.digits import to_latin
from daftar.terms.jurisdictions import jurisdiction_of, jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.periods import Period, check_service_day, merge

DAYS = st.dates(date(1925, 3, 22), date(2099, 12, 31))


@given(DAYS)
def test_a_day_shown_short_is_read_back_in_every_language(day: date) -> None:
    for language in ("fa", "zh", "en"):
        assert read_day(show_day_short(day, language)) == day
    assert read_day(f"{day.year}年{day.month}月{day.day}日") == day


def test_the_guides_day_of_effect() -> None:
    assert jalali_to_gregorian(1399, 3, 1) == date(2020, 5, 21)  # S2.3
    assert show_day(date(2020, 5, 21), "fa") == "۱ خرداد ۱۳۹۹"
    assert show_day(date(2026, 11, 21), "zh") == "2026年11月21日"
    assert show_day(date(2026, 11, 21), "en") == "21 November 2026"


@pytest.mark.parametrize(
    "typed", ["", "   ", "31/12/2026", "2026-02-30", "1405/12/30", "yesterday", "2026-1-1-1", "\x00"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Misunderstood):
        read_day(typed)


NEARLY_ISO = st.text("0123456789-W\0' ۱१/T", min_size=8, max_size=12) | st.builds(
    "{:%Y%m%d}{}".format, st.dates(), st.text(max_size=3)
)


@given(st.dates() | NEARLY_ISO)
def test_machines_write_a_day_in_one_way_only(sent: date | str) -> None:
    try:
        read = read_iso_day(str(sent))
    except Misunderstood:
        assert isinstance(sent, str)
    else:
        assert read.isoformat() == str(sent)


@pytest.mark.parametrize(
    "sent", ["20261121\0\0", "20261121'x", "2026112199", "2026-W47-6", "2026-11-21\n", "1405/08/30", "2026-02-30", ""]
)
def test_what_is_no_iso_day_is_refused(sent: str) -> None:
    with pytest.raises(Misunderstood, match="not_an_iso_day"):
        read_iso_day(sent)


def test_days_are_read_from_1850_to_2199() -> None:
    for typed in ("1850-01-01", "2199-12-31", "1228/10/11"):
        assert date(1850, 1, 1) <= read_day(typed) <= date(2199, 12, 31)
    for typed in ("0405/08/30", "1849-12-31", "1228/10/10", "2200-01-01", "9999-12-31"):
        with pytest.raises(Misunderstood, match="not_a_day"):
            read_day(typed)


@given(st.dates())
def test_any_day_can_be_shown_in_every_language(day: date) -> None:
    for language in ("fa", "zh", "en"):
        assert show_day(day, language)
        assert show_day_short(day, language)


def test_a_day_outside_the_jalali_calendar_is_shown_gregorian() -> None:
    assert show_day(date(405, 8, 30), "fa") == show_day_short(date(405, 8, 30), "fa") == "۰۴۰۵-۰۸-۳۰"


def test_today_is_the_day_in_the_jurisdiction() -> None:
    moment = datetime(2026, 11, 21, 20, 45, tzinfo=ZoneInfo("UTC"))
    assert jurisdiction_of("ir-national-code").today(moment) == date(2026, 11, 22)  # 00:15 in Tehran
    assert jurisdictions()["cn"].today(moment) == date(2026, 11, 22)
    assert jurisdictions()["ir"].today(moment.replace(hour=20, minute=29)) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 23), date(2027, 11, 23)),
        (date(2027, 2, 28), date(2028, 2, 28)),  # before a 29 February
        (date(2027, 3, 1), date(2028, 3, 1)),  # across one
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_service_days_reach_from_1950_to_the_same_day_a_year_ahead(today: date, last: date) -> None:
    for day in (date(1950, 1, 1), today, last):
        assert check_service_day(day, today) == day
    for day in (date(1949, 12, 31), last + timedelta(days=1)):
        with pytest.raises(Misunderstood, match="service_day_out_of_range"):
            check_service_day(day, today)


@given(st.lists(st.tuples(DAYS, st.none() | st.integers(0, 4000)), max_size=8), DAYS)
def test_merged_periods_hold_the_same_days_and_lie_apart(parts: list[tuple[date, int | None]], day: date) -> None:
    periods = [
        Period(start, None if length is None else date.fromordinal(start.toordinal() + length))
        for start, length in parts
    ]
    merged = merge(periods)
    assert any(day in each for each in periods) == any(day in each for each in merged)
    for earlier, later in pairwise(merged):
        assert earlier.ends is not None
        assert (later.starts - earlier.ends).days > 1


def test_persian_digits_are_read_everywhere() -> None:
    assert to_latin("۱۲۳٤٥٦") == "123456"
    assert read_day("۱۳۹۹/۰۳/۰۱") == date(2020, 5, 21)


def test_the_year_is_that_of_the_readers_calendar() -> None:
    assert year_in(date(2026, 3, 20), "fa") == 1404
    assert year_in(date(2026, 3, 21), "fa") == 1405
    assert year_in(date(2026, 3, 20), "zh") == year_in(date(2026, 12, 31), "en") == 2026

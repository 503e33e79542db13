"""Sums of the tally over the spans of the providers' report, one row an organisation, equal to the days (S2.11).

The tally of a nation's providers has seventy million rows a year; a page cannot add them up. So what is counted is
added here in the same transaction, and when a day begins, it enters all spans and one day leaves each of them. There
are sums for the days of each jurisdiction: whose day it is differs by hours.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction

from daftar.portal.journal.services import raw_connection
from daftar.portal.monitoring.models import Duty, SpanReading
from daftar.store.dialect import Connection, as_date, execute, execute_many, marks, rows
from daftar.terms.jurisdictions import jurisdictions

SPANS = (7, 30, 90, 365)
"""Days of each span; the report offers these."""
AT_ONCE = 500

COUNTED = (
    "t.scope = 'organisation' AND t.place <> '' AND t.mode = 'general' AND t.outcome IN ('covered', 'not_covered')"
)
_SUMS = [f"{what}_{days}" for days in SPANS for what in ("asked", "days")]
_MORE = ", ".join(f"{each} = inquiry_span.{each} + excluded.{each}" for each in _SUMS)
_UPSERT = f"""
INSERT INTO inquiry_span (jurisdiction, place, first_day, last_day, {", ".join(_SUMS)}) {{rows}}
ON CONFLICT (jurisdiction, place) DO UPDATE SET {_MORE},
first_day = CASE WHEN excluded.first_day < inquiry_span.first_day
  THEN excluded.first_day ELSE inquiry_span.first_day END,
last_day = CASE WHEN excluded.last_day > inquiry_span.last_day THEN excluded.last_day ELSE inquiry_span.last_day END
"""
_ADD = _UPSERT.format(rows=f"VALUES (?, ?, ?, ?, {', '.join('?' * len(_SUMS))})")
_DAY = (
    f"SELECT t.place AS place, SUM(t.asked) AS asked, t.day AS day FROM inquiry_tally t WHERE {COUNTED} AND t.day = ?"
)
_ENTERS = _UPSERT.format(
    rows=f"SELECT ?, x.place, x.day, x.day, {', '.join(['x.asked', '1'] * len(SPANS))}"
    f" FROM ({_DAY} GROUP BY t.place, t.day) x WHERE x.asked > 0"
)
_LEAVES = (
    "UPDATE inquiry_span SET asked_{days} = inquiry_span.asked_{days} - x.asked,"
    " days_{days} = inquiry_span.days_{days} - 1"
    f" FROM ({_DAY} GROUP BY t.place, t.day) x WHERE inquiry_span.jurisdiction = ? AND inquiry_span.place = x.place"
)
_KNOWN = f"SELECT DISTINCT t.place, t.day FROM inquiry_tally t WHERE {COUNTED} AND t.day BETWEEN ? AND ? AND t.place IN"

Asked = Mapping[tuple[str, date], int]
"""Answered inquiries by organisation and day."""


def spans_add(conn: Connection, added: Asked) -> None:
    """Add what the tally is about to add; call it before, in the same transaction, under the tally's duty."""
    read = rows(conn, "SELECT jurisdiction, through FROM span_reading")
    if not added or not read:
        return
    known = set(_known(conn, added))
    for jurisdiction, last in read:
        through = as_date(last) or date.min
        lines = [
            (jurisdiction, place, day, day, *_parts(asked, (place, day) not in known, (through - day).days))
            for (place, day), asked in sorted(added.items())
            if day <= through  # a day that has not begun here enters with the others
        ]
        execute_many(conn, _ADD, lines)


def _known(conn: Connection, added: Asked) -> Iterator[tuple[str, date]]:
    """Organisations and days that the tally has already."""
    places, days = iter(sorted({place for place, _ in added})), [day for _, day in added]
    while some := list(islice(places, AT_ONCE)):
        found = rows(conn, f"{_KNOWN} ({marks(some)})", [min(days), max(days), *some])
        yield from ((place, as_date(day) or date.min) for place, day in found)


def _parts(asked: int, is_new: bool, ago: int) -> Iterator[int]:
    """What a day adds to each span: its inquiries, and itself."""
    for days in SPANS:
        inside = ago < days
        yield asked if inside else 0
        yield int(is_new and inside)


def spans_roll(at: datetime) -> int:
    """Let each day that has begun somewhere enter; how many did."""
    entered = 0
    for each in jurisdictions().values():
        while some := _roll(each.code, each.today(at), at):
            entered += some
    return entered


@transaction.atomic
def _roll(jurisdiction: str, today: date, at: datetime) -> int:
    """Let the next days enter, up to one that changes any sum; how many did: none when today has entered already."""
    Duty.objects.bulk_create([Duty(name="tally", due_at=at)], ignore_conflicts=True)
    Duty.objects.select_for_update().get(name="tally")  # nobody counts meanwhile
    conn = raw_connection()
    reading = SpanReading.objects.filter(jurisdiction=jurisdiction).first()
    through = day = reading.through if reading else _before_all(conn, today)
    while day < today and (day == through or not _changes(conn, day)):
        day += timedelta(days=1)
    if day > through:
        _enter(conn, jurisdiction, day)
    if day > through or reading is None:
        SpanReading.objects.update_or_create(jurisdiction=jurisdiction, defaults={"through": day})
    return (day - through).days


def _changes(conn: Connection, day: date) -> bool:
    """Whether somebody asked on a day that enters, or on one that leaves some span then."""
    days = [day, *(day - timedelta(days=each) for each in SPANS)]
    sql = f"SELECT 1 FROM inquiry_tally WHERE scope = 'organisation' AND day IN ({marks(days)}) LIMIT 1"
    return bool(rows(conn, sql, days))


def _enter(conn: Connection, jurisdiction: str, day: date) -> None:
    execute(conn, _ENTERS, [jurisdiction, day])
    for days in SPANS:
        execute(conn, _LEAVES.replace("{days}", str(days)), [day - timedelta(days=days), jurisdiction])


def _before_all(conn: Connection, today: date) -> date:
    """The day before the first that was ever counted."""
    found = rows(conn, "SELECT MIN(day) FROM inquiry_tally WHERE scope = 'organisation'")
    first = as_date(found[0][0])
    return first - timedelta(days=1) if first and first <= today else today


def answered(days: Counter[tuple[str, str, date, str, str, str]]) -> Asked:
    """Of what is to be tallied, that which counts here."""
    found: Counter[tuple[str, date]] = Counter()
    for (scope, place, day, _, mode, outcome), asked in days.items():
        if (scope, mode) == ("organisation", "general") and place and outcome in ("covered", "not_covered"):
            found[(place, day)] += asked
    return found

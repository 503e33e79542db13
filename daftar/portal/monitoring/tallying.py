"""Counting the journal into tallies: every row once, whatever is killed when (S2.15, S2.16).

A writer's rows become visible in the order of their sequence and without gaps (daftar.answers.writers). So it is
enough to remember the last sequence counted of each writer, in the transaction that counts. One statement reads the
rows, so that it cannot see a later row of a writer without the earlier ones.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from daftar.answers.writers import SEQUENCES
from daftar.portal.journal.services import raw_connection
from daftar.portal.monitoring.models import Duty, Scope, TallyReading
from daftar.portal.monitoring.places import Asker, Places
from daftar.portal.monitoring.spans import answered, spans_add
from daftar.store.dialect import Connection, Row, as_datetime, execute_many, rows
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import NAMED_BESIDE
from daftar.terms.probe import PROBE

DUTY = "tally"
AT_ONCE = 20_000
"""Rows counted in one transaction."""
MOST_PASSES = 50
"""In one turn: rows that come in meanwhile must not keep the turn from its end, other duties wait for it."""

_ROWS = """
SELECT id, asked_at, organisation, office, channel, mode, outcome, rule_version FROM inquiry
WHERE id >= ? AND id <= ? ORDER BY id
"""
_TALLY = """
INSERT INTO inquiry_tally (scope, place, day, channel, mode, outcome, asked) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (scope, place, day, channel, mode, outcome) DO UPDATE SET asked = inquiry_tally.asked + excluded.asked
"""
_MINUTE = """
INSERT INTO inquiry_minute (minute, jurisdiction, channel, mode, outcome, asked) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (minute, jurisdiction, channel, mode, outcome) DO UPDATE SET asked = inquiry_minute.asked + excluded.asked
"""
_READ = """
INSERT INTO tally_reading (writer, sequence) VALUES (?, ?)
ON CONFLICT (writer) DO UPDATE SET sequence = excluded.sequence
"""


def journal_tally(at: datetime) -> int:
    """Count rows that are committed and not counted yet, a million in one turn at most; how many."""
    Duty.objects.bulk_create([Duty(name=DUTY, due_at=at)], ignore_conflicts=True)
    counted = 0
    for _ in range(MOST_PASSES):
        number = _count_some()
        counted += number
        if not number:
            break
    return counted


@transaction.atomic
def _count_some() -> int:
    """Count the next rows of every writer that has any, in one transaction; who counts holds the duty's row."""
    Duty.objects.select_for_update().get(name=DUTY)
    conn = raw_connection()
    read = dict(TallyReading.objects.values_list("writer", "sequence"))
    found: list[Row] = []
    for writer, first in _unread(conn, read):
        found += rows(conn, _ROWS, [first, min(first + AT_ONCE, (writer + 1) * SEQUENCES) - 1])
        if len(found) >= AT_ONCE:
            break
    if found:
        _add(conn, found)
        ends = {line[0] // SEQUENCES: line[0] % SEQUENCES for line in found}
        execute_many(conn, _READ, sorted(ends.items()))
    return len(found)


def _unread(conn: Connection, read: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Each writer that has rows after its last one counted, and the id of the first of them."""
    after = -1
    while (first := _next_id(conn, after)) is not None:
        writer = first // SEQUENCES
        last = writer * SEQUENCES + read.get(writer, -1)
        if first <= last:
            first = _next_id(conn, last)
        if first is not None and first // SEQUENCES == writer:
            yield writer, first
        after = (writer + 1) * SEQUENCES - 1


def _next_id(conn: Connection, after: int) -> int | None:
    found: int | None = rows(conn, "SELECT min(id) FROM inquiry WHERE id > ?", [after])[0][0]
    return found


def _add(conn: Connection, found: list[Row]) -> None:
    """Add rows of the journal to the tallies of a day and of a minute."""
    places = Places({line[2] for line in found if line[2]}, {line[3] for line in found if line[3]})
    days: Counter[tuple[Any, ...]] = Counter()
    minutes: Counter[tuple[Any, ...]] = Counter()
    for _, asked_at, organisation, office, channel, mode, outcome, version in found:
        if organisation == PROBE or mode == NAMED_BESIDE:  # nobody's inquiry, and no inquiry of its own
            continue
        moment = as_datetime(asked_at)
        assert moment is not None  # the column is NOT NULL
        asker = places.of(organisation or "", office or "", (version or "").partition(".")[0])
        kind = channel, mode, outcome
        for scope, place in _counted_for(asker):
            days[(scope, place, _day(asker.jurisdiction, moment), *kind)] += 1
        minutes[(moment.replace(second=0, microsecond=0), asker.jurisdiction, *kind)] += 1
    spans_add(conn, answered(days))
    # in one order, so that nobody who writes the same rows waits in a circle
    execute_many(conn, _TALLY, [(*key, number) for key, number in sorted(days.items())])
    execute_many(conn, _MINUTE, [(*key, number) for key, number in sorted(minutes.items())])


def _counted_for(asker: Asker) -> tuple[tuple[str, str], ...]:
    return (
        (Scope.JURISDICTION.value, asker.jurisdiction),
        (Scope.PROVINCE.value, asker.province),
        (Scope.OFFICE.value, asker.office),
        (Scope.ORGANISATION.value, asker.organisation),
    )


def _day(jurisdiction: str, moment: datetime) -> Any:
    known = jurisdictions().get(jurisdiction)
    return known.today(moment) if known else moment.date()

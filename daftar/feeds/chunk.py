"""One chunk of rows in one transaction: rows, quarantine, pending, position, marks for the rebuild, data age.

Either all of it is committed or nothing, so a kill at any moment loses and doubles nothing.
"""

from collections import Counter
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path

from daftar.coverage import not_before
from daftar.feeds import batches, offices, pending
from daftar.feeds.block import Block, Fault
from daftar.feeds.bulk import mark_due
from daftar.feeds.decide import Outcome
from daftar.feeds.description import FeedTable
from daftar.feeds.examine import Examined, Examiner
from daftar.feeds.known import KnownPersons
from daftar.feeds.pending import Waiting
from daftar.feeds.readers import stored_time
from daftar.feeds.staging import Applied, Staging
from daftar.store.connect import transaction
from daftar.store.dialect import Connection, execute, is_sqlite
from daftar.store.keys import Secrets
from daftar.store.months import ensure_months
from daftar.store.pace import Pace
from daftar.store.patience import patiently

_FIRST_ROWS = 2_000
MOST_WITH_FILES = 24  # rows whose files are in memory at once
_MONTHS_BACK, _MONTHS_AHEAD = 36, 12


class ChunkWriter:
    """Writes the chunks of one table over one connection."""

    def __init__(
        self,
        conn: Connection,
        table: FeedTable,
        secrets: Secrets,
        known: KnownPersons,
        office: str,
        files: Path | None = None,
    ) -> None:
        self.conn = conn
        self.table = table
        self.secrets = secrets
        self.known = known
        self.office = office
        self.examiner = Examiner(table, secrets, files)
        self.staging = Staging(conn, table, secrets)
        self.months: set[str] = set()
        self.pace = Pace(conn, MOST_WITH_FILES, MOST_WITH_FILES) if table.attached else Pace(conn, _FIRST_ROWS)

    def write(self, batch: batches.Batch, block: Block, examined: Examined, now: datetime) -> None:
        """Write the next rows of a batch; `now` is the instant of the load, the batch's own stands in its rows."""
        self._make_months(examined, now)
        with self.pace.transaction_of(len(block)):
            counts = patiently(lambda: self._write(batch, block, examined, now))
        batch.position += counts["rows"]
        batch.counts.update(counts)

    def _write(self, batch: batches.Batch, block: Block, examined: Examined, now: datetime) -> Counter[str]:
        faults = sorted([*block.faults, *examined.faults])
        newest = self._newest(examined)
        examined = _copy(examined)  # a second try after a deadlock begins with all rows again
        with transaction(self.conn):
            self._lock()
            waiting = self._part(examined)
            applied = self.staging.apply(examined, stored_time(not_before(now)))
            counts = _count(applied, len(waiting), len(faults))
            batches.advance(self.conn, batch, counts)
            batches.quarantine(self.conn, batch.id, faults)
            stands = stored_time(batch.at)
            pending.keep(
                self.conn, self.secrets, self.table, block, waiting, batch=batch.id, office=self.office, at=stands
            )
            offices.note_contact(self.conn, self.table.name, newest, now)
            self._after(applied, now)
        return counts

    def release(self, waiting: list[Waiting], now: datetime) -> int:
        """Try rows again that have waited; return how many came in. Their own batches keep their counts."""
        block = pending.block_of(self.table, waiting)
        examined = self.examiner.examine(block, now)
        self._make_months(examined, now)
        with self.pace.transaction_of(len(waiting)):
            return patiently(lambda: self._release(waiting, block, examined, now))

    def _release(self, waiting: list[Waiting], block: Block, examined: Examined, now: datetime) -> int:
        examined = _copy(examined)
        good = set(examined.source)
        bad = [each for place, each in enumerate(waiting) if place not in good]
        with transaction(self.conn):
            self._lock()
            still = self._part(examined)
            applied = self.staging.apply(examined, stored_time(not_before(now)))
            for each, fault in zip(bad, examined.faults, strict=True):
                batches.quarantine(self.conn, each.row.batch, [Fault(*fault)])
            pending.wait_for_other(self.conn, [(waiting[place].id, key) for place, key in still])
            staying = {place for place, _ in still}
            pending.drop(self.conn, [each.id for place, each in enumerate(waiting) if place not in staying])
            self._after(applied, now)
        return len(applied.outcomes)

    def _lock(self) -> None:
        """PostgreSQL: one writer a table, and nobody writes about persons while persons come in.

        Otherwise a row could begin to wait for a person just after those that waited were tried again.
        """
        if is_sqlite(self.conn):
            return
        shared = "_shared" if self.table.about_persons else ""
        if self.table.about_persons or self.table.registers:
            execute(self.conn, f"SELECT pg_advisory_xact_lock{shared}(hashtext('daftar feed persons'))")
        if not self.table.registers:
            execute(self.conn, "SELECT pg_advisory_xact_lock(hashtext(?))", [f"daftar feed {self.table.name}"])
        execute(self.conn, "SET LOCAL enable_hashjoin = off")  # the stage is small: look its keys up, one by one
        execute(self.conn, "SET LOCAL enable_mergejoin = off")

    def _part(self, examined: Examined) -> list[tuple[int, str]]:
        if not self.table.about_persons or not examined.rows:
            return []
        return self.known.part(self.conn, examined, len(self.table.identities))

    def _after(self, applied: Applied, now: datetime) -> None:
        if applied.touched and self.table.moves_cover:
            mark_due(self.conn, sorted(applied.touched), stored_time(now))
        if self.table.follow and applied.written:
            self.table.follow(self.conn, self.table, applied.written)
        if self.table.changes_access and applied.count(Outcome.CHANGED):
            execute(self.conn, "UPDATE access_change SET version = version + 1 WHERE id = 1")

    def _newest(self, examined: Examined) -> dict[str, str]:
        places = (self.table.stored.index(name) for name in (self.table.office_into, "recorded_at"))
        return offices.newest_by_office(set(map(itemgetter(*places), examined.rows)))

    def _make_months(self, examined: Examined, now: datetime) -> None:
        """Monthly partitions for contributions of these years; older ones lie together in the default partition."""
        if self.table.name != "contributions" or is_sqlite(self.conn):
            return
        at = self.table.stored.index("month")
        for month in sorted({str(row[at]) for row in examined.rows} - self.months):
            self.months.add(month)
            first = date.fromisoformat(month)
            ahead = (first.year - now.year) * 12 + first.month - now.month
            if -_MONTHS_BACK <= ahead <= _MONTHS_AHEAD:
                patiently(lambda: self._make_month(first))  # noqa: B023 - called at once

    def _make_month(self, first: date) -> None:
        with transaction(self.conn):
            ensure_months(self.conn, first, 1)


def _count(applied: Applied, waiting: int, faulty: int) -> Counter[str]:
    counts = Counter({str(outcome): applied.count(outcome) for outcome in Outcome})
    counts[Outcome.PENDING] = waiting
    counts[Outcome.QUARANTINED] = faulty
    counts["rows"] = len(applied.outcomes) + waiting + faulty
    return counts


def _copy(examined: Examined) -> Examined:
    return Examined(
        list(examined.rows),
        list(examined.fields),
        list(examined.assumed),
        list(examined.source),
        list(examined.identifiers),
        examined.faults,
    )

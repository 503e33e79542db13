"""Book-keeping of batches: a file or push is known by its digest, and a killed load goes on from its position."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from daftar.feeds.block import Fault, FileRefused
from daftar.feeds.bulk import insert_rows
from daftar.feeds.decide import Outcome
from daftar.store.dialect import Connection, as_datetime, execute, rows

LOADING, LOADED, REFUSED = "loading", "loaded", "refused"
_COUNTED = (Outcome.CHANGED, Outcome.STALE, Outcome.PENDING, Outcome.QUARANTINED)


@dataclass(slots=True)
class Batch:
    """One row of feed_batch."""

    id: int
    state: str
    position: int
    at: datetime
    counts: Counter[str]
    problem: str

    @property
    def unchanged(self) -> int:
        """Rows that said what was known already."""
        return self.counts["rows"] - sum(self.counts[name] for name in _COUNTED)


def begin(conn: Connection, table: str, name: str, digest: str, at: datetime) -> Batch:
    """The batch of this content: a new one, or the one begun before with the instant of its beginning."""
    execute(
        conn,
        'INSERT INTO feed_batch ("table", name, digest, state, position, rows, changed, stale, pending, quarantined, '
        "problem, started_at) VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0, 0, '', ?) "
        'ON CONFLICT ("table", digest) DO NOTHING',
        [table, name[:200], digest, LOADING, at],
    )
    batch = find(conn, table, digest)
    if batch.state == REFUSED:  # perhaps it was refused for a reason that is gone
        execute(
            conn, "UPDATE feed_batch SET state = ?, problem = '', finished_at = NULL WHERE id = ?", [LOADING, batch.id]
        )
        batch.state = LOADING
    return batch


def find(conn: Connection, table: str, digest: str) -> Batch:
    """The batch of a table with this digest."""
    sql = (
        "SELECT id, state, position, started_at, problem, rows, changed, stale, pending, quarantined "
        'FROM feed_batch WHERE "table" = ? AND digest = ?'
    )
    found = rows(conn, sql, [table, digest])[0]
    started = as_datetime(found[3])
    assert started is not None
    counts = Counter(dict(zip(("rows", *_COUNTED), found[5:], strict=True)))
    return Batch(found[0], found[1], found[2], started, counts, found[4])


def advance(conn: Connection, batch: Batch, counts: Counter[str]) -> None:
    """Count a chunk as handled, in the chunk's transaction. FileRefused when another loader is at the same batch."""
    cursor = execute(
        conn,
        "UPDATE feed_batch SET position = position + ?, rows = rows + ?, changed = changed + ?, stale = stale + ?, "
        "pending = pending + ?, quarantined = quarantined + ? WHERE id = ? AND position = ? AND state = ?",
        [counts["rows"], counts["rows"], *(counts[name] for name in _COUNTED), batch.id, batch.position, LOADING],
    )
    if cursor.rowcount != 1:
        raise FileRefused("loading_elsewhere")


def finish(conn: Connection, batch: Batch, state: str, problem: str, at: datetime) -> None:
    """Everything of the batch is in, or the file was refused."""
    execute(
        conn,
        "UPDATE feed_batch SET state = ?, problem = ?, finished_at = ? WHERE id = ?",
        [state, problem[:300], at, batch.id],
    )


def quarantine(conn: Connection, batch: int, faults: list[Fault]) -> None:
    """Keep refused rows of a chunk, in the chunk's transaction."""
    if faults:
        rows_ = [(batch, *fault) for fault in faults]
        insert_rows(conn, "feed_quarantine", ("batch", "line", "column", "reason", "masked"), rows_)


def quarantined(conn: Connection, batch: int, most: int) -> list[Fault]:
    """The first refused rows of a batch, by line."""
    sql = 'SELECT line, "column", reason, masked FROM feed_quarantine WHERE batch = ? ORDER BY line, id LIMIT ?'
    return [Fault(*row) for row in rows(conn, sql, [batch, most])]


def latest(conn: Connection, most: int) -> list[tuple[object, ...]]:
    """The last batches: id, table, name, state, the five counts, started, finished, problem."""
    sql = (
        'SELECT id, "table", name, state, rows, changed, stale, pending, quarantined, started_at, finished_at, problem '
        "FROM feed_batch ORDER BY id DESC LIMIT ?"
    )
    return rows(conn, sql, [most])

"""Loading a file once per content and office, a push once per name too: rows, those that waited, then the spans."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from daftar.feeds import batches, offices, pending
from daftar.feeds.ahead import one_ahead
from daftar.feeds.block import Block, FileRefused
from daftar.feeds.chunk import MOST_WITH_FILES, ChunkWriter
from daftar.feeds.description import FeedTable
from daftar.feeds.due import rebuild_due
from daftar.feeds.examine import Examined, Examiner
from daftar.feeds.formats import Format, Progress, format_of_content_type, format_of_name
from daftar.feeds.garbage import seldom_collected
from daftar.feeds.known import KnownPersons
from daftar.feeds.report import MOST_QUARANTINED, Report, listed
from daftar.feeds.tables import TABLES
from daftar.store.connect import connect
from daftar.store.dialect import Connection, execute, is_sqlite
from daftar.store.keys import Secrets
from daftar.store.patience import patiently

_STATEMENT_SECONDS = 600
_READ_BYTES = 1 << 20


def load_file(
    database_url: str,
    secrets: Secrets,
    table: str,
    path: Path,
    *,
    at: datetime,
    name: str | None = None,
    progress: Progress | None = None,
    office: str = "",
    rebuild: bool = True,
    files: Path | None = None,
) -> Report:
    """Load a CSV, NDJSON or Parquet file into a table of contracts §2.

    `at` is the instant of the load and stands for a missing `recorded_at`; `progress` gets (done, total) in bytes or
    rows; `office` stands for a missing office, and the file is known by it too; without `rebuild` the spans wait in
    coverage_due for the next load. `files`: the folder below which the files lie that rows of photos name.

    What is wrong with the file or its rows is in the report; a database that is away raises as store.connect says.
    """
    report = Report(table, name or file_name(path))
    try:
        with path.open("rb") as stream, seldom_collected():
            format_ = partial(format_of_name, path.name)
            return _load(database_url, secrets, report, stream, format_, at, progress, office, rebuild, files)
    except OSError:
        return report.refuse(FileRefused("not_readable"))


def file_name(path: Path) -> str:
    """A file's name as it is kept and shown: what is not UTF-8 in it, as on an old disk, is replaced."""
    return os.fsencode(path.name).decode(errors="replace")


def load_stream(
    database_url: str,
    secrets: Secrets,
    table: str,
    stream: BinaryIO,
    *,
    name: str,
    content_type: str,
    at: datetime,
    progress: Progress | None = None,
    office: str = "",
    rebuild: bool = True,
    files: Path | None = None,
) -> Report:
    """Load a push that has been spooled to a seekable stream (daftar.feeds.spool); otherwise as `load_file`.

    A push is known by its name, its sender's `office` and its content; the same content under another name is loaded.
    A sender with an office writes for that office alone.
    """
    report = Report(table, name)
    return _load(
        database_url,
        secrets,
        report,
        stream,
        partial(format_of_content_type, content_type),
        at,
        progress,
        office,
        rebuild,
        files,
        pushed=True,
    )


def _load(
    database_url: str,
    secrets: Secrets,
    report: Report,
    stream: BinaryIO,
    choose: Callable[[], Format],
    at: datetime,
    progress: Progress | None,
    office: str,
    rebuild: bool,
    files: Path | None,
    pushed: bool = False,
) -> Report:
    if report.table not in TABLES:
        return report.refuse(FileRefused("unknown_table", *TABLES))
    try:
        office = offices.office_code(office)
        format_ = choose()
    except FileRefused as refused:
        return report.refuse(refused)
    with closing(connect(database_url, statement_seconds=_STATEMENT_SECONDS)) as conn:
        _tune(conn)
        return Load(conn, secrets, report, stream, format_, at, progress, office, files, pushed).run(rebuild)


class Load:
    """One load over one connection."""

    def __init__(
        self,
        conn: Connection,
        secrets: Secrets,
        report: Report,
        stream: BinaryIO,
        format_: Format,
        at: datetime,
        progress: Progress | None,
        office: str,
        files: Path | None,
        pushed: bool,
    ) -> None:
        self.conn = conn
        self.secrets = secrets
        self.report = report
        self.stream = stream
        self.format = format_
        self.at = at
        self.progress = progress or (lambda done, total: None)
        self.office = office
        self.files = files
        self.named = [report.name, office] if pushed else [office] if office else []
        self.bound = pushed and bool(office)
        self.table = TABLES[report.table]
        self.known = KnownPersons()

    def run(self, rebuild: bool) -> Report:
        """Load, release what waited, rebuild; every step can be broken off and is finished by the next run."""
        digest = digest_of(self.stream, self.named)
        batch = patiently(lambda: batches.begin(self.conn, self.table.name, self.report.name, digest, self.at))
        self.report.batch = batch.id
        self.report.already_loaded = batch.state == batches.LOADED
        if not self.report.already_loaded:
            try:
                self.format.inspect(self.stream, self.table)
                self._rows(batch)
            except FileRefused as refused:
                self.report.refuse(refused)
        if self.office and self.report.problem is None:
            patiently(lambda: offices.note_heard(self.conn, self.table.name, self.office, self.at))
        if self.table.registers and batch.counts["rows"]:
            self._release()
        if rebuild:
            rebuilt = rebuild_due(self.conn, at=self.at, progress=self.progress)
            self.report.persons_touched, self.report.persons_left = rebuilt.handled, rebuilt.left
        if not self.report.already_loaded and self.report.problem != "loading_elsewhere":
            state = batches.REFUSED if self.report.problem else batches.LOADED
            patiently(lambda: batches.finish(self.conn, batch, state, self.report.told, self.at))
        return self._told(batch)

    def _rows(self, batch: batches.Batch) -> None:
        """The rows after the batch's position, in parts for one transaction each.

        They are examined by the block, whatever the pace: to look at a column costs the same for few rows as for many.
        """
        writer = self._writer(self.table)
        blocks = self._examined(writer.examiner, batch.at, batch.position)
        # PostgreSQL works on the other core meanwhile; SQLite needs this one, and threads would only fight for it
        for block, examined, done in blocks if is_sqlite(self.conn) else one_ahead(blocks):
            while done < len(block):
                part = block.part(done, writer.pace.rows)
                done += len(part)
                writer.write(batch, part, examined.part(block, part), self.at)

    def _examined(self, examiner: Examiner, at: datetime, skip: int) -> Iterator[tuple[Block, Examined, int]]:
        """Blocks not yet written as a whole, and how many of their rows are."""
        for block in self._blocks():
            if skip < len(block):
                yield block, examiner.examine(block, at, self.office, bound=self.bound), skip
            skip = max(0, skip - len(block))

    def _blocks(self) -> Iterator[Block]:
        """The blocks of the file; small ones where each row brings a file into memory."""
        for block in self.format.blocks(self.stream, self.table, self.progress):
            most = MOST_WITH_FILES if self.table.attached else max(len(block), 1)
            for start in range(0, len(block), most):
                yield block if most == len(block) else block.part(start, most)

    def _release(self) -> None:
        for table in TABLES.values():
            if not table.about_persons:
                continue
            writer, after = self._writer(table), 0
            while waiting := pending.released(self.conn, self.secrets, table.name, after, writer.pace.rows):
                after = waiting[-1].id
                self.report.released += writer.release(waiting, self.at)

    def _writer(self, table: FeedTable) -> ChunkWriter:
        return ChunkWriter(self.conn, table, self.secrets, self.known, self.office, self.files)

    def _told(self, batch: batches.Batch) -> Report:
        report, counts = self.report, batch.counts
        report.rows, report.changed, report.stale = counts["rows"], counts["changed"], counts["stale"]
        report.pending, report.quarantined_rows = counts["pending"], counts["quarantined"]
        report.unchanged = batch.unchanged
        report.quarantined = listed(batches.quarantined(self.conn, batch.id, MOST_QUARANTINED))
        return report


def digest_of(stream: BinaryIO, named: Sequence[str] = ()) -> str:
    """Digest of the whole content, from its start, under a given office; of a push, under its name too."""
    stream.seek(0)
    about = hashlib.blake2b("\0".join(named).encode(), digest_size=32).digest() if named else b""
    digest = hashlib.blake2b(key=about, digest_size=32)
    while piece := stream.read(_READ_BYTES):
        digest.update(piece)
    return digest.hexdigest()


def _tune(conn: Connection) -> None:
    if is_sqlite(conn):
        execute(conn, "PRAGMA temp_store = MEMORY")
        execute(conn, "PRAGMA cache_size = -131072")
        execute(conn, "PRAGMA wal_autocheckpoint = 48000")  # pages, 190 MB: an index is written home seldom

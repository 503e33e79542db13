"""Rows about persons not yet known: they wait sealed, each once, and are tried again after each load of persons."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from daftar.feeds.block import Block, as_cells
from daftar.feeds.bulk import insert_rows, select_in
from daftar.feeds.description import FeedTable
from daftar.store.dialect import Connection, execute, execute_many, for_sqlite, is_sqlite, marks, rows
from daftar.store.keys import Secrets

_SEALED_AS = "feed_pending"


class WaitingRow(msgspec.Struct, array_like=True):
    """What is sealed of a waiting row: where it came from, and its cells as they were sent."""

    batch: int
    line: int
    office: str
    received: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of feed_pending, opened."""

    id: int
    row: WaitingRow


def keep(
    conn: Connection,
    secrets: Secrets,
    table: FeedTable,
    block: Block,
    waiting: Sequence[tuple[int, str]],
    *,
    batch: int,
    office: str,
    at: str,
) -> None:
    """Keep rows of a chunk (place in the block, key waited for), in the chunk's transaction.

    A row that waits already is replaced: of two rows recorded at the same instant, the one that came last wins.
    """
    index = secrets.derive("feed-pending")
    kept: dict[str, tuple[str, bytes]] = {}
    columns = {name: column.to_pylist() for name, column in block.columns.items()} if waiting else {}
    for place, key in waiting:
        cells = {name: column[place] for name, column in columns.items() if column[place]}
        content = msgspec.json.encode([table.name, office, sorted(cells.items())])
        digest = hashlib.blake2b(content, key=index, digest_size=16).hexdigest()
        row = WaitingRow(batch, block.lines[place], office, at, cells)
        kept.pop(digest, None)
        kept[digest] = (key, secrets.seal(msgspec.json.encode(row), about=_SEALED_AS))
    if not kept:
        return
    select = "SELECT id, row_digest FROM feed_pending WHERE row_digest IN {keys}"
    drop(conn, [int(str(row[0])) for row in select_in(conn, select, list(kept))])
    values = [(table.name, key, digest, sealed, at) for digest, (key, sealed) in kept.items()]
    insert_rows(conn, "feed_pending", ("table", "waits_for", "row_digest", "sealed", "received_at"), values)


def drop(conn: Connection, ids: Sequence[int]) -> None:
    """Rows that wait no longer."""
    for start in range(0, len(ids), 5_000):
        part = ids[start : start + 5_000]
        execute(conn, f"DELETE FROM feed_pending WHERE id IN ({marks(part)})", list(part))


def released(conn: Connection, secrets: Secrets, table: str, after: int, most: int) -> list[Waiting]:
    """Waiting rows of a table whose person is known now, in the order in which they came, from id `after` on."""
    sql = (
        'SELECT p.id, p.sealed FROM feed_pending p WHERE p."table" = ? AND p.id > ? '
        "AND EXISTS (SELECT 1 FROM person_identifier i WHERE i.key = p.waits_for) ORDER BY p.id LIMIT ?"
    )
    found = rows(conn, sql, [table, after, most])
    return [
        Waiting(row[0], msgspec.json.decode(secrets.open(row[1], about=_SEALED_AS), type=WaitingRow)) for row in found
    ]


def block_of(table: FeedTable, waiting: Sequence[Waiting]) -> Block:
    """Waiting rows as a block, to be examined like any other."""
    columns = {name: [each.row.cells.get(name, "") for each in waiting] for name in table.names}
    columns["office"] = [cell or each.row.office for cell, each in zip(columns["office"], waiting, strict=True)]
    cells = {name: as_cells(column) for name, column in columns.items()}
    return Block([each.row.line for each in waiting], cells, received=[each.row.received for each in waiting])


def wait_for_other(conn: Connection, pairs: Sequence[tuple[int, str]]) -> None:
    """Rows (id, key) that wait for another person than before: a dependency names two."""
    values = [(UUID(key) if not is_sqlite(conn) else key, id_) for id_, key in pairs]
    execute_many(conn, "UPDATE feed_pending SET waits_for = ? WHERE id = ?", values)


def tables_waiting(conn: Connection) -> list[tuple[str, int, str]]:
    """Table, number of waiting rows and the oldest arrival."""
    sql = 'SELECT "table", count(*), min(received_at) FROM feed_pending GROUP BY "table" ORDER BY "table"'
    return [(row[0], row[1], str(for_sqlite(row[2]))) for row in rows(conn, sql)]

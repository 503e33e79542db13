"""Many rows into a table at once: COPY on PostgreSQL, executemany on SQLite; values are `description.Stored`."""

from collections.abc import Sequence

import msgspec

from daftar.feeds.description import Stored
from daftar.store.dialect import Connection, execute, is_sqlite, rows

Row = Sequence[Stored]
_LINES = 1_000  # so few fit into a processor's cache
_JSON = msgspec.json.Encoder()
_AS_JSON = """(FORMAT csv, QUOTE '"', ESCAPE '\\', NULL 'null')"""


def insert_rows(conn: Connection, table: str, columns: Sequence[str], values: Sequence[Row]) -> None:
    """Insert rows of stored values."""
    if not values:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    if is_sqlite(conn):
        places = ", ".join("?" * len(columns))
        conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", values)
        return
    sealed = _sealed_at(values)
    with conn.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN {_AS_JSON}") as copy:
        for start in range(0, len(values), _LINES):
            copy.write(_lines(values[start : start + _LINES], sealed))


def _lines(values: Sequence[Row], sealed: Sequence[int]) -> bytes:
    """Rows as lines of JSON without their brackets: texts in quotes, NULLs spelled, and `\\` before `"` and `\\`.

    COPY takes that for CSV. JSON's other escapes cannot occur: no reader lets controls through.
    """
    for place in sealed:
        values = [(*row[:place], _hex(row[place]), *row[place + 1 :]) for row in values]
    return _JSON.encode_lines(values).replace(b"]\n[", b"\n")[1:-2] + b"\n"


def _sealed_at(values: Sequence[Row]) -> list[int]:
    """Places of bytes: a column is of one kind, but for NULLs."""
    firsts = [next((row[place] for row in values if row[place] is not None), None) for place in range(len(values[0]))]
    return [place for place, first in enumerate(firsts) if isinstance(first, bytes)]


def _hex(value: Stored) -> str | None:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else None


def select_in(conn: Connection, sql: str, keys: Sequence[str]) -> list[tuple[object, ...]]:
    """Rows of a query whose `{keys}` stands for a list of UUIDs in hex, of any length."""
    if is_sqlite(conn):
        return rows(conn, sql.format(keys="(SELECT value FROM json_each(?))"), [_json(keys)])
    return rows(conn, sql.format(keys="(SELECT unnest(?::uuid[]))"), [_array(keys)])


def mark_due(conn: Connection, keys: Sequence[str], since: str) -> None:
    """Mark persons for a rebuild. On PostgreSQL a mark that a rebuild is just removing is waited for and set anew."""
    if is_sqlite(conn):
        sql = "INSERT OR IGNORE INTO coverage_due (key, since) SELECT value, ? FROM json_each(?)"
        execute(conn, sql, [since, _json(keys)])
        return
    execute(
        conn,
        "INSERT INTO coverage_due (key, since) SELECT k, ?::timestamptz FROM unnest(?::uuid[]) AS k "
        "ON CONFLICT (key) DO UPDATE SET since = coverage_due.since",
        [since, _array(keys)],
    )


def _array(keys: Sequence[str]) -> str:
    """UUIDs in hex as one text, which the server takes apart: one by one they cost the driver more than the rows."""
    return "{" + ",".join(keys) + "}"


def _json(keys: Sequence[str]) -> str:
    return '["' + '","'.join(keys) + '"]' if keys else "[]"

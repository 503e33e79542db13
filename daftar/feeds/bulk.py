"""Many rows into a table at once: COPY on PostgreSQL, executemany on SQLite; values are `description.Stored`."""

from collections.abc import Iterable, Sequence

from daftar.feeds.description import Stored
from daftar.store.dialect import Connection, execute, is_sqlite, rows


def insert_rows(conn: Connection, table: str, columns: Sequence[str], values: Sequence[Sequence[Stored]]) -> None:
    """Insert rows of stored values."""
    if not values:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    if is_sqlite(conn):
        places = ", ".join("?" * len(columns))
        conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", values)
        return
    text = "\n".join(map("\t".join, zip(*map(_column, zip(*values, strict=True)), strict=True))) + "\n"
    with conn.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        copy.write(text)


def _column(values: Sequence[Stored]) -> Iterable[str]:
    """A column in COPY's text format; most columns are of one kind, and then it is quick."""
    kinds = set(map(type, values))
    if kinds == {str} and "\\" not in "".join(values):  # type: ignore[arg-type]
        return values  # type: ignore[return-value]
    return map(str, values) if kinds == {int} else map(_cell, values)


def _cell(value: Stored) -> str:
    if value.__class__ is str:
        return value if "\\" not in value else value.replace("\\", "\\\\")  # other escapes cannot occur: no controls
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return str(value)


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

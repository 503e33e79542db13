"""Old rows go in small pieces, a transaction each: nobody waits for them long, and however many there are, they end."""

from datetime import date, datetime

from daftar.store.dialect import Connection, execute, is_sqlite

MOST = 5000
"""In one transaction."""


def forget_before(conn: Connection, table: str, column: str, moment: date | datetime, most: int = MOST) -> int:
    """Remove the oldest rows from before a moment, some at a time; how many, fewer than `most` at the end."""
    return int(execute(conn, removal(conn, table, column), [moment, most]).rowcount)


def removal(conn: Connection, table: str, column: str) -> str:
    """By their place in the table: to find them by their key again, PostgreSQL would read all of it for each piece."""
    if is_sqlite(conn):
        return f"DELETE FROM {table} WHERE rowid IN (SELECT rowid{_oldest(table, column)})"
    return f"DELETE FROM {table} WHERE ctid = ANY (ARRAY(SELECT ctid{_oldest(table, column)}))"


def _oldest(table: str, column: str) -> str:
    return f" FROM {table} WHERE {column} < ? ORDER BY {column} LIMIT ?"

"""Monthly partitions of the tables that grow with time; PostgreSQL only, nothing to do on SQLite (design §5)."""

from datetime import date

from daftar.store.dialect import Connection, execute, is_sqlite, rows

PARTITIONED = ("inquiry", "contribution")


def next_month(month: date) -> date:
    """First day of the following month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def ensure_months(conn: Connection, first: date, months: int) -> list[str]:
    """Make the partitions of `months` months from the one of `first` on; return the names of the new ones.

    A month whose rows already lie in the default partition stays there. Safe to call from several processes at once.
    """
    if is_sqlite(conn):
        return []
    execute(conn, "SELECT pg_advisory_xact_lock(hashtext('daftar months'))")
    made = []
    start = first.replace(day=1)
    for _ in range(months):
        end = next_month(start)
        made += [name for table in PARTITIONED if (name := _ensure_month(conn, table, start, end))]
        start = end
    return made


def _ensure_month(conn: Connection, table: str, start: date, end: date) -> str | None:
    name = f"{table}_{start:%Y_%m}"
    if rows(conn, "SELECT 1 FROM pg_class WHERE relname = ?", [name]):
        return None
    column = "asked_at" if table == "inquiry" else "month"
    if rows(conn, f"SELECT 1 FROM {table}_other WHERE {column} >= ? AND {column} < ? LIMIT 1", [start, end]):
        return None
    execute(conn, f"CREATE TABLE {name} PARTITION OF {table} FOR VALUES FROM ('{start}') TO ('{end}')")
    return name

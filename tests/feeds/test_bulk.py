"""Many rows at once come in as they are, whatever stands in them and however many there are."""

from daftar.feeds import bulk
from daftar.store.dialect import Connection, execute, is_sqlite, rows

TEXTS = ['"', "\\", '\\"', "\\\\", "null", "", "\\N", "\\.", "],[", "]", "a,b", "'", "۷é仁", "\u200c", None]


def test_rows_come_in_as_they_are(conn: Connection) -> None:
    """More than one piece of COPY, and the last ones are fewer."""
    kind = "blob" if is_sqlite(conn) else "bytea"
    execute(conn, f"CREATE TEMPORARY TABLE odd (number integer, text text, bytes {kind})")
    blobs = [None, b"", b"\x00\xff", b'"\\']
    given = [(i if i % 3 else None, TEXTS[i % len(TEXTS)], blobs[i % len(blobs)]) for i in range(1, 6_000)]
    bulk.insert_rows(conn, "odd", ("number", "text", "bytes"), given)
    found = rows(conn, "SELECT number, text, bytes FROM odd")
    assert [(number, text, blob if blob is None else bytes(blob)) for number, text, blob in found] == given
    execute(conn, "DROP TABLE odd")

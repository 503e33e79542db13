"""A made-up population for the inquiry benchmarks: 8-digit foreigner numbers, one or two spans each."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from daftar.store.connect import transaction
from daftar.store.dialect import Connection, execute, execute_many, is_sqlite
from daftar.store.keys import Secrets

ID_TYPE = "ir-foreigner-number"
FIRST_NUMBER = 10_000_000
LAW = "bench"
MD5_SHARE = 10  # one in ten more, under md5 keys: pgbench can compute those itself
Row = tuple[object, ...]


def fill(conn: Connection, secrets: Secrets, persons: int) -> None:
    """`persons` persons with 1.2 spans each, four fifths of them covered today."""
    if is_sqlite(conn):
        with transaction(conn):
            execute_many(conn, f"INSERT INTO coverage VALUES ({', '.join('?' * 8)})", _spans(secrets, persons))
        return
    with transaction(conn), conn.cursor().copy("COPY coverage FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["uuid", "varchar", "date", "date", "varchar", "varchar", "varchar", "varchar"])
        for row in _spans(secrets, persons):
            copy.write_row(row)
    with transaction(conn):
        conn.execute(
            "INSERT INTO coverage SELECT md5(n::text)::uuid, 'ir-sso', '2020-01-01', '2027-03-31', 'compulsory',"
            " 'contribution_paid', 'contribution_lapsed', 'bench' FROM generate_series(1, %s) n",
            [persons // MD5_SHARE],
        )
    conn.execute("CREATE SEQUENCE bench_sequence CACHE 1000")
    conn.execute("VACUUM ANALYZE coverage")


def fill_keys(conn: Connection, client: str, count: int) -> None:
    """`count` Idempotency-Keys that this client has used within the last day and is remembered for."""
    uuid = "lower(hex(randomblob(16)))" if is_sqlite(conn) else "gen_random_uuid()"
    with transaction(conn):
        execute(
            conn,
            "INSERT INTO idempotency (client, digest, body_digest, inquiry, created_at) WITH RECURSIVE kept (n) AS"
            f" (SELECT 0 UNION ALL SELECT n + 1 FROM kept WHERE n < {count}) SELECT ?, {uuid}, {uuid}, n, ? FROM kept"
            " WHERE n > 0",
            [client, datetime.now(UTC)],
        )
    if not is_sqlite(conn):
        execute(conn, "ANALYZE idempotency")


def _spans(secrets: Secrets, persons: int) -> Iterator[Row]:
    chance = random.Random(7)
    for number in range(FIRST_NUMBER, FIRST_NUMBER + persons):
        key = secrets.key(ID_TYPE, str(number))
        ends = date(2027, 3, 31) if chance.random() < 0.8 else date(2026, 3, 31)
        if number % 5 == 0:
            yield key, "ir-sso", date(2015, 1, 1), date(2019, 6, 30), *_WORDS
        yield key, "ir-sso", date(2020, 1, 1), ends, *_WORDS


def lapsed_numbers(persons: int, count: int) -> list[str]:
    """Numbers of persons who are known and not covered today."""
    chance = random.Random(7)
    found = []
    for number in range(FIRST_NUMBER, FIRST_NUMBER + persons):
        if chance.random() >= 0.8 and number % 5:
            found.append(str(number))
        if len(found) == count:
            break
    return found


_WORDS = ("compulsory", "contribution_paid", "contribution_lapsed", LAW)


def write_bodies(path: Path, persons: int, count: int) -> None:
    """`count` random subjects as JSON bodies, one a line, for the load generator."""
    chance = random.Random(11)
    with path.open("w") as file:
        for _ in range(count):
            number = FIRST_NUMBER + chance.randrange(persons)
            file.write(f'{{"subject":{{"type":"{ID_TYPE}","number":"{number}"}}}}\n')

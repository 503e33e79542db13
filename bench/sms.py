"""SMS through HTTP (issue 6, "Speed": at least 1,000/s): `python -m bench.sms`.

Half of the messages are insured persons' own codes (specific), half come from providers' telephones (general). Each is
taken once, counted, answered, journalled and replied to into the outbox in one durable transaction. Load generator,
gate and PostgreSQL share the machine.
"""

import argparse
import os
import random
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from bench.eligibility import Ground, gate, prepare
from bench.load import load
from bench.report import Figure, show
from bench.servers import postgresql
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute_many, rows
from daftar.store.keys import Secrets, read_secrets
from daftar.store.sealing import seal_fields
from daftar.terms.identifiers import ir_check_digit

SECRET = "secret-of-the-bench"
PHONES = 5_000
FIRST_MOBILE, FIRST_PHONE = 989_100_000_000, 989_130_000_000
PERSON = ("key", "jurisdiction", "sex", "birth_date", "insured_region", "residence_region", "card_state")
PERSON += ("mobile_key", "mobile_verified", "sealed", "office", "recorded_at", "withdrawn")
PERSON_TYPES = ("uuid", "varchar", "varchar", "date", "varchar", "varchar", "varchar")
PERSON_TYPES += ("uuid", "bool", "bytea", "varchar", "timestamptz", "bool")


def code(number: int) -> str:
    """A national code of place 000, which is not assigned."""
    nine = f"000{number:06d}"
    return nine + str(ir_check_digit(nine))


def fill(ground: Ground, persons: int) -> None:
    """Insured persons with a mobile and a span of cover each, the telephones of a provider, and what they send."""
    secrets, now = read_secrets(ground.state / "secret"), datetime.now(UTC)
    conn = connect(ground.url, statement_seconds=600)
    with transaction(conn), conn.cursor().copy(f"COPY person ({', '.join(PERSON)}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(PERSON_TYPES)
        for row in _persons(secrets, persons, now):
            copy.write_row(row)
    spans = (
        (secrets.key("ir-national-code", code(each)), date(2020, 1, 1), date(2027, 3, 31))
        for each in range(1, persons + 1)
    )
    sealed = seal_fields(secrets, "provider_phone", {})
    phones = ((secrets.mobile_key(f"+{FIRST_PHONE + each}"), sealed, now, False) for each in range(PHONES))
    with transaction(conn):
        execute_many(
            conn,
            "INSERT INTO coverage VALUES (?, 'ir-sso', ?, ?, 'compulsory', 'contribution_paid',"
            " 'contribution_lapsed', 'bench')",
            spans,
        )
        execute_many(
            conn,
            "INSERT INTO provider_phone (organisation, mobile_key, sealed, office, recorded_at, withdrawn)"
            " VALUES ('p', ?, ?, '', ?, ?)",
            phones,
        )
    conn.execute("VACUUM ANALYZE")
    conn.close()
    chance = random.Random(7)
    own = (f"+{FIRST_MOBILE + each} {code(each)}\n" for each in range(1, persons + 1))
    asked = (
        f"+{FIRST_PHONE + chance.randrange(PHONES)} {code(1 + chance.randrange(persons))}\n" for _ in range(persons)
    )
    ground.bodies.write_text("".join(line for pair in zip(own, asked, strict=True) for line in pair))


def _persons(secrets: Secrets, persons: int, now: datetime) -> Iterator[tuple[object, ...]]:
    for each in range(1, persons + 1):
        mobile = secrets.mobile_key(f"+{FIRST_MOBILE + each}")
        key = secrets.key("ir-national-code", code(each))
        yield key, "ir", "", date(1980, 1, 1), "", "", "", mobile, True, b"", "", now, False


def text(base: str, ground: Ground, run: int, options: argparse.Namespace) -> tuple[float, float]:
    """Messages a second and the 99th percentile in milliseconds."""
    basic = b64encode(f"kannel:{SECRET}".encode()).decode()
    given = {"BENCH_TOKEN": basic, "BENCH_RUN": run, "BENCH_BODIES": ground.bodies}
    return load("load_sms.lua", base, given, connections=options.connections, seconds=options.seconds)


def counted(ground: Ground) -> tuple[int, ...]:
    """Messages taken, rows of the journal, replies in the outbox."""
    conn = connect(ground.url)
    found = [rows(conn, f"SELECT count(*) FROM {table}")[0][0] for table in ("sms_taken", "inquiry", "outbox_message")]
    conn.close()
    return tuple(int(each) for each in found)


def main() -> None:
    """Measure on PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=300_000)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    os.environ["DAFTAR_KANNEL_SECRET"] = SECRET
    with tempfile.TemporaryDirectory(prefix="daftar-bench-") as folder, postgresql(Path(folder) / "pg") as url:
        ground = prepare(url, Path(folder), 1_000)
        fill(ground, options.persons)
        with gate(ground, options.workers) as base:
            figures = [text(base, ground, run, options) for run in range(options.rounds)]
        taken, journalled, replied = counted(ground)
        if not taken == journalled == replied > 0:  # codes are right, and nobody sends more than the limit
            raise RuntimeError(f"{taken} taken, {journalled} journalled, {replied} replied to")
        rates, slowest = zip(*figures, strict=True)
        show(
            [
                Figure("SMS taken, answered and replied to", "a second", rates),
                Figure("99th percentile", "ms", slowest),
            ]
        )


if __name__ == "__main__":
    main()

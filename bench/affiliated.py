"""A made-up population for the affiliation benchmark, with every sealed field filled: mains, dependants, and the rest.

Of ten persons five are insured themselves (one of them no more), four are dependants, one is known only.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import msgspec

from daftar.store.connect import transaction
from daftar.store.dialect import Connection
from daftar.store.keys import Secrets
from daftar.store.sealing import seal_fields

ID_TYPE = "ir-foreigner-number"
FIRST_NUMBER = 20_000_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
Row = tuple[object, ...]
_PERSON = {
    "given_name": "زهرا",
    "family_name": "محمدی نمونه",
    "father_name": "علی",
    "insurance_number": "0012345678",
    "id_booklet_no": "1234",
    "residence_address": "تهران، خیابان نمونه، کوچه دوم، پلاک ۱۲، واحد ۴",
    "phone": "021-00000000",
    "mobile": "+989120000000",
}
_WORK = {
    "workshop_number": "0987654321",
    "workshop_name": "کارخانه نمونه",
    "workshop_address": "کرج، جاده نمونه، کیلومتر ۵",
    "workshop_phone": "026-00000000",
    "employer_name": "شرکت نمونه",
}
_TABLES = {
    "person": (
        "key jurisdiction sex birth_date insured_region residence_region card_state mobile_verified sealed office"
        " recorded_at withdrawn",
        ["uuid", *["varchar"] * 2, "date", *["varchar"] * 3, "bool", "bytea", "varchar", "timestamptz", "bool"],
    ),
    "person_identifier": ("key person_key type sealed", ["uuid", "uuid", "varchar", "bytea"]),
    "affiliation": (
        "affiliation_id key kind starts ends insurance_type category pooling_region sealed office recorded_at"
        " withdrawn",
        ["varchar", "uuid", "varchar", "date", "date", *["varchar"] * 3, "bytea", "varchar", "timestamptz", "bool"],
    ),
    "dependency": (
        "key main_key starts relation ends office recorded_at withdrawn",
        ["uuid", "uuid", "date", "varchar", "date", "varchar", "timestamptz", "bool"],
    ),
}


def fill(conn: Connection, secrets: Secrets, persons: int) -> None:
    """Fill PostgreSQL by COPY, one table after the other."""
    for table, (columns, types) in _TABLES.items():
        with transaction(conn):
            text = f"COPY {table} ({', '.join(columns.split())}) FROM STDIN (FORMAT BINARY)"
            with conn.cursor().copy(text) as copy:
                copy.set_types(types)
                for row in _rows(table, secrets, persons):
                    copy.write_row(row)
        conn.execute(f"VACUUM ANALYZE {table}")


def _rows(table: str, secrets: Secrets, persons: int) -> Iterator[Row]:
    for place in range(persons):
        key, turn = key_of(secrets, place), place % 10
        if table == "person":
            sealed = seal_fields(secrets, table, _PERSON)
            yield key, "ir", "female", date(1980, 5, 5), "", "", "", True, sealed, "b1", NOW, False
        elif table == "person_identifier":
            yield key, key, ID_TYPE, seal_fields(secrets, table, {"number": str(FIRST_NUMBER + place)})
        elif table == "affiliation" and turn < 5:
            ends = date(2024, 12, 31) if turn == 4 else None
            sealed = seal_fields(secrets, table, _WORK)
            yield f"{place}", key, "compulsory", date(2015, 3, 3), ends, "01", "", "", sealed, "b1", NOW, False
        elif table == "dependency" and 5 <= turn < 9:
            yield key, key_of(secrets, place - 5), date(2018, 1, 1), "son", None, "b1", NOW, False


def key_of(secrets: Secrets, place: int) -> UUID:
    """The key of one of the persons."""
    return secrets.key(ID_TYPE, str(FIRST_NUMBER + place))


def write_bodies(path: Path, persons: int, count: int) -> None:
    """`count` random inquiries as JSON bodies, one a line; a third of them with a period, one in twenty unknown."""
    chance = random.Random(11)
    with path.open("wb") as file:
        for _ in range(count):
            number = FIRST_NUMBER + chance.randrange(int(persons * 1.05))
            body: dict[str, object] = {
                "subject": {"type": ID_TYPE, "number": str(number)},
                "reference": {"number": "1405/7", "date": "2026-01-01"},
            }
            if chance.random() < 0.33:
                body["period"] = {"from": "2019-01-01", "to": "2023-12-31"}
            file.write(msgspec.json.encode(body) + b"\n")

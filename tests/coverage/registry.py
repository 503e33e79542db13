"""Registry rows for tests of coverage: the facts that decide, everything else empty."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from daftar.store.dialect import execute

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def person(conn: Any, *, jurisdiction: str = "ir", sex: str = "male", born: str = "1980-01-01", died: str = "") -> UUID:
    """A person known to the registry."""
    key = uuid4()
    sql = """INSERT INTO person (key, jurisdiction, sex, birth_date, death_date, insured_region, residence_region,
             card_state, mobile_verified, sealed, office, recorded_at, withdrawn)
             VALUES (?, ?, ?, ?, ?, '', '', '', ?, ?, '', ?, ?)"""
    execute(conn, sql, [key, jurisdiction, sex, day(born), day(died), False, b"", AT, False])
    return key


def affiliation(conn: Any, key: UUID, kind: str, starts: str, ends: str = "") -> None:
    """A spell of insurance relationship."""
    sql = """INSERT INTO affiliation (affiliation_id, key, kind, starts, ends, insurance_type, category,
             pooling_region, office, recorded_at, withdrawn) VALUES (?, ?, ?, ?, ?, '', '', '', '', ?, ?)"""
    execute(conn, sql, [uuid4().hex, key, kind, day(starts), day(ends), AT, False])


def paid(conn: Any, key: UUID, kind: str, *months: str, withdrawn: bool = False) -> None:
    """Thirty days paid for each month."""
    sql = """INSERT INTO contribution (key, month, kind, days, amount, currency, office, recorded_at, withdrawn)
             VALUES (?, ?, ?, 30, NULL, '', '', ?, ?)"""
    for month in months:
        execute(conn, sql, [key, day(f"{month}-01"), kind, AT, withdrawn])


def dependency(conn: Any, key: UUID, main: UUID, relation: str, starts: str, ends: str = "") -> None:
    """A spell of living on another's insurance."""
    sql = """INSERT INTO dependency (key, main_key, starts, relation, ends, office, recorded_at, withdrawn)
             VALUES (?, ?, ?, ?, ?, '', ?, ?)"""
    execute(conn, sql, [key, main, day(starts), relation, day(ends), AT, False])


def evidence(conn: Any, key: UUID, kind: str, valid_from: str, valid_until: str = "", source: str = "counter") -> None:
    """A paper seen, or a fact confirmed by a connector."""
    sql = """INSERT INTO evidence (key, kind, valid_from, valid_until, source, office, recorded_at, withdrawn)
             VALUES (?, ?, ?, ?, ?, '', ?, ?)"""
    execute(conn, sql, [key, kind, day(valid_from), day(valid_until), source, AT, False])


def other_cover(conn: Any, key: UUID, insurer: str, starts: str, ends: str = "") -> None:
    """A spell of cover by another insurer."""
    sql = """INSERT INTO other_cover (key, insurer, starts, ends, office, recorded_at, withdrawn)
             VALUES (?, ?, ?, ?, '', ?, ?)"""
    execute(conn, sql, [key, insurer, day(starts), day(ends), AT, False])


def day(text: str | None) -> date | None:
    """An ISO date; empty is none."""
    return date.fromisoformat(text) if text else None

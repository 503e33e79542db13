"""A journal to be sealed: rows of several writers, passes of the sealer, verification in a snapshot."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from daftar.answers import Entry, SharedWriter, TrackingCodes, record
from daftar.answers.blocks import Block
from daftar.answers.head import Head
from daftar.answers.sealing import Sealer
from daftar.answers.verify import Report, verify
from daftar.store.connect import snapshot, transaction
from daftar.store.journal_keys import JournalKeys, read_journal_keys
from daftar.store.keys import Key, Secrets
from daftar.store.months import ensure_months
from daftar.terms.outcomes import Channel, Ground
from tests.answers.asking import AT

KEYS: JournalKeys = read_journal_keys(Path(os.environ["DAFTAR_STATE"]) / "journal-keys")
TRACKING = TrackingCodes(Secrets(b"k" * 32))
TEXTS = (None, "", "-", "=3:abc", "نامه ۷/۱۲", "北京 – 1\n2", "it's \\ | \x1f")


def entry(number: int, key: Key | None = None) -> Entry:
    """A row; each column is filled in some and empty in others."""
    text = TEXTS[number % len(TEXTS)]
    return Entry(
        channel=Channel.WEB,
        mode="general",
        key=key or Key(uuid4()),
        outcome="covered",
        reason="contribution_paid",
        ground=Ground.AGREEMENT,
        shown="status tracking_code",
        rule_version="ir.2.test",
        organisation="court-1" if number % 2 else None,
        account=text,
        acting_for=key or Key(uuid4()) if number % 5 == 0 else None,
        service_day=date(2026, 1, 1) + timedelta(days=number % 700) if number % 3 else None,
        period_from=date(1999, 12, 31) if number % 4 == 0 else None,
        setting="inpatient" if number % 6 == 0 else None,
        reference=text,
    )


def write(conn: Any, writer: int, count: int, *, months: bool = False) -> None:
    """Rows of a shared writer, one transaction each five; `months` spreads them over the year."""
    with transaction(conn):
        ensure_months(conn, AT.date().replace(month=1), 12)
    for start in range(0, count, 5):
        at = AT - timedelta(days=29 * (start % 11) if months else 0, microseconds=start % 3 * 70)
        with transaction(conn):
            rows = [entry(start + place) for place in range(min(5, count - start))]
            record(conn, rows, at=at, writer=SharedWriter(writer), tracking=TRACKING)


def seal(conn: Any, sealer: Sealer | None = None) -> list[Block]:
    """One pass of the sealer."""
    sealer = sealer or Sealer(conn, KEYS)
    blocks = sealer.prepare(conn, AT)
    with transaction(conn):
        return sealer.add(conn, blocks)


def verified(conn: Any, head: Head | None = None) -> Report:
    """What verification says."""
    with snapshot(conn):
        return verify(conn, KEYS, head)

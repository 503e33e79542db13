"""A paper recorded at the counter while the household is being rebuilt keeps nobody else's journal record waiting."""

import threading
import time
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from django.db import connection, connections, transaction

from daftar.answers import Entry
from daftar.portal.entitlement.models import Evidence
from daftar.portal.entitlement.services import evidence_record
from daftar.portal.journal.services import looks_record
from daftar.store.connect import connect
from daftar.store.dialect import Connection, execute, rows
from daftar.terms.outcomes import Channel, EvidenceKind, Ground
from tests.portal import world

LOOK = Entry(
    channel=Channel.COUNTER,
    mode="counter",
    key=world.key_of(world.PAID),
    outcome="shown",
    reason="identified",
    ground=Ground.DUTY,
    shown="name",
    account="another",
)
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def record_a_paper() -> None:
    try:
        evidence_record(
            key=world.key_of(world.SON),
            kind=EvidenceKind.STUDY_CERTIFICATE,
            valid_from=date(2026, 9, 1),
            valid_until=None,
            office="77",
            by="clerk",
            at=datetime.now(UTC),
        )
    finally:
        connections.close_all()


def wait_until_somebody_waits(conn: Connection) -> None:
    ends = time.monotonic() + 30
    while not rows(conn, WAITING)[0][0]:
        assert time.monotonic() < ends, "the paper does not wait for the person"
        time.sleep(0.02)


@pytest.mark.parametrize("world_url", ["postgresql"], indirect=True)
def test_a_paper_waits_for_the_person_before_it_takes_the_journals_writer(portal: str) -> None:
    """Persons are locked first and the writer last, by everybody: so nobody waits in a circle."""
    rebuilding = connect(portal)
    execute(rebuilding, "BEGIN")
    execute(rebuilding, "SELECT key FROM person WHERE key = ? FOR UPDATE", [world.key_of(world.SON)])
    clerk = threading.Thread(target=record_a_paper)
    clerk.start()
    with closing(connect(portal)) as watching:
        wait_until_somebody_waits(watching)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        looks_record([LOOK], at=datetime.now(UTC))
    execute(rebuilding, "ROLLBACK")
    rebuilding.close()
    clerk.join()
    assert Evidence.objects.filter(key=world.key_of(world.SON), kind=EvidenceKind.STUDY_CERTIFICATE).exists()

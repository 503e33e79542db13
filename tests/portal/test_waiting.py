"""What waits is read by index, and counted to a bound: a queue of millions stops no page (S2.15)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daftar.portal.feeds.models import CoverageDue, FeedPending
from daftar.portal.monitoring import queues, waiting
from daftar.portal.monitoring.measures import MEASURES
from daftar.portal.monitoring.queues import queues_seen
from daftar.portal.notices.models import OutboxMessage

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def put(channel: str, minutes: int, *, state: str = "waiting", campaign: int | None = None) -> None:
    """A message that was left in the outbox some minutes ago."""
    created_at = AT - timedelta(minutes=minutes)
    told = {"channel": channel, "language": "fa", "sealed": b"", "state": state, "campaign": campaign}
    OutboxMessage.objects.create(created_at=created_at, **told)


def test_how_much_waits_and_since_when(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    settings.DEMO = False
    for module in (queues, waiting):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)
    put("sms", 90, state="delivered")
    put("sms", 80, campaign=7)
    put("sms", 60, state="handed")
    put("sms", 50)
    put("mail", 40, campaign=7)
    for minutes in (5, 30):
        CoverageDue.objects.create(key=uuid4(), since=AT - timedelta(minutes=minutes))
    FeedPending.objects.all().delete()
    seen = {
        each.name: (each.waiting, each.more, each.oldest and (AT - each.oldest).seconds // 60) for each in queues_seen()
    }
    assert seen == {
        "outbox_mail": (1, False, 40),
        "outbox_sms": (2, True, 80),
        "cover": (2, False, 30),
        "pending": (0, False, None),
        "calls": (0, False, None),
    }
    assert MEASURES["outbox_minutes"](AT) == {"sms": 60}  # a campaign waits for its turn, and alerts nobody
    assert MEASURES["cover_minutes"](AT) == {"": 30}


def test_no_table_is_read_whole() -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queues_seen()
    plans = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans += [(line[3], query["sql"]) for line in cursor.fetchall()]
    whole = [plan for plan in plans if (plan[0].startswith("SCAN") and "LIMIT" not in plan[1]) or "B-TREE" in plan[0]]
    assert not whole
    assert sum("outbox_message_to_send" in plan for plan, _ in plans) >= 6

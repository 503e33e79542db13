"""What the gate reads from the database for /metrics (S2.15)."""

from datetime import UTC, datetime, timedelta

from daftar.answers.metrics import REGISTRY
from daftar.gate.watched import measure
from daftar.store.dialect import execute

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def put(conn, channel: str, hours: int, campaign: int | None = None) -> None:
    """A message that was left in the outbox some hours ago."""
    values = [channel, AT - timedelta(hours=hours), campaign]
    execute(
        conn,
        "INSERT INTO outbox_message (channel, language, sealed, state, tries, created_at, campaign)"
        " VALUES (?, 'fa', '', 'waiting', 0, ?, ?)",
        values,
    )


def test_a_campaign_that_waits_for_the_morning_is_not_late(conn) -> None:
    put(conn, "sms", 8, campaign=7)
    put(conn, "sms", 1)
    put(conn, "mail", 9, campaign=7)
    measure(conn, AT)
    seen = {
        (name, channel): REGISTRY.get_sample_value(f"daftar_outbox_{name}", {"channel": channel})
        for name in ("waiting", "oldest_seconds")
        for channel in ("sms", "mail")
    }
    assert seen == {
        ("waiting", "sms"): 2,
        ("waiting", "mail"): 1,
        ("oldest_seconds", "sms"): 3600,
        ("oldest_seconds", "mail"): 0,
    }

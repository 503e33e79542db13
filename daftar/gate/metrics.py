"""What operations watch (design §7); labels are words of ours, never anything personal."""

from prometheus_client import Counter, Gauge, Histogram, generate_latest

from daftar.answers.metrics import INQUIRIES, LATENCY, REGISTRY

__all__ = [
    "BATCH_SIZE",
    "COVER_WAITING",
    "FEED_LAG",
    "INQUIRIES",
    "LATENCY",
    "OFFICE_CONTACT",
    "OUTBOX_OLDEST",
    "OUTBOX_WAITING",
    "PROBE_WORKING",
    "REFUSED",
    "SMS",
    "WAITING",
    "exposition",
]

REFUSED = Counter("daftar_refused", "Requests refused, by problem.", ["problem"], registry=REGISTRY)
BATCH_SIZE = Histogram(
    "daftar_batch_size",
    "Questions that shared one transaction.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000),
    registry=REGISTRY,
)
SMS = Counter("daftar_sms_messages", "Messages that came in by SMS.", ["outcome"], registry=REGISTRY)
WAITING = Gauge("daftar_waiting", "Questions that wait for a lane.", registry=REGISTRY)
FEED_LAG = Gauge(
    "daftar_feed_lag_seconds", "Age of the newest fact of an office.", ["office", "table"], registry=REGISTRY
)

OFFICE_CONTACT = Gauge(
    "daftar_office_contact_seconds", "Time since an office was last heard of.", ["office", "table"], registry=REGISTRY
)
PROBE_WORKING = Gauge(
    "daftar_probe_working", "Whether the probe's last question was answered rightly.", ["channel"], registry=REGISTRY
)
OUTBOX_WAITING = Gauge("daftar_outbox_waiting", "Messages that have not left.", ["channel"], registry=REGISTRY)
OUTBOX_OLDEST = Gauge(
    "daftar_outbox_oldest_seconds",
    "Age of the oldest message about one person that has not left.",
    ["channel"],
    registry=REGISTRY,
)
COVER_WAITING = Gauge("daftar_cover_waiting", "Changed persons whose cover is not made anew yet.", registry=REGISTRY)


def exposition() -> bytes:
    """All metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)

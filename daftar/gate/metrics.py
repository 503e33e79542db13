"""What operations watch (design §7); labels are words of ours, never anything personal."""

from prometheus_client import Counter, Gauge, Histogram, generate_latest

from daftar.answers.metrics import INQUIRIES, LATENCY, REGISTRY

__all__ = ["BATCH_SIZE", "FEED_LAG", "INQUIRIES", "LATENCY", "REFUSED", "SMS", "WAITING", "exposition"]

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


def exposition() -> bytes:
    """All metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)

"""Counts of answers, one registry for both doors (design §7); labels are our words, nothing personal."""

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
INQUIRIES = Counter("daftar_inquiries", "Inquiries answered.", ["channel", "outcome"], registry=REGISTRY)
LATENCY = Histogram(
    "daftar_inquiry_seconds",
    "Time from request to answer.",
    ["channel"],
    buckets=(0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2),
    registry=REGISTRY,
)

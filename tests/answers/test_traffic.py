"""Requests are counted by door and kept by minute, each once, also when the database fails in between (S2.15)."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from daftar.answers import request_ids
from daftar.answers.traffic import COLUMNS, Traffic
from daftar.store.connect import transaction
from daftar.store.dialect import Connection, rows

AT = datetime(2026, 11, 22, 12, 30, 59, tzinfo=UTC)


def kept(conn: Connection) -> dict[str, dict[str, int]]:
    """The table, without the columns that are zero."""
    found = rows(conn, f"SELECT door, {', '.join(COLUMNS)} FROM traffic_minute")
    return {door: {name: value for name, value in zip(COLUMNS, line, strict=True) if value} for door, *line in found}


def test_what_was_seen_is_kept_once(conn: Connection) -> None:
    traffic = Traffic()
    for door, status, seconds in (("api", 200, 0.004), ("api", 422, 0.02), ("api", 503, 2.5), ("web", 200, 0.25)):
        traffic.seen(door, status, seconds)
    with pytest.raises(ConnectionError), transaction(conn):
        traffic.keep(conn, AT)
        raise ConnectionError("the commit did not come through")
    for _ in range(2):
        with transaction(conn):
            traffic.keep(conn, AT)
        traffic.kept()
    api = {"requests": 3, "refused": 1, "failed": 1, "le_10": 1, "le_25": 1, "longer": 1}
    assert kept(conn) == {"api": api, "web": {"requests": 1, "le_250": 1}}
    traffic.seen("web", 200, 0.3)
    with transaction(conn):
        traffic.keep(conn, AT)
    assert kept(conn)["web"] == {"requests": 2, "le_250": 1, "le_500": 1}


def test_prometheus_reads_the_same() -> None:
    traffic = Traffic()
    traffic.seen("ussd", 200, 0.04)
    traffic.seen("ussd", 503, 3.0)
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in traffic.collect()
        for sample in family.samples
    }
    assert samples["daftar_requests_total", "answered", "ussd"] == 1
    assert samples["daftar_requests_total", "failed", "ussd"] == 1
    assert samples["daftar_request_seconds_bucket", "0.05", "ussd"] == 1
    assert samples["daftar_request_seconds_bucket", "+Inf", "ussd"] == 2


def test_an_id_is_kept_only_in_its_form() -> None:
    for ours in (uuid4().hex, str(uuid4())):
        assert request_ids.begin(ours) == request_ids.CURRENT.get() == ours
    made = [request_ids.begin(sent) for sent in (None, "", "0012345678", "x" * 32, uuid4().hex.upper() + "\n")]
    assert len(set(made)) == len(made)
    assert all(request_ids.begin(id) == id for id in made)

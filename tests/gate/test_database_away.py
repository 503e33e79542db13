"""A database that does not answer: 503 with Retry-After and the hotline within 2 s, and all is well when it is back."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psutil
import psycopg
import pytest

from daftar.store.connect import connect, transaction
from tests.gate.installation import Registry, national_code, served, token

BODY = {"subject": {"type": "ir-national-code", "number": national_code(1)}}
PATH = "/api/v1/eligibility-inquiries"
AT_MOST = 2.0 + 0.3  # seconds; the rest is this client's own time on a busy machine


@contextmanager
def answering(url: str, secrets) -> Iterator[httpx.Client]:
    registry = Registry(url, secrets)
    registry.organisation("provider-1")
    registry.client("client-1", "provider-1")
    with served(url) as server:
        bearer = token(server.base, "client-1", registry.secret).json()["access_token"]
        headers = {"Authorization": f"Bearer {bearer}", "Accept-Language": "fa"}
        with httpx.Client(base_url=server.base, headers=headers, timeout=20) as http:
            assert http.post(PATH, json=BODY).status_code == 200
            yield http


def expect_refusal(http: httpx.Client) -> None:
    began = time.monotonic()
    refused = http.post(PATH, json=BODY)
    assert time.monotonic() - began < AT_MOST
    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/unavailable")
    assert int(refused.headers["retry-after"]) >= 1
    assert "1420" in refused.json()["title"]


def expect_recovery(http: httpx.Client) -> None:
    until = time.monotonic() + 15
    while http.post(PATH, json=BODY).status_code != 200:
        assert time.monotonic() < until, "the gate did not recover"
        time.sleep(0.1)


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """Every process of this database stands still, also the one that takes new connections: a blackholed link."""
    with psycopg.connect(url) as conn:
        own = conn.info.backend_pid
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
        pids = [pid for (pid,) in conn.execute(query, [own])]
        pids.append(psutil.Process(own).ppid())
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_that_hangs(database_url: str, secrets) -> None:
    with answering(database_url, secrets) as http:
        with frozen(database_url):
            for _ in range(3):
                expect_refusal(http)
        expect_recovery(http)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_connections_that_are_cut(database_url: str, secrets) -> None:
    with answering(database_url, secrets) as http:
        with psycopg.connect(database_url, autocommit=True) as conn:
            conn.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert http.post(PATH, json=BODY).status_code in (200, 503)
        expect_recovery(http)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_write_lock_that_somebody_keeps(database_url: str, secrets) -> None:
    with answering(database_url, secrets) as http:
        holder = connect(database_url)
        with transaction(holder):
            expect_refusal(http)
        holder.close()
        expect_recovery(http)

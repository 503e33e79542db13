"""Acknowledged means committed: kill -9 of the server under load loses no acknowledged code (issue 2, S2.18)."""

import asyncio
from datetime import date

import httpx
import pytest

from daftar.answers import TrackingCodes
from daftar.answers.recall import read_inquiries
from daftar.store.connect import connect
from daftar.terms.tracking_codes import TrackingCode
from tests.gate.installation import Registry, Server, national_code, served, token

PATH = "/api/v1/eligibility-inquiries"
SENDERS = 24


async def load_until_killed(server: Server, bearer: str, after: int) -> list[str]:
    """Ask from many senders, kill the server once `after` answers have come; all codes that were acknowledged."""
    codes: list[str] = []
    body = {"subject": {"type": "ir-national-code", "number": national_code(1)}}

    async def send(http: httpx.AsyncClient) -> None:
        while True:
            try:
                answer = await http.post(PATH, json=body)
            except httpx.HTTPError:
                return
            codes.append(answer.json()["tracking_code"])

    async with httpx.AsyncClient(
        base_url=server.base, headers={"Authorization": f"Bearer {bearer}"}, timeout=5
    ) as http:
        senders = [asyncio.create_task(send(http)) for _ in range(SENDERS)]
        while len(codes) < after:
            await asyncio.sleep(0.01)
        server.kill()
        await asyncio.wait(senders, timeout=30)
    return codes


def kill_and_look(url: str, secrets, after: int) -> None:
    registry = Registry(url, secrets)
    registry.organisation("provider-1")
    registry.client("client-1", "provider-1")
    registry.span(registry.person(national_code(1)), date(2020, 1, 1), None)
    with served(url) as server:
        bearer = token(server.base, "client-1", registry.secret).json()["access_token"]
        codes = asyncio.run(load_until_killed(server, bearer, after))
    check(url, secrets, codes, after)
    with served(url) as server:  # and the house opens again on what was left
        bearer = token(server.base, "client-1", registry.secret).json()["access_token"]
        more = asyncio.run(load_until_killed(server, bearer, 50))
    check(url, secrets, codes + more, after)


def check(url: str, secrets, codes: list[str], at_least: int) -> None:
    assert len(codes) >= at_least
    assert len(set(codes)) == len(codes)
    tracking = TrackingCodes(secrets)
    ids = [tracking.id_of(TrackingCode(code)) for code in codes]
    conn = connect(url)
    found: dict = {}
    for start in range(0, len(ids), 5000):
        found |= read_inquiries(conn, ids[start : start + 5000])
    conn.close()
    assert set(ids) <= found.keys()
    assert {found[id]["outcome"] for id in ids} == {"covered"}


def test_kill_nine_under_load_loses_no_acknowledged_code(database_url: str, secrets) -> None:
    kill_and_look(database_url, secrets, 300)


@pytest.mark.slow
@pytest.mark.parametrize("after", [40, 170, 500, 900, 1500, 2500, 4000])
def test_kill_nine_again_and_again(database_url: str, secrets, after: int) -> None:
    kill_and_look(database_url, secrets, after)

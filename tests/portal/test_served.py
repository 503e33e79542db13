"""The portal as it is served, behind the gate in one process: pages, styles, and a journey with its forms."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from daftar.terms.texts import text
from tests.portal import world

PATIENCE_SECONDS = 30


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(portal: str, tmp_path) -> Iterator[tuple[httpx.Client, str]]:
    """A client of `daftar serve` on the world's database, and the file of its log."""
    port, log = free_port(), tmp_path / "log"
    environment = os.environ | {"DAFTAR_DATABASE": portal, "DAFTAR_DEMO": "true"}
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "daftar.config.cli", "serve", "--port", str(port)],
            env=environment,
            stdout=out,
            stderr=out,
        )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True) as client:
        wait_for(client)
        yield client, str(log)
    server.terminate()
    server.wait(PATIENCE_SECONDS)


def wait_for(client: httpx.Client) -> None:
    """Wait until the home page answers."""
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        try:
            if client.get("/en/").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise TimeoutError("the server does not answer")


def send(client: httpx.Client, page: httpx.Response, **values: str) -> httpx.Response:
    """Send the form of a page."""
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    return client.post(str(page.url), data={"csrfmiddlewaretoken": token, **values})


def test_a_journey_behind_the_gate_leaves_nothing_personal_in_the_log(served: tuple[httpx.Client, str]) -> None:
    client, log = served
    page = client.get("/en/entitlement/own/")
    page = send(client, page, type=world.PAID[0], number=world.PAID[1], mobile=world.PAID[2])
    code = re.search(r"\d{6}", client.get("/en/notices/outbox/").text.split("<pre")[1])[0]
    page = send(client, page, code=code)
    assert text("status.covered", "en") in page.text
    with open(log) as lines:
        left = lines.read() + str(page.url)
    assert [each for each in (world.PAID[1], world.PAID[2][1:], code) if each in left] == []


def test_styles_are_served(served: tuple[httpx.Client, str]) -> None:
    client, _ = served
    for address in re.findall(r'(?:href|src)="(/static/[^"#]+)', client.get("/fa/").text):
        assert client.get(address).status_code == 200, address

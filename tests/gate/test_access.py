"""A process of the gate knows its clients before it takes requests, and refuses nobody for its own late look."""

import asyncio
from pathlib import Path
from urllib.parse import urlencode

import pytest

from daftar.gate.access import Access
from daftar.gate.counter import Counter, open_counter
from daftar.gate.problems import Problem
from daftar.gate.request import Request
from daftar.gate.rest.token import post_token
from tests.gate.installation import Registry, free_port


@pytest.fixture
def registry(database_url: str, secrets) -> Registry:
    registry = Registry(database_url, secrets)
    registry.organisation("provider-1")
    registry.client("client-1", "provider-1")
    return registry


def request(registry: Registry, client: str = "client-1") -> Request:
    form = {"grant_type": "client_credentials", "client_id": client, "client_secret": registry.secret}
    scope = {
        "method": "POST",
        "path": "/oauth/token",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": urlencode(form).encode()}

    return Request(scope, receive)


def ask(counter: Counter, sent: Request) -> tuple[int, bytes]:
    try:
        return asyncio.run(post_token(counter, sent))
    finally:
        counter.desk.stop()


def test_a_process_that_has_started_knows_the_clients(registry: Registry) -> None:
    access = Access(registry.url)
    access.start()
    try:
        assert access.fresh
        assert access.client("client-1") is not None
    finally:
        access.stop()


@pytest.mark.parametrize("name", ["postgresql", "sqlite"])
def test_it_starts_without_a_database_too(name: str, tmp_path: Path) -> None:
    away = f"postgresql://127.0.0.1:{free_port()}/none" if name == "postgresql" else f"sqlite:///{tmp_path / 'none'}"
    access = Access(away)
    access.start()
    assert not access.fresh
    access.stop()


def test_before_the_first_look_a_client_is_told_to_come_again_and_not_that_it_is_wrong(registry: Registry) -> None:
    counter = open_counter(registry.url, registry.secrets, "http://here.example")
    with pytest.raises(Problem) as refused:
        ask(counter, request(registry))
    assert (refused.value.slug, refused.value.retry_after) == ("unavailable", 2)


def test_so_is_a_client_that_was_made_after_the_last_look(registry: Registry) -> None:
    counter = open_counter(registry.url, registry.secrets, "http://here.example")
    counter.access.start()
    counter.access.stop()  # it has looked, and looks no more
    registry.client("client-2", "provider-1")
    with pytest.raises(Problem) as refused:
        ask(counter, request(registry, "client-2"))
    assert (refused.value.slug, refused.value.retry_after) == ("unavailable", 1)


def test_one_whose_secret_is_wrong_is_wrong_all_the_same(registry: Registry) -> None:
    counter = open_counter(registry.url, registry.secrets, "http://here.example")
    counter.access.start()
    counter.access.stop()
    registry.secret = "another"
    with pytest.raises(Problem) as refused:
        ask(counter, request(registry))
    assert refused.value.slug == "invalid-client"

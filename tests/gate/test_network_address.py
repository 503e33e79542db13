"""Whose address counts behind proxies: what the outermost of ours wrote, never what a client claims."""

import pytest

from daftar.gate.request import Request


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),  # no proxy of ours: the header is a claim
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),  # the first entry is the client's own invention
        (2, "198.51.100.7, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, None, "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),  # one line of IPv6 has 2^64 of them
    ],
)
def test_the_address_that_counts(proxies: int, forwarded: str | None, address: str) -> None:
    headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
    scope = {"method": "POST", "path": "/", "headers": headers, "client": ("192.0.2.1", 4711)}

    async def receive() -> dict[str, object]:
        return {}

    assert Request(scope, receive).network_address(proxies) == address

"""Resources as HTTP replies, and Bundles of what a search found."""

from datetime import datetime
from typing import Any

import msgspec

from daftar.gate.translator import Reply

R4 = "/fhir/R4"
"""Where FHIR R4 stands below the installation's address."""

_encode = msgspec.json.Encoder().encode


def replied(
    resource: dict[str, Any] | None,
    content_type: bytes,
    language: str,
    status: int = 200,
    *headers: tuple[bytes, bytes],
) -> Reply:
    """A resource in the language that it was worded in; None is an empty body."""
    body = b"" if resource is None else _encode(resource)
    return Reply(status, body, content_type, ((b"content-language", language.encode()), *headers))


def searchset(base_url: str, found: list[dict[str, Any]], address: str, at: datetime) -> dict[str, Any]:
    """What a search found. `address` names the search without what names a person (contracts §3)."""
    entries = [
        {
            "fullUrl": f"{base_url}{R4}/{each['resourceType']}/{each['id']}",
            "resource": each,
            "search": {"mode": "match"},
        }
        for each in found
    ]
    bundle = {
        "resourceType": "Bundle",
        "type": "searchset",
        "timestamp": at,
        "total": len(found),
        "link": [{"relation": "self", "url": f"{base_url}{R4}/{address}"}],
    }
    return bundle | ({"entry": entries} if entries else {})

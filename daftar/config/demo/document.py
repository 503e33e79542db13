"""`var/demo.json`: everything that a tester needs to know of the demo (contracts §4)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from daftar.config.demo.access import (
    CLIENTS,
    LOG_INS,
    client_secret,
    kannel_secret,
    password,
    totp_secret,
    ussd_gateway,
)
from daftar.config.demo.identifiers import ir_mobile
from daftar.config.demo.organisations import PROVIDER_MOBILE_SERIAL
from daftar.config.demo.stories.stage import Story
from daftar.gate.gateways import KANNEL
from daftar.store.keys import Secrets

DOCUMENT_FILE = "demo.json"
OUTBOX_PATH = "/en/notices/outbox/"


def document(stories: list[Story], secrets: Secrets, generated_on: date, base_url: str) -> dict[str, Any]:
    """The document as plain data."""
    clients = {
        name: {"id": client_id, "secret": client_secret(secrets, name)} for name, (client_id, *_) in CLIENTS.items()
    }
    logins = {}
    for each in LOG_INS:
        logins[each.name] = {"user": each.user, "password": password(secrets, each)}
        if secret := totp_secret(secrets, each):
            logins[each.name]["totp_secret"] = secret
    return {
        "generated_on": generated_on.isoformat(),
        "base_url": base_url,
        "outbox_url": base_url + OUTBOX_PATH,
        "api_client": clients["provider"],
        "api_clients": clients,
        "sms": {
            "path": "/sms/messages?id=",  # each message has a name of its own
            "user": KANNEL,
            "secret": kannel_secret(secrets),
            "provider_mobile": ir_mobile(PROVIDER_MOBILE_SERIAL),
        },
        "ussd": {
            "path": "/ussd/aggregator",
            "user": ussd_gateway(secrets)[0],
            "secret": ussd_gateway(secrets)[1],
            "provider_mobile": ir_mobile(PROVIDER_MOBILE_SERIAL),
        },
        "logins": logins,
        "persons": [_person(story) for story in stories],
    }


def _person(story: Story) -> dict[str, Any]:
    expected = story.expected
    return {
        "identifier": {"type": story.id_type, "number": story.id_number},
        "name": story.name,
        "mobile": story.mobile,
        "about": story.about,
        "expect": {
            "service_date": expected.service_date.isoformat(),
            "setting": expected.setting.value,
            "status": expected.status.value,
            "reason": expected.reason.value,
            "valid_until": expected.valid_until.isoformat() if expected.valid_until else None,
        },
    }


def write_document(path: Path, content: dict[str, Any]) -> None:
    """Write it whole, readable by the owner alone: it holds passwords."""
    part = path.with_name(path.name + ".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


def move_document(path: Path, base_url: str) -> dict[str, Any]:
    """Read it again, with the address of this start; write it when that has changed."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if content["base_url"] != base_url:
        content |= {"base_url": base_url, "outbox_url": base_url + OUTBOX_PATH}
        write_document(path, content)
    return content

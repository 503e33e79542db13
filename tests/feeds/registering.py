"""Registries on a socket of this machine, and a law in which they are asked."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from daftar.feeds.connectors import registries
from daftar.feeds.connectors.http_registry import HttpRegistry
from daftar.feeds.connectors.port import Question
from daftar.rules.parameters import Dated, law_set
from daftar.store.keys import Key
from daftar.terms.identifiers import read_identifier
from daftar.terms.outcomes import EvidenceKind
from tests.portal.identity_authority import Authority

DAY = date(2026, 11, 21)
NUMBER = "0000000019"
PATIENT = 60.0
"""Seconds that a test waits for what is to come: any machine is fast enough."""


def says(outcome: str, **more: object) -> Callable[[dict[str, Any]], bytes]:
    """An answer that repeats the request it is for."""
    return lambda asked: json.dumps({"request": asked["request"], "outcome": outcome, **more}).encode()


def registry(
    authority: Authority, seconds: float = PATIENT, kind: EvidenceKind = EvidenceKind.STUDY_CERTIFICATE
) -> HttpRegistry:
    """The client of it, which does not wait between its tries."""
    return HttpRegistry(kind, authority.url, "a-token", seconds=seconds, wait=lambda pause: None)


def question() -> Question:
    """About somebody made up."""
    return Question(uuid4(), Key(UUID(int=7)), read_identifier("ir-national-code", NUMBER), DAY)


def switch_on(monkeypatch: pytest.MonkeyPatch, since: date, *names: str) -> None:
    """From a day on connectors alone decide, as far as that says who is asked; the law of the spans stays."""
    changed = dict(law_set("ir"))
    for name in names:
        parameter = changed[f"connector/{name}"]
        changed[parameter.name] = replace(parameter, values=(*parameter.values, Dated(since, True, "test")))
    monkeypatch.setattr(registries, "law_set", lambda code: changed if code == "ir" else law_set(code))

"""Asks about every person of `demo.json` over HTTP, as a reader with `curl` would; says where it is told otherwise."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from daftar.disclosure.outbox import open_message
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute, rows
from daftar.store.keys import read_secrets
from tests.gate.installation import served, token

START, CONFIRM = "/api/v1/own-entitlement/start", "/api/v1/own-entitlement/confirm"
SILENT = ("unknown_person", "deceased")
"""Reasons that no mobile opens: S2.9's message alone is told."""


class Demo:
    """A served demo and what its file says."""

    def __init__(self, url: str, state: Path, content: dict[str, Any], http: httpx.Client) -> None:
        self.url, self.persons, self.http = url, content["persons"], http
        self.today = content["generated_on"]
        self.secrets = read_secrets(state / "secret")

    def general(self) -> list[str]:
        """Status by the provider's inquiry, for the day and setting of the file."""
        return [f"{each['about']}: {told}" for each in self.persons if (told := self._status(each)) != _says(each)[0]]

    def specific(self) -> list[str]:
        """Status, reason and last day by identifier, mobile and one-time code; of whom the file says today's."""
        asked = [each for each in self.persons if each["mobile"] and each["expect"]["service_date"] == self.today]
        assert len(asked) >= 20
        return [f"{each['about']}: {told}" for each in asked if (told := self._told(each)) != _opened(each)]

    def _status(self, person: dict[str, Any]) -> str:
        wish = {"subject": person["identifier"]} | {
            name: person["expect"][name] for name in ("service_date", "setting")
        }
        told = self.http.post("/api/v1/eligibility-inquiries", json=wish).raise_for_status().json()
        return str(told["status"])

    def _told(self, person: dict[str, Any]) -> object:
        started = self.http.post(START, json={"subject": person["identifier"], "mobile": person["mobile"]})
        if started.status_code != 200:
            return started.json()["type"]
        code = {"challenge": started.json()["challenge"], "code": self._newest_code()}
        told = self.http.post(CONFIRM, json=code).raise_for_status().json()
        return told["status"], told["reason"]["code"], told["valid_until"]

    def _newest_code(self) -> str:
        """The one-time code of the newest SMS, from the outbox; then an hour passes: families share a mobile."""
        conn = connect(self.url)
        with transaction(conn):
            [(sealed,)] = rows(conn, "SELECT sealed FROM outbox_message ORDER BY id DESC LIMIT 1")
            execute(conn, "UPDATE own_entitlement_challenge SET created_at = ?", ["2020-01-01T00:00:00+00:00"])
        conn.close()
        found = re.search(r"\d{6}", open_message(self.secrets, sealed).text)
        assert found
        return found.group()


@contextmanager
def asking(url: str, state: Path, content: dict[str, Any]) -> Iterator[Demo]:
    """Serve the gate of a demo that was made, and hold the token of the file's provider."""
    client = content["api_clients"]["provider"]
    with served(url, DAFTAR_STATE=str(state), DAFTAR_DEMO="true") as server:
        bearer = token(server.base, client["id"], client["secret"]).raise_for_status().json()["access_token"]
        with httpx.Client(base_url=server.base, headers={"Authorization": f"Bearer {bearer}"}) as http:
            yield Demo(url, state, content, http)


def _says(person: dict[str, Any]) -> tuple[str, str, str | None]:
    expect = person["expect"]
    return expect["status"], expect["reason"], expect["valid_until"]


def _opened(person: dict[str, Any]) -> object:
    return "/problems/mismatch" if person["expect"]["reason"] in SILENT else _says(person)

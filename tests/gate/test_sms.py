"""What Kannel hands in by HTTP: taken once, replied to by the outbox, refused properly (issue 6, «Bad input»)."""

import asyncio
from base64 import b64encode
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from daftar.gate.app import Gate
from daftar.gate.counter import open_counter
from daftar.gate.request import Scope
from daftar.gate.sms.gateway import report_mark
from tests.disclosure.callers import Callers
from tests.gate.installation import national_code

SECRET = "a-secret-of-the-gate"
PROOF = "Basic " + b64encode(f"kannel:{SECRET}".encode()).decode()
MINE, CODE = "+989120000001", national_code(1)


class Handing:
    """Kannel's calls, one after the other, to a gate in this process."""

    def __init__(self, callers: Callers, secret: str = SECRET) -> None:
        self.callers, self.secret = callers, secret

    def text(self, text: bytes, id: str = "one", sender: str = MINE, **headers: str) -> int:
        """A message; the status that Kannel sees."""
        headers = {"x-kannel-from": sender, "x-kannel-to": "1420", "authorization": PROOF} | headers
        (answer,) = self.call(("POST", "/sms/messages", f"id={id}", headers, text))
        assert answer[1] == b"" or answer[0] >= 400
        return answer[0]

    def call(self, *calls: tuple[str, str, str, dict[str, str], bytes]) -> list[tuple[int, bytes]]:
        """Requests, in order."""
        return asyncio.run(self._run(calls))

    async def _run(self, calls: tuple[Any, ...]) -> list[tuple[int, bytes]]:
        gateways = {"kannel": self.secret} if self.secret else {}
        gate = Gate(open_counter(self.callers.url, self.callers.secrets, "http://localhost", gateways=gateways))
        gate.counter.start()
        try:
            return [await one_call(gate, *each) for each in calls]
        finally:
            await gate.counter.stop()


async def one_call(
    gate: Gate, method: str, path: str, query: str, headers: dict[str, str], body: bytes
) -> tuple[int, bytes]:
    """One request through the ASGI app."""
    sent: list[dict[str, Any]] = []
    scope: Scope = {
        **{"type": "http", "method": method, "path": path, "query_string": query.encode()},
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await gate(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


@pytest.fixture
def kannel(sqlite_template: Path, tmp_path: Path, secrets) -> Handing:
    path = tmp_path / "daftar.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    callers = Callers(f"sqlite:///{path}", secrets)
    callers.span(callers.person(CODE, mobile=MINE), date(2020, 1, 1), None)
    return Handing(callers)


def replies(kannel: Handing) -> int:
    return int(kannel.callers.read("SELECT count(*) FROM outbox_message")[0][0])


def journalled(kannel: Handing) -> int:
    return int(kannel.callers.read("SELECT count(*) FROM inquiry")[0][0])


def test_a_message_is_taken_once_however_often_it_is_given(kannel: Handing) -> None:
    assert [kannel.text(CODE.encode()) for _ in range(3)] == [200] * 3
    assert (replies(kannel), journalled(kannel)) == (1, 1)
    assert kannel.text(CODE.encode(), id="another") == 200
    assert (replies(kannel), journalled(kannel)) == (2, 2)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe\x00",
        "سلام".encode(),
        "🙏".encode(),
        b"1" * 1000,
        b"\x00" * 50,
        "۱۲۳abc一二".encode(),
        b"x" * 60_000,
    ],
)
def test_whatever_a_telephone_sends_is_answered(kannel: Handing, text: bytes) -> None:
    assert kannel.text(text) == 200
    assert (replies(kannel), journalled(kannel)) == (1, 0)


@pytest.mark.parametrize("sender", ["1420", "HAMRAHAVAL", "", "+4915112345678", "\x00", "0" * 300])
def test_no_reply_goes_to_short_numbers_names_and_other_countries(kannel: Handing, sender: str) -> None:
    assert kannel.text(CODE.encode(), sender=sender) == 200
    assert (replies(kannel), journalled(kannel)) == (0, 0)


@pytest.mark.parametrize("proof", ["", "Basic x", "Basic a2FubmVsOg==", "Bearer " + PROOF[6:], PROOF[:-2]])
def test_only_our_gateway_may_hand_in(kannel: Handing, proof: str) -> None:
    assert kannel.text(CODE.encode(), authorization=proof) == 401
    assert replies(kannel) == 0


def test_without_a_gateway_there_is_no_such_path(kannel: Handing) -> None:
    assert Handing(kannel.callers, secret="").text(CODE.encode()) == 404


def test_a_call_that_is_none_of_kannels(kannel: Handing) -> None:
    proof = {"authorization": PROOF, "x-kannel-from": MINE}
    told = kannel.call(
        ("GET", "/sms/messages", "id=1", proof, b""),
        ("POST", "/sms/messages", "", proof, CODE.encode()),
        ("POST", "/sms/messages", "id=" + "1" * 300, proof, CODE.encode()),
        ("POST", "/sms/messages", "id=1", proof | {"content-length": "99999999"}, b""),
        ("POST", "/sms/other", "", proof, b""),
    )
    assert [status for status, _ in told] == [405, 404, 404, 413, 404]


def test_a_report_needs_the_mark_of_its_message(kannel: Handing) -> None:
    kannel.text(CODE.encode())
    id, proof = kannel.callers.read("SELECT id FROM outbox_message")[0][0], {"authorization": PROOF}
    mark = report_mark(kannel.callers.secrets, id)
    other = report_mark(kannel.callers.secrets, id + 1)
    told = kannel.call(
        ("GET", f"/sms/reports/{id}/{other}", "state=1", proof, b""),
        ("GET", f"/sms/reports/{'9' * 30}/{mark}", "state=1", proof, b""),
        ("GET", f"/sms/reports/x/{mark}", "state=1", proof, b""),
        ("GET", f"/sms/reports/{id}/{mark}", "state=1", {}, b""),
        ("GET", f"/sms/reports/{id}/{mark}", "state=999999", proof, b""),
        ("GET", f"/sms/reports/{id}/{mark}", "", proof, b""),
    )
    assert [status for status, _ in told] == [404, 404, 404, 401, 200, 200]
    assert kannel.callers.read("SELECT state FROM outbox_message")[0][0] == "waiting"
    kannel.call(("GET", f"/sms/reports/{id}/{mark}", "state=1", proof, b""))
    assert kannel.callers.read("SELECT state FROM outbox_message")[0][0] == "delivered"

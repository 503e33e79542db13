"""S2.20 with a plain telephone: the menu over an aggregator's form, and over SMPP by a running Kannel.

The gate is killed in the middle of a dialogue and of none is anything lost or asked twice.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
import pytest

from daftar.answers import TrackingCodes
from daftar.store.keys import Secrets
from daftar.terms.tracking_codes import read_tracking_code
from tests.gate.installation import Registry, Server, served
from tests.gate.ussd.conftest import COVERED, DOCTOR, LAPSED, LAPSED_OWN, OWN, UNKNOWN, fill
from tests.kannel import SECRET, kannel
from tests.smpp import Network, Sms, network

GATEWAY = ("irancell", "secret-of-irancell")
FORM = "application/x-www-form-urlencoded"
AWAY = "سامانه در دسترس نیست"
CODE = re.compile(r"\d{4}\W\d{4}\W\d{4}\W\d{4}")


@dataclass
class Aggregator:
    """Sends what is typed, as aggregators do: all of it each time."""

    base: str
    sessions: "count[int]" = field(default_factory=count)

    def post(self, auth: tuple[str, str] | None = GATEWAY, **form: str) -> httpx.Response:
        """One request."""
        return httpx.post(f"{self.base}/ussd/aggregator", data=form, auth=auth, timeout=60)

    def say(self, session: str, number: str, *words: str) -> str:
        """The screen after these words."""
        form = {"sessionId": session, "phoneNumber": number, "serviceCode": "*1420#", "text": "*".join(words)}
        for _ in range(100):  # a machine too busy says so: the same words are sent again, as gateways do
            if AWAY not in (screen := self.post(**form).text):
                return screen
        raise AssertionError(screen)

    def dial(self, number: str, *words: str) -> str:
        """A new dialogue, one word after the other; the last screen."""
        session = f"story-{next(self.sessions)}"
        return [self.say(session, number, *words[:last]) for last in range(len(words) + 1)][-1]


@pytest.fixture(scope="module")
def registry(sqlite_template: Path, secrets: Secrets, tmp_path_factory: pytest.TempPathFactory) -> Registry:
    path = tmp_path_factory.mktemp("ussd") / "daftar.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    made = Registry(f"sqlite:///{path}", secrets)
    fill(made)
    return made


@dataclass
class Gate:
    """The gate that serves now; killed, it is started anew on the same database."""

    url: str
    stack: ExitStack
    server: Server = field(init=False)

    def start(self) -> None:
        """Serve, for the aggregator and for Kannel."""
        settings = {"DAFTAR_USSD_GATEWAYS": ":".join(GATEWAY), "DAFTAR_KANNEL_SECRET": SECRET}
        self.server = self.stack.enter_context(served(self.url, **settings))

    @property
    def base(self) -> str:
        """Where it listens."""
        return self.server.base


@pytest.fixture(scope="module")
def gate(registry: Registry) -> Iterator[Gate]:
    with ExitStack() as stack:
        running = Gate(registry.url, stack)
        running.start()
        yield running


def test_an_insured_and_a_doctor_ask_by_telephone(gate: Gate, registry: Registry) -> None:
    aggregator = Aggregator(gate.base)
    assert aggregator.dial(OWN).startswith("CON استحقاق درمان\n1 استحقاق من\n3 کدهای رهگیری")
    told = aggregator.dial(OWN, "1", COVERED)
    assert told.startswith("END حمایت درمانی دارد\nتا ۱۴۰۵/۱۲/۲۹")  # S2.8
    patient = aggregator.dial(DOCTOR, "2", LAPSED)
    assert patient.startswith("CON حمایت درمانی ندارد\nکد رهگیری:\n")  # S2.7
    assert aggregator.dial(OWN, "1", UNKNOWN).startswith("END عدم تطابق کد ملی با شماره موبایل")  # S2.9
    for screen, mode in ((told, "specific"), (patient, "general")):
        id = TrackingCodes(registry.secrets).id_of(read_tracking_code(CODE.search(screen).group()))
        assert [tuple(row) for row in registry.read("SELECT mode, channel FROM inquiry WHERE id = ?", id)] == [
            (mode, "ussd")
        ]


def test_the_gate_is_killed_in_the_middle_and_the_dialogue_goes_on(gate: Gate, registry: Registry) -> None:
    before = registry.read("SELECT count(*) FROM inquiry")[0][0]
    aggregator = Aggregator(gate.base)
    aggregator.say("killed", LAPSED_OWN, "1")
    told = aggregator.say("killed", LAPSED_OWN, "1", LAPSED)
    gate.server.kill()
    gate.start()
    aggregator = Aggregator(gate.base)
    assert aggregator.say("killed", LAPSED_OWN, "1", LAPSED) == told  # asked again, told the same
    objected = aggregator.say("killed", LAPSED_OWN, "1", LAPSED, "2")
    assert objected.startswith("CON اعتراض به این پاسخ ثبت شود؟")
    taken = aggregator.say("killed", LAPSED_OWN, "1", LAPSED, "2", "1")
    assert taken.startswith("END اعتراض ثبت شد.")  # S2.12
    assert aggregator.say("killed", LAPSED_OWN, "1", LAPSED, "2", "1") == taken
    assert registry.read("SELECT count(*) FROM inquiry")[0][0] == before + 2  # the answer, and the objection


def test_nobody_but_the_aggregator_is_let_in_and_nothing_is_a_server_error(gate: Gate, registry: Registry) -> None:
    aggregator = Aggregator(gate.base)
    before = registry.read("SELECT count(*) FROM inquiry")[0][0]
    form = {"sessionId": "x", "phoneNumber": OWN, "text": ""}
    refused = [
        aggregator.post(auth, **form) for auth in (None, ("irancell", "wrong"), ("kannel", GATEWAY[1]), ("", ""))
    ]
    assert [(each.status_code, each.headers["www-authenticate"]) for each in refused] == [
        (401, 'Basic realm="daftar"')
    ] * 4
    url = f"{gate.base}/ussd/aggregator"
    assert httpx.get(url, params=form, auth=GATEWAY).status_code == 405
    assert httpx.post(url, json=form, auth=GATEWAY).status_code == 415
    assert aggregator.post(sessionId="x", phoneNumber=OWN, text="1" * 9000).status_code == 413
    for wrong in ({"phoneNumber": OWN}, {"sessionId": "y"}, {"sessionId": "y" * 200, "phoneNumber": OWN}):
        assert aggregator.post(**wrong).status_code == 422
    raw = httpx.post(url, content=b"sessionId=%ff%fe&phoneNumber=1", auth=GATEWAY, headers={"content-type": FORM})
    assert raw.status_code == 422
    for number in ("+15551234567", "abc", "", "1420"):
        assert aggregator.post(sessionId="z", phoneNumber=number, text="").text.startswith("END This service")
    assert aggregator.post(sessionId="many", phoneNumber=OWN, text="*" * 500).text.startswith("END این گفت‌وگو")
    assert registry.read("SELECT count(*) FROM inquiry")[0][0] == before


def type_in(net: Network, number: str, typed: str, operation: int) -> Sms:
    """A word of a telephone, and the screen that reaches it."""
    already = len(net.submitted)
    net.text(typed, sender=number, by="ussd", ussd_service_op=operation)
    net.wait(lambda: len(net.submitted) > already)
    return net.submitted[already]


def test_by_smpp_through_kannel(gate: Gate, tmp_path: Path) -> None:
    screens: list[Sms] = []
    port = int(gate.base.rpartition(":")[2])
    with network() as net, kannel(tmp_path, gate_port=port, network_port=net.port):
        while not screens or any(AWAY in each.text for each in screens):  # a machine too busy says so: dial again
            screens = [type_in(net, DOCTOR, typed, 18 if typed.isdigit() else 1) for typed in ("*1420#", "2", COVERED)]
            screens.append(type_in(net, OWN, f"*1420*1*{COVERED}#", 1))
    assert [each.options[0x0501] for each in screens] == [b"\x02", b"\x02", b"\x02", b"\x11"]
    assert {(each.system_id, each.coding) for each in screens} == {("ussd", 8)}  # UCS-2
    assert screens[0].text.startswith("استحقاق درمان\n1 استحقاق من\n2 بیمار")
    assert screens[2].text.startswith("حمایت درمانی دارد\nکد رهگیری:")
    assert screens[3].text.startswith("حمایت درمانی دارد\nتا ۱۴۰۵/۱۲/۲۹")

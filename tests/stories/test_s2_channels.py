"""The booklet by SMS (S2.4, S2.20): plain telephones, the real Kannel, a network on loopback, both directions.

Kannel runs with the file that is shipped in deploy/kannel. It and Daftar are killed without warning: every message that
the network was acknowledged is answered, each once, and delivery reports find their message.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.disclosure.callers import Callers
from tests.gate.installation import Server, free_port, national_code, served
from tests.kannel import Kannel, kannel
from tests.smpp import DELIVERED, UNDELIVERABLE, Network, Sms, eventually, network

FATHER, DOCTOR, STRANGER, CHINESE = "+989120000001", "+989120000002", "+989120000009", "+8613800138000"
HIS, CHILDS, HERS = national_code(1), national_code(2), national_code(3)
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass
class World:
    """Telephones, the network, Kannel, a gate, and what lies in its database."""

    callers: Callers
    network: Network
    kannel: Kannel
    port: int
    gate: Server
    stack: ExitStack

    def serve(self) -> None:
        """Start the gate, again on the same port."""
        self.gate = self.stack.enter_context(served(self.callers.url, port=self.port, **self.kannel.settings))

    def send(self, text: str, *, sender: str = FATHER) -> Sms:
        """A telephone sends a message and waits for the reply."""
        before = len(self.network.submitted)
        self.network.text(text, sender=sender)
        self.network.wait(lambda: len(self.network.submitted) > before)
        return self.network.submitted[-1]

    def states(self) -> Counter[str]:
        """How far the messages of the outbox have come."""
        return Counter(state for (state,) in self.callers.read("SELECT state FROM outbox_message"))

    def journal(self) -> list[Any]:
        """What was journalled."""
        return [tuple(row) for row in self.callers.read("SELECT mode, ground, outcome FROM inquiry ORDER BY id")]


@pytest.fixture(scope="module")
def world(sqlite_template: Path, secrets, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    path = tmp_path_factory.mktemp("channels") / "daftar.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    callers = Callers(f"sqlite:///{path}", secrets)
    father = callers.person(HIS, mobile=FATHER)
    callers.span(father, date(2020, 1, 1), date(2031, 3, 20))
    callers.dependant(callers.person(CHILDS, born=date(2018, 1, 1)), father)
    callers.person(HERS, mobile="+989120000003")
    callers.organisation("clinic")
    callers.phone("clinic", DOCTOR)
    port = free_port()
    with ExitStack() as stack:
        air = stack.enter_context(network())
        gateway = stack.enter_context(kannel(tmp_path_factory.mktemp("kannel"), gate_port=port, network_port=air.port))
        world = World(callers, air, gateway, port, None, stack)  # type: ignore[arg-type]
        world.serve()
        air.link("sms")
        yield world


def test_the_insured_sends_the_own_code_in_persian_digits(world: World) -> None:
    reply = world.send(f"{HIS[:3]} {HIS[3:6]}-{HIS[6:]}".translate(PERSIAN))
    assert (reply.source, reply.destination, reply.segments) == ("1420", FATHER.lstrip("+"), 1)
    assert re.fullmatch(r"حمایت درمانی دارد تا ۱۴۰۹/۱۲/۲۹ \(وضع امروز\)\nکد رهگیری \d{16}", reply.text)
    assert world.journal()[-1] == ("specific", "own", "covered")


def test_a_doctor_gets_one_line_with_status_and_code(world: World) -> None:
    reply = world.send(HIS, sender=DOCTOR)
    assert re.fullmatch(r"حمایت درمانی دارد\nکد رهگیری: (\d{4} ){3}\d{4}", reply.text)  # S2.7: no end date
    assert world.journal()[-1] == ("general", "agreement", "covered")


@pytest.mark.parametrize(
    ("text", "sender", "start"),
    [
        (CHILDS, FATHER, "حمایت درمانی ندارد"),
        (HERS, FATHER, "عدم تطابق کد ملی با شماره موبایل"),
        (HIS, STRANGER, "عدم تطابق کد ملی با شماره موبایل"),
        ("سلام 🙏", FATHER, "کد نادرست است"),
        ("1" * 1000, DOCTOR, "کد نادرست است"),
        ("x", CHINESE, "号码有误"),
    ],
)
def test_every_message_has_its_sentence_in_one_segment(world: World, text: str, sender: str, start: str) -> None:
    reply = world.send(text, sender=sender)
    assert reply.text.startswith(start)
    assert (reply.segments, reply.destination) == (1, sender.lstrip("+"))


def test_an_empty_message_too(world: World) -> None:
    assert world.send("").text.startswith("کد نادرست است")


def test_delivery_reports_find_their_message(world: World) -> None:
    """First that the network has acknowledged it, which campaigns wait for; then what became of it."""
    eventually(lambda: set(world.states()) <= {"accepted", "delivered", "failed"})
    eventually(lambda: world.callers.read("SELECT 1 FROM outbox_message WHERE reported_at IS NULL") == [])
    before = world.states()
    world.network.report(world.send(HIS), DELIVERED)
    world.network.report(world.send(HIS), UNDELIVERABLE)
    eventually(lambda: world.states() - before == Counter(delivered=1, failed=1))
    assert world.callers.read("SELECT 1 FROM outbox_message WHERE length(sealed) > 0") == []  # nothing personal stays


def test_nothing_personal_stands_in_a_log(world: World) -> None:
    written = "".join(path.read_text(errors="replace") for path in world.kannel.folder.glob("*.log"))
    assert FATHER.lstrip("+") not in written
    assert HIS not in written


def test_daftar_is_killed_and_what_comes_meanwhile_is_answered_once(world: World) -> None:
    """Messages that come while nobody is there wait in Kannel."""
    before = len(world.network.submitted), len(world.journal())
    world.gate.kill()
    for _ in range(6):
        world.network.text(HIS, sender=DOCTOR)
    world.serve()
    world.network.wait(lambda: len(world.network.submitted) == before[0] + 6)
    assert len({each.text for each in world.network.submitted[before[0] :]}) == 6  # six codes, each told once
    assert len(world.journal()) == before[1] + 6


@pytest.mark.slow
def test_daftar_is_killed_again_and_again_in_the_middle_of_its_replies(world: World) -> None:
    """What was being handed over is in doubt, and looked up in Kannel's store before it is repeated (ADR 0020)."""
    before = len(world.network.submitted)
    for round in range(1, 4):
        for _ in range(8):
            world.network.text(HIS, sender=DOCTOR)
        world.network.wait(lambda least=before + 8 * round - 6: len(world.network.submitted) >= least, 300)
        world.gate.kill()
        world.serve()
    eventually(lambda: set(world.states()) <= {"accepted", "delivered", "failed"}, 300)
    world.network.wait(lambda: len(world.network.submitted) >= before + 24)
    assert len({each.text for each in world.network.submitted[before:]}) == 24
    assert len(world.network.submitted) == before + 24


def test_kannel_is_killed_and_every_reply_arrives_once(world: World) -> None:
    """The network does not acknowledge: the replies lie in Kannel's store when it is killed."""
    before, answered = len(world.network.submitted), len(world.journal())
    world.network.mute.set()
    for _ in range(5):
        world.network.text(HIS, sender=DOCTOR)
    eventually(lambda: len(world.journal()) == answered + 5 and not {"waiting", "handed"} & world.states().keys())
    world.kannel.kill()
    world.network.mute.clear()
    assert len(world.network.submitted) == before
    world.kannel.start()
    world.network.wait(lambda: len(world.network.submitted) == before + 5)
    reply = world.send(HIS)  # and the service goes on
    assert reply.text.startswith("حمایت درمانی دارد تا")
    assert len({each.text for each in world.network.submitted[before:]}) == 6

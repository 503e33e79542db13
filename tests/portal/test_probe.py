"""The probe: asks its known question, says what was wrong, and is counted by itself alone (S2.15)."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from daftar.portal.accounts.invitations import read_user_name
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.journal.models import Inquiry
from daftar.portal.monitoring import line, probe_asking
from daftar.portal.monitoring.duties import Task, _do, duty_take
from daftar.portal.monitoring.leases import HeldElsewhere, Lease
from daftar.portal.monitoring.line import NoAnswer, send
from daftar.portal.monitoring.measures import MEASURES
from daftar.portal.monitoring.models import Duty, ProbeDay
from daftar.portal.monitoring.probe_account import account_of_the_probe, session_open
from daftar.portal.monitoring.probe_asking import Asking, Wrong
from daftar.portal.monitoring.probe_questions import QUESTIONS, ask_api
from daftar.portal.monitoring.probing import probe_make, result_record
from daftar.portal.organisations.models import ApiClient
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.probe import NUMBER
from tests.portal import world

AT = datetime(2026, 11, 1, 20, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (200, b'{"status":"covered","tracking_code":"1234567890123456"}', "wrong_answer"),
        (200, b'{"status":"not_covered","tracking_code":"12"}', "wrong_answer"),
        (200, b"<html>", "wrong_answer"),
        (200, b"[]", "wrong_answer"),
        (302, b"", "wrong_answer"),
        (403, b"{}", "refused"),
        (503, b"{}", "failed"),
    ],
)
def test_anything_but_the_known_answer_is_wrong(monkeypatch, status: int, body: bytes, problem: str) -> None:
    monkeypatch.setattr(probe_asking, "send", lambda *args, **options: line.Response(status, body))
    with pytest.raises(Wrong) as wrong:
        ask_api(Asking("http://127.0.0.1:1", "secret"))
    assert wrong.value.problem == problem
    for channel in ("web", "app"):
        with pytest.raises(Wrong):
            QUESTIONS[channel](Asking("http://127.0.0.1:1", "secret"))


@pytest.fixture
def dripping() -> Iterator[str]:
    """A server that sends a byte now and then and never comes to an end."""
    stop = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        try:
            answering, _ = listening.accept()
        except OSError:
            return
        with answering:
            answering.recv(4096)
            answering.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while not stop.wait(0.02):
                answering.sendall(b"x")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    stop.set()
    listening.close()
    thread.join(60)


def test_a_server_that_drips_runs_out_of_time(dripping: str) -> None:
    with pytest.raises(NoAnswer) as none:
        send("GET", dripping, seconds=0.5)
    assert none.value.problem == "too_slow"


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(NoAnswer) as none:
        send("GET", f"http://127.0.0.1:{port}/", seconds=5)
    assert none.value.problem == "no_connection"


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_results_count_in_the_day_of_each_jurisdiction(portal: str) -> None:
    result_record("sms", problem="", milliseconds=3, at=AT)
    result_record("sms", problem="too_slow", milliseconds=5000, at=AT + timedelta(minutes=1))
    found = {(each.jurisdiction, each.day): (each.asked, each.failed) for each in ProbeDay.objects.all()}
    assert found == {("ir", date(2026, 11, 2)): (2, 1), ("cn", date(2026, 11, 2)): (2, 1)}


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_the_probe_is_made_once(portal: str) -> None:
    probe_make(at=AT)
    made = ApiClient.objects.get(client_id="probe").created_at
    probe_make(at=AT + timedelta(days=1))
    assert ApiClient.objects.get(client_id="probe").created_at == made


def test_long_work_is_one_processs_at_a_time(portal: str) -> None:
    lasting = timedelta(minutes=20)
    lease = Lease("registry_pass", lasting)
    with pytest.raises(HeldElsewhere):
        Lease("registry_pass", lasting)
    assert lease.still_ours()
    Duty.objects.update(due_at=AT)  # it ran out: who held it was away for too long
    other = Lease("registry_pass", lasting)
    assert not lease.still_ours()
    lease.give_back()  # what is not its own any more stays where it is
    assert other.still_ours()
    other.give_back()
    assert Lease("registry_pass", lasting).still_ours()


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_the_probe_s_session_asks_about_nobody_else(portal: str) -> None:
    probe_make(at=timezone.now())
    client = Client()
    client.cookies["session"] = session_open(at=timezone.now())
    typed = {"type": NUMBER[0], "number": NUMBER[1], "service_day": f"{date.today()}", "setting": "outpatient"}
    assert client.post("/en/entitlement/ask/", typed).status_code == 302
    assert client.post("/en/entitlement/ask/", typed | {"number": world.PAID[1]}).status_code == 403
    assert client.post("/en/app/patient/", {"type": NUMBER[0], "number": world.PAID[1]}).status_code == 403
    assert not Inquiry.objects.filter(key=world.key_of(world.PAID)).exists()
    assert not account_of_the_probe(at=timezone.now()).has_usable_password()
    assert client.get("/en/operations/").status_code == 403


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_nobody_can_take_the_probe_s_name_and_what_is_somebody_s_is_not_its_own(portal: str) -> None:
    account_make(user="probe", password=world.PASSWORD, role=Role.OPERATOR, organisation=world.HOSPITAL)
    user = account_of_the_probe(at=timezone.now()).user
    with pytest.raises(Misunderstood):
        read_user_name(user)
    Account.objects.filter(user=user).update(organisation=world.HOSPITAL)
    with pytest.raises(LookupError):
        session_open(at=timezone.now())


def test_a_duty_is_done_by_one(portal: str) -> None:
    every = timedelta(minutes=1)
    turns = [duty_take("probe", every=every, at=AT + timedelta(seconds=second)) for second in (0, 0, 59, 60, 61)]
    assert turns == [True, False, False, True, False]


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_nobody_begins_a_duty_that_somebody_is_at(portal: str) -> None:
    turns: list[datetime] = []

    def work(at: datetime) -> None:
        turns.append(at)
        if len(turns) == 1:
            _do(task, at + timedelta(minutes=2))  # another process, while the first is slow

    task = Task("calls", timedelta(seconds=10), work, lasting=timedelta(minutes=5))
    _do(task, AT)
    _do(task, AT + timedelta(seconds=9))
    _do(task, AT + timedelta(seconds=10))
    assert turns == [AT, AT + timedelta(seconds=10)]


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("failure", [DatabaseError, KeyError])
def test_a_duty_that_fails_is_tried_at_its_next_turn_and_is_seen_to_fail(portal: str, failure) -> None:
    def work(at: datetime) -> None:
        turns.append(at)
        if at > AT:
            raise failure("defect")

    turns: list[datetime] = []
    task = Task("tally", timedelta(seconds=20), work, lasting=timedelta(minutes=5))
    for minutes in range(3):
        _do(task, AT + timedelta(minutes=minutes))
    assert len(turns) == 3
    assert MEASURES["tally_minutes"](AT + timedelta(minutes=12)) == {"": 12}

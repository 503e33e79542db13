"""SMS leave through the gateway: none lost, none twice, whoever dies or falls silent in between (ADR 0020)."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from daftar.disclosure.outbox import Message, put
from daftar.disclosure.sms import dispatch
from daftar.disclosure.sms.dispatch import MOST_TRIES, Report
from daftar.gate.sms.gateway import GatewayAddress, report_mark
from daftar.gate.sms.sending import AWAY, Sending
from daftar.store.connect import transaction
from daftar.store.dialect import execute, rows
from tests.gate.kannels import StubKannel, stub_kannel

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = AT + dispatch.DOUBT
REPLY = "حمایت درمانی دارد"


@pytest.fixture
def kannel() -> Iterator[StubKannel]:
    with stub_kannel() as stub:
        yield stub


@pytest.fixture
def sending(database_url: str, secrets, kannel: StubKannel) -> Iterator[Sending]:
    sender = Sending(database_url, secrets, kannel.gateway)
    yield sender
    sender.close()


def leave(conn, secrets, *texts: str, to: str = "+989120000001") -> None:
    with transaction(conn):
        for text in texts:
            put(conn, secrets, Message(to=to, text=text, sender="1420"), channel="sms", language="fa", at=AT)


def states(conn) -> list[str]:
    return [state for (state,) in rows(conn, "SELECT state FROM outbox_message ORDER BY id")]


def test_a_message_leaves_by_post_and_nothing_personal_stays(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, REPLY, "Covered")
    assert sending.send(AT) == 2
    assert sending.send(AT) == 0
    (headers, _), (other, _) = sorted(kannel.taken, key=lambda each: each[1], reverse=True)
    assert {text for _, text in kannel.taken} == {REPLY, "Covered"}
    assert (headers["X-Kannel-To"], headers["X-Kannel-From"]) == ("+989120000001", "1420")
    assert (headers["X-Kannel-Coding"], other["X-Kannel-Coding"]) == ("2", "0")
    assert set(kannel.paths) == {"/cgi-bin/sendsms"}  # neither number nor text stands in an address
    ids = [id for (id,) in rows(conn, "SELECT id FROM outbox_message")]
    marks = {
        f"http://kannel:a-secret-of-the-gate@127.0.0.1:8001/sms/reports/{id}/{report_mark(secrets, id)}?state=%d"
        for id in ids
    }
    assert {each["X-Kannel-DLR-Url"] for each, _ in kannel.taken} == marks
    assert states(conn) == ["accepted"] * 2
    assert [bytes(sealed) for (sealed,) in rows(conn, "SELECT sealed FROM outbox_message")] == [b""] * 2


def test_two_senders_hand_each_message_over_once(conn, secrets, database_url, sending, kannel) -> None:
    leave(conn, secrets, *(f"{REPLY} {number}" for number in range(150)))
    other = Sending(database_url, secrets, kannel.gateway)

    def send(sender: Sending) -> None:
        while sender.send(AT):
            pass

    threads = [threading.Thread(target=send, args=(each,)) for each in (sending, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    send(sending)  # whatever one left because the other was still at it
    other.close()
    assert len(kannel.taken) == len({text for _, text in kannel.taken}) == 150
    assert set(states(conn)) == {"accepted"}


def test_a_sender_that_died_leaves_nothing_lost_and_nothing_twice(conn, secrets, sending, kannel) -> None:
    """It took three messages: one lies in the gateway's store, one was reported, one never got there."""
    leave(conn, secrets, "lying", "reported", "never there")
    with transaction(conn):
        taken = dispatch.take(conn, secrets, most=9, at=AT)
    with transaction(conn):
        dispatch.note_report(conn, taken[1].id, Report.ACCEPTED, AT)
    kannel.store.append(("+989120000001", "lying"))
    assert sending.send(LATER - timedelta(seconds=1)) == 0  # the gateway may still be at it
    assert sending.send(LATER) == 1
    assert [text for _, text in kannel.taken] == ["never there"]
    assert states(conn) == ["accepted"] * 3


def test_while_the_store_cannot_be_asked_nothing_is_repeated(conn, secrets, database_url, kannel) -> None:
    leave(conn, secrets, REPLY)
    with transaction(conn):
        dispatch.take(conn, secrets, most=9, at=AT)
    for store in (None, GatewayAddress("127.0.0.1", 1, "/store-status.txt")):
        blind = Sending(database_url, secrets, replace(kannel.gateway, store=store))
        assert blind.send(LATER + timedelta(hours=1)) == 0
        blind.close()
    assert (states(conn), kannel.taken) == (["handed"], [])


def test_an_answer_that_never_came_is_a_doubt(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, REPLY)
    kannel.answers = [None]
    assert sending.send(AT) == 0
    assert states(conn) == ["handed"]
    kannel.store.append(("+989120000001", REPLY))  # the gateway had taken it all the same
    sending.send(LATER)
    assert (states(conn), kannel.taken) == (["accepted"], [])


def test_a_gateway_that_hangs_up_between_messages_is_called_again(conn, secrets, sending, kannel) -> None:
    kannel.hangs_up_after = True
    for number in range(6):
        leave(conn, secrets, f"{number}")
        while "waiting" in states(conn):
            sending.send(AT)
    assert states(conn) == ["accepted"] * 6


def test_while_the_gateway_is_away_messages_wait_untried(conn, secrets, database_url, sending, kannel) -> None:
    leave(conn, secrets, *"abcdef")
    nobody = replace(kannel.gateway, sendsms=GatewayAddress("127.0.0.1", 1, "/"))
    away = Sending(database_url, secrets, nobody)
    for round in range(MOST_TRIES + 2):
        assert away.send(AT + round * AWAY) == 0
    away.close()
    assert states(conn) == ["waiting"] * 6
    assert {tries for (tries,) in rows(conn, "SELECT tries FROM outbox_message")} == {0}
    assert sending.send(AT + (MOST_TRIES + 2) * AWAY) == 6


def test_what_the_gateway_will_never_take_has_failed(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, REPLY)
    kannel.answers = [400]
    sending.send(AT)
    assert states(conn) == ["failed"]
    assert bytes(rows(conn, "SELECT sealed FROM outbox_message")[0][0]) == b""


def test_what_it_cannot_take_now_is_tried_later_and_given_up_in_the_end(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, REPLY)
    kannel.answers = [503] * MOST_TRIES
    at, tries = AT, 0
    while states(conn) == ["waiting"]:
        sending.send(at)
        tries += 1
        at += dispatch.FIRST_WAIT * 2 ** (tries - 1)
    assert (states(conn), tries) == (["failed"], MOST_TRIES)


@pytest.mark.parametrize(
    ("reports", "state"),
    [
        ([Report.ACCEPTED], "accepted"),
        ([Report.BUFFERED], "accepted"),
        ([Report.ACCEPTED, Report.DELIVERED], "delivered"),
        ([Report.DELIVERED, Report.UNDELIVERABLE, Report.ACCEPTED], "delivered"),
        ([Report.UNDELIVERABLE, Report.ACCEPTED], "failed"),
        ([Report.REJECTED], "failed"),
        ([Report.UNDELIVERABLE, Report.DELIVERED], "delivered"),
    ],
)
def test_reports_move_a_message_on_and_never_back(conn, secrets, sending, reports: list[Report], state: str) -> None:
    leave(conn, secrets, REPLY)
    sending.send(AT)
    (id,) = rows(conn, "SELECT id FROM outbox_message")[0]
    for report in reports:
        with transaction(conn):
            dispatch.note_report(conn, id, report, AT)
    assert states(conn) == [state]


def test_what_concerns_one_person_goes_before_campaigns(conn, secrets) -> None:
    leave(conn, secrets, "campaign", "code")
    with transaction(conn):
        execute(conn, "UPDATE outbox_message SET campaign = 1 WHERE id = (SELECT min(id) FROM outbox_message)")
        (first,) = dispatch.take(conn, secrets, most=1, at=AT)
    assert first.message.text == "code"

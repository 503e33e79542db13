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
from daftar.gate.sms.sending import AWAY, MOST_OF_CAMPAIGNS, Sending
from daftar.store.connect import transaction
from daftar.store.dialect import as_datetime, execute, is_sqlite, rows
from tests.gate.kannels import StubKannel, stub_kannel
from tests.smpp import eventually

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


def sent(sender: Sending, at: datetime) -> int:
    """One turn of a sender at a moment, as its thread makes it; how many messages the gateway took."""
    sender.clock = lambda: at
    sender.settle()
    return sender.send()


def of_a_campaign(conn, number: int = 1, country: str = "ir") -> None:
    """The first messages belong to a campaign."""
    with transaction(conn):
        first = f"SELECT id FROM outbox_message ORDER BY id LIMIT {number}"
        execute(conn, f"UPDATE outbox_message SET campaign = 1, country = ? WHERE id IN ({first})", [country])


def states(conn) -> list[str]:
    return [state for (state,) in rows(conn, "SELECT state FROM outbox_message ORDER BY id")]


def test_a_message_leaves_by_post_and_nothing_personal_stays(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, REPLY, "Covered")
    assert sent(sending, AT) == 2
    assert sent(sending, AT) == 0
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
        while sent(sender, AT):
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
    assert sent(sending, LATER - timedelta(seconds=1)) == 0  # the gateway may still be at it
    assert sent(sending, LATER) == 1
    assert [text for _, text in kannel.taken] == ["never there"]
    assert states(conn) == ["accepted"] * 3


def test_while_the_store_cannot_be_asked_nothing_is_repeated(conn, secrets, database_url, kannel) -> None:
    leave(conn, secrets, REPLY)
    with transaction(conn):
        dispatch.take(conn, secrets, most=9, at=AT)
    for store in (None, GatewayAddress("127.0.0.1", 1, "/store-status.txt")):
        blind = Sending(database_url, secrets, replace(kannel.gateway, store=store))
        assert sent(blind, LATER + timedelta(hours=1)) == 0
        blind.close()
    assert (states(conn), kannel.taken) == (["handed"], [])


def test_an_answer_that_never_came_is_a_doubt(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, REPLY)
    kannel.answers = [None]
    assert sent(sending, AT) == 0
    assert states(conn) == ["handed"]
    kannel.store.append(("+989120000001", REPLY))  # the gateway had taken it all the same
    sent(sending, LATER)
    assert (states(conn), kannel.taken) == (["accepted"], [])


def test_a_gateway_that_hangs_up_between_messages_is_called_again(conn, secrets, sending, kannel) -> None:
    kannel.hangs_up_after = True
    for number in range(6):
        leave(conn, secrets, f"{number}")
        while "waiting" in states(conn):
            sent(sending, AT)
        eventually(lambda: kannel.hung_up == len(kannel.taken))
    assert states(conn) == ["accepted"] * 6


def test_while_the_gateway_is_away_messages_wait_untried(conn, secrets, database_url, sending, kannel) -> None:
    leave(conn, secrets, *"abcdef")
    nobody = replace(kannel.gateway, sendsms=GatewayAddress("127.0.0.1", 1, "/"))
    away = Sending(database_url, secrets, nobody)
    for round in range(MOST_TRIES + 2):
        assert sent(away, AT + round * AWAY) == 0
    away.close()
    assert states(conn) == ["waiting"] * 6
    assert {tries for (tries,) in rows(conn, "SELECT tries FROM outbox_message")} == {0}
    assert sent(sending, AT + (MOST_TRIES + 2) * AWAY) == 6


def test_what_the_gateway_will_never_take_has_failed(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, REPLY)
    kannel.answers = [400]
    sent(sending, AT)
    assert states(conn) == ["failed"]
    assert bytes(rows(conn, "SELECT sealed FROM outbox_message")[0][0]) == b""


def test_what_it_cannot_take_now_is_tried_later_and_given_up_in_the_end(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, REPLY)
    kannel.answers = [503] * MOST_TRIES
    at, tries = AT, 0
    while states(conn) == ["waiting"]:
        sent(sending, at)
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
    sent(sending, AT)
    (id,) = rows(conn, "SELECT id FROM outbox_message")[0]
    for report in reports:
        with transaction(conn):
            dispatch.note_report(conn, id, report, AT)
    assert states(conn) == [state]
    assert rows(conn, "SELECT count(reported_at) FROM outbox_message") == [(1,)]  # campaigns wait for it


def test_what_concerns_one_person_goes_first_and_campaigns_in_few_at_a_time(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, *(f"campaign {number}" for number in range(MOST_OF_CAMPAIGNS + 1)), "code")
    of_a_campaign(conn, MOST_OF_CAMPAIGNS + 1)
    assert sent(sending, AT) == MOST_OF_CAMPAIGNS + 1
    urgent = {text: headers["X-Kannel-Priority"] for headers, text in kannel.taken}
    assert urgent.pop("code") == "1"
    assert set(urgent.values()) == {"0"}
    assert sent(sending, AT) == 1


def test_a_campaign_leaves_by_day_in_the_receivers_country(conn, secrets, sending, kannel) -> None:
    """What was refused by day is not tried again before the morning either; a code leaves at any hour."""
    leave(conn, secrets, "refused")
    of_a_campaign(conn)
    kannel.answers = [503]
    evening = datetime(2026, 11, 22, 17, 29, tzinfo=UTC)  # a minute before nine in Tehran
    assert sent(sending, evening) == 0
    leave(conn, secrets, "waiting", "code")
    of_a_campaign(conn, 2)
    assert sent(sending, evening + timedelta(minutes=2)) == 1
    assert sent(sending, evening + timedelta(hours=11)) == 0  # half past four in UTC is eight in Tehran
    assert [text for _, text in kannel.taken] == ["code"]
    assert sent(sending, evening + timedelta(hours=11, minutes=1)) == 2


def test_a_slow_look_into_the_store_makes_no_fresh_message_doubtful(conn, secrets, sending, kannel) -> None:
    leave(conn, secrets, "old", "fresh")
    with transaction(conn):
        dispatch.take(conn, secrets, most=1, at=AT)
    moments = iter([LATER, LATER, *[LATER + timedelta(minutes=9)] * 9])
    sending.clock = lambda: next(moments)
    kannel.answers = [None, None]
    sending.settle()
    sending.send()
    (handed,) = {
        as_datetime(moment) for (moment,) in rows(conn, "SELECT handed_at FROM outbox_message WHERE tries > 0")
    }
    assert handed == LATER + timedelta(minutes=9)


def test_who_was_so_slow_that_another_took_the_message_changes_nothing(conn, secrets) -> None:
    leave(conn, secrets, REPLY)
    with transaction(conn):
        slow = dispatch.take(conn, secrets, most=1, at=AT)
        dispatch.take_doubtful(conn, secrets, most=1, at=LATER)
        dispatch.note_untouched(conn, slow, LATER)
    assert states(conn) == ["handed"]


SENT_ALREADY = """
INSERT INTO outbox_message (channel, language, sealed, state, created_at, tries)
SELECT channel, language, sealed, 'accepted', created_at, 1 FROM outbox_message, generate_series(1, 3000)
"""


def test_what_waits_is_found_by_an_index(conn, secrets) -> None:
    """On SQLite each look read the whole table, five times a second."""
    if not is_sqlite(conn):  # which chooses by what lies there
        leave(conn, secrets, "a")
        execute(conn, SENT_ALREADY)
        execute(conn, "ANALYZE outbox_message")
    explain = "EXPLAIN QUERY PLAN" if is_sqlite(conn) else "EXPLAIN"
    for sql in (dispatch._OF_ONE_PERSON, dispatch._OF_CAMPAIGNS.format("'ir'"), dispatch._IN_DOUBT):
        told = rows(conn, f"{explain} {sql}".replace("?", "'2026-01-01'", 1).replace("?", "1"))
        assert "outbox_message_to_send" in str(told)

"""Mail really leaves by SMTP, once; notices go out as each person chose (S1.9, S4.12)."""

import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from daftar.portal.notices import forgetting
from daftar.portal.notices.models import NoticeChannel, OutboxMessage
from daftar.portal.notices.selectors import channel_of, newest_messages
from daftar.portal.notices.sending import MOST_TRIES, keep_sending, now, send_waiting
from daftar.portal.notices.services import choice_forget, choice_set, mail_put, notify
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.mailbox import mail_server

pytestmark = pytest.mark.usefixtures("portal")

NOON = datetime(2026, 11, 22, 9, tzinfo=UTC)
"""Half past twelve in Tehran."""


def put(address: str = "reza@example.org", language: str = "fa", code: str = "123456") -> None:
    with transaction.atomic():
        mail_put(address, "sign_up_code", language=language, at=datetime.now(UTC), code=code)


def told(person: object) -> bool:
    with transaction.atomic():
        return notify(person, "identity_verified", at=datetime.now(UTC))


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_a_mail_leaves_by_smtp_in_its_language(settings, language: str) -> None:
    put(language=language)
    with mail_server(settings) as box:
        assert send_waiting(now) == 1
    (mail,) = box.mails
    assert (box.recipients, mail["To"]) == (["reza@example.org"], "reza@example.org")
    assert mail["Subject"] == text("mail_subject.sign_up_code", language)
    assert mail.get_content().strip().replace("\r\n", "\n") == text("mail.sign_up_code", language, code="123456")
    assert mail["Content-Language"] == language


def test_what_was_sent_is_not_sent_again_and_not_kept(settings) -> None:
    put()
    with mail_server(settings) as box:
        assert [send_waiting(now) for _ in range(2)] == [1, 0]
    assert len(box.mails) == 1
    row = OutboxMessage.objects.get()
    assert bytes(row.sealed) == b""
    assert row.sent_at is not None
    assert newest_messages() == []


def test_two_senders_send_each_mail_once(settings, portal: str) -> None:
    for number in range(12):
        put(address=f"a{number}@example.org")
    with mail_server(settings) as box:
        threads = [threading.Thread(target=_send_and_close) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(box.recipients) == sorted(f"a{number}@example.org" for number in range(12))


def _send_and_close() -> None:
    from django.db import connections

    send_waiting(now)
    connections.close_all()


def test_what_the_server_refuses_is_tried_later_and_given_up_in_the_end(settings) -> None:
    put()
    with mail_server(settings) as box:
        box.refusal = "451 try again"
        assert send_waiting(lambda: NOON) == 0
        assert send_waiting(lambda: NOON + timedelta(seconds=30)) == 0
        assert OutboxMessage.objects.get().tries == 1
        box.refusal = ""
        assert send_waiting(lambda: NOON + timedelta(minutes=2)) == 1
    put()
    OutboxMessage.objects.filter(sent_at=None).update(tries=MOST_TRIES, next_try_at=NOON)
    with mail_server(settings) as box:
        assert send_waiting(lambda: NOON + timedelta(days=9)) == 0
    given_up = OutboxMessage.objects.latest("id")
    assert (given_up.state, bytes(given_up.sealed)) == ("failed", b"")


def test_the_clock_is_read_for_each_mail(settings) -> None:
    for number in range(3):
        put(address=f"a{number}@example.org")
    moments = (NOON + timedelta(minutes=number) for number in range(99))
    with mail_server(settings):
        assert send_waiting(lambda: next(moments)) == 3
    sent = list(OutboxMessage.objects.order_by("id").values_list("sent_at", flat=True))
    assert sorted(set(sent)) == sent
    assert NOON < sent[0] < sent[-1] < NOON + timedelta(minutes=99)


def test_a_code_goes_before_a_campaign_and_at_any_hour(settings) -> None:
    for number in range(2):
        put(address=f"many{number}@example.org")
    OutboxMessage.objects.update(campaign=1, country="ir")
    put(address="code@example.org")
    with mail_server(settings) as box:
        assert send_waiting(lambda: NOON + timedelta(hours=9)) == 1, "night in Tehran"
        put(address="code@example.org")
        assert send_waiting(lambda: NOON) == 3
    assert box.recipients == ["code@example.org"] * 2 + [f"many{number}@example.org" for number in range(2)]


def test_what_has_left_is_forgotten_after_a_month_and_what_waits_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "PIECE", 2)
    for number in range(7):
        put(address=f"a{number}@example.org")
    rows = list(OutboxMessage.objects.order_by("id"))
    for row, state in zip(rows, ("accepted", "delivered", "failed", "accepted", "handed"), strict=False):
        OutboxMessage.objects.filter(pk=row.pk).update(state=state)
    OutboxMessage.objects.update(created_at=NOON)
    OutboxMessage.objects.filter(pk=rows[3].pk).update(campaign=1)
    assert forgetting.left_forget(NOON + forgetting.KEPT) == 0
    assert forgetting.left_forget(NOON + forgetting.KEPT + timedelta(seconds=1)) == 3
    assert list(OutboxMessage.objects.order_by("id")) == rows[3:]


def test_a_server_that_is_away_loses_nothing(settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()
    put()
    stop = threading.Event()
    sender = threading.Thread(target=keep_sending, args=(stop,))
    sender.start()
    stop.wait(2.5)
    assert OutboxMessage.objects.filter(sent_at=None, tries=0).count() == 1
    with mail_server(settings) as box:
        for _ in range(100):
            if box.mails:
                break
            stop.wait(0.1)
        stop.set()
        sender.join()
    assert len(box.mails) == 1


def test_sms_is_not_the_mail_senders(settings) -> None:
    choice_set(world.key_of(world.PAID), channel=NoticeChannel.SMS, mail="reza@example.org", language="fa")
    assert told(world.key_of(world.PAID))
    with mail_server(settings):
        assert send_waiting(now) == 0
    (message,) = newest_messages()
    assert (message.channel, message.message.to) == ("sms", "+989120000001")
    assert message.message.text == text("sms.identity_verified", "fa")


def test_a_person_is_told_by_mail_unless_they_chose_otherwise() -> None:
    key = world.key_of(world.PAID)
    choice_forget(key)
    assert not told(key)
    choice_set(key, channel=NoticeChannel.MAIL, mail="reza@example.org", language="en")
    assert told(key)
    (message,) = newest_messages()
    assert (message.channel, message.message.to, message.language) == ("mail", "reza@example.org", "en")
    assert message.message.subject == text("mail_subject.identity_verified", "en")
    assert channel_of(key) == NoticeChannel.MAIL


def test_sms_without_a_mobile_on_record_becomes_mail() -> None:
    key = world.key_of(world.SILENT)
    choice_set(key, channel=NoticeChannel.SMS, mail="silent@example.org", language="zh")
    assert told(key)
    assert (newest_messages()[0].channel, newest_messages()[0].message.to) == ("mail", "silent@example.org")


def test_a_notice_belongs_in_the_transaction_of_what_it_tells() -> None:
    with pytest.raises(RuntimeError):
        notify(world.key_of(world.PAID), "identity_verified", at=datetime.now(UTC))

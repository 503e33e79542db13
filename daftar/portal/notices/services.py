"""Telling people: notices by mail or SMS as each person chose, and mails to addresses that are no person's yet."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from daftar.disclosure import notices
from daftar.disclosure.outbox import Message, put
from daftar.portal.notices.models import NoticeChannel, NoticeChoice
from daftar.store.dialect import Connection
from daftar.store.keys import Key
from daftar.store.sealing import seal_fields
from daftar.terms.texts import text


def notify(person: UUID, code: str, /, *, at: datetime, **values: str) -> bool:
    """Tell a person by mail or SMS as they chose, in the caller's `atomic()`; False when they have no account.

    `code` names the texts `mail_subject.<code>`, `mail.<code>` and `sms.<code>`.
    """
    return notices.notify(_connection(), settings.SECRETS, Key(person), code, at=at, **values)


def mail_put(address: str, code: str, /, *, language: str, at: datetime, **values: str) -> None:
    """Leave a mail to an address; inside `atomic()`."""
    message = notices.mail_message(address, code, language, **values)
    put(_connection(), settings.SECRETS, message, channel="mail", language=language, at=at)


def sms_put(mobile: str, code: str, /, *, language: str, at: datetime, **values: str) -> None:
    """Leave an SMS to a mobile in E.164; inside `atomic()`."""
    message = Message(to=mobile, text=text(f"sms.{code}", language, **values))
    put(_connection(), settings.SECRETS, message, channel="sms", language=language, at=at)


def choice_set(person: UUID, *, channel: NoticeChannel, mail: str, language: str) -> None:
    """Record how a person wants to be told."""
    sealed = seal_fields(settings.SECRETS, notices.CHOICE_TABLE, {"mail": mail})
    NoticeChoice.objects.update_or_create(
        key=person, defaults={"channel": channel, "language": language, "sealed": sealed}
    )


def choice_forget(person: UUID) -> None:
    """Tell this person nothing any more: their account is closed."""
    NoticeChoice.objects.filter(key=person).delete()


def _connection() -> Connection:
    if not connection.in_atomic_block:
        raise RuntimeError("a notice is left inside atomic(), with what it tells of")
    connection.ensure_connection()
    return connection.connection

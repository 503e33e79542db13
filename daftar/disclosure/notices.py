"""Telling a person that something happened, by mail or SMS as they chose, in the transaction in which it happened.

A text is `mail_subject.<code>` and `mail.<code>`, or `sms.<code>`, of `daftar.terms.texts`; values fill its gaps.
"""

from datetime import datetime

from daftar.disclosure.outbox import Message, put
from daftar.store.dialect import Connection, Row, rows
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import open_fields
from daftar.terms.texts import text

CHOICE_TABLE = "notice_choice"

_FIND = """
SELECT c.channel, c.language, c.sealed, p.sealed FROM notice_choice c
LEFT JOIN person p ON p.key = c.key AND NOT p.withdrawn WHERE c.key = ?
"""


def notify(conn: Connection, secrets: Secrets, person: Key, code: str, /, *, at: datetime, **values: str) -> bool:
    """Leave a notice for a person in the outbox; False when they have no account, so that nobody is told.

    Who chose SMS and has no mobile on record any more is told by mail.
    """
    found = rows(conn, _FIND, [person])
    if not found:
        return False
    channel, language, mobile = _way(secrets, found[0])
    if channel == "sms":
        message = Message(to=mobile, text=text(f"sms.{code}", language, **values))
    else:
        address = open_fields(secrets, CHOICE_TABLE, found[0][2])["mail"]
        message = mail_message(address, code, language, **values)
    put(conn, secrets, message, channel=channel, language=language, at=at)
    return True


def mail_message(address: str, code: str, language: str, /, **values: str) -> Message:
    """A mail of the texts' own words."""
    return Message(
        to=address, subject=text(f"mail_subject.{code}", language), text=text(f"mail.{code}", language, **values)
    )


def _way(secrets: Secrets, found: Row) -> tuple[str, str, str]:
    channel, language, _, person = found
    mobile = open_fields(secrets, "person", person).get("mobile", "") if person and channel == "sms" else ""
    return ("sms" if mobile else "mail"), language, mobile

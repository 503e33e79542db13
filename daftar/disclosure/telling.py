"""Telling a person who has asked for an answer: as they chose, or by SMS to the mobile that is on record (S2.12)."""

from collections.abc import Mapping
from datetime import date, datetime

from daftar.disclosure.notices import notify
from daftar.disclosure.outbox import Message, put
from daftar.store.dialect import Connection, rows
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import open_fields
from daftar.terms.calendars import show_day_short
from daftar.terms.texts import text

_CHOSEN = "SELECT language FROM notice_choice WHERE key = ?"
_MOBILE = "SELECT sealed FROM person WHERE key = ? AND mobile_verified AND NOT withdrawn AND death_date IS NULL"


def tell(
    conn: Connection, secrets: Secrets, person: Key, code: str, language: str, /, *, at: datetime, **values: str | date
) -> bool:
    """Leave a notice `code` in the outbox; days stand in the calendar of its language.

    `language` is for who has no account. False when nobody can be told.
    """
    chosen = rows(conn, _CHOSEN, [person])
    if chosen:
        return notify(conn, secrets, person, code, at=at, **_in_words(values, chosen[0][0]))
    found = rows(conn, _MOBILE, [person])
    mobile = open_fields(secrets, "person", found[0][0]).get("mobile", "") if found else ""
    if not mobile:
        return False
    message = Message(to=mobile, text=text(f"sms.{code}", language, **_in_words(values, language)))
    put(conn, secrets, message, channel="sms", language=language, at=at)
    return True


def _in_words(values: Mapping[str, str | date], language: str) -> dict[str, str]:
    return {
        name: show_day_short(value, language) if isinstance(value, date) else value for name, value in values.items()
    }

"""Putting a message in the outbox, in the transaction that caused it; a gateway takes it from there (S2.8).

What concerns one person leaves at any hour. Messages of campaigns carry a country, and leave by its day only.
"""

from collections.abc import Sequence
from datetime import datetime, time

import msgspec

from daftar.store.dialect import Connection, execute_many
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import jurisdictions

TABLE = "outbox_message"
DAY_BEGINS, DAY_ENDS = time(8), time(21)
"""When messages of campaigns may leave, in the time of the receiver's country (S2.14)."""


class Message(msgspec.Struct, frozen=True):
    """One message: `to` is a mobile in E.164 or a mail address."""

    to: str
    text: str
    subject: str = ""
    sender: str = ""  # the number that an SMS answers from; empty: the usual one


def put(conn: Connection, secrets: Secrets, message: Message, *, channel: str, language: str, at: datetime) -> None:
    """Leave a message for the gateway of `channel` (sms or mail); it is sealed as long as it lies here."""
    put_all(conn, secrets, [(message, language)], channel=channel, at=at)


def put_all(
    conn: Connection, secrets: Secrets, messages: Sequence[tuple[Message, str]], *, channel: str, at: datetime
) -> None:
    """As `put`, for many at once, each with its language."""
    sealed = secrets.seal_all([msgspec.json.encode(message) for message, _ in messages], about=TABLE)
    execute_many(
        conn,
        "INSERT INTO outbox_message (channel, language, sealed, created_at, tries, state)"
        " VALUES (?, ?, ?, ?, 0, 'waiting')",
        [(channel, language, blob, at) for (_, language), blob in zip(messages, sealed, strict=True)],
    )


def open_message(secrets: Secrets, sealed: bytes) -> Message:
    """What `put` sealed."""
    return msgspec.json.decode(secrets.open(sealed, about=TABLE), type=Message)


def countries_by_day(at: datetime) -> list[str]:
    """Those in which it is day now, by code."""
    found = jurisdictions().items()
    return [code for code, country in found if DAY_BEGINS <= country.local(at).time() < DAY_ENDS]

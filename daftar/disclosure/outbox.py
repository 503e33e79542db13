"""Putting a message in the outbox, in the transaction that caused it; a gateway takes it from there (S2.8)."""

from datetime import datetime

import msgspec

from daftar.store.dialect import Connection, execute
from daftar.store.keys import Secrets

TABLE = "outbox_message"


class Message(msgspec.Struct, frozen=True):
    """One message: `to` is a mobile in E.164 or a mail address."""

    to: str
    text: str
    subject: str = ""


def put(conn: Connection, secrets: Secrets, message: Message, *, channel: str, language: str, at: datetime) -> None:
    """Leave a message for the gateway of `channel` (sms or mail); it is sealed as long as it lies here."""
    execute(
        conn,
        "INSERT INTO outbox_message (channel, language, sealed, created_at, tries) VALUES (?, ?, ?, ?, 0)",
        [channel, language, secrets.seal(msgspec.json.encode(message), about=TABLE), at],
    )


def open_message(secrets: Secrets, sealed: bytes) -> Message:
    """What `put` sealed."""
    return msgspec.json.decode(secrets.open(sealed, about=TABLE), type=Message)

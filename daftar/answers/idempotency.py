"""Idempotency-Key: a retry gets the first answer again, another body is refused (contracts §3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from daftar.answers.questions import IdempotencyKey
from daftar.store.dialect import Connection, as_uuid, execute, execute_many, marks, rows

KEPT = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a key was used for."""

    body_digest: UUID
    inquiry: int
    told: UUID | None
    """Keyed digest of what was told, where the answer itself is not in the journal."""


Answered = tuple[IdempotencyKey, int, UUID | None]
"""A key, the inquiry that it was used for, and the digest of what was told, if one is kept."""


def recall(conn: Connection, keys: Sequence[IdempotencyKey], at: datetime) -> dict[tuple[str, UUID] | int, Remembered]:
    """What these keys were used for within the last 48 hours, by client and digest; the others are absent."""
    digests = list({key.digest for key in keys})
    wanted = {(key.client, key.digest) for key in keys}
    found = rows(
        conn,
        f"SELECT client, digest, body_digest, inquiry, told FROM idempotency WHERE digest IN ({marks(digests)})"
        " AND created_at > ?",
        [*digests, at - KEPT],
    )
    return {
        (client, as_uuid(digest)): Remembered(as_uuid(body), int(inquiry), None if told is None else as_uuid(told))
        for client, digest, body, inquiry, told in found
        if (client, as_uuid(digest)) in wanted
    }


def remember(conn: Connection, answered: Sequence[Answered], at: datetime) -> None:
    """Keep what was answered. A key that another transaction has just used raises the database's IntegrityError."""
    execute_many(
        conn,
        "DELETE FROM idempotency WHERE client = ? AND digest = ? AND created_at <= ?",
        [(key.client, key.digest, at - KEPT) for key, *_ in answered],
    )
    execute_many(
        conn,
        "INSERT INTO idempotency (client, digest, body_digest, inquiry, told, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        [(key.client, key.digest, key.body_digest, inquiry, told, at) for key, inquiry, told in answered],
    )


def forget_old(conn: Connection, at: datetime) -> None:
    """Remove keys older than 48 hours."""
    execute(conn, "DELETE FROM idempotency WHERE created_at <= ?", [at - KEPT])

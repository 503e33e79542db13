"""Idempotency-Key: a retry gets the first answer again, another body is refused (contracts §3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from daftar.answers.questions import IdempotencyKey
from daftar.store.dialect import Connection, Statement, as_uuid, execute_many, rows
from daftar.store.forgetting import MOST, forget_before

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
    return {
        (client, as_uuid(digest)): Remembered(as_uuid(body), int(inquiry), None if told is None else as_uuid(told))
        for client, digest, body, inquiry, told in rows(conn, *recalling(keys, at))
    }


def recalling(keys: Sequence[IdempotencyKey], at: datetime) -> Statement:
    """What `recall` asks: each pair by its place in the primary key, for nothing else finds a digest.

    An IN list of clients beside one of digests would look for every digest at every client. SQLite has to be told the
    order of a join, by CROSS, and both databases call the columns of VALUES so.
    """
    wanted = {(key.client, key.digest) for key in keys}
    return (
        "SELECT client, digest, body_digest, inquiry, told"
        f" FROM (VALUES {', '.join(['(?, ?)'] * len(wanted))}) AS asked CROSS JOIN idempotency"
        " WHERE client = asked.column1 AND digest = asked.column2 AND created_at > ?",
        [*chain.from_iterable(wanted), at - KEPT],
    )


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


def forget_old(conn: Connection, at: datetime, most: int = MOST) -> int:
    """Remove keys older than 48 hours, some at a time; how many, fewer than `most` at the end."""
    return forget_before(conn, "idempotency", "created_at", at - KEPT, most)

"""Reading which looks are hidden now: the newest decision about each look counts, until its date."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daftar.portal.looks.models import Hiding
from daftar.portal.looks.texts import REASON, open_text


@dataclass(frozen=True, slots=True)
class HidingSeen:
    """A decision as it stands: until when it hides, and whether it waits for a second person."""

    id: int
    inquiry: int
    until: datetime
    wanted_until: datetime | None
    waiting: bool
    reason: str
    decided_by: str


def opens_at(hiding: Hiding) -> datetime:
    """When the look opens to the person, by itself."""
    return hiding.wanted_until if hiding.confirmed_at and hiding.wanted_until else hiding.hidden_until


def newest(rows: Iterable[Hiding]) -> dict[int, Hiding]:
    """The decision that counts, by look; `rows` from the oldest to the newest."""
    return {row.inquiry: row for row in rows}


def hidden_now(keys: Collection[UUID], at: datetime) -> set[int]:
    """The looks at these keys that are hidden at a moment, by their ids in the journal."""
    rows = Hiding.objects.filter(key__in=keys).order_by("id")
    return {inquiry for inquiry, row in newest(rows).items() if opens_at(row) > at}


def hidings_of(inquiries: Collection[int]) -> dict[int, HidingSeen]:
    """What was decided about looks, by look; those that were never hidden are absent."""
    rows = Hiding.objects.filter(inquiry__in=inquiries).order_by("id")
    return {inquiry: _seen(row) for inquiry, row in newest(rows).items()}


def _seen(row: Hiding) -> HidingSeen:
    return HidingSeen(
        id=row.pk,
        inquiry=row.inquiry,
        until=opens_at(row),
        wanted_until=row.wanted_until,
        waiting=row.wanted_until is not None and row.confirmed_at is None,
        reason=open_text(row.sealed, REASON),
        decided_by=row.decided_by,
    )

"""Reference photographs: read for a face check, taken or removed at an office counter; feeds write them in bulk.

A photograph is opened for a decision alone and never shown: who is bound by a face check is told the outcome.
"""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.portal.journal.services import looks_record
from daftar.portal.people.models import Person, Photo
from daftar.store.keys import Key
from daftar.terms.outcomes import Channel, Ground

ABOUT = "photo.picture"
"""What the sealed picture is bound to; the feed seals under the same name."""

MODE = "photo"


def reference_photo(key: UUID) -> bytes | None:
    """The reference photograph of a person, a JPEG; None when there is none."""
    row = Photo.objects.filter(key=key, withdrawn=False).first()
    return settings.SECRETS.open(row.picture, about=ABOUT) if row else None


def photo_row(key: UUID) -> Photo | None:
    """When and by whom a person's photograph was recorded, without opening it; None when there is none."""
    return Photo.objects.defer("picture", "sealed").filter(key=key, withdrawn=False).first()


@transaction.atomic
def photo_record(*, key: UUID, picture: bytes, taken: date, office: str, by: str, at: datetime) -> None:
    """Keep a photograph that an office took of a person it has seen; `picture` is a JPEG that has been made anew.

    It takes the place of the one before. A photograph that a feed recorded later takes its place in turn.
    Raises Person.DoesNotExist when nobody is known.
    """
    sealed = settings.SECRETS.seal(picture, about=ABOUT)
    _write(key, at, taken=taken, picture=sealed, office=office, withdrawn=False)
    _journal(key, "recorded", office=office, by=by, at=at)


@transaction.atomic
def photo_remove(*, key: UUID, office: str, by: str, at: datetime) -> bool:
    """Wipe a person's photograph on their wish; False when there is none. An older row of a feed brings none back."""
    if not Photo.objects.filter(key=key, withdrawn=False).exists():
        return False
    _write(key, at, taken=None, picture=None, office=office, withdrawn=True)
    _journal(key, "removed", office=office, by=by, at=at)
    return True


def _write(key: UUID, at: datetime, **values: object) -> None:
    """One row a person; two counters at once wait for each other at the person's row."""
    Person.objects.select_for_update().get(key=key, withdrawn=False)
    before = Photo.objects.filter(key=key).values_list("recorded_at", flat=True).first()
    recorded_at = max(at, before) if before else at  # also where the feed's clock is ahead of ours
    Photo.objects.update_or_create(key=key, defaults={"sealed": None, "recorded_at": recorded_at, **values})


def _journal(key: UUID, outcome: str, *, office: str, by: str, at: datetime) -> None:
    entry = Entry(
        channel=Channel.COUNTER,
        mode=MODE,
        key=Key(key),
        outcome=outcome,
        reason="identity_checked",
        ground=Ground.DUTY,
        shown="photo",
        account=by,
        office=office or None,
    )
    looks_record([entry], at=at)

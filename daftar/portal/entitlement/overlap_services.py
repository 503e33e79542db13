"""Telling of overlaps: each person named, on the page or in a file, is on record (S2.5, X.5)."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.entitlement.models import Overlap
from daftar.portal.entitlement.overlaps import Cover, Wanted, covers_of, in_order, memberships, overlapping
from daftar.portal.journal.services import looks_record
from daftar.portal.people.models import PersonIdentifier
from daftar.portal.people.selectors import PersonSeen, person_seen
from daftar.store.keys import Key
from daftar.store.sealing import open_fields
from daftar.terms.identifiers import Identifier, read_identifier
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground

MOST_EXPORTED = 20_000
MOST_NAMED = 5_000
"""Lines of a file; with numbers of persons fewer, for each is a look of its own."""

COLUMNS = ("overlap", "insurers_in_order", "from", "until", "office")
NAMED_COLUMNS = (*COLUMNS, "id_type", "id_number", "memberships")


@dataclass(frozen=True, slots=True)
class OverlapSeen:
    """One overlap opened: whose it is and which covers meet. `person` is None when the registry knows them no more."""

    overlap: Overlap
    person: PersonSeen | None
    identifier: Identifier | None
    covers: list[Cover]


@transaction.atomic
def overlap_open(*, number: int, jurisdiction: str, day: date, by: Account, at: datetime) -> OverlapSeen | None:
    """Open an overlap by its number and journal the look at the person; None when there is none of the jurisdiction."""
    overlap = Overlap.objects.filter(id=number, jurisdiction=jurisdiction).first()
    if overlap is None:
        return None
    shown_on = min(max(day, overlap.starts), overlap.ends or date.max)
    seen = OverlapSeen(
        overlap, person_seen(overlap.key), _identifiers([overlap.key]).get(overlap.key), covers_of(overlap, shown_on)
    )
    looks_record([_entry(overlap.key, "overlap", "shown", "name identifier birth_date covers", by)], at=at)
    return seen


@transaction.atomic
def overlaps_export(wanted: Wanted, *, named: bool, by: Account, at: datetime) -> Iterator[Sequence[object]]:
    """Lines of a file; with numbers of persons every one of them is on record, without them the file is."""
    rows = list(overlapping(wanted).order_by("-starts", "-id")[: MOST_NAMED if named else MOST_EXPORTED])
    if not named:
        nobody = settings.SECRETS.key("organisation", "")
        looks_record([_entry(nobody, "overlap_file", "exported", "covers", by, str(len(rows)))], at=at)
        return (_cells(row, wanted.day) for row in rows)
    keys = [row.key for row in rows]
    entries = [_entry(key, "overlap_file", "exported", "identifier covers", by, str(len(rows))) for key in keys]
    if entries:
        looks_record(entries, at=at)
    found, numbers = _identifiers(keys), memberships(keys, wanted.day)
    return (_named_cells(row, wanted.day, found.get(row.key), numbers) for row in rows)


def _cells(row: Overlap, day: date) -> tuple[object, ...]:
    codes = [code for code, _place, _why in in_order(row.insurers, day, row.jurisdiction)]
    return row.id, " ".join(codes), row.starts, row.ends, row.office


def _named_cells(
    row: Overlap, day: date, identifier: Identifier | None, numbers: dict[tuple[UUID, str], str]
) -> tuple[object, ...]:
    held = [f"{code}: {numbers[row.key, code]}" for code in row.insurers.split() if (row.key, code) in numbers]
    named = (identifier.type, identifier.number) if identifier else ("", "")
    return (*_cells(row, day), *named, "; ".join(held))


def _identifiers(keys: Sequence[UUID]) -> dict[UUID, Identifier]:
    found = {}
    for row in PersonIdentifier.objects.filter(key__in=keys):
        number = open_fields(settings.SECRETS, "person_identifier", row.sealed)["number"]
        with suppress(Misunderstood):  # a number that today's reader refuses is left out, the file is not
            found[row.key] = read_identifier(row.type, number)
    return found


def _entry(key: UUID, mode: str, outcome: str, shown: str, by: Account, reference: str | None = None) -> Entry:
    return Entry(
        channel=Channel.WEB,
        mode=mode,
        key=Key(key),
        outcome=outcome,
        reason="coordination",
        ground=Ground.DUTY,
        shown=shown,
        account=by.user,
        office=by.office or None,
        reference=reference,
    )

"""«亲人详情»: one binding with what the registry says of the member, for the principal who may act for them (S3.11)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.directory.region_picker import path_of
from daftar.portal.journal.services import looks_record
from daftar.portal.people.models import Person, PersonIdentifier
from daftar.portal.proxy.acts import TABLE, Act
from daftar.portal.proxy.selectors import BindingSeen, binding_seen
from daftar.portal.proxy.standing import stands
from daftar.portal.proxy.telling import MODE
from daftar.store.keys import Key
from daftar.store.sealing import open_fields
from daftar.terms.identifiers import mask
from daftar.terms.outcomes import Channel, Ground


@dataclass(frozen=True, slots=True)
class Registered:
    """What the principal is shown of the member's record: the number masked, the region of the insurance."""

    type: str
    masked_number: str
    region: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One binding; `registered` only for a principal, while it stands."""

    binding: BindingSeen
    stands: bool
    registered: Registered | None


@transaction.atomic
def binding_open(*, binding: UUID, by: Account, at: datetime) -> Detail | None:
    """A binding of which `by` is principal or member; journalled, since names and numbers are shown (X.5)."""
    seen = binding_seen(binding, by.person_key, at)
    if seen is None:
        return None
    principals = seen.row.principal == by.person_key
    standing = stands(seen.row, at)
    registered = _registered(seen.row.member) if principals and standing else None
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=Key(seen.row.member),
        outcome="shown",
        reason="details",
        ground=Ground.PROXY if principals else Ground.OWN,
        shown="binding name number insured_region" if registered else "binding name",
        account=by.user,
        acting_for=Key(seen.row.principal) if principals else None,
        reference=str(seen.row.pk),
    )
    looks_record([entry], at=at)
    return Detail(seen, standing, registered)


def acts_of_proxies(*, allowed: bool) -> list[Act]:
    """What a proxy may do for a member, or what stays with the member, in the table's order."""
    return [act for act, permission in TABLE.items() if permission.allowed is allowed]


def _registered(member: UUID) -> Registered | None:
    row = Person.objects.filter(key=member, withdrawn=False).first()
    first = PersonIdentifier.objects.filter(key=member).first()
    if row is None or first is None:
        return None
    number = open_fields(settings.SECRETS, "person_identifier", first.sealed)["number"]
    return Registered(first.type, mask(number), " ".join(each.name for each in path_of(row.insured_region)))

"""Reading bindings: «我的亲情成员», who acts for me, and the commitments that staff look through (S3.9, S3.11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from daftar.portal.people.models import Person
from daftar.portal.proxy.models import Ended, Kinship, ProxyBinding, Way
from daftar.portal.proxy.standing import State, state_of
from daftar.terms.jurisdictions import jurisdictions

PAGE = 50


@dataclass(frozen=True, slots=True)
class BindingSeen:
    """A binding as the two persons in it, and staff, read it."""

    row: ProxyBinding
    principal_name: str
    member_name: str
    kinship: Kinship
    paper: str
    state: State
    ended: Ended | None

    @property
    def stands(self) -> bool:
        """Whether it is bound and not over."""
        return self.state is State.BOUND


def bindings_of_principal(person: UUID, at: datetime) -> list[BindingSeen]:
    """«我的亲情成员»: for whom a person acts, or has asked to, open ones first, then the newest."""
    return _ordered(ProxyBinding.objects.filter(principal=person), at)


def bindings_of_member(person: UUID, at: datetime) -> list[BindingSeen]:
    """Who acts for a person, or asks to."""
    return _ordered(ProxyBinding.objects.filter(member=person), at)


def binding_seen(id: UUID, person: UUID, at: datetime) -> BindingSeen | None:
    """«亲人详情»: one binding, for one of the two in it."""
    row = ProxyBinding.objects.filter(Q(principal=person) | Q(member=person), pk=id).first()
    return _seen(row, at) if row else None


def commitments(
    jurisdiction: str,
    at: datetime,
    *,
    before: tuple[datetime, UUID] | None = None,
    regions: Collection[str] | None = None,
    standing: bool = False,
) -> list[BindingSeen]:
    """Bindings by commitment letter, the newest first, for staff: nothing but a promise stands behind them (S3.9).

    A page of them; `before` is moment and id of the last one of the page before, `regions` are those where the members
    are insured (None: all), `standing` leaves out what is over.
    """
    found = ProxyBinding.objects.filter(jurisdiction=jurisdiction, way=Way.COMMITMENT)
    if regions is not None:
        found = found.filter(Exists(Person.objects.filter(key=OuterRef("member"), insured_region__in=regions)))
    if standing:
        found = found.filter(ended_at=None, last_day__gte=jurisdictions()[jurisdiction].today(at))
    if before:
        moment, id = before
        found = found.filter(asked_at__lte=moment).exclude(asked_at=moment, pk__gte=id)
    return [_seen(row, at) for row in found.order_by("-asked_at", "-pk")[:PAGE]]


def _ordered(found: QuerySet[ProxyBinding], at: datetime) -> list[BindingSeen]:
    seen = [_seen(row, at) for row in found.order_by("-asked_at", "pk")]
    return sorted(seen, key=lambda each: each.state is State.ENDED)


def _seen(row: ProxyBinding, at: datetime) -> BindingSeen:
    fields = row.fields
    state, ended = state_of(row, at)
    return BindingSeen(
        row,
        fields["principal_name"],
        fields["member_name"],
        Kinship(fields["kinship"]),
        fields.get("paper", ""),
        state,
        ended,
    )

"""Before anything is proved: may this member be bound to this principal? And what is recorded where nobody is.

The number of a member and their name are checked together at the first page, so that nobody stands before a camera for
nothing. Each answer is journalled under the number that was typed: the member reads who named them (X.5).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.portal.accounts.models import Account
from daftar.portal.proxy.asked import Child, Named, Refusal, Refused
from daftar.portal.proxy.faces import Outcome, Verdict
from daftar.portal.proxy.faces.captures import capture_keep
from daftar.portal.proxy.models import ProxyBinding, Way
from daftar.portal.proxy.persons import (
    Party,
    last_day_of_commitment,
    member_of,
    party,
    principal_of,
    refuse_unless_confirming,
    refuse_unless_young,
    served,
)
from daftar.portal.proxy.services import Bound, bind_by_face
from daftar.portal.proxy.standing import State, state_of
from daftar.portal.proxy.telling import check_record, refusal_record
from daftar.terms.jurisdictions import jurisdictions


@dataclass(frozen=True, slots=True)
class Checked:
    """A member who may be bound; `confirms`: their region lets them say yes from their own log-in instead of a face."""

    member: UUID
    confirms: bool


def principal_refusal(account: Account, at: datetime) -> Refusal | None:
    """Why somebody may bind nobody at all, whoever it would be; None when they may (S3.2)."""
    try:
        served(party(account.person_key), at)
    except Refused as refused:
        return refused.refusal
    return None


@transaction.atomic
def member_check(*, named: Named, child: Child | None, by: Account, at: datetime) -> Checked | Refusal:
    """Whether the member may be bound: by a face, or with `child` by commitment letter. Nothing is bound yet."""
    try:
        if child:
            refuse_unless_young(child.born, jurisdictions()[by.jurisdiction].today(at), by.jurisdiction)
        principal = principal_of(by, at)
        member = member_of(named, principal, at)
        if child:
            last_day_of_commitment(child, member, at)
        _refuse_second(principal, member, at)
    except Refused as refused:
        refusal_record(principal=by.person_key, member=number_key(named), reason=refused.refusal, by=by, at=at)
        return refused.refusal
    check_record(principal=principal.key, member=member.key, way=Way.COMMITMENT if child else Way.FACE, by=by, at=at)
    return Checked(member.key, _confirms(member, at))


@transaction.atomic
def bind_after_face(*, named: Named, verdict: Verdict, by: Account, at: datetime) -> Bound | Outcome:
    """Bind on a verdict; one that lets nobody bind is journalled and is itself the answer.

    The pictures that were looked at are kept by their digests in the same transaction: where an earlier capture held
    one of them it is a replay, whatever was decided.
    """
    outcome = verdict.outcome if capture_keep(digests=verdict.digests, at=at) else Outcome.REPLAYED
    if outcome is Outcome.ACCEPTED:
        return bind_by_face(named=named, verdict=verdict, by=by, at=at)
    refusal_record(principal=by.person_key, member=verdict.subject, reason=f"face_{outcome}", by=by, at=at)
    return outcome


def open_binding(principal: UUID, member: UUID, at: datetime) -> ProxyBinding | None:
    """The binding of two persons that is not over, be it asked for or bound."""
    found = ProxyBinding.objects.filter(principal=principal, member=member, ended_at=None).first()
    return found if found and state_of(found, at)[0] is not State.ENDED else None


def number_key(named: Named) -> UUID:
    """The key of the number that was typed, known or not."""
    return UUID(str(settings.SECRETS.key(named.identifier.type, named.identifier.number)))


def _confirms(member: Party, at: datetime) -> bool:
    try:
        refuse_unless_confirming(member, at)
    except Refused:
        return False
    return True


def _refuse_second(principal: Party, member: Party, at: datetime) -> None:
    """One open binding of the same two; an ask that waits gives way to a better way of binding."""
    found = open_binding(principal.key, member.key, at)
    if found and found.bound_at:
        raise Refused(Refusal.ALREADY_BOUND)

"""Writing bindings: by each way, confirmed, ended by either side (S3.4-S3.11).

Each is one transaction with its record in the journal and both told; a refusal is an outcome and is journalled too.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import identity_verified
from daftar.portal.proxy.asked import Child, Named, Refusal, Refused
from daftar.portal.proxy.ending import close_what_is_over, held
from daftar.portal.proxy.faces import Verdict
from daftar.portal.proxy.letter import Agreed, letter_on
from daftar.portal.proxy.models import TABLE, Kinship, ProxyBinding, Way
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
from daftar.portal.proxy.standing import State, state_of
from daftar.portal.proxy.telling import binding_record, member_tell, principal_tell, refusal_record
from daftar.store.sealing import seal_fields
from daftar.terms.jurisdictions import jurisdictions

Bound = ProxyBinding | Refusal


@transaction.atomic
def bind_by_face(*, named: Named, verdict: Verdict, by: Account, at: datetime) -> Bound:
    """Bind a member who has passed the face check (S3.4, S3.8)."""

    def bind() -> ProxyBinding:
        principal, member = _both(named, by, at)
        bound_before = ProxyBinding.objects.filter(face_check=verdict.challenge).exists()
        if bound_before or not verdict.lets_bind(holder=by.user, subject=member.key, at=at):
            raise Refused(Refusal.FACE_NOT_PASSED)
        made = _fresh(principal, member, Way.FACE, named.kinship, at)
        made.face_check, made.checked_by = verdict.challenge, verdict.verifier
        return _bound(made, by, at)

    return _or_refusal(bind, named, by, at)


@transaction.atomic
def bind_by_commitment(*, named: Named, child: Child, agreed: Agreed, by: Account, at: datetime) -> Bound:
    """Bind a member under 16 without identity card by the commitment letter (S3.5, S3.9, S3.10)."""
    today = jurisdictions()[by.jurisdiction].today(at)

    def bind() -> ProxyBinding:
        refuse_unless_young(child.born, today, by.jurisdiction)  # before anybody is looked up: it tells nothing of them
        principal, member = _both(named, by, at)
        last_day = last_day_of_commitment(child, member, at)
        if agreed.version != letter_on(today).version:
            raise Refused(Refusal.LETTER_CHANGED)
        made = _fresh(principal, member, Way.COMMITMENT, named.kinship, at, paper=child.paper)
        made.letter, made.letter_language, made.letter_agreed_at = agreed.version, agreed.language, agreed.at
        made.last_day = last_day
        return _bound(made, by, at)

    return _or_refusal(bind, named, by, at)


@transaction.atomic
def binding_ask(*, named: Named, by: Account, at: datetime) -> Bound:
    """Ask a member to confirm from their own verified log-in, where the region of the member allows it."""

    def ask() -> ProxyBinding:
        principal, member = _both(named, by, at)
        refuse_unless_confirming(member, at)
        made = _fresh(principal, member, Way.OWN_CONFIRMATION, named.kinship, at)
        made.save(force_insert=True)
        binding_record(made, outcome="asked", reason=made.way, by=by, at=at)
        member_tell(made, "proxy_asked", at=at)
        return made

    return _or_refusal(ask, named, by, at)


@transaction.atomic
def binding_confirm(*, binding: UUID, by: Account, at: datetime) -> Bound:
    """The member's yes. The policy of this moment decides, not that of the ask."""
    found = held(binding)
    if found is None or found.member != by.person_key or state_of(found, at)[0] is not State.ASKED:
        return Refusal.OVER
    try:
        if not identity_verified(by):
            raise Refused(Refusal.NOT_VERIFIED)
        served(party(found.principal), at)
        member = served(party(found.member), at)
        refuse_unless_confirming(member, at)
    except Refused as refused:
        refusal_record(principal=found.principal, member=found.member, reason=refused.refusal, by=by, at=at)
        return refused.refusal
    return _bound(found, by, at)


@transaction.atomic
def bind_at_counter(*, principal: UUID, member: UUID, kinship: Kinship, by: Account, at: datetime) -> Bound:
    """An office has seen both persons and their papers: the way for those whom no photograph shows."""
    try:
        acts = served(party(principal, hold=True), at)
        other = served(party(member), at)
        if acts.seen.jurisdiction != other.seen.jurisdiction:
            raise Refused(Refusal.NOT_MATCHED)
        if acts.key == other.key:
            raise Refused(Refusal.ONESELF)
        made = _fresh(acts, other, Way.COUNTER, kinship, at)
    except Refused as refused:
        refusal_record(principal=principal, member=member, reason=refused.refusal, by=by, at=at)
        return refused.refusal
    made.checked_by, made.office = by.user, by.office
    return _bound(made, by, at)


def _both(named: Named, by: Account, at: datetime) -> tuple[Party, Party]:
    principal = principal_of(by, at)
    return principal, member_of(named, principal, at)


def _fresh(principal: Party, member: Party, way: Way, kinship: Kinship, at: datetime, paper: str = "") -> ProxyBinding:
    """A binding that is not saved yet. The second open one of the same two is refused; a waiting ask gives way."""
    waiting = close_what_is_over(principal.key, member.key, keep_ask=way is Way.OWN_CONFIRMATION, at=at)
    if waiting is not None:
        raise Refused(Refusal.ALREADY_BOUND if waiting.bound_at else Refusal.ALREADY_ASKED)
    fields = {
        "principal_name": principal.seen.name,
        "member_name": member.seen.name,
        "kinship": kinship,
        "paper": paper,
    }
    return ProxyBinding(
        principal=principal.key,
        member=member.key,
        jurisdiction=member.seen.jurisdiction,
        way=way,
        asked_at=at,
        sealed=seal_fields(settings.SECRETS, TABLE, fields),
    )


def _bound(binding: ProxyBinding, by: Account, at: datetime) -> ProxyBinding:
    """It stands from now on: saved, journalled, both told."""
    binding.bound_at = at
    binding.save()
    binding_record(binding, outcome="bound", reason=binding.way, by=by, at=at)
    principal_tell(binding, "proxy_bound", at=at)
    member_tell(binding, "proxy_acts", at=at)
    return binding


def _or_refusal(bind: Callable[[], ProxyBinding], named: Named, by: Account, at: datetime) -> Bound:
    try:
        return bind()
    except Refused as refused:
        typed = settings.SECRETS.key(named.identifier.type, named.identifier.number)
        principal = by.person_key if by.role == Role.CITIZEN else None
        refusal_record(principal=principal, member=typed, reason=refused.refusal, by=by, at=at)
        return refused.refusal

"""Everything about a binding is journalled with both persons, and both are told of it (S3.6, X.5)."""

from datetime import datetime
from uuid import UUID

from daftar.answers import Entry
from daftar.portal.accounts.identity import mobile_of
from daftar.portal.accounts.models import Account, Role
from daftar.portal.journal.services import looks_record
from daftar.portal.notices.services import notify, sms_put
from daftar.portal.proxy.models import ProxyBinding
from daftar.store.keys import Key
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, Ground

MODE = "proxy"


def binding_record(binding: ProxyBinding, *, outcome: str, reason: str, by: Account | None, at: datetime) -> None:
    """Journal an act about a binding: row of the member, `acting_for` the principal. `by` None is the calendar."""
    entry = Entry(
        channel=Channel.COUNTER if by and by.role != Role.CITIZEN else Channel.WEB,
        mode=MODE,
        key=Key(binding.member),
        outcome=outcome,
        reason=reason,
        ground=_ground(binding.member, by),
        shown="binding",
        account=by.user if by else None,
        acting_for=Key(binding.principal),
        office=(by.office or None) if by else None,
        reference=str(binding.pk),
    )
    looks_record([entry], at=at)


def refusal_record(*, principal: UUID | None, member: UUID, reason: str, by: Account, at: datetime) -> None:
    """Journal that nobody was bound, under the key of the number that was typed."""
    entry = Entry(
        channel=Channel.WEB if by.role == Role.CITIZEN else Channel.COUNTER,
        mode=MODE,
        key=Key(member),
        outcome="refused",
        reason=reason,
        ground=_ground(member, by),
        shown="",
        account=by.user,
        acting_for=Key(principal) if principal else None,
        office=by.office or None,
    )
    looks_record([entry], at=at)


def check_record(*, principal: UUID, member: UUID, way: str, by: Account, at: datetime) -> None:
    """Journal that a principal named a member rightly: that the two may be bound was told."""
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=Key(member),
        outcome="may_be_bound",
        reason=way,
        ground=_ground(member, by),
        shown="",
        account=by.user,
        acting_for=Key(principal),
    )
    looks_record([entry], at=at)


def principal_tell(binding: ProxyBinding, code: str, *, at: datetime) -> None:
    """Tell the principal."""
    _tell(binding, binding.principal, code, at)


def member_tell(binding: ProxyBinding, code: str, *, at: datetime) -> None:
    """Tell the member; who has no account is told by the mobile that the registry holds, where it holds one."""
    _tell(binding, binding.member, code, at)


def _tell(binding: ProxyBinding, person: UUID, code: str, at: datetime) -> None:
    fields = binding.fields
    names = {"principal": fields["principal_name"], "member": fields["member_name"]}
    if notify(person, code, at=at, **names):
        return
    mobile = mobile_of(person)
    if mobile:
        sms_put(mobile, code, language=jurisdictions()[binding.jurisdiction].language, at=at, **names)


def _ground(member: UUID, by: Account | None) -> Ground:
    if by is None or by.role != Role.CITIZEN:
        return Ground.DUTY
    return Ground.OWN if by.person_key == member else Ground.PROXY

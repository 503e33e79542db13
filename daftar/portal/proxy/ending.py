"""Ending bindings: by either side at any moment (S3.11), by the calendar at 16 (S3.10). The row stays as history."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import identity_verified
from daftar.portal.proxy.models import Ended, ProxyBinding
from daftar.portal.proxy.standing import ANSWER_WITHIN, State, over_by_itself, state_of
from daftar.portal.proxy.telling import binding_record, member_tell, principal_tell
from daftar.terms.jurisdictions import jurisdictions


def held(binding: UUID) -> ProxyBinding | None:
    """A binding, its row held until the end of the transaction."""
    return ProxyBinding.objects.select_for_update().filter(pk=binding).first()


@transaction.atomic
def binding_end(*, binding: UUID, side: UUID, by: Account, at: datetime) -> bool:
    """«解除绑定» (S3.11) by principal or member, whose key `side` is; an ask is taken back or declined by the same act.

    `by` is their own verified account, or the office counter that sees them. False when it is not theirs, or over.
    """
    found = held(binding)
    if found is None or side not in (found.principal, found.member) or not _may_end(by, side):
        return False
    state, _ = state_of(found, at)
    if state is State.ENDED:
        return False
    principals = side == found.principal
    if state is State.ASKED:
        why = Ended.WITHDRAWN if principals else Ended.DECLINED
    else:
        why = Ended.BY_PRINCIPAL if principals else Ended.BY_MEMBER
    _end(found, why, by=by, over=at, at=at)
    return True


def bindings_end_due(*, at: datetime) -> int:
    """Write down and tell what the calendar has ended: 16th birthdays, asks without answer; how many there were.

    Nothing rests on its being called in time: `standing` looks at the days themselves.
    """
    return sum(_end_due(id, at) for id in _due(at))


def close_what_is_over(principal: UUID, member: UUID, *, keep_ask: bool, at: datetime) -> ProxyBinding | None:
    """The open binding of two persons; None when there is none, or the calendar has ended it, or it gave way.

    With `keep_ask` a waiting ask stays; else a better way of binding takes it back.
    """
    rows = ProxyBinding.objects.select_for_update()
    found = rows.filter(principal=principal, member=member, ended_at=None).first()
    if found is None or _ended_by_calendar(found, at):
        return None
    if found.bound_at or keep_ask:
        return found
    _end(found, Ended.WITHDRAWN, by=None, over=at, at=at, tell=False)
    return None


def _may_end(by: Account, side: UUID) -> bool:
    return by.role == Role.COUNTER or (identity_verified(by) and by.person_key == side)


def _due(at: datetime) -> list[UUID]:
    late = Q(bound_at=None, asked_at__lte=at - ANSWER_WITHIN)
    for jurisdiction in jurisdictions().values():
        late |= Q(jurisdiction=jurisdiction.code, last_day__lt=jurisdiction.today(at))
    return list(ProxyBinding.objects.filter(late, ended_at=None).values_list("pk", flat=True))


@transaction.atomic
def _end_due(id: UUID, at: datetime) -> bool:
    found = held(id)
    return found is not None and found.ended_at is None and _ended_by_calendar(found, at)


def _ended_by_calendar(found: ProxyBinding, at: datetime) -> bool:
    state, why = state_of(found, at)
    over = over_by_itself(found)
    if state is not State.ENDED or why is None or over is None:
        return False
    _end(found, why, by=None, over=over, at=at)
    return True


def _end(
    found: ProxyBinding, why: Ended, *, by: Account | None, over: datetime, at: datetime, tell: bool = True
) -> None:
    found.ended_at, found.ended, found.ended_by = over, why, by.user if by else ""
    found.save(update_fields=["ended_at", "ended", "ended_by"])
    binding_record(found, outcome="ended", reason=why, by=by, at=at)
    if tell:
        code = "proxy_sixteen" if why is Ended.SIXTEEN else "proxy_ended"
        principal_tell(found, code, at=at)
        member_tell(found, code, at=at)

"""Writing about looks: the person's list journalled, a look questioned and answered, a judicial look hidden."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.journal.services import looks_record
from daftar.portal.looks.hidings import opens_at
from daftar.portal.looks.models import Hiding, LookCase
from daftar.portal.looks.moments import midnight
from daftar.portal.looks.selectors import LookSeen, with_beside
from daftar.portal.looks.texts import ANSWER, QUESTION, REASON, seal_text
from daftar.portal.notices.services import notify
from daftar.rules.hiding import longest
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, Ground


def own_looks_record(*, person: UUID, what: str, by: str, at: datetime) -> None:
    """Journal that a person read or exported their list: `looks` or `looks_exported`."""
    _record(key=person, mode=what, outcome="shown", shown="looks", ground=Ground.OWN, by=by, at=at)


@transaction.atomic
def case_open(*, look: LookSeen, person: UUID, jurisdiction: str, question: str, by: str, at: datetime) -> LookCase:
    """Question a look, once; a second question about the same look leaves the first as it is."""
    case, fresh = LookCase.objects.get_or_create(
        inquiry=look.row.id,
        person_key=person,
        defaults={"jurisdiction": jurisdiction, "question": seal_text(question, QUESTION), "asked_at": at},
    )
    if fresh:
        reference = str(case.pk)
        _record(
            key=person, mode="case", outcome="opened", shown="", ground=Ground.OWN, by=by, at=at, reference=reference
        )
    return case


@transaction.atomic
def case_answer(*, case: int, answer: str, by: Account, at: datetime) -> bool:
    """Answer a questioned look; False when it has been answered already."""
    found = LookCase.objects.select_for_update().get(pk=case)
    if found.answered_at:
        return False
    found.answer, found.answered_by, found.answered_at = seal_text(answer, ANSWER), by.user, at
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    case_record(found, outcome="answered", shown="", by=by, at=at)
    notify(found.person_key, "case_answered", at=at)
    return True


def case_record(case: LookCase, *, outcome: str, shown: str, by: Account, at: datetime) -> None:
    """Journal that staff read or answered a case, under the person who asks."""
    _record(
        key=case.person_key,
        mode="case",
        outcome=outcome,
        shown=shown,
        ground=Ground.DUTY,
        by=by.user,
        office=by.office or None,
        at=at,
        reference=str(case.pk),
    )


@transaction.atomic
def hiding_decide(*, look: LookSeen, until: date, reason: str, by: Account, at: datetime) -> Hiding:
    """Hide a look of one's organisation until the beginning of a day.

    What is longer than one person may decide hides for as long as one may, and for the rest once another confirms. The
    row of a main insured whom the answer named is hidden with it, and opens with it.
    """
    jurisdiction = jurisdictions()[by.jurisdiction]
    alone = longest(jurisdiction.today(look.row.asked_at), jurisdiction.code)
    decisions = [
        Hiding.objects.create(
            inquiry=row.id,
            key=row.key,
            organisation=look.row.organisation,
            hidden_until=midnight(min(until, alone), jurisdiction.code),
            wanted_until=midnight(until, jurisdiction.code) if until > alone else None,
            sealed=seal_text(reason, REASON),
            decided_by=by.user,
            decided_at=at,
        )
        for row in with_beside(look.row.id)
    ]
    return decisions[0]


@transaction.atomic
def hiding_confirm(*, inquiry: int, by: Account, at: datetime) -> bool:
    """The second person's word for a longer hiding; False when none waits, or it was this person who decided it."""
    found = [_newest(row.id) for row in with_beside(inquiry)]
    newest = found[0] if found else None
    waits = newest is not None and newest.wanted_until is not None and newest.confirmed_at is None
    if newest is None or not waits or newest.decided_by == by.user or opens_at(newest) <= at:
        return False
    decided = [each.pk for each in found if each]
    Hiding.objects.filter(pk__in=decided).update(confirmed_by=by.user, confirmed_at=at)
    return True


def _newest(inquiry: int) -> Hiding | None:
    """The decision about a look that counts, under its lock."""
    return Hiding.objects.select_for_update().filter(inquiry=inquiry).order_by("-id").first()


def _record(
    *,
    key: UUID,
    mode: str,
    outcome: str,
    shown: str,
    ground: Ground,
    by: str,
    at: datetime,
    office: str | None = None,
    reference: str | None = None,
) -> None:
    entry = Entry(
        channel=Channel.WEB,
        mode=mode,
        key=key,
        outcome=outcome,
        reason=mode,
        ground=ground,
        shown=shown,
        account=by,
        office=office,
        reference=reference,
    )
    looks_record([entry], at=at)

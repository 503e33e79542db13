"""Writing an enrolment: a page of the form saved, the whole handed in after the check; looks on record."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case
from daftar.portal.cases.services import TO_BE_WRITTEN, case_begin, case_save, own_case, submit_held
from daftar.portal.cases.stepping import fields_of
from daftar.portal.enrolment.checking import known_once, person_reasons, stopping, verdict_of
from daftar.portal.enrolment.filled import Part, matter_of, region_of, to_be_filled
from daftar.portal.enrolment.procedure import day_of
from daftar.portal.journal.services import looks_record
from daftar.portal.proxy.acting import Persons
from daftar.rules.enrolment_check import EnrolmentReason
from daftar.terms.cases import CaseKind
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel

CHECK, ENROLMENTS = "enrolment_check", "enrolments"
"""Modes of the journal."""


@transaction.atomic
def enrolment_begin(*, who: Persons, by: Account, at: datetime) -> Case | tuple[EnrolmentReason, ...]:
    """Begin, or go on with the draft that is there; the reasons when the person cannot be enrolled at all."""
    reasons = person_reasons(who.key, by.jurisdiction, jurisdictions()[by.jurisdiction].today(at))
    looks_record([_entry(who, by, CHECK, " ".join(reasons), "outcome")], at=at)
    if reasons != (EnrolmentReason.MAY_BE_ENROLLED,):
        return reasons
    return case_begin(kind=CaseKind.ENROLMENT, person=who.key, jurisdiction=by.jurisdiction, by=by, at=at)


@transaction.atomic
def part_save(*, case: Case, version: int, part: Mapping[str, str], by: Account, at: datetime) -> Case:
    """Save one page of the form; the same page twice is one. Raises CaseNotDone."""
    fields = fields_of(Case.objects.get(pk=case.pk)) | dict(part)
    return case_save(
        case=case.pk,
        version=version,
        fields=fields,
        region=region_of(fields),
        matter=matter_of(fields),
        by=by,
        at=at,
    )


@transaction.atomic
def enrolment_submit(
    *, case: Case, version: int, by: Account, at: datetime
) -> Case | Part | tuple[EnrolmentReason, ...]:
    """Hand it in; or the page on which something is missing, or the reasons why it is not taken in. Raises CaseNotDone.

    A second press finds it handed in, and gives the same case.
    """
    found = own_case(case.pk, by, at)
    if found.state in TO_BE_WRITTEN:
        fields = fields_of(found)
        part = to_be_filled(fields)
        if part:
            return part
        known_once(found)
        verdict = verdict_of(found, fields, day=day_of(found, at))
        if stopping(verdict):
            return stopping(verdict)
    return submit_held(found, version=version, by=by, at=at)


def enrolments_record(*, who: Persons, count: int, by: Account, at: datetime) -> None:
    """Journal that somebody read what a person is enrolled in; inside the transaction that reads it (X.5)."""
    shown = "name number enrolments" if count else "enrolments"
    looks_record([_entry(who, by, ENROLMENTS, ENROLMENTS, shown, "shown" if count else "nothing_enrolled")], at=at)


def _entry(who: Persons, by: Account, mode: str, reason: str, shown: str, outcome: str = "") -> Entry:
    return Entry(
        channel=Channel.WEB,
        mode=mode,
        key=who.key,
        outcome=outcome or ("allowed" if reason == EnrolmentReason.MAY_BE_ENROLLED else "not_allowed"),
        reason=reason.partition(" ")[0],
        ground=who.ground,
        shown=shown,
        account=by.user,
        acting_for=who.acting_for,
    )

"""Adult dependants who let their main insured ask about their entitlement: given and ended at an office (S2.8).

A consent holds for the dependency of the day on which it was given, while both live (`daftar.disclosure.applicant`).
Each is a row of the dependant's journal with the main insured beside it, and the dependant is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from daftar.answers import Entry
from daftar.disclosure.telling import tell
from daftar.portal.accounts.models import Account
from daftar.portal.affiliation.models import Dependency
from daftar.portal.entitlement.models import DependantConsent
from daftar.portal.journal.services import looks_record, raw_connection
from daftar.portal.people.models import Person
from daftar.portal.people.selectors import PersonSeen, person_seen
from daftar.rules.majority import is_minor
from daftar.store.keys import Key
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, Ground

MODE = "consent"


class NotGiven(StrEnum):
    """Why no consent was recorded."""

    MINOR = "minor"  # the main insured may ask without it
    NOT_DEPENDANT = "not_dependant"  # there is no dependency in force between two who live
    STANDS = "stands"  # it was given already


@dataclass(frozen=True, slots=True)
class MainInsured:
    """A main insured of a dependency in force, or of a consent that is left of one; `stands`: they may ask by it."""

    person: PersonSeen
    relation: str  # empty where no dependency is in force
    consent: DependantConsent | None
    stands: bool


def mains_of(dependant: UUID, at: datetime) -> list[MainInsured]:
    """The main insured on whom somebody depends today, or once did and let ask; none where either has died.

    A consent whose dependency has ended opens nothing, but a correction of the facts can revive it: it can be ended.
    """
    person = _living(dependant)
    if person is None:
        return []
    consents = {each.main_key: each for each in DependantConsent.objects.filter(key=dependant, ended_at=None)}
    in_force = _dependencies(person, at)
    relations = {each.main_key: each.relation for each in in_force}
    standing = {each.main_key for each in in_force if _holds(consents.get(each.main_key), each)}
    return [
        MainInsured(seen, relations.get(main, ""), consents.get(main), main in standing)
        for main in {**relations, **consents}
        if (seen := person_seen(main)) is not None and seen.death_date is None
    ]


@transaction.atomic
def consent_give(*, dependant: UUID, main: UUID, by: Account, at: datetime) -> NotGiven | None:
    """Record what a dependant says who stands at the counter; None when it was. A refusal is journalled too."""
    why = _given(dependant, main, by, at)
    _journal(dependant, main, "refused" if why else "given", why or "identity_checked", by, at)
    if why is None:
        _tell(dependant, main, "consent_given", at)
    return why


@transaction.atomic
def consent_end(*, dependant: UUID, main: UUID, by: Account, at: datetime) -> bool:
    """End a consent on the dependant's wish; False when none stood."""
    ended = _open(dependant, main).update(ended_at=at, ended_by=by.user)
    if ended:
        _journal(dependant, main, "ended", "identity_checked", by, at)
        _tell(dependant, main, "consent_ended", at)
    return bool(ended)


def _given(dependant: UUID, main: UUID, by: Account, at: datetime) -> NotGiven | None:
    person = Person.objects.select_for_update().filter(key=dependant, withdrawn=False, death_date=None).first()
    dependencies = [each for each in _dependencies(person, at) if each.main_key == main] if person else []
    if person is None or not dependencies or _living(main) is None:
        return NotGiven.NOT_DEPENDANT
    today = jurisdictions()[person.jurisdiction].today(at)
    if is_minor(person.birth_date, today, person.jurisdiction):
        return NotGiven.MINOR
    left = _open(dependant, main).first()
    if any(_holds(left, each) for each in dependencies):
        return NotGiven.STANDS
    _open(dependant, main).update(ended_at=at, ended_by=by.user)  # of an earlier dependency: it opens nothing any more
    DependantConsent.objects.create(
        key=dependant, main_key=main, given_on=today, given_at=at, given_by=by.user, office=by.office
    )
    return None


def _dependencies(person: Person, at: datetime) -> Sequence[Dependency]:
    """Those in force today, the newest last."""
    today = jurisdictions()[person.jurisdiction].today(at)
    in_force = Q(starts__lte=today) & (Q(ends=None) | Q(ends__gte=today))
    return list(Dependency.objects.filter(in_force, key=person.key, withdrawn=False).order_by("starts"))


def _holds(consent: DependantConsent | None, dependency: Dependency) -> bool:
    """Whether a consent was given in a dependency, as `daftar.disclosure.applicant` reads it."""
    return consent is not None and consent.given_on >= dependency.starts


def _open(dependant: UUID, main: UUID) -> QuerySet[DependantConsent]:
    return DependantConsent.objects.filter(key=dependant, main_key=main, ended_at=None)


def _living(key: UUID) -> Person | None:
    return Person.objects.filter(key=key, withdrawn=False, death_date=None).first()


def _journal(dependant: UUID, main: UUID, outcome: str, reason: str, by: Account, at: datetime) -> None:
    entry = Entry(
        channel=Channel.COUNTER,
        mode=MODE,
        key=Key(dependant),
        outcome=outcome,
        reason=reason,
        ground=Ground.DUTY,
        shown="",
        account=by.user,
        acting_for=Key(main),
        office=by.office or None,
    )
    looks_record([entry], at=at)


def _tell(dependant: UUID, main: UUID, code: str, at: datetime) -> None:
    seen, other = person_seen(dependant), person_seen(main)
    if seen is not None and other is not None:
        language = jurisdictions()[seen.jurisdiction].language
        tell(raw_connection(), settings.SECRETS, Key(dependant), code, language, at=at, main=other.name)

"""The second level: a citizen's identity is verified by a code to the mobile that the registry holds, or by an office
counter; a verified claim takes the place of an unverified account and tells both (design §4)."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.portal.accounts.challenges import Wrong, challenge_make, challenge_try, challenge_use
from daftar.portal.accounts.events import event_record
from daftar.portal.accounts.models import Account, Challenge, Purpose
from daftar.portal.accounts.sessions import sessions_end
from daftar.portal.journal.services import raw_connection
from daftar.portal.notices.models import NoticeChannel
from daftar.portal.notices.services import choice_forget, choice_set, mail_put, notify, sms_put
from daftar.portal.people.models import Person
from daftar.store.dialect import one_at_a_time
from daftar.store.sealing import open_fields
from daftar.terms.mobiles import Mobile

CODES_AN_HOUR = 3


class NotSent(StrEnum):
    """Why no code went to a mobile."""

    NO_MOBILE = "no_mobile"
    TOO_MANY = "too_many"


def mobile_of(person: UUID) -> Mobile | None:
    """The mobile that the registry holds of a person; that of who has died reaches nobody (S2.8).

    That the registry holds it is enough, also where nobody vouches for it (`mobile_verified`): design §4 asks for a
    code to the mobile on record, as S2.8 does for one's own entitlement. Vouched for must be a mobile that opens the
    record of somebody else, as a main insured's or a proxy's does.
    """
    row = Person.objects.filter(key=person, withdrawn=False, death_date=None).first()
    found = open_fields(settings.SECRETS, "person", row.sealed).get("mobile") if row else None
    return Mobile(found) if found else None


@transaction.atomic
def identity_send(person: UUID, *, account: int | None, language: str, at: datetime) -> Challenge | NotSent:
    """Send a code to the mobile of a person, at most three an hour."""
    one_at_a_time(raw_connection(), person)
    mobile = mobile_of(person)
    if mobile is None:
        return NotSent.NO_MOBILE
    address_key = settings.SECRETS.mobile_key(mobile)
    newest = Challenge.objects.filter(address_key=address_key, made_at__gt=at - timedelta(hours=1))
    if newest.count() >= CODES_AN_HOUR:
        return NotSent.TOO_MANY
    challenge, code = challenge_make(
        purpose=Purpose.IDENTITY, address_key=address_key, key=person, account=account, language=language, at=at
    )
    sms_put(mobile, "identity_code", language=language, at=at, code=code)
    return challenge


@transaction.atomic
def identity_confirm(account: Account, *, challenge: UUID, code: str, at: datetime) -> Account | Wrong:
    """The code was typed back by a logged-in citizen: their account is verified from now on."""
    passed = challenge_try(challenge=challenge, purpose=Purpose.IDENTITY, code=code, at=at)
    if isinstance(passed, Wrong):
        return passed
    row = Account.objects.select_for_update().get(pk=account.pk)
    if passed.account != row.pk or passed.key != row.person_key:
        return Wrong(0)
    challenge_use(passed, at)
    return _verify(row, by="mobile", at=at)


@transaction.atomic
def identity_confirm_at_counter(person: UUID, *, by: Account, at: datetime) -> Account | None:
    """A counter has seen the person and their document: their account is verified; None when they have none."""
    row = Account.objects.select_for_update().filter(person_key=person).first()
    return _verify(row, by=by.user, at=at) if row else None


@transaction.atomic
def account_displace(person: UUID, *, by: str, at: datetime) -> bool:
    """Close the account that somebody else holds of a person and tell its mailbox; False when there is none.

    `by` is the counter's account, or `mobile` where the claim was verified by the person's mobile.
    """
    row = Account.objects.select_for_update().filter(person_key=person).first()
    if row is None:
        return False
    address = row.fields.get("mail")
    row.is_active, row.person_key, row.mail_key = False, None, None
    row.verified_at, row.verified_by = None, ""
    row.save()
    sessions_end(row, at=at)
    choice_forget(person)
    event_record(row, "closed", by=by, at=at)
    if address:
        mail_put(address, "account_taken", language=row.language, at=at)
    return True


def notices_begin(account: Account) -> None:
    """Tell the person by the account's mailbox from now on: not before it is known to be theirs (design §4)."""
    mail = account.fields.get("mail")
    if account.person_key and mail:
        choice_set(account.person_key, channel=NoticeChannel.MAIL, mail=mail, language=account.language)


def _verify(row: Account, *, by: str, at: datetime) -> Account:
    if row.verified_at is None:
        row.verified_at, row.verified_by = at, by
        row.save(update_fields=["verified_at", "verified_by"])
        notices_begin(row)
        event_record(row, "verified", by=by, at=at)
        notify(row.person_key, "identity_verified", at=at)
    return row

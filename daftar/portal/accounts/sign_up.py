"""A citizen signs up (S4.10-S4.14): what was typed waits sealed at the mail code; the account is made at the end alone,
so that nobody else's name or mailbox is ever taken by one who cannot read the mail."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from daftar.answers import Entry
from daftar.portal.accounts.challenges import challenge_make, challenge_passed, challenge_use, typed_fields
from daftar.portal.accounts.events import event_record
from daftar.portal.accounts.identity import account_displace, notices_begin
from daftar.portal.accounts.models import Account, Challenge, Purpose, Role
from daftar.portal.accounts.services import account_make, mail_key
from daftar.portal.journal.services import looks_record
from daftar.portal.notices.services import mail_put, notify
from daftar.portal.people.selectors import PersonSeen, person_key, person_seen
from daftar.store.keys import Key
from daftar.terms.identifiers import Identifier, read_identifier
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.mails import Mail
from daftar.terms.outcomes import Channel, Ground

IDENTIFIERS_A_DAY = 5
BY_MOBILE = "mobile"


class Verdict(StrEnum):
    """Whether the one who holds the mailbox may have an account of the person they say they are."""

    WELCOME = "welcome"  # known, and nobody has an account of them
    PROOF_NEEDED = "proof_needed"  # an unverified account of them exists: a verified claim takes its place (design §4)
    NOT_UPLOADED = "not_uploaded"  # the registry does not know them, or under another name (S4.13)
    TOO_MANY_IDENTIFIERS = "too_many_identifiers"  # five others were tried from this mailbox today
    MAILBOX_TAKEN = "mailbox_taken"  # the mailbox has an account
    PERSON_TAKEN = "person_taken"  # a verified account of them exists


@transaction.atomic
def sign_up_start(*, name: str, identifier: Identifier, mail: Mail, language: str, at: datetime) -> Challenge:
    """Mail a code. Nothing is said yet of the person, and nothing is looked up."""
    challenge, code = challenge_make(
        purpose=Purpose.SIGN_UP,
        address_key=mail_key(mail),
        key=settings.SECRETS.key(identifier.type, identifier.number),
        fields={"name": name, "type": identifier.type, "number": identifier.number, "mail": mail},
        language=language,
        at=at,
    )
    mail_put(mail, "sign_up_code", language=language, at=at, code=code)
    return challenge


@transaction.atomic
def sign_up_judge(challenge: Challenge, *, at: datetime) -> Verdict:
    """What the person is told after the right code; that they are known or not is journalled (X.5)."""
    verdict, _ = _judge(challenge, at)
    told = {Verdict.WELCOME: "known", Verdict.PROOF_NEEDED: "known", Verdict.PERSON_TAKEN: "known"}
    if verdict not in (Verdict.TOO_MANY_IDENTIFIERS, Verdict.MAILBOX_TAKEN):
        entry = Entry(
            channel=Channel.WEB,
            mode="sign_up",
            key=Key(challenge.key),
            outcome=told.get(verdict, "not_found"),
            reason=verdict,
            ground=Ground.OWN,
            shown=told.get(verdict, ""),
        )
        looks_record([entry], at=at)
    return verdict


def sign_up_finish(*, challenge: UUID, password: str, proof: UUID | None, at: datetime) -> Account | Verdict | None:
    """Make the account; `proof` is the passed challenge of the person's mobile where one is needed.

    None when the mail code was typed too long ago. The password keeps its rule already.
    """
    try:
        with transaction.atomic():
            return _finish(challenge, password, proof, at)
    except IntegrityError:  # the same person or mailbox in another window, at the same moment
        return Verdict.PERSON_TAKEN


def _finish(id: UUID, password: str, proof: UUID | None, at: datetime) -> Account | Verdict | None:
    challenge = challenge_passed(challenge=id, purpose=Purpose.SIGN_UP, at=at)
    if challenge is None:
        return None
    verdict, person = _judge(challenge, at)
    proven = person is not None and _proves(proof, person.key, at)
    if person is None or verdict not in (Verdict.WELCOME, Verdict.PROOF_NEEDED):
        return verdict
    if verdict == Verdict.PROOF_NEEDED:
        if not proven:
            return verdict
        account_displace(person.key, by=BY_MOBILE, at=at)
    challenge_use(challenge, at)
    return _make(challenge, person, password, proven, at)


def _make(challenge: Challenge, person: PersonSeen, password: str, proven: bool, at: datetime) -> Account:
    fields = typed_fields(challenge)
    account = account_make(
        user=f"c-{secrets.token_hex(8)}",
        password=password,
        role=Role.CITIZEN,
        mail=fields["mail"],
        name=person.name,
        language=challenge.language,
        jurisdiction=person.jurisdiction,
        person_key=person.key,
        verified_at=at if proven else None,
        verified_by=BY_MOBILE if proven else "",
        made_at=at,
    )
    event_record(account, "made", by=account.user, at=at)
    if proven:
        notices_begin(account)
        event_record(account, "verified", by=BY_MOBILE, at=at)
        notify(person.key, "identity_verified", at=at)
    return account


def _judge(challenge: Challenge, at: datetime) -> tuple[Verdict, PersonSeen | None]:
    if _identifiers_tried(challenge, at) > IDENTIFIERS_A_DAY:
        return Verdict.TOO_MANY_IDENTIFIERS, None
    if Account.objects.filter(mail_key=challenge.address_key).exists():
        return Verdict.MAILBOX_TAKEN, None
    fields = typed_fields(challenge)
    key = person_key(read_identifier(fields["type"], fields["number"]))
    person = person_seen(key) if key else None
    if person is None or person.death_date or not person.is_called(fields["name"]):
        return Verdict.NOT_UPLOADED, None
    holder = Account.objects.filter(person_key=person.key).first()
    if holder is None:
        return Verdict.WELCOME, person
    return (Verdict.PERSON_TAKEN if holder.verified_at else Verdict.PROOF_NEEDED), person


def _identifiers_tried(challenge: Challenge, at: datetime) -> int:
    """How many persons were tried from this mailbox today, this one included; its rows are locked meanwhile."""
    type_name = typed_fields(challenge)["type"]
    today = jurisdiction_of(type_name).today(at)
    rows = Challenge.objects.select_for_update().filter(address_key=challenge.address_key, purpose=Purpose.SIGN_UP)
    tried = rows.exclude(passed_at=None).filter(passed_at__gt=at - timedelta(days=1)).order_by("id")
    return len({row.key for row in tried if jurisdiction_of(type_name).today(row.passed_at) == today} | {challenge.key})


def _proves(proof: UUID | None, person: UUID, at: datetime) -> bool:
    if proof is None:
        return False
    passed = challenge_passed(challenge=proof, purpose=Purpose.IDENTITY, at=at)
    if passed is None or passed.key != person:
        return False
    challenge_use(passed, at)
    return True

"""Writing certificates: each step is one transaction of Django's with its line in the journal."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from daftar.disclosure.affiliation import AffiliationAnswer
from daftar.disclosure.certificates import Certificate, House, issuing, opening, own, verification
from daftar.disclosure.certificates.issuing import NotIssued, Owner, Wish
from daftar.disclosure.certificates.journal import Actor, Checker, Happened
from daftar.disclosure.certificates.opening import NotOpened
from daftar.disclosure.certificates.verification import Verdict
from daftar.portal.accounts.models import Account
from daftar.portal.certificates.draft import Draft
from daftar.portal.journal.services import TRACKING, WRITER, raw_connection
from daftar.store.keys import Key
from daftar.store.signing_keys import signing_keys
from daftar.terms.certificate_codes import AccessCode, CertificateNumber
from daftar.terms.outcomes import Channel

HOUSE = House(settings.SECRETS, WRITER, TRACKING)


def owner_of(account: Account) -> Owner:
    """The citizen behind an account."""
    return Owner(Key(account.person_key), account.jurisdiction, Actor(account=account.user, channel=Channel.WEB))


def clerk_of(account: Account) -> Actor:
    """A user of an organisation."""
    return Actor(account=account.user, channel=Channel.WEB, organisation=account.organisation)


def checker_of(user: Account | AnonymousUser, network_address: str) -> Checker:
    """Whoever opens the public page; most have no account."""
    if isinstance(user, Account):
        return Checker(network_address, user.user, user.organisation or None)
    return Checker(network_address)


@transaction.atomic
def own_state_ask(*, draft: Draft, by: Owner, at: datetime) -> AffiliationAnswer | NotIssued:
    """One's own affiliation; each look is an inquiry of its own (S1.8)."""
    return issuing.ask_own(raw_connection(), HOUSE, by, (draft.period_from, draft.period_to), at)


@transaction.atomic
def certificate_issue(*, draft: Draft, by: Owner, at: datetime) -> Certificate | NotIssued:
    """Issue what was previewed to the owner's inbox (S1.9, S1.22)."""
    addressee = draft.addressee
    assert addressee is not None  # the preview has one
    wish = Wish(addressee.code, addressee.name, draft.period_from, draft.period_to)
    key = signing_keys(settings.CERTIFICATE_KEYS)[0]
    return issuing.issue(raw_connection(), HOUSE, by, wish, key=key, issuer=settings.BASE_URL, at=at)


@transaction.atomic
def certificate_look(*, number: CertificateNumber, what: Happened, by: Owner, at: datetime) -> Certificate | None:
    """A certificate of one's own inbox, for the eyes or the printer."""
    return own.look(raw_connection(), HOUSE, by, number, what, at)


@transaction.atomic
def code_show(*, number: CertificateNumber, by: Owner, at: datetime) -> AccessCode | None:
    """The access code once more (S1.27)."""
    return own.show_code(raw_connection(), HOUSE, by, number, at)


@transaction.atomic
def certificate_revoke(*, number: CertificateNumber, by: Owner, at: datetime) -> Certificate | None:
    """Take it back (S1.27)."""
    return own.revoke(raw_connection(), HOUSE, by, number, at)


@transaction.atomic
def certificate_open(
    *, number: CertificateNumber, code: AccessCode, by: Actor, allowed: bool, at: datetime
) -> Certificate | NotOpened:
    """Open with number and access code (S1.10); what was counted stays counted."""
    return opening.open_certificate(raw_connection(), HOUSE, number, code, by=by, allowed=allowed, at=at)


@transaction.atomic
def turned_away_record(*, typed: str, by: Actor, at: datetime) -> None:
    """Journal that somebody was turned away from opening; `typed` is the number of a certificate, empty if none was."""
    opening.turn_away(raw_connection(), HOUSE, typed, by=by, at=at)


@transaction.atomic
def opened_look(*, number: CertificateNumber, what: Happened, by: Actor, at: datetime) -> Certificate | None:
    """What this user has just opened, once more."""
    return opening.look_again(raw_connection(), HOUSE, number, what, by=by, at=at)


@transaction.atomic
def certificate_check(*, number: CertificateNumber, by: Checker, at: datetime) -> Verdict | None:
    """Whether a certificate stands, for anybody who has its number (S1.25); None after too many misses."""
    return verification.check(raw_connection(), HOUSE, number, by, at)


@transaction.atomic
def refusal_record(*, what: Happened, by: Checker, at: datetime) -> bool:
    """A QR or PDF was brought that leads to no certificate; False after too many misses."""
    return verification.refuse(raw_connection(), HOUSE, what, by, at)

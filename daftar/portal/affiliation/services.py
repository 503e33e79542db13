"""Asking on the pages of the panel, and recording what was exported from it (S1.7, S1.29)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.answers.metrics import INQUIRIES
from daftar.disclosure.affiliation import (
    AffiliationAnswer,
    AffiliationQuestion,
    AffiliationRefused,
    AffiliationReply,
    Fault,
    ask_affiliation,
    record_attempts,
    unread_key,
)
from daftar.disclosure.agreements import AFFILIATION
from daftar.portal.affiliation.models import KeptAnswer
from daftar.portal.affiliation.selectors import KEPT_ABOUT, Kept
from daftar.portal.journal.services import TRACKING, WRITER, looks_record, raw_connection
from daftar.store.keys import Key
from daftar.terms.identifiers import Identifier, read_identifier
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground

KEPT = timedelta(hours=4)
"""How long the account that asked may look at an answer again: as long as a session lasts."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the organisation's code and kind, the account's name and jurisdiction."""

    organisation: str
    kind: str
    account: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter on which an organisation asks; for funds it may be missing."""

    number: str | None
    dated: date | None


def question(
    key: Key,
    by: Asker,
    period: tuple[date | None, date | None],
    letter: Letter,
    channel: Channel = Channel.WEB,
) -> AffiliationQuestion:
    """A question asked on a page of the panel."""
    return AffiliationQuestion(
        key=key,
        jurisdiction=by.jurisdiction,
        organisation=by.organisation,
        organisation_kind=by.kind,
        channel=channel,
        ground=Ground.AGREEMENT,
        account=by.account,
        period_from=period[0],
        period_to=period[1],
        reference_number=letter.number,
        reference_date=letter.dated,
        purpose=AFFILIATION,
    )


@transaction.atomic
def inquiry_ask(
    *, identifier: Identifier, period: tuple[date | None, date | None], letter: Letter, by: Asker, at: datetime
) -> AffiliationReply:
    """Ask about one person. What may not be asked is refused with its faults, and the attempt is journalled."""
    key = settings.SECRETS.key(identifier.type, identifier.number)
    (reply,) = ask_affiliation(
        raw_connection(),
        [question(key, by, period, letter)],
        at=at,
        secrets=settings.SECRETS,
        writer=WRITER,
        tracking=TRACKING,
    )
    if isinstance(reply, AffiliationAnswer):
        _keep(reply, identifier, by.account, at)
        transaction.on_commit(INQUIRIES.labels(Channel.WEB, reply.outcome).inc)
    return reply


@transaction.atomic
def attempt_record(*, typed: tuple[str, str], faults: list[Fault], letter: Letter, by: Asker, at: datetime) -> None:
    """Journal an inquiry that could not be read: `typed` are identifier type and number, of which a digest is kept."""
    asked = question(unread_key(settings.SECRETS, *typed), by, (None, None), letter)
    _attempt_record(asked, AffiliationRefused("invalid-input", tuple(faults)), by, at)


@transaction.atomic
def turned_away_record(*, typed: tuple[str, str], by: Asker, at: datetime) -> None:
    """Journal that somebody was turned away from the panel: `typed` are identifier type and number, empty if none were.

    Under the person's key where the identifier can be read, so that they read of it; else under nobody's.
    """
    if not typed[1]:
        key = settings.SECRETS.key("organisation", by.organisation)
    else:
        try:
            identifier = read_identifier(*typed)
            key = settings.SECRETS.key(identifier.type, identifier.number)
        except Misunderstood:
            key = unread_key(settings.SECRETS, *typed)
    refused = AffiliationRefused("no-agreement")
    _attempt_record(question(key, by, (None, None), Letter(None, None)), refused, by, at)


@transaction.atomic
def file_refusal_record(*, refused: AffiliationRefused, letter: Letter, by: Asker, at: datetime) -> None:
    """Journal that a whole file of inquiries was refused: none of its lines was read, so that it names no person."""
    key = settings.SECRETS.key("organisation", by.organisation)
    _attempt_record(question(key, by, (None, None), letter, Channel.FILE), refused, by, at)


@transaction.atomic
def export_record(*, organisation: str | None, lines: int, ground: Ground, by: str, at: datetime) -> None:
    """Journal that a list of inquiries was exported: whose, by whom, how many lines."""
    entry = Entry(
        channel=Channel.FILE,
        mode="list_exported",
        key=settings.SECRETS.key("organisation", organisation or ""),  # nobody's: the list names no person
        outcome="exported",
        reason="exported",
        ground=ground,
        shown="inquiry",
        organisation=organisation,
        account=by,
        reference=str(lines),
    )
    looks_record([entry], at=at)


def kept_forget(at: datetime) -> None:
    """Forget answers that have been kept long enough."""
    KeptAnswer.objects.filter(until__lte=at).delete()


def _attempt_record(asked: AffiliationQuestion, refused: AffiliationRefused, by: Asker, at: datetime) -> None:
    today = jurisdictions()[by.jurisdiction].today(at)
    record_attempts(raw_connection(), [(asked, refused)], today=today, at=at, writer=WRITER, tracking=TRACKING)


def _keep(answer: AffiliationAnswer, identifier: Identifier, account: str, at: datetime) -> None:
    kept = Kept(identifier.type, identifier.number, answer)
    sealed = settings.SECRETS.seal(msgspec.json.encode(kept), about=KEPT_ABOUT)
    id = TRACKING.id_of(answer.tracking_code)
    KeptAnswer.objects.create(inquiry=id, account=account, sealed=sealed, until=at + KEPT)

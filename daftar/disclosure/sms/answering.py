"""Answering messages that came in together: taken once, read, answered, journalled, replied to in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from daftar.answers import Answer, Question, TrackingCodes, Writer, ask
from daftar.disclosure.meant import known
from daftar.disclosure.mismatches import count_mismatch
from daftar.disclosure.outbox import Message, put_all
from daftar.disclosure.senders import Sender, find_senders
from daftar.disclosure.sms import limits, words
from daftar.disclosure.sms.messages import IncomingSms, Outcome
from daftar.disclosure.sms.reading import Mismatch, Read, read, readings
from daftar.store.dialect import Connection
from daftar.store.keys import MobileKey, Secrets
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.probe import MOBILE as PROBE_MOBILE


def answer_messages(
    conn: Connection,
    messages: Sequence[IncomingSms],
    *,
    at: datetime,
    secrets: Secrets,
    writer: Writer,
    tracking: TrackingCodes,
) -> list[Outcome]:
    """Answer messages, in order; the replies lie in the outbox when the caller has committed, each exactly once."""
    untaken = limits.fresh(conn, messages, at)
    new: list[IncomingSms] = []
    for each in messages:
        if each.id in untaken:  # also where one batch holds it twice
            untaken.discard(each.id)
            new.append(each)
    outcomes = iter(_answer(conn, new, at, secrets, writer, tracking) if new else [])
    waiting = {id(each) for each in new}
    return [next(outcomes) if id(each) in waiting else Outcome.REPEATED for each in messages]


def _answer(
    conn: Connection,
    messages: Sequence[IncomingSms],
    at: datetime,
    secrets: Secrets,
    writer: Writer,
    tracking: TrackingCodes,
) -> list[Outcome]:
    mobiles = [secrets.mobile_key(each.sender) for each in messages]
    senders = find_senders(conn, mobiles, at=at)
    flooded = _flooded(conn, mobiles, senders, at)
    meant = [() if over else readings(secrets, each.text) for each, over in zip(messages, flooded, strict=True)]
    of_registry = known(conn, {each.key for found in meant for each in found})
    reads = [
        over or read(senders[mobile], mobile, found, of_registry, at)
        for over, mobile, found in zip(flooded, mobiles, meant, strict=True)
    ]
    questions = [each for each in reads if isinstance(each, Question)]
    replies = iter(ask(conn, questions, at=at, writer=writer, tracking=tracking) if questions else [])
    reads = _count_mismatches(conn, secrets, messages, reads, at)  # after the quotas, as by USSD: one order of locks
    outcomes, outgoing = [], []
    for message, mobile, found in zip(messages, mobiles, reads, strict=True):
        home = words.home_of(message.sender)
        language = senders[mobile].language or home.language
        reply = next(replies) if isinstance(found, Question) else None
        outcome, line = _told(found, reply, language, home.hotline)
        outcomes.append(outcome)
        if line and message.sender != PROBE_MOBILE:
            outgoing.append((Message(to=message.sender, text=line, sender=message.to), language))
    put_all(conn, secrets, outgoing, channel="sms", at=at)
    return outcomes


def _flooded(
    conn: Connection, mobiles: Sequence[MobileKey], senders: dict[MobileKey, Sender], at: datetime
) -> list[Outcome | None]:
    """The first message over the limit is told so, the later ones are met with silence."""
    had = limits.count(conn, mobiles, at)
    found: list[Outcome | None] = []
    for mobile in mobiles:
        most = limits.most_an_hour(senders[mobile])
        found.append(None if had[mobile] < most else Outcome.TOO_MANY if had[mobile] == most else Outcome.SILENT)
        had[mobile] += 1
    return found


def _count_mismatches(
    conn: Connection, secrets: Secrets, messages: Sequence[IncomingSms], reads: list[Read], at: datetime
) -> list[Read]:
    """Only mismatches count (S2.8/S2.9 decision); in the order of their rows, so that batches never wait crosswise."""
    told = list(reads)
    places = [(each.key, place) for place, each in enumerate(reads) if isinstance(each, Mismatch)]
    for key, place in sorted(places):
        mismatch = reads[place]
        assert isinstance(mismatch, Mismatch)
        day = jurisdictions()[mismatch.jurisdiction].today(at)
        within = count_mismatch(
            conn, secrets, key=key, network_address=secrets.mobile_key(messages[place].sender).hex, day=day
        )
        told[place] = Outcome.MISMATCH if within else Outcome.TOO_MANY
    return told


def _told(found: Read, reply: object, language: str, hotline: str) -> tuple[Outcome, str]:
    """What came of one message, and the line that goes back; none for silence."""
    if isinstance(found, Question):
        if isinstance(reply, Answer):
            return Outcome(reply.status), words.answered(found, reply, language, hotline)
        return Outcome.QUOTA_EXCEEDED, words.refused(Outcome.QUOTA_EXCEEDED, language, hotline)
    assert isinstance(found, Outcome)
    return found, "" if found is Outcome.SILENT else words.refused(found, language, hotline)

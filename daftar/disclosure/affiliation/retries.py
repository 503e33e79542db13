"""Idempotency-Keys of affiliation inquiries: a retry gets the first answer, another body is refused (contracts §3).

Personal fields are not kept for this: what the first answer said is read anew as of its day, and told again only where
the registry still says the same.
"""

from collections.abc import Sequence
from uuid import UUID

from daftar.answers import idempotency
from daftar.answers.recall import read_inquiries
from daftar.disclosure.affiliation.answering import Counter, answer
from daftar.disclosure.affiliation.questions import (
    AffiliationAnswer,
    AffiliationQuestion,
    AffiliationRefused,
    AffiliationReply,
)
from daftar.disclosure.affiliation.replies import reply

Slot = tuple[str, UUID] | int  # client and digest of an Idempotency-Key, or the place of a question without one


def answer_once(counter: Counter, questions: Sequence[AffiliationQuestion]) -> list[AffiliationReply]:
    """As `answer`, but each Idempotency-Key is answered once, also when it stands twice in the same batch."""
    known = idempotency.recall(counter.conn, [each.idempotency for each in questions if each.idempotency], counter.at)
    rows = read_inquiries(counter.conn, [each.inquiry for each in known.values()])
    slots = [_slot(question, place) for place, question in enumerate(questions)]
    bodies = {slot: each.body_digest for slot, each in known.items()}
    first: dict[Slot, AffiliationQuestion] = {}
    for slot, question in zip(slots, questions, strict=True):
        if question.idempotency is None or bodies.setdefault(slot, question.idempotency.body_digest) == _body(question):
            first.setdefault(slot, question)
    given = {place: rows[known[slot].inquiry] for place, slot in enumerate(first) if slot in known}
    replies = dict(zip(first, map(reply, answer(counter, list(first.values()), given)), strict=True))
    fresh = [
        (question.idempotency, counter.tracking.id_of(told.tracking_code))
        for (slot, question), told in zip(first.items(), replies.values(), strict=True)
        if slot not in known and question.idempotency and isinstance(told, AffiliationAnswer)
    ]
    idempotency.remember(counter.conn, fresh, counter.at)
    return [
        replies[slot] if _body(question) == bodies.get(slot) else AffiliationRefused("idempotency-mismatch")
        for slot, question in zip(slots, questions, strict=True)
    ]


def _slot(question: AffiliationQuestion, place: int) -> Slot:
    mark = question.idempotency
    return (mark.client, mark.digest) if mark else place


def _body(question: AffiliationQuestion) -> UUID | None:
    return question.idempotency.body_digest if question.idempotency else None

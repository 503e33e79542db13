"""Idempotency-Keys of affiliation inquiries: a retry gets the first answer, another body is refused (contracts §3).

Personal fields are not kept for this, only a keyed digest of what was told, which tells nothing itself. What the first
answer said is read anew as of its day, and told again only where the registry still says the same to the last value:
the same key has the same tracking code, and under that code nothing else may be told than its row was written for.
Where anything has changed, the outcome alone is repeated; who wants today's answer asks under a new key.
"""

from collections.abc import Sequence
from uuid import UUID

from daftar.answers import idempotency
from daftar.answers.recall import read_inquiries
from daftar.disclosure.affiliation.answering import Before, Counter, answer
from daftar.disclosure.affiliation.projection import digest
from daftar.disclosure.affiliation.questions import AffiliationQuestion, AffiliationRefused, AffiliationReply
from daftar.disclosure.affiliation.replies import Recorded, Told, reply

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
    given = {
        place: Before(rows[known[slot].inquiry], known[slot].told) for place, slot in enumerate(first) if slot in known
    }
    recorded = dict(zip(first, answer(counter, list(first.values()), given), strict=True))
    fresh = [each for slot, each in recorded.items() if slot not in known and each.question.idempotency]
    idempotency.remember(counter.conn, _answered(counter, fresh), counter.at)
    replies = {slot: reply(each) for slot, each in recorded.items()}
    return [
        replies[slot] if _body(question) == bodies.get(slot) else AffiliationRefused("idempotency-mismatch")
        for slot, question in zip(slots, questions, strict=True)
    ]


def _answered(counter: Counter, recorded: Sequence[Recorded]) -> list[idempotency.Answered]:
    """Keys of what was told just now, to be remembered; a refusal is not, so that it can be asked again."""
    return [
        (each.question.idempotency, counter.tracking.id_of(each.code), digest(counter.secrets, each.told.projection))
        for each in recorded
        if each.question.idempotency and isinstance(each.told, Told)
    ]


def _slot(question: AffiliationQuestion, place: int) -> Slot:
    mark = question.idempotency
    return (mark.client, mark.digest) if mark else place


def _body(question: AffiliationQuestion) -> UUID | None:
    return question.idempotency.body_digest if question.idempotency else None

"""Everything is a batch of questions answered in one durable transaction (design §1)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from daftar.answers import idempotency, journal, quotas
from daftar.answers.decide import decide
from daftar.answers.questions import (
    GENERAL_SHOWN,
    SPECIFIC_SHOWN,
    Answer,
    Decision,
    Entry,
    IdempotencyMismatch,
    Payer,
    Question,
    QuotaExceeded,
)
from daftar.answers.recall import read_answers
from daftar.answers.spans import read_spans
from daftar.answers.tracking import TrackingCodes
from daftar.answers.writers import SEQUENCES, SharedWriter, Writer
from daftar.store.dialect import Connection, Statement
from daftar.terms.outcomes import Mode, Setting
from daftar.terms.tracking_codes import TrackingCode

# Looked up once: in Python 3.11 a member of an enumeration costs as much as a function call, and this is the hot path.
_GENERAL, _INPATIENT = Mode.GENERAL, Setting.INPATIENT
_SHOWN = {
    (general, inpatient): " ".join((*fields, "payers") if inpatient else fields)
    for general, fields in ((True, GENERAL_SHOWN), (False, SPECIFIC_SHOWN))
    for inpatient in (True, False)
}

Reply = Answer | IdempotencyMismatch | QuotaExceeded
Slot = tuple[str, UUID] | int  # client and digest of an Idempotency-Key, or the place of a question without one


def ask(
    conn: Connection, questions: Sequence[Question], *, at: datetime, writer: Writer, tracking: TrackingCodes
) -> list[Reply]:
    """Answer and journal questions, in order: one SELECT, the pure decision, one INSERT.

    The caller owns the transaction and may tell an answer only after the commit. Questions with an Idempotency-Key
    that was used before get the first answer again, or IdempotencyMismatch when the body was another; those beyond the
    quota of their agreement get QuotaExceeded.
    """
    if any(question.idempotency for question in questions):
        return _ask_once(conn, questions, at, writer, tracking)
    if any(question.charges for question in questions):
        return list(_ask_charged(conn, questions, at, writer, tracking))
    return list(_ask(conn, questions, at, writer, tracking))


def record(
    conn: Connection, entries: Sequence[Entry], *, at: datetime, writer: Writer, tracking: TrackingCodes
) -> list[TrackingCode]:
    """Journal disclosures of any other kind; their tracking codes, in order (X.5)."""
    first = writer.take(conn, len(entries))
    journal.write(conn, first, at, entries)
    return tracking.codes(range(first, first + len(entries)))


def recording(entries: Sequence[Entry], *, at: datetime, writer: SharedWriter) -> list[Statement]:
    """As `record`, as statements that go with those they tell of (`execute_together`), where no code is told."""
    first = writer.number * SEQUENCES - len(entries)
    lines = [journal.insertion(first + place, writer.number, at, entry) for place, entry in enumerate(entries)]
    return [writer.taking(len(entries)), *lines]


def _ask(
    conn: Connection, questions: Sequence[Question], at: datetime, writer: Writer, tracking: TrackingCodes
) -> list[Answer]:
    spans = read_spans(conn, [question.key for question in questions])
    decisions = [decide(question, spans.get(question.key.int, ())) for question in questions]
    first = writer.take(conn, len(questions))
    journal.write(conn, first, at, [_entry(q, d) for q, d in zip(questions, decisions, strict=True)])
    codes = tracking.codes(range(first, first + len(questions)))
    return [
        _answer(first + place, code, at, question, decision)
        for place, (code, question, decision) in enumerate(zip(codes, questions, decisions, strict=True))
    ]


def _ask_charged(
    conn: Connection, questions: Sequence[Question], at: datetime, writer: Writer, tracking: TrackingCodes
) -> list[Answer | QuotaExceeded]:
    """As `_ask`, within the quotas of the agreements."""
    granted = quotas.take(conn, [question.charges for question in questions])
    answered = [question for question, may in zip(questions, granted, strict=True) if may]
    answers = iter(_ask(conn, answered, at, writer, tracking) if answered else [])
    return [next(answers) if may else QuotaExceeded() for may in granted]


def _ask_once(
    conn: Connection, questions: Sequence[Question], at: datetime, writer: Writer, tracking: TrackingCodes
) -> list[Reply]:
    """As `_ask`, but each Idempotency-Key is answered once, also when it stands twice in the same batch."""
    known = idempotency.recall(conn, [each.idempotency for each in questions if each.idempotency], at)
    fresh: dict[Slot, Question] = {}
    for place, question in enumerate(questions):
        if (slot := _slot(question, place)) not in known:
            fresh.setdefault(slot, question)
    answers = _ask_charged(conn, list(fresh.values()), at, writer, tracking) if fresh else []
    new = list(zip(fresh.values(), answers, strict=True))
    kept = [(each.idempotency, told.id, None) for each, told in new if each.idempotency and isinstance(told, Answer)]
    idempotency.remember(conn, kept, at)
    repeated = read_answers(conn, [each.inquiry for each in known.values()], tracking)
    first: dict[Slot, tuple[UUID | None, Answer | QuotaExceeded]] = {
        slot: (each.body_digest, repeated[each.inquiry]) for slot, each in known.items()
    }
    for slot, (question, answer) in zip(fresh, new, strict=True):
        first[slot] = (question.idempotency.body_digest if question.idempotency else None, answer)
    return [_reply(question, *first[_slot(question, place)]) for place, question in enumerate(questions)]


def _slot(question: Question, place: int) -> Slot:
    mark = question.idempotency
    return (mark.client, mark.digest) if mark else place


def _reply(question: Question, body_digest: UUID | None, answer: Answer | QuotaExceeded) -> Reply:
    mark = question.idempotency
    return answer if mark is None or mark.body_digest == body_digest else IdempotencyMismatch()


def _entry(question: Question, decision: Decision) -> Entry:
    general, inpatient = question.mode is _GENERAL, question.setting is _INPATIENT
    return Entry(  # in the order of Entry: named, they would cost twice as much, and every inquiry has one
        question.channel,
        question.mode,
        question.key,
        decision.status,
        decision.reason,
        question.ground,
        _SHOWN[general, inpatient],
        decision.rule_version,
        question.organisation,
        question.account,
        question.acting_for,
        question.office,
        question.service_day,
        None,
        None,
        question.setting,
        decision.valid_until,
        _write_payers(decision.payers) if inpatient else None,
        question.purpose,
        question.reference,
    )


def _write_payers(payers: Sequence[Payer]) -> str:
    return " ".join(f"{payer.insurer}:{payer.reason}" for payer in payers)


def _answer(id: int, code: TrackingCode, at: datetime, question: Question, decision: Decision) -> Answer:
    return Answer(
        id,
        code,
        at,
        question.service_day,
        question.setting,
        decision.status,
        decision.reason,
        decision.basis,
        decision.valid_until,
        decision.payers if question.setting is _INPATIENT else None,
        decision.rule_version,
    )

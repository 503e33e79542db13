"""Affiliation inquiries: is somebody affiliated today, or were they in a period? One of four outcomes (S1.12-S1.20).

For one question or for thousands: a few SELECTs, the pure decision, the permitted fields opened, one INSERT.
"""

from collections.abc import Sequence
from datetime import date, datetime

from daftar.answers import Entry, TrackingCodes, Writer, quotas, record
from daftar.disclosure.affiliation_decision import Decision, decide
from daftar.disclosure.affiliation_entries import entry, record_attempts, refusal_entry, unread_key
from daftar.disclosure.affiliation_facts import Facts, read_facts
from daftar.disclosure.affiliation_faults import NEED_A_LETTER, faults
from daftar.disclosure.affiliation_projection import Projection, project
from daftar.disclosure.affiliation_questions import (
    OWN,
    REFUSED,
    AffiliationAnswer,
    AffiliationQuestion,
    AffiliationRefused,
    AffiliationReply,
    Fault,
)
from daftar.disclosure.affiliation_relationships import relationships
from daftar.disclosure.agreements import AFFILIATION, Standing, any_allows, charges, read_standings
from daftar.disclosure.who_sees_what import WHO_SEES_WHAT
from daftar.store.dialect import Connection
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.tracking_codes import TrackingCode

__all__ = [
    "OWN",
    "REFUSED",
    "AffiliationAnswer",
    "AffiliationQuestion",
    "AffiliationRefused",
    "AffiliationReply",
    "Fault",
    "ask_affiliation",
    "record_attempts",
    "unread_key",
]

_NO_AGREEMENT = AffiliationRefused("no-agreement")
_QUOTA_EXCEEDED = AffiliationRefused("quota-exceeded")


def ask_affiliation(
    conn: Connection,
    questions: Sequence[AffiliationQuestion],
    *,
    at: datetime,
    secrets: Secrets,
    writer: Writer,
    tracking: TrackingCodes,
) -> list[AffiliationReply]:
    """Answer and journal affiliation questions, in order, in the caller's transaction; tell them after the commit.

    What may not be asked is refused and journalled: without an agreement in force for affiliation, beyond its quota,
    with a period or letter that cannot be used. The organisation's kind is the registry's.
    """
    days = {code: each.today(at) for code, each in jurisdictions().items()}
    kinds, refused = _examine(conn, questions, days)
    open_ = [place for place in range(len(questions)) if place not in refused]
    asked = [questions[place] for place in open_]
    facts = read_facts(
        conn,
        [question.key for question in asked],
        numbers_of=[questions[place].key for place in open_ if kinds[place] in NEED_A_LETTER],
    )
    told = {
        place: _tell(questions[place], kinds[place], facts, secrets, days[questions[place].jurisdiction])
        for place in open_
    }
    entries = [
        refusal_entry(question, days[question.jurisdiction], refused[place])
        if place in refused
        else _entry(question, days[question.jurisdiction], *told[place])
        for place, question in enumerate(questions)
    ]
    codes = record(conn, entries, at=at, writer=writer, tracking=tracking)
    return [
        AffiliationRefused(refused[place].problem, refused[place].faults, code)
        if place in refused
        else _answer(question, code, at, days[question.jurisdiction], *told[place])
        for place, (question, code) in enumerate(zip(questions, codes, strict=True))
    ]


def _examine(
    conn: Connection, questions: Sequence[AffiliationQuestion], days: dict[str, date]
) -> tuple[list[str], dict[int, AffiliationRefused]]:
    """Each asker's kind, and the refusals by place: agreement first, then faults, then quota."""
    codes = {each.organisation for each in questions if each.organisation and each.organisation_kind != OWN}
    standings = read_standings(conn, codes) if codes else {}
    kinds, refused, charged = [], {}, []
    for place, question in enumerate(questions):
        today = days[question.jurisdiction]
        standing = _OWN if question.organisation_kind == OWN else standings.get(question.organisation or "")
        kinds.append(standing.kind if standing else "")
        if standing is None or not (standing is _OWN or any_allows(standing.agreements, AFFILIATION, today)):
            refused[place] = _NO_AGREEMENT
        elif found := faults(question, standing.kind, today):
            refused[place] = AffiliationRefused("invalid-input", found)
        elif question.organisation and (quota := _charges(standing, question.organisation, today)):
            charged.append((place, quota))
    if charged:
        granted = quotas.take(conn, [quota for _, quota in charged])
        refused |= {place: _QUOTA_EXCEEDED for (place, _), may in zip(charged, granted, strict=True) if not may}
    return kinds, refused


_OWN = Standing(OWN, ())


def _charges(standing: Standing, organisation: str, today: date) -> quotas.Charges:
    return charges(standing.agreements, organisation, AFFILIATION, today) if standing is not _OWN else ()


def _tell(
    question: AffiliationQuestion, kind: str, facts: Facts, secrets: Secrets, today: date
) -> tuple[Decision, Projection]:
    person = question.key.int
    first, last = question.period_from, question.period_to
    period = (first, last) if first and last else None
    decision = decide(relationships(facts, person), known=person in facts.persons, today=today, period=period)
    seen = WHO_SEES_WHAT[kind, decision.outcome, decision.role]
    return decision, project(seen, facts, person, decision, secrets, today)


def _entry(question: AffiliationQuestion, today: date, decision: Decision, told: Projection) -> Entry:
    return entry(question, today, decision.outcome, decision.reason, told.shown)


def _answer(
    question: AffiliationQuestion, code: TrackingCode, at: datetime, today: date, decision: Decision, told: Projection
) -> AffiliationAnswer:
    return AffiliationAnswer(
        tracking_code=code,
        outcome=decision.outcome,
        asked_at=at,
        today=today,
        period_from=question.period_from,
        period_to=question.period_to,
        person=told.person,
        spells=told.spells,
        main_insured=told.main_insured,
        contact=told.contact,
        shown=told.shown,
    )
